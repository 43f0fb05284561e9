"""How a protocol chooses a setting by the training clips alone: parts that keep groups together and classes even."""

from __future__ import annotations

import hashlib

import numpy as np

from ..values import Array, ClipList


def inner_parts(clips: ClipList, n: int, seed: int) -> Array:
    """(N,) int: which of up to n parts each clip is in. A group is never divided; classes are spread as evenly as that allows.

    Clips without a group are units of their own. With one unit only there is one part.
    """
    names = [f"group {item.group}" if item.group else f"clip {item.id}" for item in clips.items]
    units, which = np.unique(np.array(names), return_inverse=True)
    labels = np.array([item.label for item in clips.items])
    counts = np.zeros((len(units), len(clips.classes)))
    np.add.at(counts, (which, labels), 1)
    shuffled = [hashlib.sha256(f"{seed}/{unit}".encode("utf-8", "surrogateescape")).hexdigest() for unit in units]
    order = sorted(range(len(units)), key=lambda unit: (-counts[unit].sum(), shuffled[unit]))
    held = np.zeros((min(n, len(units)), len(clips.classes)))
    part = np.zeros(len(units), dtype=np.int64)
    for unit in order:  # to the part where its classes are rarest; of several such, the smallest
        burden = held @ counts[unit] + 1e-6 * held.sum(1)
        part[unit] = int(burden.argmin())
        held[part[unit]] += counts[unit]
    found: Array = part[which]
    return found


def log_loss(probability: Array, label: Array) -> float:
    """Mean -log of the true class's probability."""
    return float(-np.log(np.maximum(probability[np.arange(len(label)), label], 1e-12)).mean())
