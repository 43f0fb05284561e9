"""Standing about: what people do who wait."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import lasting, shift_weight


def _wait(s: Score) -> None:
    """Weight from leg to leg, a look round, arms that hang or rest on the hips."""
    duration = lasting(s)
    with s.throughout("wait", duration) as (start, end):
        _arms(s, s.option("arms"))
        shift_weight(s, start, end, s.number("every_s"), s.number("sway_m"))
        for k in range(int(duration / 1.6) + 1):
            side = np.sin(s.performer.phases_rad[k % 6] + 2.0 * k)
            at = start + 0.9 + 1.6 * k
            s.head.to(at, 0.5, turn=float(side) * s.number("look_rad"), nod=0.06 * float(side) ** 2)
            s.trunk.to(at + 0.1, 0.6, twist=0.15 * float(side) * s.number("look_rad"))


def _arms(s: Score, how: str) -> None:
    for hand in (s.right, s.left):
        if how == "both_hips" or (how == "hips" and hand is s.right):
            hand.go(0.0, 0.0, "pelvis", (s.body.waist_half_m + 0.01, 0.03, 0.10), palm=(-1.0, 0.1, -0.2),
                    fingers=(-0.1, 0.9, -0.3), elbow=(0.9, -0.6, -0.2))  # fmt: skip


WAITING = Action(
    name="waiting",
    caption="stands and waits",
    choreography=_wait,
    phases=("wait",),
    params={
        "duration_s": Range(2.2, 4.2),
        "every_s": Range(0.9, 1.8),
        "sway_m": Range(0.015, 0.045),
        "look_rad": Range(0.15, 0.8),
        "arms": Choice(("hang", "hips", "both_hips"), (0.55, 0.25, 0.2)),
    },
    aliases=("standing", "standing still", "idle", "stand", "standing about"),
    tags=("posture",),
)
