"""How a person carries itself: posture laid under every channel before the choreography is written on top."""

from __future__ import annotations

from .limbs import BEFORE_S
from .score import Score

STYLES: tuple[str, ...] = ("neutral", "energetic", "tired", "old", "careful")
"""Names a PerformerSpec may carry."""

TEMPO: dict[str, float] = {"neutral": 1.0, "energetic": 1.14, "tired": 0.88, "old": 0.84, "careful": 0.9}
"""Factor on the tempo that goes with each style; the sampler multiplies it in."""

AMPLITUDE: dict[str, float] = {"neutral": 1.0, "energetic": 1.1, "tired": 0.9, "old": 0.88, "careful": 0.94}
"""Factor on the amplitude that goes with each style."""

_POSTURE: dict[str, dict[str, float]] = {
    "neutral": {},
    "energetic": {"trunk.bend": -0.03, "head.nod": -0.03},
    "tired": {"trunk.bend": 0.13, "head.nod": 0.14, "mode.shrug": -0.05, "pelvis.up": -0.002},
    "old": {"trunk.bend": 0.20, "head.nod": -0.08, "pelvis.up": -0.004},
    "careful": {"trunk.bend": 0.05, "head.nod": 0.05, "pelvis.up": -0.002},
}  # fmt: skip


def adopt(score: Score) -> None:
    """Give a fresh score the posture of its style."""
    for name, value in _POSTURE[score.performer.style].items():
        group, channel = name.split(".")
        getattr(score, group).channels[channel].base += value
    for limb in (score.right, score.left):
        limb.fingers(BEFORE_S, 0.0, "relaxed")
