"""Firing a gun at a mark ahead: raised, aimed, the recoil of each shot, lowered."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ..action import Action, PropUse, Range
from ..poses import START_S


def _shoot(s: Score) -> None:
    """The gun comes up to the eyes in both hands, is held still, kicks with each shot, and goes down."""
    rifle = "butt" in s.props["gun"].frames
    s.hold("gun", START_S)
    s.right.fingers(START_S, 0.1, "grip")
    s.left.fingers(START_S, 0.1, "cup" if rifle else "grip_wide")
    _stance(s, rifle)
    low, aimed = (_rifle_low, _rifle) if rifle else (_pistol_low, _pistol)
    low(s, START_S, 0.1)
    _support(s, START_S, 0.1, rifle)
    mark = (0.0, 3.5, s.body.eye_height_m + s.number("mark_up_m"))
    shots = int(s.number("shots"))
    with s.phase("raise", 0.8) as (start, end):
        s.look(start + 0.25, "travel", mark, duration_s=0.3)
        aimed(s, end, 0.7, 0.0)
        s.head.to(end, 0.5, tilt=0.16 if rifle else 0.03, nod=0.10 if rifle else 0.02)
        s.pelvis.to(end, 0.7, up=-s.number("crouch_m"), forward=0.02)
        s.trunk.to(end, 0.7, bend=s.number("lean_rad"))
    with s.phase("aim", s.number("aim_s")) as (start, end):
        s.contact("right_palm", "gun", start, end)
        aimed(s, end, end - start, 0.0)
    with s.phase("fire", s.number("shot_s") * shots) as (start, end):
        for k in range(shots):
            at = start + s.number("shot_s") * k
            aimed(s, at + 0.08, 0.07, 1.0, "decelerate")
            aimed(s, at + s.real(0.40), 0.30, 0.0)
            s.trunk.to(at + 0.12, 0.10, bend=s.number("lean_rad") - 0.07)
            s.trunk.to(at + 0.40, 0.28, bend=s.number("lean_rad"))
            s.head.to(at + 0.10, 0.08, nod=0.04)
            s.head.to(at + 0.36, 0.25, nod=0.10 if rifle else 0.02)
            s.pelvis.to(at + 0.14, 0.12, forward=-0.005)
            s.pelvis.to(at + 0.42, 0.28, forward=0.02)
    with s.phase("lower", 0.85) as (start, end):
        low(s, end, 0.7)
        s.head.to(end, 0.5, tilt=0.0, nod=0.0)
        s.trunk.to(end, 0.6, bend=0.0)
        s.pelvis.to(end, 0.6, up=0.0, forward=0.0)
        s.look(end + 0.2, "travel", (0.0, 3.5, s.body.eye_height_m - 0.2))


def _stance(s: Score, rifle: bool) -> None:
    """One foot ahead, the trunk turned away from it: more for a rifle than for a pistol."""
    out, split = s.body.stance_out_m, s.number("split_m")
    s.left_foot.place(START_S, 0.1, (out * 1.05, 0.5 * split), toe_out_rad=0.10)
    s.right_foot.place(START_S, 0.1, (out * 1.25, -0.5 * split), toe_out_rad=0.45 if rifle else 0.2)
    turn = 0.45 if rifle else 0.12
    s.pelvis.to(START_S, 0.1, yaw=-0.5 * turn)
    s.trunk.to(START_S, 0.1, twist=-0.5 * turn)


def _support(s: Score, end_s: float, duration_s: float, rifle: bool) -> None:
    """The other hand: under the fore-end of a rifle, round the hand that holds a pistol."""
    if rifle:
        palm, fingers, elbow = (0.0, -0.1, 1.0), (-0.45, 0.9, 0.1), (0.4, 0.0, -1.0)
        s.left.go(end_s, duration_s, "thing:gun:fore", (0.0, 0.0, -0.004), palm=palm, fingers=fingers, elbow=elbow)
    else:
        palm, fingers, elbow = (-0.85, -0.25, 0.2), (-0.25, 0.90, -0.30), (0.6, 0.0, -0.9)
        at = (0.026, -0.008, -0.026)
        s.left.go(end_s, duration_s, "thing:gun:support", at, palm=palm, fingers=fingers, elbow=elbow)


def _pistol(s: Score, end_s: float, duration_s: float, kick: float, ease: str = "smooth") -> None:
    """The sights before the eyes at the end of nearly straight arms; `kick` (0 to 1) throws the muzzle up and the hands back."""
    arm, rise = s.body.arm_m, kick * s.number("kick_rad")
    half, up = s.body.shoulder_half_m, 0.115 * s.body.height_m
    ahead = float(np.sqrt(max((s.number("stretch") * arm) ** 2 - half**2 - (0.7 * up) ** 2, 0.05)))
    turn = 0.12
    s.right.bring(
        end_s,
        duration_s,
        "gun",
        "sights",
        None,
        frame="travel",
        at=(0.01, ahead + 0.02 * s.body.height_m - 0.05 * kick, s.body.eye_height_m - 0.02 - s.number("crouch_m") + 0.05 * kick),
        y_axis=(-0.02 * turn, float(np.cos(rise)), float(np.sin(rise))),
        z_axis=(0.0, -float(np.sin(rise)), float(np.cos(rise))),
        elbow=(0.6, -0.1, -0.9),
        ease=ease,
    )


def _pistol_low(s: Score, end_s: float, duration_s: float) -> None:
    """The muzzle down ahead of the feet, both hands before the belly."""
    s.right.bring(
        end_s,
        duration_s,
        "gun",
        "sights",
        None,
        frame="travel",
        at=(0.01, 0.62 * s.body.arm_m + 0.04, s.body.shoulder_height_m - 0.72 * s.body.arm_m),
        y_axis=(0.0, 0.72, -0.70),
        z_axis=(0.0, 0.70, 0.72),
        elbow=(0.6, -0.4, -0.8),
    )


def _rifle(s: Score, end_s: float, duration_s: float, kick: float, ease: str = "smooth") -> None:
    """The butt in the shoulder, the barrel level; `kick` (0 to 1) pushes it back and up."""
    rise = kick * 0.35 * s.number("kick_rad")
    scale = s.body.height_m / 1.75
    s.right.bring(
        end_s,
        duration_s,
        "gun",
        "butt",
        "chest_front",
        frame="travel",
        at=(0.085 * scale, -0.015 * scale - 0.03 * kick, 0.135 * scale + 0.006 * kick),
        y_axis=(-0.06, float(np.cos(rise)), float(np.sin(rise)) + 0.02),
        z_axis=(0.10, -float(np.sin(rise)), float(np.cos(rise))),
        elbow=(0.95, -0.2, -0.35),
        ease=ease,
    )


def _rifle_low(s: Score, end_s: float, duration_s: float) -> None:
    """Across the body, the muzzle down and ahead."""
    scale = s.body.height_m / 1.75
    s.right.bring(
        end_s,
        duration_s,
        "gun",
        "butt",
        "chest_front",
        frame="travel",
        at=(0.20 * scale, -0.06 * scale, -0.10 * scale),
        y_axis=(-0.42, 0.80, -0.42),
        z_axis=(-0.15, 0.42, 0.90),
        elbow=(0.8, -0.6, -0.5),
    )


SHOOTING_GUN = Action(
    name="shooting_gun",
    caption="aims a {gun} with both hands and fires it",
    wordings=("shoots at something ahead with a {gun}",),
    choreography=_shoot,
    phases=("raise", "aim", "fire", "lower"),
    params={
        "shots": Range(1, 3, whole=True),
        "aim_s": Range(0.5, 0.8),
        "shot_s": Range(0.48, 0.60),
        "kick_rad": Range(0.22, 0.48),
        "stretch": Range(0.90, 0.97),
        "split_m": Range(0.14, 0.34),
        "crouch_m": Range(0.0, 0.05),
        "lean_rad": Range(0.02, 0.14),
        "mark_up_m": Range(-0.3, 0.15),
    },
    props=(PropUse("gun", ("pistol", "pistol", "rifle"), (0.95, 1.08)),),
    aliases=("shoot a gun", "shooting", "shoot", "firing a gun", "shooting a pistol"),
    tags=("daily", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "shooting_gun", "hmdb51": "shoot_gun"},
)
