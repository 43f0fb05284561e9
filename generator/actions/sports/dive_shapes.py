"""A diver's body in the air: straight, piked, tucked, wrapped up to twist, stretched to enter the water."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Foot, Hand
from ...motion.score import Score

POINTED_RAD = 0.38
"""How far the toes are short of the shin's line."""


def leg(s: Score, foot: Foot, end_s: float, duration_s: float, hip_rad: float, knee_rad: float = 0.0, out: float = 0.02) -> None:
    """A leg by how far hip and knee are bent, the toes pointed."""
    thigh, shin = s.body.thigh_m / s.body.leg_m, s.body.shin_m / s.body.leg_m
    lower, toes = hip_rad - knee_rad, hip_rad - knee_rad + POINTED_RAD
    ahead = float(thigh * np.sin(hip_rad) + shin * np.sin(lower))
    up = float(-thigh * np.cos(hip_rad) - shin * np.cos(lower))
    across, along = float(np.cos(toes)), float(np.sin(toes))
    foot.heel.to(end_s, duration_s, 0.0)
    foot.reach(end_s, duration_s, (out, 0.995 * ahead, 0.995 * up), toes=(0.0, along, -across), instep=(0.0, across, along),
               knee=(0.05, float(np.cos(hip_rad)), float(np.sin(hip_rad))))  # fmt: skip


def _on_leg(s: Score, hip_rad: float, knee_rad: float, share: float, off_m: float) -> tuple[float, float]:
    """(forward, up) m from the pelvis of a point on the shin (`share` of it down), `off_m` off its front."""
    lower = hip_rad - knee_rad
    ahead = s.body.hip_ahead_m + s.body.thigh_m * np.sin(hip_rad) + share * s.body.shin_m * np.sin(lower) + off_m * np.cos(lower)
    up = (
        -s.body.hip_below_pelvis_m
        - s.body.thigh_m * np.cos(hip_rad)
        - share * s.body.shin_m * np.cos(lower)
        + off_m * np.sin(lower)
    )
    return float(ahead), float(up)


def pike(s: Score, end_s: float, duration_s: float, closed: float) -> None:
    """Folded at the hips over straight legs, hands at the ankles; `closed` 0 is an open pike with the arms apart."""
    bend, hip = 0.55 + 0.45 * closed, 1.65 + 0.35 * closed
    s.trunk.to(end_s, duration_s, bend=bend)
    s.head.to(end_s, duration_s, nod=0.35)
    for foot, late in ((s.right_foot, 0.0), (s.left_foot, 0.01)):
        leg(s, foot, end_s + late, duration_s, hip)
    ahead, up = _on_leg(s, hip, 0.0, 0.35 + 0.35 * closed, 0.05)
    for hand, late in ((s.right, 0.0), (s.left, 0.015)):
        if closed > 0.3:
            hand.go(end_s + late, duration_s, "pelvis", (s.body.hip_half_m + 0.05, ahead, up), palm=(-1.0, 0.0, -0.2),
                    elbow=(0.9, 0.3, 0.5), stretch=0.98)  # fmt: skip
        else:
            hand.reach(end_s + late, duration_s, (0.80, 0.50, 0.10), palm=(0.0, 0.2, -1.0))
        hand.fingers(end_s, duration_s, "cup" if closed > 0.3 else "flat")


def tuck(s: Score, end_s: float, duration_s: float, closed: float) -> None:
    """Knees to the chest, hands round the shins."""
    hip, knee = 2.0 + 0.25 * closed, 2.25 + 0.15 * closed
    s.trunk.to(end_s, duration_s, bend=0.75 + 0.25 * closed)
    s.head.to(end_s, duration_s, nod=0.45)
    for foot, late in ((s.right_foot, 0.0), (s.left_foot, 0.01)):
        leg(s, foot, end_s + late, duration_s, hip, knee, out=0.03)
    ahead, up = _on_leg(s, hip, knee, 0.45, 0.055)
    for hand, late in ((s.right, 0.0), (s.left, 0.015)):
        hand.go(
            end_s + late,
            duration_s,
            "pelvis",
            (s.body.hip_half_m + 0.02, ahead, up),
            palm=(-0.6, -0.8, 0.0),
            elbow=(1.0, 0.2, 0.1),
        )
        hand.fingers(end_s, duration_s, "cup")


def straight(s: Score, end_s: float, duration_s: float, arms: str, arch: float = 0.0) -> None:
    """Stretched, legs together; arms "over" the head, out like "wings", "down" the sides, or "wrapped" round the chest."""
    s.trunk.to(end_s, duration_s, bend=-arch)
    s.head.to(end_s, duration_s, nod=-0.10 if arms != "wrapped" else 0.15)
    for foot, late in ((s.right_foot, 0.0), (s.left_foot, 0.01)):
        leg(s, foot, end_s + late, duration_s, 0.0 if arch == 0.0 else -0.5 * arch)
    for hand, late in ((s.right, 0.0), (s.left, 0.015)):
        _arm(hand, end_s + late, duration_s, arms)


def _arm(hand: Hand, end_s: float, duration_s: float, arms: str) -> None:
    if arms == "over":
        hand.reach(end_s, duration_s, (-0.20, 0.06, 0.98), palm=(0.0, 0.6, 0.8), fingers=(-0.5, 0.3, 0.9), elbow=(0.6, 0.5, -0.3))
    elif arms == "wings":
        hand.reach(end_s, duration_s, (0.97, 0.02, 0.15), palm=(0.0, 0.5, -1.0))
    elif arms == "down":
        hand.reach(end_s, duration_s, (0.06, 0.10, -0.97), palm=(-1.0, 0.0, 0.0))
    else:  # one hand at the chest, the other one's elbow raised behind the head
        at = (-0.28, 0.38, -0.12) if hand.side == "right" else (-0.10, 0.10, 0.38)
        palm = (-0.2, -0.9, 0.0) if hand.side == "right" else (-0.3, -0.6, -0.6)
        hand.reach(end_s, duration_s, at, palm=palm, elbow=(1.0, 0.1, -0.2) if hand.side == "right" else (1.0, 0.3, 0.8))
    hand.fingers(end_s, duration_s, "fist" if arms == "wrapped" else "flat")
