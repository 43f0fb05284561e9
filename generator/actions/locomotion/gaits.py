"""Getting about: walking, running, jumping, crawling."""

from __future__ import annotations

from ...motion.crawl import creep
from ...motion.gait import begin_at, onstage, run, walk
from ...motion.jump import Hop, feet_off, hop, leap
from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import lasting


def _walk(s: Score) -> None:
    """On the way already, through the stage's centre, straight or in a slight bend, and on after the end."""
    duration, speed, turn = lasting(s), s.number("speed_mps"), s.number("turn_rad")
    begin_at(s, onstage(duration, speed, turn))
    with s.throughout("walk", duration) as (start, _):
        walk(
            s,
            start,
            duration,
            speed,
            turn_rad=turn,
            phase=s.spec.start_phase,
            swing=s.number("swing"),
            stride=s.number("stride"),
        )


WALKING = Action(
    name="walking",
    caption="walks along",
    choreography=_walk,
    phases=("walk",),
    params={
        "duration_s": Range(2.2, 4.2),
        "speed_mps": Range(0.75, 1.4),
        "turn_rad": Range(-0.5, 0.5),
        "swing": Range(0.7, 1.35),
        "stride": Range(0.93, 1.07),
    },
    aliases=("walk", "walking along", "strolling"),
    tags=("locomotion", "legs"),
    taxonomy={"synapt150": "walking", "hmdb51": "walk"},
)


def _run(s: Score) -> None:
    """On the run already, with a moment in the air at each step, arms bent and driving."""
    duration, speed, turn = lasting(s), s.number("speed_mps"), s.number("turn_rad")
    begin_at(s, onstage(duration, speed, turn))
    with s.throughout("run", duration) as (start, _):
        run(s, start, duration, speed, turn_rad=turn, phase=s.spec.start_phase, swing=s.number("swing"))
        s.trunk.channels["bend"].base += s.number("lean_rad")


RUN = Action(
    name="run",
    caption="runs",
    choreography=_run,
    phases=("run",),
    params={
        "duration_s": Range(2.0, 2.6),
        "speed_mps": Range(2.5, 3.7),
        "turn_rad": Range(-0.4, 0.4),
        "swing": Range(0.8, 1.2),
        "lean_rad": Range(-0.04, 0.10),
    },
    aliases=("running", "sprinting"),
    tags=("locomotion", "legs", "sport"),
    taxonomy={"synapt150": "run", "hmdb51": "run"},
)


def _jump(s: Score) -> None:
    """Sink with the arms swung back, drive up with the arms, fly, land on the balls, take it up in the knees."""
    rise = s.number("height_m") * s.amplitude
    jumps = int(s.number("jumps"))
    ahead = s.number("forward_m") if s.option("where") == "forward" else 0.0
    at = -0.5 * jumps * ahead
    begin_at(s, onstage(1.0, jumps * ahead, 0.0))
    for foot in (s.right_foot, s.left_foot):
        foot.moves.clear()
        foot.place(0.0, 0.0, (s.body.stance_out_m * 1.15, at))
    leg = s.body.leg_m
    s.mode.channels["reach"].base = 0.0
    for k in range(jumps):
        at += ahead
        jump = hop(
            s,
            s.now,
            rise,
            sink_m=(0.25 + 0.25 * rise) * leg,
            soak_m=(0.12 + 0.30 * rise) * leg,
            tiptoe_m=0.045 * leg,
            sink_s=0.42 if jumps > 1 else 0.5,
            end_s=0.5 if jumps > 1 else 0.95,
        )
        leap(s, jump, ahead)
        feet_off(s, jump, at, s.body.stance_out_m * 1.2, tuck=0.04 + 0.15 * rise)
        _jump_trunk(s, jump, ahead)
        _jump_arms(s, jump, last=k == jumps - 1)
        for name, end in (("crouch", jump.leave_s), ("flight", jump.land_s), ("landing", jump.end_s)):
            with s.phase(name, end - s.now):
                pass


def _jump_trunk(s: Score, jump: Hop, ahead_m: float) -> None:
    lean = 0.25 * min(ahead_m, 0.8)
    push, air = jump.leave_s - jump.low_s, jump.land_s - jump.leave_s
    s.mode.to(jump.low_s + 0.6 * push, 0.5 * push, balance=0.0)
    s.mode.to(jump.soaked_s, jump.soaked_s - jump.land_s, balance=1.0)
    s.pelvis.to(jump.low_s, jump.low_s - jump.start_s, pitch=0.50 + lean)
    s.pelvis.to(jump.leave_s, push, pitch=-0.03 + 1.3 * lean)
    s.pelvis.to(jump.land_s, 0.6 * air, pitch=0.05)
    s.pelvis.to(jump.soaked_s, jump.soaked_s - jump.land_s + 0.05, pitch=0.42)
    s.pelvis.to(jump.end_s, jump.end_s - jump.soaked_s, pitch=0.0)
    s.trunk.to(jump.low_s, 0.4, bend=0.22)
    s.trunk.to(jump.leave_s + 0.04, push, bend=-0.10)
    s.trunk.to(jump.soaked_s + 0.05, 0.30, bend=0.24)
    s.trunk.to(jump.end_s, 0.45, bend=0.0)
    s.look(jump.low_s, "travel", (0.0, 3.0, s.body.eye_height_m))


def _jump_arms(s: Score, jump: Hop, *, last: bool) -> None:
    air, high = jump.land_s - jump.leave_s, 0.55 + 0.35 * s.number("arm_swing")
    sink, push = jump.low_s - jump.start_s, jump.leave_s - jump.low_s
    for hand, late in ((s.right, 0.0), (s.left, 0.025)):
        hand.reach(jump.low_s - 0.08 + late, sink - 0.08, (0.14, -0.58, -0.66), effector="wrist")
        hand.reach(jump.low_s + 0.55 * push + late, 0.65 * push, (0.16, 0.62, -0.55), "away", effector="wrist")
        hand.reach(jump.leave_s + 0.09 + late, 0.45 * push + 0.09, (0.20, 0.52, high - 0.05), "home", effector="wrist")
        hand.reach(jump.leave_s + 0.55 * air, 0.4 * air, (0.26, 0.42, high), effector="wrist")
        hand.reach(jump.land_s + 0.03 + late, 0.5 * air, (0.34, 0.62, 0.10), effector="wrist")
        hand.reach(jump.soaked_s + 0.08 + late, 0.26, (0.24, 0.42, -0.66), "decelerate", effector="wrist")
        if last:
            hand.rest(jump.end_s + 0.1, 0.55)


JUMPING = Action(
    name="jumping",
    caption="jumps {where}",
    choreography=_jump,
    phases=("crouch", "flight", "landing"),
    params={
        "height_m": Range(0.14, 0.34),
        "jumps": Range(1, 2, whole=True),
        "where": Choice(("on the spot", "forward"), (0.6, 0.4)),
        "forward_m": Range(0.12, 0.35),
        "arm_swing": Range(0.0, 1.0),
    },
    aliases=("jump", "jumping up", "jump up", "leaping"),
    tags=("locomotion", "legs"),
    taxonomy={"synapt150": "jumping", "ntu120": "A027", "hmdb51": "jump"},
)


def _crawl(s: Score) -> None:
    """On hands and knees, right hand and left knee together, then the other two, head up."""
    duration, speed = lasting(s), s.number("speed_mps")
    begin_at(s, onstage(duration, speed, 0.0))
    with s.throughout("crawl", duration) as (start, _):
        creep(s, start, duration, speed, stride_s=s.number("stride_s"), phase=s.spec.start_phase)
        s.head.channels["nod"].base -= s.number("head_up_rad")
        s.head.channels["turn"].base += s.number("head_turn_rad")


CRAWL = Action(
    name="crawl",
    caption="crawls on hands and knees",
    choreography=_crawl,
    phases=("crawl",),
    params={
        "duration_s": Range(2.6, 4.6),
        "speed_mps": Range(0.3, 0.6),
        "stride_s": Range(0.95, 1.35),
        "head_up_rad": Range(0.45, 0.85),
        "head_turn_rad": Range(-0.35, 0.35),
    },
    aliases=("crawling", "crawl on hands and knees", "crawling baby style"),
    tags=("locomotion", "floor"),
    taxonomy={"synapt150": "crawl"},
)
