"""Series of small jumps: the pelvis' height through all of them, and a foot that leaves the floor and lands."""

from __future__ import annotations

from ...motion.jump import GRAVITY_MPS2, Through
from ...motion.limbs import Foot
from ...motion.score import Score
from ..poses import START_S, carry_over


def in_the_air(s: Score, rise_m: float) -> float:
    """Score seconds that a jump of `rise_m` stays in the air."""
    return s.real(2.0 * float((2.0 * rise_m / GRAVITY_MPS2) ** 0.5))


def bounce(s: Score, leaves: list[float], lands: list[float], *, tiptoe_m: float, sink_m: float, settle_s: float = 0.55) -> None:
    """Write the pelvis' height: free fall from each of `leaves` to its one of `lands`, taken up in the knees in between.

    `tiptoe_m`: how much higher than standing the hips leave and land; `sink_m`: the deepest they go in between.
    """
    s.mode.channels["reach"].base = 0.0
    low = leaves[0] - 0.16
    knots = [(low - 0.26, 0.0, 0.0), (low, -sink_m, 0.0)]
    for k, (leave, land) in enumerate(zip(leaves, lands, strict=True)):
        steep = 0.5 * GRAVITY_MPS2 * (land - leave) / s.spec.tempo**2  # per score second
        knots += [(leave, tiptoe_m, steep), (land, tiptoe_m, -steep)]
        after = leaves[k + 1] - land if k + 1 < len(leaves) else 0.28
        knots.append((land + 0.5 * after, max(-sink_m, tiptoe_m - 0.3 * steep * after), 0.0))
    knots.append((lands[-1] + settle_s, 0.0, 0.0))
    s.pelvis.add("up", Through(knots))


def spring(
    s: Score,
    foot: Foot,
    leave_s: float,
    land_s: float,
    at: tuple[float, float],
    *,
    late_s: float = 0.0,
    tuck: float = 0.03,
    lift_m: float = 0.0,
    toe_out_rad: float = 0.1,
) -> None:
    """The foot pushes off through the ball, hangs below the hip, and lands ball first at (out, forward) of the world."""
    air = land_s - leave_s
    foot.heel.to(leave_s + late_s, 0.12, 0.7)
    foot.heel.to(land_s - late_s, 0.5 * air, 0.35)
    foot.heel.to(land_s + 0.09 - late_s, 0.09, 0.06)
    foot.reach(leave_s + 0.5 * air, 0.48 * air, (0.04, 0.0, -(0.985 - tuck)))
    foot.place(land_s - late_s, 0.42 * air, at, toe_out_rad=toe_out_rad)
    carry_over(foot, land_s - late_s, air - 2.0 * late_s, lift_m)
    s.contact(f"{foot.side}_ball", "floor", land_s + 0.02, land_s + 0.1)


def stand_at(foot: Foot, at: tuple[float, float], toe_out_rad: float = 0.1) -> None:
    """Where a foot stands when the clip begins."""
    foot.place(START_S, 0.0, at, toe_out_rad=toe_out_rad)
