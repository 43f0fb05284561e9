"""Chooses how an action is performed: its parameters, side, tempo, and the pauses around it; and each performer's own manner."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..actions.action import Action, Choice, Range
from ..motion.secondary import N_PHASES
from ..motion.styles import AMPLITUDE, STYLES, TEMPO
from ..values import PerformanceSpec


@dataclass(frozen=True)
class Ranges:
    """How far performances differ. `tempo_sigma` is of a log-normal; styles and their weights are those of motion/styles.py.

    With these bounds, whatever an action's parameters come to, its clips last two to eight seconds (tests hold them to it).
    """

    amplitude: tuple[float, float] = (0.85, 1.15)
    tempo_sigma: float = 0.10
    tempo: tuple[float, float] = (0.87, 1.25)
    left_share: float = 0.5
    style_weights: tuple[float, ...] = (0.4, 0.2, 0.15, 0.1, 0.15)
    idle_before_s: tuple[float, float] = (0.05, 0.4)
    idle_after_s: tuple[float, float] = (0.1, 0.35)
    together_share: float = 0.3


@dataclass(frozen=True)
class Manner:
    """A performer's own part of it: fields of PerformerSpec."""

    style: str
    amplitude: float
    phases_rad: tuple[float, ...]


def draw(rng: np.random.Generator, ranges: Ranges, action: Action) -> tuple[PerformanceSpec, Manner]:
    """One way to perform the action, at the tempo of the one whose manner comes with it. The same number of draws whatever
    they come to."""
    style = STYLES[int(rng.choice(len(STYLES), p=np.array(ranges.style_weights) / sum(ranges.style_weights)))]
    low, high = ranges.amplitude
    amplitude = (low + (high - low) * rng.random()) * AMPLITUDE[style]
    tempo = float(np.exp(ranges.tempo_sigma * rng.standard_normal())) * TEMPO[style]
    left = rng.random() < ranges.left_share and action.mirror_keeps_class
    before, after = (a + (b - a) * rng.random() for a, b in (ranges.idle_before_s, ranges.idle_after_s))
    start_phase, heading = rng.random(), rng.uniform(-np.pi, np.pi)
    phases = rng.uniform(0.0, 2.0 * np.pi, N_PHASES)
    manner = Manner(style, round(float(amplitude), 4), tuple(round(float(phase), 4) for phase in phases))
    performance = PerformanceSpec(
        params={name: _draw_param(rng, kind) for name, kind in action.params.items()},
        tempo=round(float(np.clip(tempo, *ranges.tempo)), 4),
        side="left" if left else "right",
        idle_before_s=round(float(before), 4),
        idle_after_s=round(float(after), 4),
        start_phase=round(float(start_phase), 4),
        heading_rad=round(float(heading), 4),
    )
    return performance, manner


def _draw_param(rng: np.random.Generator, kind: Range | Choice) -> float | str:
    if isinstance(kind, Choice):
        weights = np.array(kind.weights or (1.0,) * len(kind.options))
        return kind.options[int(rng.choice(len(kind.options), p=weights / weights.sum()))]
    if kind.whole:
        return float(rng.integers(int(kind.low), int(kind.high) + 1))
    return round(float(rng.uniform(kind.low, kind.high)), 5)
