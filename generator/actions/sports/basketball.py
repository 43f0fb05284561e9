"""Basketball: the jump shot, and dribbling."""

from __future__ import annotations

from ...motion.limbs import Hand
from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S
from .moves import arms_down, spring_up, turned


def _radius(s: Score) -> float:
    return float(s.props["ball"].frames["grip"][1, 3])


def _before(s: Score) -> float:
    """How far (m) before the chest a ball is held that both forearms have room beside."""
    return max(0.24, 0.10 + _radius(s) + max(s.body.belly_front_m, s.body.chest_front_m))


def _left_on_ball(s: Score, end_s: float, duration_s: float) -> None:
    """The left hand guides the ball from its side."""
    s.left.go(end_s, duration_s, "thing:ball", (_radius(s), 0.0, 0.0), palm=(-1.0, 0.0, 0.0), fingers=(0.0, 0.35, 0.95),
              elbow=(0.6, -0.1, -0.8))  # fmt: skip


def _shot(s: Score) -> None:
    """Dip, jump, the ball over the forehead, the arm straightens and the wrist snaps; the fingers stay up there."""
    radius, dip = _radius(s), s.number("dip")
    s.hold("ball", START_S)
    s.contact("right_palm", "ball", -s.real(s.spec.idle_before_s), s.number("aim_s") + 0.5)
    s.right.fingers(START_S, 0.1, "grip_wide")
    s.left.fingers(START_S, 0.1, "grip_wide")
    s.right.go(START_S, 0.1, "chest", (0.02 + 0.4 * radius, _before(s), -0.16), palm=(-0.8, 0.55, 0.2), fingers=(0.0, 0.6, 0.8))
    _left_on_ball(s, START_S, 0.1)
    s.right_foot.place(0.0, 0.0, (1.15 * s.body.stance_out_m, 0.05))
    s.left_foot.place(0.0, 0.0, (1.15 * s.body.stance_out_m, -0.06))
    s.look(START_S, "world", (0.0, 5.0, 2.6))
    with s.phase("aim", s.number("aim_s")) as (start, end):
        s.right.go(end, end - start, "chest", (0.03 + 0.4 * radius, _before(s) + 0.05, -0.16 - 0.16 * dip), palm=(-0.7, 0.7, 0.2),
                   fingers=(0.0, 0.55, 0.85))  # fmt: skip
        s.trunk.to(end + 0.1, 0.5, bend=0.12)
    jump = spring_up(s, s.now - 0.25, s.number("rise_m") * s.amplitude, sink=0.16 + 0.10 * dip, sink_s=0.40)
    release = jump.leave_s + 0.45 * (jump.land_s - jump.leave_s)
    with s.phase("jump", release - s.now):
        s.trunk.to(jump.leave_s, 0.3, bend=-0.04)
        over = (0.04, 0.24, 0.30)
        s.right.go(jump.leave_s + 0.02, jump.leave_s - jump.low_s + 0.12, "chest", over, palm=(0.0, 0.35, 0.93),
                   fingers=(0.0, -0.93, 0.35), elbow=(0.35, 0.6, -0.7))  # fmt: skip
        s.right.reach(release, 0.15, (0.0, 0.46, 0.86), "accelerate", palm=(0.0, 0.75, 0.6), fingers=(0.0, -0.5, 0.85))
        s.left.go(release, 0.16, "chest", (0.14, 0.34, 0.36), palm=(-1.0, 0.0, 0.1), fingers=(0.0, 0.3, 0.95))
    s.throw("ball", release, turned(s.number("speed_mps"), s.number("loft_rad")))
    s.right.fingers(release + 0.05, 0.08, "flat")
    with s.phase("follow_through", jump.soaked_s + 0.15 - s.now) as (start, end):
        s.right.reach(start + 0.12, 0.12, (0.0, 0.56, 0.80), "decelerate", palm=(0.0, -0.25, -0.97), fingers=(0.0, 0.97, -0.35))
        s.left.reach(end, 0.4, (0.16, 0.45, 0.25), palm=(-0.8, 0.2, -0.3))
        s.right.fingers(start + 0.2, 0.15, "relaxed")
        s.trunk.to(jump.soaked_s, 0.3, bend=0.10)
    with s.phase("recover", 0.85) as (start, end):
        s.trunk.to(end, 0.6, bend=0.0)
        arms_down(s, end, 0.75)


BASKETBALL_SHOT = Action(
    name="basketball_shot",
    caption="takes a jump shot with a basketball",
    wordings=("jumps and shoots a basketball", "shoots a basketball with a flick of the wrist"),
    choreography=_shot,
    phases=("aim", "jump", "follow_through", "recover"),
    params={
        "aim_s": Range(0.4, 0.9),
        "dip": Range(0.0, 1.0),
        "rise_m": Range(0.08, 0.30),
        "speed_mps": Range(4.6, 5.8),
        "loft_rad": Range(0.78, 1.0),
    },
    props=(PropUse("ball", ("basketball",), (0.235, 0.245)),),
    aliases=("shooting a basketball", "basketball throw", "jump shot", "free throw"),
    tags=("sport", "arms", "ball"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ucf101": "Basketball", "hmdb51": "shoot_ball"},
)


def _dribble(s: Score) -> None:
    """Knees bent, the ball goes down from the fingers and comes back to them, in one hand or from one to the other."""
    radius, beat = _radius(s), s.number("beat_s")
    n, cross = int(s.number("bounces")), s.option("hands") == "from hand to hand"
    ahead, out, top = 0.30, 1.5 * s.body.hip_half_m + 0.10, s.number("height") * s.body.pelvis_height_m
    wide = 1.45 * s.body.stance_out_m
    s.right_foot.place(0.0, 0.0, (wide, -0.08), toe_out_rad=0.25)
    s.left_foot.place(0.0, 0.0, (wide, 0.14), toe_out_rad=0.1)
    s.pelvis.to(START_S, 0.1, pitch=0.30, up=-0.10 * s.body.leg_m * s.number("crouch"))
    s.trunk.to(START_S, 0.1, bend=0.22)
    side = 1.0
    s.stand("ball", (out, ahead), height_m=top - 0.02, time_s=START_S)
    _over(s.right, START_S, 0.1, "smooth", (out, ahead, top + radius))
    s.left.go(
        START_S, 0.1, "chest", (0.28, 0.30, -0.32), palm=(-0.3, 0.2, -0.9), fingers=(-0.2, 0.95, 0.2), elbow=(0.8, -0.4, -0.5)
    )
    for hand in (s.right, s.left):
        hand.fingers(START_S, 0.1, "cup")
    s.look(START_S, "world", (0.3, 1.2, 0.3) if s.option("eyes") == "ball" else (0.0, 4.0, s.body.eye_height_m))
    for k in range(n):
        with s.phase("bounce", beat) as (start, _):
            goal = -side if cross else side
            _bounce(s, start, beat, (side * out, ahead), (goal * out, ahead), (top, radius))
            side = goal
            s.trunk.to(start + 0.5 * beat, 0.4 * beat, bend=0.26)
            s.trunk.to(start + beat, 0.4 * beat, bend=0.20)
            s.pelvis.to(start + beat, 0.8 * beat, right=(0.05 if k % 2 else -0.03) if not cross else 0.05 * side)
    with s.phase("catch", 0.8) as (start, end):
        hand = s.right if side > 0 else s.left
        s.hold("ball", start + 0.02, hand.side)
        hand.go(end - 0.1, 0.5, "chest", (0.5 * radius, 0.26, -0.22), palm=(-0.8, 0.5, 0.3), fingers=(0.0, 0.7, 0.7))
        other = s.left if side > 0 else s.right
        other.go(end - 0.05, 0.5, "chest", (0.8 * radius, 0.28 + radius, -0.22), palm=(-1.0, -0.1, 0.1), fingers=(0.0, 0.75, 0.6))
        s.pelvis.to(end, 0.6, pitch=0.05, up=-0.02, right=0.0)
        s.trunk.to(end, 0.6, bend=0.05)


def _over(hand: Hand, end_s: float, duration_s: float, ease: str, at: tuple[float, float, float]) -> None:
    """The palm on top of the ball."""
    hand.go(end_s, duration_s, "world", at, ease, palm=(0.0, 0.15, -1.0), fingers=(-0.1, 0.95, 0.1), elbow=(0.9, -0.5, -0.2))


def _bounce(s: Score, start: float, beat: float, from_m: tuple[float, float], to_m: tuple[float, float],
            heights: tuple[float, float]) -> None:  # fmt: skip
    """The ball is pushed down, bounces in the middle and comes up to the hand that will have it; hands go with it for a while."""
    top, radius = heights
    drop, rise = 0.44 * beat, 0.56 * beat
    middle = (0.5 * (from_m[0] + to_m[0]), from_m[1] + 0.03)
    s.move("ball", start + drop, drop, middle, height_m=radius, ease="accelerate")
    s.move("ball", start + beat, rise, to_m, height_m=top, ease="decelerate")
    hand = s.right if from_m[0] > 0 else s.left
    reach, fall = 0.5, (top - radius) * 0.5**2.2
    at = abs(from_m[0])
    _over(hand, start + reach * drop, reach * drop, "accelerate", (at, from_m[1], top + radius - fall))
    _over(hand, start + reach * drop + 0.09, 0.10, "decelerate", (at, from_m[1], top + radius - fall - 0.04))
    taker = s.right if to_m[0] > 0 else s.left
    late = start + beat - reach * rise
    _over(taker, late, 0.10, "smooth", (abs(to_m[0]), to_m[1], top + radius - fall))
    _over(taker, start + beat, reach * rise, "decelerate", (abs(to_m[0]), to_m[1], top + radius))
    s.contact(f"{hand.side}_palm", "ball", start, start + 0.6 * reach * drop)


BASKETBALL_DRIBBLE = Action(
    name="basketball_dribble",
    caption="dribbles a basketball {hands}",
    wordings=("bounces a basketball {hands}",),
    choreography=_dribble,
    phases=("bounce", "catch"),
    params={
        "beat_s": Range(0.50, 0.68),
        "bounces": Range(4, 6, whole=True),
        "height": Range(0.72, 0.98),
        "crouch": Range(0.6, 1.5),
        "hands": Choice(("with one hand", "from hand to hand"), (0.65, 0.35)),
        "eyes": Choice(("ball", "ahead"), (0.5, 0.5)),
    },
    props=(PropUse("ball", ("basketball",), (0.235, 0.245)),),
    aliases=("dribbling a basketball", "dribble", "bouncing a ball"),
    tags=("sport", "arms", "ball"),
    acting=("right_hand",),
    taxonomy={"hmdb51": "dribble"},
)
