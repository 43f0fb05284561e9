"""A small classifier of skeletons: which classes can't be told apart by how the joints move.

Nearest neighbours by dynamic time warping, on sequences from one place, heading and size of body; half of the clips and their
mirror images are what it knows, the other half is asked about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..values import Array
from .poses import STEPS, mirror

NEIGHBOURS = 3
"""So many vote; the nearest decides among equals."""

WINDOW = 6
"""So many steps may one sequence be ahead of the other: a quarter of the clip."""

CONFUSED_SHARE = 0.25
"""A pair is listed when of the clips of both so large a share is taken for the other."""


@dataclass(frozen=True)
class Confusion:
    """`counts` (C, C): clips of a class (row) that were taken for another (column)."""

    classes: tuple[str, ...]
    counts: Array

    @property
    def accuracy(self) -> float:
        """Share of clips that were told rightly."""
        return float(np.trace(self.counts) / max(self.counts.sum(), 1))

    def pairs(self) -> list[tuple[str, str, float]]:
        """Pairs that can't be told, and the share of their clips taken for the other, most confused first."""
        shares = self.counts / np.maximum(self.counts.sum(axis=1, keepdims=True), 1)
        both = 0.5 * (shares + shares.T)
        found = [
            (self.classes[a], self.classes[b], float(both[a, b])) for a, b in np.argwhere(np.triu(both, 1) >= CONFUSED_SHARE)
        ]
        return sorted(found, key=lambda pair: -pair[2])


def confusion(clips: Sequence[tuple[str, int, Array]]) -> Confusion:
    """Of clips (class, index, sequence (P, STEPS, joints, 3)): those of even index are known, those of odd index are asked about.

    Clips of another number of people are no candidates.
    """
    classes = tuple(dict.fromkeys(name for name, _, _ in clips))
    place = {name: k for k, name in enumerate(classes)}
    counts = np.zeros((len(classes), len(classes)), int)
    for people in sorted({len(poses) for _, _, poses in clips}):
        group = [clip for clip in clips if len(clip[2]) == people]
        known = [(name, poses) for name, index, poses in group if index % 2 == 0]
        asked = [(name, poses) for name, index, poses in group if index % 2 == 1]
        if not known or not asked:
            continue
        names = [name for name, _ in known] * 2
        flat = np.stack([_flat(poses) for _, poses in known] + [_flat(mirror(poses)) for _, poses in known])
        for name, poses in asked:
            order = np.argsort(warped(_flat(poses), flat), kind="stable")[:NEIGHBOURS]
            votes = Counter(names[k] for k in order)
            counts[place[name], place[votes.most_common(1)[0][0]]] += 1
    return Confusion(classes, counts)


def _flat(poses: Array) -> Array:
    """(STEPS, coordinates) of a sequence (P, STEPS, joints, 3)."""
    return np.moveaxis(poses, 1, 0).reshape(STEPS, -1).astype(np.float32)


def warped(asked: Array, known: Array) -> Array:
    """Distance (N,) of a sequence (STEPS, D) from sequences (N, STEPS, D) under dynamic time warping within WINDOW."""
    squares = (asked**2).sum(-1)[None, :, None] + (known**2).sum(-1)[:, None, :] - 2.0 * np.einsum("sd,ntd->nst", asked, known)
    cost = np.sqrt(np.maximum(squares, 0.0))
    total = np.full((len(known), STEPS + 1, STEPS + 1), np.inf)
    total[:, 0, 0] = 0.0
    for s in range(1, STEPS + 1):
        for t in range(max(1, s - WINDOW), min(STEPS, s + WINDOW) + 1):
            before = np.minimum(np.minimum(total[:, s - 1, t], total[:, s, t - 1]), total[:, s - 1, t - 1])
            total[:, s, t] = cost[:, s - 1, t - 1] + before
    return np.asarray(total[:, STEPS, STEPS])
