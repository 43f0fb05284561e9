"""Poses that several actions share: a starting pose, hands put on hips or thighs, a pelvis put at a height."""

from __future__ import annotations

import numpy as np

from ..motion.limbs import Foot, Hand
from ..motion.score import Score
from ..motion.solve import STANDING_AHEAD, STANDING_HEIGHT
from ..motion.timing import Move, window
from ..values import Array

TOES_UP = ((0.25, 0.30, 0.92), (0.05, -0.95, 0.30))
"""Toes' and instep's directions (out, forward, up) of a foot that lies on its heel, the person's head towards -forward."""

ON_CLOTH_M = 0.045
"""How far off the skin a palm lies on what is worn over it."""

START_S = -9.0
"""A movement that ends then is over before any idle time: it sets the pose that the clip starts from."""


def pelvis_at(
    s: Score,
    end_s: float,
    duration_s: float,
    ease: str = "smooth",
    *,
    forward_m: float | None = None,
    height_m: float | None = None,
    **angles: float,
) -> None:
    """Pelvis joint to a place in the world: `forward_m` ahead of the start's ankles, `height_m` above the floor."""
    if forward_m is not None:
        s.pelvis.to(end_s, duration_s, ease, forward=forward_m - STANDING_AHEAD * s.body.height_m)
    if height_m is not None:
        s.pelvis.to(end_s, duration_s, ease, up=height_m - STANDING_HEIGHT * s.body.pelvis_height_m)
    s.pelvis.to(end_s, duration_s, ease, **angles)


def hip_joint(s: Score, pitch_rad: float) -> tuple[float, float]:
    """(forward, up) m of the hip joints from the pelvis joint, on a pelvis bowed forward by `pitch_rad`."""
    ahead, below = s.body.hip_ahead_m, s.body.hip_below_pelvis_m
    cosine, sine = float(np.cos(pitch_rad)), float(np.sin(pitch_rad))
    return ahead * cosine - below * sine, -below * cosine - ahead * sine


def free_hand(s: Score, hand: Hand, where: str, end_s: float, duration_s: float = 0.7) -> None:
    """What a hand with nothing to do does: "side", "hip" or "across" the belly."""
    if where == "hip":
        hand.go(
            end_s,
            duration_s,
            "pelvis",
            (s.body.waist_half_m + 0.015, 0.035, 0.085),
            palm=(-1.0, -0.1, -0.25),
            fingers=(-0.25, 0.8, -0.45),
            elbow=(0.9, -0.6, -0.1),
        )
        hand.fingers(end_s, duration_s, "cup")
    elif where == "across":
        round_the_belly(s, hand, end_s - 0.45 * duration_s, 0.55 * duration_s)
        over = (-0.07, ON_CLOTH_M, -0.02)
        palm, fingers, elbow = (0.0, -1.0, 0.0), (-1.0, 0.05, 0.1), (0.7, -0.3, -0.8)
        hand.touch(end_s, 0.55 * duration_s, "belly", over, "chest", palm=palm, fingers=fingers, elbow=elbow)
        hand.fingers(end_s, duration_s, "relaxed")
    else:
        hand.rest(end_s, duration_s)
        hand.fingers(end_s, duration_s, "relaxed")


def round_the_belly(s: Score, hand: Hand, end_s: float, duration_s: float) -> None:
    """A hand on its way from the side to where it lies across the belly, or back: ahead of the body, clear of the cloth."""
    ahead = (0.16, 0.14, -0.06)
    palm, fingers = (-0.5, -0.85, 0.0), (-0.6, 0.6, -0.5)
    hand.touch(end_s, duration_s, "belly", ahead, "chest", palm=palm, fingers=fingers, elbow=(0.8, -0.4, -0.4))


def lasting(s: Score) -> float:
    """Score seconds of what is under way and goes on in the pauses around it, so that the clip lasts its `duration_s`."""
    pauses = s.spec.idle_before_s + s.spec.idle_after_s
    return s.real(max(s.number("duration_s") - pauses, 0.8))


def carry_over(foot: Foot, end_s: float, duration_s: float, lift_m: float) -> None:
    """Lift a foot off the floor on its way to a target, so that it does not drag."""
    move = Move(end_s, duration_s, "linear")
    foot.lift.add(lambda times: lift_m * np.sin(np.pi * move.weight(times)) ** 2)


def shift_weight(s: Score, start_s: float, end_s: float, every_s: float = 1.1, width_m: float = 0.028) -> None:
    """Stand now more on one leg, now more on the other, as people do who stand and wait."""
    side = 1.0 if np.sin(s.performer.phases_rad[0]) > 0.0 else -1.0
    at = start_s + 0.5 * every_s
    while at < end_s:
        s.pelvis.to(at, 0.8 * every_s, right=side * width_m, roll=0.035 * side)
        side, at = -side, at + every_s
    s.pelvis.to(end_s + 0.5, 0.8, right=0.0, roll=0.0)


def talk(s: Score, start_s: float, end_s: float, share: float = 1.0) -> None:
    """The jaw of somebody who speaks, in bursts: about three syllables a second."""
    a, b, c = s.performer.phases_rad[:3]

    def jaw(times: Array) -> Array:
        syllables = np.maximum(np.sin(2.0 * np.pi * 3.1 * times + a), 0.0)
        bursts = np.clip(
            0.6 + 0.9 * np.sin(2.0 * np.pi * 0.45 * times + b) + 0.3 * np.sin(2.0 * np.pi * 0.8 * times + c), 0.0, 1.0
        )
        return share * 0.13 * syllables * bursts * window(times, start_s, end_s, 0.2)

    s.mode.add("jaw", jaw)


def lay_leg(s: Score, foot: Foot, end_s: float, duration_s: float, hips: float, out: float) -> None:
    """Stretch a leg out along the floor, the heel resting, the toes up and a little out."""
    carry_over(foot, end_s, duration_s, 0.05)
    foot.reach(
        end_s,
        duration_s,
        (out, hips + s.body.hip_below_pelvis_m + 0.985 * s.body.leg_m, 0.055),
        frame="world",
        unit="m",
        toes=TOES_UP[0],
        instep=TOES_UP[1],
        knee=(0.1, 0.1, 1.0),
    )


def arm_on_floor(hand: Hand, end_s: float, duration_s: float, out_rad: float) -> None:
    """The arm of somebody who lies on the back, stretched on the floor, `out_rad` away from the body."""
    out, down = 0.96 * float(np.sin(out_rad)), -0.96 * float(np.cos(out_rad))
    hand.reach(end_s, duration_s, (out, -0.16, down), palm=(0.0, -1.0, 0.0), fingers=(out, 0.0, down), elbow=(1.0, -0.6, 0.1))
