"""Getting about with an aid: limping with a cane, rolling in a wheelchair."""

from __future__ import annotations

import numpy as np

from ...motion.footprints import Place, Roll
from ...motion.rotations import about
from ...motion.score import Score, standing_pose
from ...motion.steps import Print, go_by
from ...props.mobility import RIM_INSIDE_M, WHEEL_OUT_M
from ...values import Array
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, free_hand, hip_joint, lasting, pelvis_at
from .odd_gaits import BEFORE_S, centred

MOST_TURN_RAD = 1.2
"""What a wheel turns in one move: less than half a turn, of which the shortest way would be another."""


def _steps(s: Score, duration: float) -> list[Print]:
    """The bad (right) leg is set down together with the cane and bears for a short time; the good one follows quickly."""
    cycle, short = s.number("cycle_s"), s.number("short")
    stride, out = s.number("stride") * s.body.leg_m, s.body.stance_out_m
    prints, at, ahead = [], -BEFORE_S, 0.0
    while at < duration + 1.5:
        prints.append(Print("right", at, 0.46 * cycle, Place(1.05 * out, ahead, -0.08)))
        ahead += 0.32 * stride
        prints.append(Print("left", at + short * cycle, 0.80 * short * cycle, Place(-0.9 * out, ahead, 0.0)))
        ahead += 0.68 * stride
        at += cycle
    return centred(prints, duration)


def _with_cane(s: Score) -> None:
    """On the way already: the cane goes ahead with the bad leg, the weight leans on it, the good leg hurries after."""
    duration, cycle, short = lasting(s), s.number("cycle_s"), s.number("short")
    prints = _steps(s, duration)
    first = prints[0].strike_s
    dip = s.number("dip") * s.body.leg_m * s.amplitude**0.5

    def bad(times: Array, late: float = 0.0) -> Array:
        """1 in the middle of the time that the bad leg bears, 0 before and after it."""
        phase = np.mod((times - first) / cycle - late, 1.0) / (1.4 * short)
        return np.where(phase < 1.0, np.sin(np.pi * np.minimum(phase, 1.0)) ** 2, 0.0)

    with s.throughout("limp", duration):
        go_by(s, prints, Roll(0.06, 0.30, 0.04), over=0.45)
        s.mode.channels["balance"].base = 0.0
        s.pelvis.channels["up"].base -= 0.015 * s.body.leg_m
        s.pelvis.add("up", lambda t: -dip * bad(t))
        s.pelvis.add("roll", lambda t: 0.08 * bad(t))
        s.trunk.add("bend", lambda t: s.number("stoop_rad") + 0.10 * bad(t))
        s.trunk.add("lean", lambda t: -0.14 * bad(t))
        s.head.add("nod", lambda t: 0.05 + 0.10 * bad(t, 0.05))
        s.look(START_S, "travel", (0.0, s.number("look_m"), 0.0), duration_s=0.1)
        s.hold("cane", START_S, "left")
        s.left.fingers(START_S, 0.1, "grip")
        for own in prints:
            if own.side == "right":
                _plant_cane(s, own, cycle)
        if s.option("hand") == "free":
            for own in prints:
                ahead = 0.22 if own.side == "left" else -0.10
                s.right.reach(own.strike_s + 0.1, 0.5 * cycle, (0.15, ahead, -0.94), "swing", palm=(-0.9, 0.0, -0.2))
        else:
            free_hand(s, s.right, "hip", START_S, 0.1)


def _plant_cane(s: Score, own: Print, cycle: float) -> None:
    """The cane's tip on the floor beside the bad leg's print while it bears; the hand passes over it, and swings it ahead."""
    out, ahead = 1.6 * s.body.stance_out_m + 0.13, own.place.forward_m + 0.06
    palm_elbow = (0.5, -0.8, -0.3)
    for share, slant, up in (
        (-0.10, -0.16, 0.05),
        (0.0, -0.20, 0.0),
        (0.17, -0.07, 0.0),
        (0.34, 0.06, 0.0),
        (0.50, 0.20, 0.0),
        (0.68, 0.30, 0.07),
    ):
        along = ahead + (0.35 * s.number("stride") * s.body.leg_m if share > 0.6 else 0.0)
        s.left.bring(
            own.strike_s + share * cycle,
            (0.20 if share < 0.0 else 0.10 if share == 0.0 else 0.17) * cycle,
            "cane",
            "tip",
            None,
            frame="world",
            at=(out, along, up),
            y_axis=(-0.1, 1.0, 0.0),
            z_axis=(0.10, slant, 1.0),
            elbow=palm_elbow,
            ease="smooth" if share == 0.0 or up else "linear",
        )
    s.contact("left_palm", "cane", own.strike_s, own.strike_s + 0.4 * cycle)


LIMPING_WITH_A_CANE = Action(
    name="limping_with_a_cane",
    caption="limps along with a cane",
    choreography=_with_cane,
    phases=("limp",),
    params={
        "duration_s": Range(2.8, 4.4),
        "cycle_s": Range(1.20, 1.55),
        "short": Range(0.36, 0.44),
        "stride": Range(0.60, 0.90),
        "dip": Range(0.02, 0.06),
        "stoop_rad": Range(0.08, 0.35),
        "look_m": Range(1.2, 3.5),
        "hand": Choice(("free", "hip"), (0.8, 0.2)),
    },
    props=(PropUse("cane", ("walking_cane",), (0.97, 1.05)),),
    wordings=("walks with a limp and leans on a cane", "hobbles along with a walking stick"),
    aliases=("walking with a cane", "walking with a stick", "using a cane"),
    tags=("locomotion", "legs", "object"),
    acting=("left_hand", "right_foot", "left_foot"),
)


def _wheels(s: Score) -> None:
    """Seated and rolling: both hands take the rims behind the hips, push them over the top and down in front, let go and
    swing back."""
    duration, speed = lasting(s), s.number("speed_mps")
    before = 3.0
    first, last = -before, duration + before
    begin, end_m = -speed * (0.5 * duration + before), speed * (0.5 * duration + before)
    s.mode.to(START_S, 0.1, balance=0.0, reach=0.0, seated=1.0)
    s.travel.add("forward", lambda t: begin + speed * (np.clip(t, first, last) - first))
    s.stand("chair", (0.0, begin), time_s=START_S)
    s.move("chair", last, last - first, (0.0, end_m), ease="linear")
    for name, sign in (("right_wheel", 1.0), ("left_wheel", -1.0)):
        _roll_wheel(s, name, sign, (first, last), (begin, end_m))
    frames = s.props["chair"].frames
    seat, back = float(frames["seat"][2, 3]), float(frames["back"][1, 3])
    hips = -(back - 1.25 * s.body.sitting_flesh_m - 0.03)
    ahead, up = hip_joint(s, 0.0)
    pelvis_at(s, START_S, 0.1, forward_m=hips - ahead, height_m=seat + 0.95 * s.body.sitting_flesh_m - up)
    for foot in (s.right_foot, s.left_foot):
        foot.place(
            START_S,
            0.1,
            (0.10, -float(frames["feet"][1, 3]) - 0.10),
            height_m=float(frames["feet"][2, 3]),
            frame="travel",
            toe_out_rad=0.08,
        )
    s.look(START_S, "travel", (0.0, 4.0, s.number("gaze_m")), duration_s=0.1)
    with s.throughout("roll", duration) as (start, end):
        at, beat = start - 2.0 + s.spec.start_phase * 0.5, s.number("beat_s")
        while at < end + 1.5:
            _push_rims(s, at, beat)
            at += beat


def _roll_wheel(s: Score, name: str, sign: float, times: tuple[float, float], forward_m: tuple[float, float]) -> None:
    """A wheel rolls along with the chair, a part of a turn after the other."""
    hub = s.props["chair"].frames["hub_right"][:3, 3]
    radius = float(hub[2])
    begin = -s.real(s.spec.idle_before_s)  # the clip's first moment: what moved before it is not known
    done = (begin - times[0]) / (times[1] - times[0])
    parts = int(np.ceil((1.0 - done) * (forward_m[1] - forward_m[0]) / radius / MOST_TURN_RAD))

    def pose(share: float) -> Array:
        gone = share * (forward_m[1] - forward_m[0])
        at = standing_pose((sign * WHEEL_OUT_M, forward_m[0] + gone - float(hub[1])), 0.0, radius)
        at[:3, :3] = at[:3, :3] @ about("x", np.array([gone / radius]))[0]
        return at

    each = (times[1] - begin) / parts
    s.lay(name, pose(done), begin - each)
    for k in range(parts):
        s.move_to(name, begin + (k + 1) * each, each, pose(done + (1.0 - done) * (k + 1) / parts), "linear")


def _push_rims(s: Score, at: float, beat: float) -> None:
    """One push of both hands: along the rim from behind the top to well ahead of it, and back through the air."""
    push, far = 0.46 * beat, s.number("far_rad")
    for k in range(5):
        share = k / 4
        _on_rim(
            s,
            at + push * share,
            0.28 * beat if k == 0 else push / 4,
            -0.55 + share * (far + 0.55),
            0.0,
            "smooth" if k == 0 else "linear",
        )
    _on_rim(s, at + push + 0.14 * beat, 0.14 * beat, far + 0.15, 0.10, "decelerate")
    _on_rim(s, at + push + 0.34 * beat, 0.22 * beat, 0.1, 0.10)
    lean = s.number("lean_rad") * s.amplitude**0.5
    s.trunk.to(at, 0.35 * beat, bend=0.08)
    s.trunk.to(at + push, 0.9 * push, bend=0.10 + lean)
    s.pelvis.to(at + push, 0.9 * push, pitch=0.25 * lean)
    s.pelvis.to(at + 0.95 * beat, 0.45 * beat, pitch=0.0)
    s.head.to(at + push, push, nod=-0.5 * lean)
    s.head.to(at + 0.95 * beat, 0.45 * beat, nod=0.0)
    for hand in (s.right, s.left):
        hand.fingers(at, 0.2, "grip_wide")
        hand.fingers(at + push + 0.12 * beat, 0.15, "relaxed")
        s.contact(f"{hand.side}_palm", "chair", at, at + push)


def _on_rim(s: Score, end: float, duration: float, angle: float, off: float, ease: str = "smooth") -> None:
    """Both palms at an angle ahead of a rim's top, `off` metres outside it."""
    radius = float(s.props["chair"].frames["hub_right"][2, 3]) - RIM_INSIDE_M + 0.012 + 0.5 * off
    for hand in (s.right, s.left):
        late = 0.02 if hand.side == "left" else 0.0
        at = (0.02 + 0.8 * off, radius * float(np.sin(angle)), radius * float(np.cos(angle)))
        hand.go(
            end + late,
            duration,
            f"thing:chair:hub_{hand.side}",
            at,
            ease,
            palm=(-0.55, -0.8 * float(np.sin(angle)), -0.8 * float(np.cos(angle))),
            fingers=(-0.35, float(np.cos(angle)), -float(np.sin(angle)) - 0.2),
            elbow=(0.75, -0.8, 0.1),
            stretch=0.98,
        )


USING_A_WHEELCHAIR = Action(
    name="using_a_wheelchair",
    caption="sits in a wheelchair and pushes its wheels to roll along",
    choreography=_wheels,
    phases=("roll",),
    params={
        "duration_s": Range(2.8, 4.6),
        "speed_mps": Range(0.45, 0.95),
        "beat_s": Range(1.0, 1.4),
        "far_rad": Range(0.65, 1.05),
        "lean_rad": Range(0.08, 0.30),
        "gaze_m": Range(0.6, 1.4),
    },
    props=(
        PropUse("chair", ("wheelchair",), (0.98, 1.03)),
        *(PropUse(f"{side}_wheel", ("wheelchair_wheel",), (1.0, 1.0)) for side in ("right", "left")),
    ),
    wordings=("rolls along in a wheelchair", "moves about in a wheelchair"),
    aliases=("wheelchair", "riding a wheelchair", "pushing oneself in a wheelchair"),
    tags=("locomotion", "arms", "seated", "object"),
    acting=("right_hand", "left_hand"),
)
