"""Under and up: crouching through below a low bar, climbing a wall."""

from __future__ import annotations

import numpy as np

from ...motion.footprints import Place, Roll
from ...motion.score import Score
from ...motion.steps import Print, go_by
from ...props.mobility import HOLD_M, HOLD_ROWS, hold_at
from ...values import Array
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, lasting
from .odd_gaits import centred


def _under(s: Score) -> None:
    """On the way already towards a bar: sinks into the knees and bows below it, goes through with short steps, and comes
    up behind."""
    duration, step = lasting(s), s.number("step_s")
    length, low = s.number("step") * s.body.leg_m, s.number("low")
    s.stand("bar", (0.0, 0.0), time_s=START_S)
    prints, at, ahead = [], -4.0 * step, 0.0
    for k in range(int((duration + 2.0) / step) + 7):
        side = "right" if k % 2 == 0 else "left"
        prints.append(Print(side, at, 0.66 * step, Place((0.9 if side == "right" else -0.9) * s.body.stance_out_m, ahead, 0.0)))
        ahead, at = ahead + length, at + step
    prints = centred(prints, duration)
    speed = length / step
    around = 0.62 * s.body.height_m / speed
    middle = 0.5 * duration + 0.04 / speed

    def down(times: Array, late: float = 0.0) -> Array:
        """1 while the person is below the bar, 0 far from it."""
        away = np.abs(times - middle - late) / around
        return np.where(away < 1.0, np.cos(0.5 * np.pi * np.clip(1.45 * away - 0.45, 0.0, 1.0)) ** 2, 0.0)

    with s.throughout("pass", duration):
        go_by(s, prints, Roll(0.10, 0.40, 0.06), over=0.4)
        s.mode.channels["balance"].base = 0.0
        s.pelvis.channels["up"].base -= 0.02 * s.body.leg_m
        s.pelvis.add("up", lambda t: -0.30 * low * s.body.leg_m * down(t))
        s.pelvis.add("pitch", lambda t: 0.75 * low * down(t))
        s.pelvis.add("forward", lambda t: -0.10 * s.body.leg_m * down(t))
        s.trunk.add("bend", lambda t: 0.70 * low * down(t, -0.05))
        s.mode.add("gaze", lambda t: -0.8 * down(t))
        s.head.add("nod", lambda t: 0.16 * down(t, -0.08))
        s.look(START_S, "prop:bar:bar", (0.0, 0.0, 0.0), duration_s=0.1)
        s.look(middle + 0.4, "travel", (0.0, 3.0, 0.9 * s.body.eye_height_m), duration_s=0.6)
        _arms_under(s, prints, middle, around)


def _arms_under(s: Score, prints: list[Print], middle: float, around: float) -> None:
    """Arms swing with the steps; below the bar a hand guards the head or both hang before the knees."""
    for hand in (s.right, s.left):
        for own in prints:
            if abs(own.strike_s - middle) > 0.8 * around:
                ahead = 0.22 if own.side != hand.side else -0.18
                hand.reach(own.strike_s, 0.5, (0.14, ahead, -0.95), "swing", palm=(-0.9, 0.0, -0.2))
    when = middle - 0.45 * around
    guards = s.option("hands") == "guard"
    for hand in (s.right, s.left):
        if guards and hand is s.right:
            hand.touch(
                when, 0.6, "crown", (0.02, 0.03, 0.06), palm=(-0.1, 0.1, -1.0), fingers=(-0.8, -0.4, 0.1), elbow=(0.8, 0.5, 0.1)
            )
        else:
            hand.reach(when, 0.6, (0.10, 0.42, -0.72), palm=(-0.7, -0.3, -0.5), elbow=(0.7, -0.5, 0.0))


CROUCHING_THROUGH = Action(
    name="crouching_through",
    caption="walks up to a low bar, crouches and goes through below it",
    choreography=_under,
    phases=("pass",),
    params={
        "duration_s": Range(3.4, 4.8),
        "step_s": Range(0.46, 0.60),
        "step": Range(0.40, 0.55),
        "low": Range(0.95, 1.15),
        "hands": Choice(("guard", "free"), (0.35, 0.65)),
    },
    props=(PropUse("bar", ("low_bar",), (0.94, 1.06)),),
    wordings=("ducks under a low bar and walks on", "passes under a bar, bent low"),
    aliases=("ducking under a bar", "crouching under a bar", "going under a bar"),
    tags=("locomotion", "legs", "trunk", "object"),
)


def _wall(s: Score) -> None:
    """Hands on holds above the head; a foot and the opposite hand in turn to the next holds, and the leg lifts the body."""
    n, beat = int(s.number("moves")), s.number("beat_s")
    gap = 0.34 * s.body.leg_m + 0.05
    s.mode.to(START_S, 0.1, balance=0.0, reach=0.0)
    s.stand("wall", (0.0, gap), time_s=START_S)
    reach = s.body.shoulder_height_m + 0.62 * s.body.arm_m
    high = min(int(reach / HOLD_M), HOLD_ROWS - 2)
    hands = {"right": high, "left": high - 1}
    for hand in (s.right, s.left):
        hand.fingers(START_S, 0.1, "grip_wide")
        _grab(s, hand.side, START_S, 0.1, hands[hand.side], gap)
    s.look(START_S, "world", (0.1, gap, 1.1 * s.body.eye_height_m))
    s.pelvis.to(START_S, 0.1, up=-0.01, pitch=0.0)
    with s.phase("ready", s.number("wait_s")):
        pass
    for k in range(1, n + 1):
        with s.phase("climb", beat) as (start, end):
            foot, grip = ("left", "right") if k % 2 else ("right", "left")
            _toe(s, foot, start + 0.42 * beat, 0.40 * beat, k, gap)
            up = HOLD_M * (k - 0.35)
            side = 1.0 if k % 2 else -1.0
            s.pelvis.to(
                start + 0.86 * beat, 0.5 * beat, up=up, roll=-0.07 * side, right=-0.05 * side * s.number("sway"), yaw=0.10 * side
            )
            s.trunk.to(start + 0.86 * beat, 0.5 * beat, lean=0.08 * side, twist=-s.number("twist_rad") * side, bend=0.04)
            if hands[grip] + 2 <= HOLD_ROWS:
                hands[grip] += 2
                _grab(s, grip, end - 0.02, 0.48 * beat, hands[grip], gap)
            s.look(start + 0.5 * beat, "world", (0.2 * side, gap, HOLD_M * hands[grip]), duration_s=0.4)
    with s.phase("hang", 0.6) as (start, end):
        s.pelvis.to(end, 0.5, roll=0.0, right=0.0)
        s.look(end, "world", (0.0, gap, s.body.eye_height_m + HOLD_M * n + 0.5), duration_s=0.4)


def _grab(s: Score, side: str, end_s: float, duration_s: float, row: int, gap: float) -> None:
    """Fingers over the top of a hold, the forearm below."""
    hand = s.right if side == "right" else s.left
    out, up = hold_at(row)
    hand.go(
        end_s,
        duration_s,
        "world",
        (out, gap - 0.075, up + 0.005),
        palm=(0.0, 0.9, -0.45),
        fingers=(-0.1, 0.45, 0.9),
        elbow=(0.6, -0.5, -0.7),
        stretch=0.98,
    )
    if end_s > 0.0:
        hand.fingers(end_s - 0.5 * duration_s, 0.3 * duration_s, "cup")
        hand.fingers(end_s + 0.03, 0.3 * duration_s, "grip_wide")


def _toe(s: Score, side: str, end_s: float, duration_s: float, row: int, gap: float) -> None:
    """The toes onto a hold, the knee out."""
    foot = s.right_foot if side == "right" else s.left_foot
    out, up = hold_at(row)
    at = gap - 0.05 - 0.9 * s.body.foot_m * 0.7
    foot.place(
        end_s - 0.3 * duration_s, 0.7 * duration_s, (out, at - 0.10), height_m=up + 0.06, toe_out_rad=0.45, knee=(0.8, 1.0, 0.3)
    )
    foot.place(end_s, 0.35 * duration_s, (out, at), height_m=up + 0.015, toe_out_rad=0.45, knee=(0.8, 1.0, 0.3))
    s.contact(f"{side}_toe", "wall", end_s, end_s + 0.4)


CLIMBING_A_WALL = Action(
    name="climbing_a_wall",
    caption="climbs up a wall with holds",
    choreography=_wall,
    phases=("ready", "climb", "hang"),
    params={
        "moves": Range(3, 4, whole=True),
        "beat_s": Range(0.85, 1.10),
        "wait_s": Range(0.2, 0.6),
        "sway": Range(0.5, 1.5),
        "twist_rad": Range(0.04, 0.18),
    },
    props=(PropUse("wall", ("climbing_wall",), (1.0, 1.01)),),
    wordings=("climbs a climbing wall hold by hold", "goes up an indoor climbing wall"),
    aliases=("rock climbing indoor", "wall climbing", "bouldering"),
    tags=("locomotion", "legs", "arms", "object"),
    acting=("right_hand", "left_hand", "right_foot", "left_foot"),
    taxonomy={"ucf101": "RockClimbingIndoor"},
)
