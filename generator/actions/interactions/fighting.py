"""Two who fight each other: blows, guards, dodges, shoves and kicks by both in turn, who close in again when driven apart."""

from __future__ import annotations

import numpy as np

from ...motion.impact import fling, jolted, passed_on, struck
from ...motion.meeting import face_to_face
from ...motion.score import Score, Vector
from ..action import Action, Choice, Range
from ..sports.punches import GUARD_TWIST_RAD, GUARD_YAW_RAD, guard, stance
from .blows import Mark, ahead_m, apart_least_m, back_off, crouch_m, duck, height_of, mark_at, shift, within_reach

Turn = tuple[int, str, str]

ROUNDS: dict[str, tuple[Turn, ...]] = {
    "boxing": ((0, "jab", "block"), (1, "cross", "hit"), (0, "cross", "duck")),
    "brawl": ((0, "cross", "duck"), (1, "cross", "hit"), (1, "shove", "hit")),
    "kicks": ((0, "kick", "hit"), (1, "cross", "duck"), (1, "jab", "hit")),
    "shoves": ((0, "shove", "hit"), (1, "cross", "block"), (1, "shove", "hit")),
}
"""Who strikes (0: the first), with what, and what the other does about it."""

SHARES = {"jab": 0.025, "cross": 0.04, "shove": 0.26, "kick": 0.08}
"""Of the striker's mass, that is behind a blow."""

ROOM_S = 2.4
"""Blows that would come later than this have no room in a clip."""

MOST_FOLLOWED_M = 0.60
"""Who has driven the other back comes after them by no more at once."""

_STRETCH, _LEAN_RAD, _TURNED_RAD = 0.84, 0.12, 0.35


def _fight(a: Score, b: Score) -> None:
    """From a guard, blow by blow; who strikes alternates, who is driven back is followed."""
    apart = min(_reached(x, y, "cross") for x, y in ((a, b), (b, a))) + a.number("apart_m")
    face_to_face(a, b, apart)
    for k, one in enumerate((a, b)):
        stance(one, 0.0, 0.0)
        guard(one, 0.0, 0.0, (one.right, one.left))
        for hand in (one.right, one.left):
            hand.fingers(0.0, 0.0, "fist")
        one.look(0.0, "partner:head", landmark="nose", duration_s=0.0)
        _bounce(one, 0.40 + 0.05 * k)
    with a.phase("square_up", 0.32):
        pass
    start = a.now
    with a.phase("exchange", _exchange(a, b, start, apart) - start):
        pass
    with a.phase("part", a.number("part_s")) as (start, end):
        for one in (a, b):
            guard(one, end, 0.45, (one.right, one.left))


def _exchange(a: Score, b: Score, start: float, apart: float) -> float:
    """The blows, one after the other, by two who begin `apart` metres from each other; returns when the last is over."""
    turns, gap = ROUNDS[a.option("round")], a.number("gap_s")
    hit, planted = start + 0.22 - gap, {a.role: 0.0, b.role: 0.0}
    for k, (striker, kind, answer) in enumerate(turns):
        x, y = (a, b) if striker == 0 else (b, a)
        hit = max(hit + gap, planted[x.role] + 0.35)  # nobody strikes who is still being driven back
        if hit > start + ROOM_S:
            return hit - gap
        lunge = float(np.clip(apart - _reached(x, y, kind), -0.12, 0.70))
        shift(x, hit - (0.68 if kind == "kick" else 0.34), 0.34, lunge)
        driven, planted[y.role] = _blow(x, y, kind, hit, answer)
        off = hit + (0.54 if kind == "kick" else 0.16)
        shift(x, off, 0.34, -lunge)
        following = k + 1 < len(turns) and turns[k + 1][0] != striker  # else the next blow's own step makes up for it
        followed = min(driven, MOST_FOLLOWED_M) if following else 0.0
        shift(x, max(off + 0.34, hit + 0.45), 0.40, followed)
        apart += (driven if following else 0.75 * driven) - followed  # as far as it is by when the next blow lands
    return hit + 0.45


def _mark(x: Score, y: Score, kind: str) -> Mark:
    """Where a hand lands: in the face or on the chest, or as near to it as one's arms go."""
    what = "chest" if kind == "shove" else "face"
    low = crouch_m(x.body, y.body, what, _STRETCH, _LEAN_RAD) if kind == "shove" else 0.0
    return mark_at(y.body, within_reach(x.body, height_of(y.body, what), _STRETCH, _LEAN_RAD) - low)


def _reached(x: Score, y: Score, kind: str) -> float:
    """How far from the other one stands for a blow to land."""
    if kind == "kick":
        return 0.92 * x.body.leg_m + 0.12 + y.body.belly_front_m
    mark, least = _mark(x, y, kind), apart_least_m(x.body, y.body)
    if kind == "shove":
        return max(ahead_m(x.body, mark.height_m, 0.74, _LEAN_RAD) + 0.03 + mark.ahead_m, least)
    return max(ahead_m(x.body, mark.height_m, _STRETCH, _LEAN_RAD, _TURNED_RAD) + 0.05 + mark.ahead_m, least)


def _blow(x: Score, y: Score, kind: str, hit: float, answer: str) -> tuple[float, float]:
    """One blow that lands at `hit`, or doesn't; returns how far it drives the other back, and when they have their feet down."""
    if kind == "kick":
        _front_kick(x, y, hit)
    elif kind == "shove":
        _shove(x, y, hit)
    else:
        _punch(x, y, kind, hit, answer)
    if answer == "duck" and _mark(x, y, kind).landmark != "mouth":  # too low to be under it
        back_off(y, hit, 0.22)
        return 0.22, hit + 0.25
    if answer == "duck":
        duck(y, hit + 0.02, y.real(0.24), 0.9, -0.12)
        return 0.0, hit
    if answer == "block":
        y.left.go(
            hit - 0.02,
            0.15,
            "head",
            (0.10, 0.17, -0.02),
            palm=(-0.7, 0.6, 0.2),
            fingers=(-0.1, 0.25, 0.95),
            elbow=(0.5, 0.5, -0.9),
        )
        guard(y, hit + 0.34, 0.25, (y.left,))
        y.trunk.to(hit + 0.05, 0.12, bend=0.02, twist=GUARD_TWIST_RAD - 0.2)
        y.trunk.to(hit + 0.35, 0.25, bend=0.12, twist=GUARD_TWIST_RAD)
        return 0.0, hit
    speed = passed_on(x.body, y.body, x.number("speed_mps") * (0.5 if kind == "shove" else 1.0), SHARES[kind])
    high = {"kick": 0.05, "shove": 0.85}.get(kind, 0.9)
    if kind in ("jab", "cross"):
        hard = float(np.clip(speed / 0.2, 0.7, 1.4))
        jolted(y, hit, turn=(-0.4 if kind == "cross" else 0.3) * hard, nod=-0.28 * hard, twist=-0.22 * hard)
    catch = struck(y, hit, speed, (0.0, -1.0), high, over_s=0.14 if kind == "shove" else 0.0, arms=False)
    if kind == "shove":
        fling(y, hit, float(np.clip(1.3 * speed, 0.0, 1.0)), falls=False)
    guard(y, hit + y.real(0.46), y.real(0.22), (y.right, y.left))
    for hand in (y.right, y.left):
        hand.fingers(hit + y.real(0.46), 0.2, "fist")
    return -catch.forward_m, catch.down_s


def _punch(x: Score, y: Score, kind: str, hit: float, answer: str) -> None:
    """Hips, trunk, fist, 30 to 80 ms apart; back in guard 0.3 s later."""
    cross = kind == "cross"
    hand = x.right if cross else x.left
    yaw, twist = (0.34, 0.38) if cross else (-0.58, -0.34)
    power = x.amplitude
    x.pelvis.to(hit - 0.05, 0.16, yaw=GUARD_YAW_RAD + power * (yaw - GUARD_YAW_RAD), forward=0.05)
    x.trunk.to(hit - 0.01, 0.15, twist=GUARD_TWIST_RAD + power * (twist - GUARD_TWIST_RAD), bend=0.16)
    x.pelvis.to(hit + 0.30, 0.26, yaw=GUARD_YAW_RAD, forward=0.0)
    x.trunk.to(hit + 0.32, 0.26, twist=GUARD_TWIST_RAD, bend=0.12)
    if cross:
        x.right_foot.heel.to(hit, 0.18, 0.55)
        x.right_foot.heel.to(hit + 0.30, 0.24, 0.05)
    mark, sign = _mark(x, y, kind), (1.0 if cross else -1.0)
    palm, pole = (0.0, 0.1, -1.0), (-0.6 * sign, 0.3, -0.8)
    if answer == "hit":
        at: Vector = (-0.03 * sign, 0.045, mark.up_m)
        hand.touch(
            hit,
            0.15,
            mark.landmark,
            at,
            mark.frame,
            "accelerate",
            palm=palm,
            fingers=(0.0, -1.0, 0.0),
            elbow=pole,
            effector="knuckles",
        )
        x.contact(f"{hand.side}_knuckles", f"partner:{mark.landmark}", hit, hit + 0.08)
    else:
        ahead = mark.ahead_m + (0.16 if answer == "block" else 0.0)
        hand.go(
            hit,
            0.15,
            "partner:travel",
            (-0.06 * sign, ahead, mark.height_m),
            "accelerate",
            palm=palm,
            fingers=(0.0, -1.0, 0.0),
            elbow=pole,
            effector="knuckles",
        )
    guard(x, hit + 0.34, 0.26, (hand,))


def _shove(x: Score, y: Score, hit: float) -> None:
    """Both palms to the chest, and through."""
    mark = _mark(x, y, "shove")
    low = crouch_m(x.body, y.body, "chest", _STRETCH, _LEAN_RAD)
    x.pelvis.to(hit - 0.02, 0.22, yaw=0.0, forward=0.06, up=-0.05 * x.body.leg_m - low)
    x.trunk.to(hit, 0.22, twist=0.0, bend=0.10)
    x.trunk.to(hit + 0.18, 0.2, bend=0.32)
    for hand in (x.right, x.left):
        sign = 1.0 if hand.side == "right" else -1.0
        hand.fingers(hit - 0.04, 0.14, "push")
        hand.touch(
            hit,
            0.17,
            mark.landmark,
            (-0.062 * sign, 0.034, mark.up_m + 0.02),
            "partner:chest",
            "accelerate",
            palm=(0.0, -1.0, -0.1),
            fingers=(0.15 * sign, -0.1, 1.0),
            elbow=(-0.6 * sign, 0.3, -0.8),
        )
        hand.again(hit + 0.30, 0.15, "decelerate", at=(-0.062 * sign, 0.115, mark.up_m + 0.02))
        hand.fingers(hit + 0.6, 0.2, "fist")
        x.contact(f"{hand.side}_palm", f"partner:{mark.landmark}", hit, hit + 0.14)
    guard(x, hit + 0.66, 0.36, (x.right, x.left))
    x.pelvis.to(hit + 0.60, 0.35, yaw=GUARD_YAW_RAD, forward=0.0, up=-0.05 * x.body.leg_m)
    x.trunk.to(hit + 0.60, 0.35, twist=GUARD_TWIST_RAD, bend=0.12)


def _front_kick(x: Score, y: Score, hit: float) -> None:
    """The hind foot comes up and its ball meets the belly; it is set down behind again."""
    leg, body = x.body.leg_m, x.body
    stood, high = x.right_foot.moves[-1][1], float(np.clip(y.body.pelvis_height_m + 0.05, 0.5 * leg, 1.1 * body.pelvis_height_m))
    joint = "left_hip" if high < y.body.pelvis_height_m - y.body.hip_below_pelvis_m else "pelvis"
    x.right_foot.heel.to(hit - 0.32, 0.12, 0.5)
    x.right_foot.heel.to(hit - 0.16, 0.14, 0.0)
    x.pelvis.to(hit - 0.12, 0.30, yaw=0.0, pitch=-0.05, forward=0.10 * leg)
    x.pelvis.to(hit, 0.14, yaw=0.10, pitch=-0.20)
    x.trunk.to(hit, 0.25, twist=0.05, bend=0.05)
    x.right_foot.reach(hit - 0.13, 0.26, (0.02, 0.42, -0.34), knee=(0.1, 0.9, 0.5))
    ahead = y.body.belly_front_m + 0.065 + 0.9 * body.ankle_height_m
    x.right_foot.reach(
        hit,
        0.13,
        (-0.07 if joint == "left_hip" else -0.02, ahead, high - 0.75 * body.ball_ahead_m),
        "accelerate",
        frame="partner:travel",
        unit="m",
        toes=(0.0, -0.15, 1.0),
        instep=(0.0, 1.0, 0.15),
        knee=(-0.2, 0.5, 0.9),
    )
    x.contact("right_ball", f"partner:{joint}", hit, hit + 0.09)
    x.right_foot.reach(hit + 0.22, 0.18, (0.02, 0.42, -0.34), knee=(0.1, 0.9, 0.5))
    x.right_foot.to(hit + 0.52, 0.30, stood)
    x.pelvis.to(hit + 0.50, 0.38, yaw=GUARD_YAW_RAD, pitch=0.0, forward=0.0)
    x.trunk.to(hit + 0.50, 0.38, twist=GUARD_TWIST_RAD, bend=0.12)


def _bounce(one: Score, beat_s: float) -> None:
    """Up and down on the balls of the feet, and from one to the other."""
    phase = one.performer.phases_rad[2]
    one.pelvis.add("up", lambda t: 0.010 * np.sin(2.0 * np.pi * t / beat_s + phase))
    one.pelvis.add("right", lambda t: 0.014 * np.sin(np.pi * t / beat_s + phase))


FIGHTING_EACH_OTHER = Action(
    name="fighting_each_other",
    caption="fights with {b}",
    choreography=_fight,
    phases=("square_up", "exchange", "part"),
    roles=("a", "b"),
    params={
        "round": Choice(tuple(ROUNDS)),
        "gap_s": Range(0.66, 0.76),
        "apart_m": Range(0.20, 0.34),
        "speed_mps": Range(4.0, 6.0),
        "part_s": Range(0.35, 0.5),
    },
    aliases=("fighting each other", "fighting", "fight", "brawling", "two people fighting"),
    tags=("interaction", "contact", "arms", "legs", "combat"),
    taxonomy={"synapt150": "fighting_each_other"},
)
