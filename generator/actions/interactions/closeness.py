"""Two people come close: an embrace, a pat on the back."""

from __future__ import annotations

import numpy as np

from ...motion.approach import step_to
from ...motion.meeting import eye_contact, face_to_face
from ...motion.proportions import Proportions
from ...motion.score import Hand, Score, Vector
from ...motion.solve import STANDING_AHEAD
from ..action import Action, Choice, Range
from ..poses import free_hand

_CLOTHES_M = 0.08
"""Of what two people wear between their chests, pressed together."""

_ON_BACK_M = 0.009
"""How far off the skin of a back a palm lies that presses the cloth on it."""


_LEVEL_M = 0.50
"""Shoulders that differ by no more let a palm over the shoulder come to the other's shoulder blades."""


def _front_m(body: Proportions, height_m: float, bend_rad: float) -> float:
    """How far ahead of the ankles the front of a trunk is, at a height, that bends forward by `bend_rad`."""
    trunk = body.shoulder_height_m - body.pelvis_height_m
    share = float(np.clip((height_m - body.pelvis_height_m) / trunk, -0.3, 1.0))
    hips, belly, chest = body.hip_ahead_m + body.hip_radius_m, body.belly_front_m, body.chest_front_m
    front = float(np.interp(share, (-0.2, 0.25, 0.75, 1.0), (hips, belly, chest, 0.75 * chest)))
    return STANDING_AHEAD * body.height_m + front + trunk * max(share, 0.0) ** 1.5 * float(np.sin(0.65 * bend_rad))


def _chest_to_chest_m(a: Proportions, b: Proportions, bend_rad: float) -> float:
    """How far apart two people stand whose fronts just meet, the belly of a tall one perhaps with the chest of a short one."""
    top = min(a.shoulder_height_m, b.shoulder_height_m)
    low = 0.95 * max(a.pelvis_height_m, b.pelvis_height_m)
    heights = np.linspace(min(low, top - 0.1), top, 9)
    return max(_front_m(a, z, bend_rad) + _front_m(b, z, bend_rad) for z in heights) + _CLOTHES_M


def _hug(a: Score, b: Score) -> None:
    """Arms open, both step in, chests meet, arms close round the other's back, heads side by side; a squeeze; and apart."""
    bend, late = a.number("bend_rad"), b.real(a.number("late_s"))
    near = _chest_to_chest_m(a.body, b.body, bend)
    step = a.number("step_m")
    face_to_face(a, b, near + 2.0 * step, -a.number("aside_m"))
    eye_contact(a, b, 0.25)
    overs = _over(a, b, a.option("arms"))
    with a.phase("approach", 0.85) as (start, end):
        for one, other, delay in ((a, b, 0.0), (b, a, late)):
            step_to(one, start + 0.1 + delay, end + 0.1 + delay, step)
            for hand in (one.right, one.left):
                up = 0.12 - 0.9 * _taller_m(one, other) / one.body.arm_m if hand.side in overs[one.role] else -0.30
                hand.reach(end - 0.18 + 0.6 * delay, 0.6, (0.56, 0.55, up), palm=(-0.9, 0.3, 0.0), fingers=(0.2, 0.9, 0.2),
                           elbow=(0.8, -0.2, -0.7))  # fmt: skip
                hand.fingers(end, 0.5, "flat")
    with a.phase("embrace", 0.6 + a.number("hold_s")) as (start, end):
        for one, other, delay in ((a, b, 0.0), (b, a, 0.7 * late)):
            _close_in(one, start + 0.45 + delay, bend)
            for hand in (one.right, one.left):
                _wrap(one, other, hand, start + 0.48 + delay, hand.side in overs[one.role])
                hand.fingers(start + 0.45, 0.3, "planted")
        _squeeze(a, b, start + 0.6, end)
        for one in (a, b):
            if "right" in overs[one.role] and abs(a.body.shoulder_height_m - b.body.shoulder_height_m) < _LEVEL_M:
                one.contact("right_palm", "partner:back", start + 0.75, end)
    with a.phase("part", 0.95) as (start, end):
        for one, delay in ((a, 0.0), (b, 0.08)):
            step_to(one, start + 0.28 + delay, end + delay, 0.2 * step)
            _let_go(one, b if one is a else a, overs[one.role], start, end, delay)
        eye_contact(a, b, start + 0.5)


def _over(a: Score, b: Score, arms: str) -> dict[str, tuple[str, ...]]:
    """Role -> which of their arms go over the other's shoulders: the taller one's both, or one of each where heights allow it."""
    taller, shorter = (a, b) if a.body.shoulder_height_m >= b.body.shoulder_height_m else (b, a)
    if arms == "crossed" and taller.body.shoulder_height_m - shorter.body.shoulder_height_m < 0.10:
        return {a.role: ("right",), b.role: ("right",)}
    return {taller.role: ("right", "left"), shorter.role: ()}


def _taller_m(one: Score, other: Score) -> float:
    """By how much one's shoulders are higher than the other's, beyond what is usual; 0 for the shorter one."""
    return max(one.body.shoulder_height_m - other.body.shoulder_height_m - 0.08, 0.0)


def _close_in(one: Score, end: float, bend: float) -> None:
    """Lean in and aside, so that heads pass each other, and look past the other one."""
    over = one.body.shoulder_height_m
    one.trunk.to(end, 0.55, bend=bend, lean=0.16)
    one.head.to(end, 0.5, tilt=0.12)
    one.look(end - 0.1, "travel", (0.35, 2.0, over + 0.1), duration_s=0.45)


def _wrap(one: Score, other: Score, hand: Hand, end: float, over: bool) -> None:
    """A palm to the other's back, round their side: over the shoulder, or under the arm. The left one rests by the right."""
    sign = 1.0 if hand.side == "right" else -1.0
    if over:
        beside = (-0.36 * sign, -0.02, max(0.24 - 1.2 * _taller_m(one, other), 0.08))
        off = (0.0, -_ON_BACK_M, 0.0) if sign > 0.0 else (0.13, 0.01, 0.05)
        fingers = (0.80 * sign, 0.25, -0.5 - 3.0 * _taller_m(one, other))
        elbow = (-0.9 * sign, 0.2, 0.35 - 2.4 * _taller_m(one, other))
    else:
        low = float(np.clip(one.body.shoulder_height_m - other.body.shoulder_height_m - 0.10, -0.30, -0.08))
        beside, off = (-0.38 * sign, -0.02, low - 0.08), (-0.11, 0.0, low) if sign > 0.0 else (0.17, 0.03, low - 0.05)
        fingers, elbow = (0.95 * sign, 0.25, 0.2), (-1.0 * sign, 0.1, -0.35)
    palm, duration = (0.6 * sign, 0.6, 0.0), 0.6
    hand.go(
        end - 0.5 * duration, 0.6 * duration, "partner:chest", beside, palm=palm, fingers=(0.4 * sign, -0.9, 0.0), elbow=elbow
    )
    hand.touch(end, 0.6 * duration, "back", off, "partner:chest", palm=(0.0, 1.0, 0.0), fingers=fingers, elbow=elbow)


def _squeeze(a: Score, b: Score, start: float, end: float) -> None:
    """Pats on the back, and a slow rocking from foot to foot, in step."""
    pats, rock = int(a.number("pats")), a.number("rock_m") * a.amplitude
    for one, late, sign in ((a, 0.0, 1.0), (b, 0.09, -1.0)):
        one.pelvis.add("right", _rocking(start + late, end, sign * rock))
    last = a.right.moves[-1][1].at
    for k in range(pats):
        at = start + 0.1 + 0.3 * k
        if at + 0.3 < end:
            a.right.again(at + 0.12, 0.12, at=(last[0], last[1] - 0.07, last[2]))
            a.right.again(at + 0.24, 0.11, "accelerate", at=last)


def _rocking(start: float, end: float, width: float):  # type: ignore[no-untyped-def]
    def shift(times: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
        x = np.clip((times - start) / max(end - start, 1e-6), 0.0, 1.0)
        return width * np.sin(2.0 * np.pi * x) * np.sin(np.pi * x)

    return shift


def _let_go(one: Score, other: Score, over: tuple[str, ...], start: float, end: float, delay: float) -> None:
    """The hands come round the other's sides or over the shoulders, as they went, before they go down."""
    for hand in (one.right, one.left):
        sign = 1.0 if hand.side == "right" else -1.0
        lower = _taller_m(one, other)
        high, elbow_up = (max(0.26 - 1.2 * lower, 0.08), 0.5 - 2.4 * lower) if hand.side in over else (0.0, -0.3)
        hand.go(start + 0.34 + delay, 0.34, "partner:chest", (-0.40 * sign, -0.02, high), palm=(0.8 * sign, 0.5, 0.0),
                fingers=(0.2 * sign, -0.9, 0.1), elbow=(-0.9 * sign, 0.2, elbow_up))  # fmt: skip
        hand.reach(start + 0.62 + delay, 0.36, (0.45, 0.50, -0.45), palm=(-0.7, 0.3, -0.4), fingers=(0.2, 0.9, -0.1),
                   elbow=(0.8, -0.3, -0.6))  # fmt: skip
        hand.rest(end + 0.08 + delay, 0.5)
        hand.fingers(end + delay, 0.5, "relaxed")
    one.trunk.to(start + 0.65 + delay, 0.55, bend=0.0, lean=0.0)
    one.head.to(start + 0.5 + delay, 0.5, tilt=0.0)


HUGGING_EACH_OTHER = Action(
    name="hugging_each_other",
    caption="hugs {b}",
    choreography=_hug,
    phases=("approach", "embrace", "part"),
    roles=("a", "b"),
    params={
        "bend_rad": Range(0.12, 0.22),
        "step_m": Range(0.16, 0.26),
        "aside_m": Range(0.01, 0.05),
        "late_s": Range(0.08, 0.2),
        "hold_s": Range(0.5, 1.25),
        "pats": Range(0, 3, whole=True),
        "rock_m": Range(0.0, 0.025),
        "arms": Choice(("heights", "crossed"), (0.5, 0.5)),
    },
    aliases=("hug", "hugging", "embrace", "embracing", "hugging other person"),
    tags=("interaction", "greeting", "arms"),
    acting=("right_hand", "left_hand", "b:right_hand", "b:left_hand"),
    taxonomy={"synapt150": "hugging_each_other", "ntu120": "A055", "ut_interaction": "hug", "hmdb51": "hug"},
)


def _pat(a: Score, b: Score) -> None:
    """A hand goes to the other's back, pats it a few times and comes down; the patted one looks round and nods."""
    beat, pats, late = a.number("beat_s"), int(a.number("pats")), b.real(a.number("late_s"))
    where = a.option("from")
    _stand_near(a, b, where)
    to_b = -0.35 if where == "beside" else 0.0
    a.look(0.3, "partner:head", landmark="nose" if where == "beside" else None)
    off = 0.06 + 0.05 * a.amplitude
    drop = _drop_m(a, b)
    low = min(a.number("low_m"), max(drop + 0.18, -0.35))  # nobody pats higher than the own head
    rise = float(np.clip(1.0 - 4.0 * drop, -0.8, 1.0))  # fingers go on where the forearm comes from
    fingers: Vector = (0.7, 0.12, 0.9 * rise) if where == "beside" else (-0.25, 0.12, rise)
    elbow: Vector = (-0.4, -0.9, -0.6) if where == "beside" else (0.6, -0.6, -0.7)

    def hand_at(end: float, duration: float, away: float, ease: str = "smooth") -> None:
        a.right.touch(end, duration, "back", (0.0, -_ON_BACK_M - away, low), "partner:chest", ease, palm=(0.0, 1.0, 0.0),
                      fingers=fingers, elbow=elbow)  # fmt: skip

    with a.phase("reach", 0.75) as (start, end):
        if where == "beside":  # behind the other one's arm, not through it
            a.right.reach(start + 0.42, 0.42, (0.16, -0.30, -0.78), elbow=(0.25, -0.9, -0.5))
            a.pelvis.to(end, 0.6, yaw=0.8 * to_b)
        hand_at(end, 0.7 if where == "behind" else 0.5, off)
        a.right.fingers(end, 0.5, "planted")
        a.trunk.to(end, 0.65, twist=to_b, bend=0.06 + float(np.clip(1.2 * (drop - 0.2), 0.0, 0.5)), lean=0.04)
    with a.phase("pat", beat * pats + 0.1) as (start, end):
        for k in range(pats):
            hit = start + beat * (k + 0.42)
            hand_at(hit, 0.40 * beat, 0.0, "accelerate")
            hand_at(hit + 0.56 * beat, 0.36 * beat, off if k < pats - 1 else 1.5 * off)
            if low > -0.06:
                a.contact("right_palm", "partner:back", hit, hit + 0.2 * beat)
            b.trunk.to(hit + b.real(0.08), b.real(0.08), "decelerate", bend=0.05)
            b.trunk.to(hit + b.real(0.3), b.real(0.2), bend=0.0)
        _look_round(a, b, start + 0.45 * beat + late, where)
    with a.phase("lower", 1.0) as (start, end):
        if where == "beside":
            a.right.reach(start + 0.35, 0.4, (0.16, -0.34, -0.74), elbow=(0.25, -0.9, -0.5))
            a.pelvis.to(end, 0.7, yaw=0.0)
        else:
            a.right.reach(start + 0.3, 0.4, (0.34, 0.42, -0.35), elbow=(0.5, -0.6, -0.5))
        a.right.rest(end, 0.65)
        a.right.fingers(end, 0.5, "relaxed")
        a.trunk.to(end, 0.75, twist=0.3 * to_b, bend=0.0, lean=0.0)
        b.head.to(start + 0.35, 0.22, nod=0.15)
        b.head.to(start + 0.65, 0.3, nod=0.0)


def _drop_m(a: Score, b: Score) -> float:
    """How far under the one's shoulder the other one's shoulder blades are."""
    return a.body.shoulder_height_m - (b.body.shoulder_height_m - 0.10)


def _stand_near(a: Score, b: Score, where: str) -> None:
    """The one who is patted stands at the other's right, a little ahead, or straight before them, within the arm's reach."""
    if where == "beside":
        b.start(a.body.shoulder_half_m + b.body.shoulder_half_m + a.number("gap_m"), a.number("ahead_m"), a.number("turned_rad"))
        return
    arm = a.number("stretch") * (a.body.arm_m + 0.5 * a.body.hand_m)
    drop = max(_drop_m(a, b), -0.10)
    b.start(-0.10, float(np.sqrt(max(arm**2 - drop**2, (0.5 * arm) ** 2))) + b.body.back_behind_m, 0.0)


def _look_round(a: Score, b: Score, start: float, where: str) -> None:
    """The patted one turns the head, then the trunk, to who did it."""
    b.look(start + 0.4, "partner:head", landmark="nose", duration_s=0.4)
    b.trunk.to(start + 0.6, 0.5, twist=0.30 if where == "beside" else 0.55)
    a.look(start + 0.5, "partner:head", landmark="nose", duration_s=0.3)
    if where == "behind":
        b.pelvis.to(start + 0.7, 0.55, yaw=0.28)
    free_hand(b, b.right, b.option("hand"), start + 0.7)


PAT_ON_BACK = Action(
    name="pat_on_back",
    caption="pats {b} on the back",
    choreography=_pat,
    phases=("reach", "pat", "lower"),
    roles=("a", "b"),
    params={
        "from": Choice(("beside", "behind"), (0.6, 0.4)),
        "pats": Range(3, 5, whole=True),
        "beat_s": Range(0.26, 0.36),
        "late_s": Range(0.15, 0.35),
        "gap_m": Range(0.14, 0.22),
        "ahead_m": Range(0.22, 0.32),
        "stretch": Range(0.70, 0.86),
        "turned_rad": Range(0.0, 0.35),
        "low_m": Range(-0.05, 0.03),
        "hand": Choice(("side", "hip"), (0.7, 0.3)),
    },
    aliases=("pat on back", "patting on the back", "pat on back of other person", "pat somebody's back"),
    tags=("interaction", "arms"),
    acting=("right_hand",),
    taxonomy={"synapt150": "pat_on_back", "ntu120": "A053"},
)
