"""Chooses who else is there: people who do something of their own nearby. It knows nothing of the action."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..values import Array


@dataclass(frozen=True)
class Ranges:
    """How often there are bystanders, how many at most, what they do, and how far from the middle of the stage."""

    share: float = 0.0
    most: int = 3
    actions: dict[str, float] = field(default_factory=lambda: {"waiting": 0.4, "walking": 0.4, "sitting_by": 0.2})
    distance_m: tuple[float, float] = (1.8, 4.5)


@dataclass(frozen=True)
class Presence:
    """One bystander's part of the draw: their role, what they do, where, and which way they face or go (`heading_rad`)."""

    role: str
    action: str
    at_m: tuple[float, float]
    heading_rad: float


def draw(rng: np.random.Generator, ranges: Ranges | None = None) -> tuple[Presence, ...]:
    """Who else is there; the number of draws doesn't depend on what is drawn.

    Those who walk pass by across the way to the stage's middle; others face anywhere.
    """
    r = ranges or Ranges()
    names = sorted(r.actions)
    shares = np.cumsum([r.actions[name] for name in names]) / sum(r.actions.values())
    some, number = rng.random() < r.share, 1 + int(rng.integers(max(r.most, 1)))
    found = [_one(rng, k, names, shares, r) for k in range(max(r.most, 1))]
    return tuple(found[:number]) if some else ()


def _one(rng: np.random.Generator, k: int, names: list[str], shares: Array, r: Ranges) -> Presence:
    angle = float(rng.uniform(-np.pi, np.pi))
    low, high = r.distance_m
    distance = float(np.sqrt(rng.uniform(low**2, high**2)))
    action = names[int(np.searchsorted(shares, rng.random(), side="right").clip(0, len(names) - 1))]
    free, across = float(rng.uniform(-np.pi, np.pi)), angle + np.pi * float(rng.integers(2)) + float(rng.normal(0.0, 0.2))
    heading = across if action == "walking" else free
    at = (round(distance * float(np.cos(angle)), 4), round(distance * float(np.sin(angle)), 4))
    return Presence(f"bystander-{k + 1}", action, at, round((heading + np.pi) % (2.0 * np.pi) - np.pi, 4))
