"""Named random streams, for both halves: every draw is a function of its key and of nothing else.

A clip's streams are keyed by (dataset seed, action, index, name, variant), so any clip can be drawn on any machine in any
order, and redrawing one stream leaves every other choice as it was.
"""

import hashlib

import numpy as np


def draws(*key: object) -> np.random.Generator:
    """Generator of the stream that a key names, e.g. draws(seed, "clip", epoch, slot).

    The key is hashed with SHA-256 into a Philox key (counter-based: same bits on every machine).
    """
    return np.random.Generator(np.random.Philox(key=int.from_bytes(_digest(key)[:16], "little")))


def _digest(key: tuple[object, ...]) -> bytes:
    return hashlib.sha256("/".join(map(str, key)).encode("utf-8", "surrogateescape")).digest()


def stream(seed: int, action: str, index: int, name: str, variant: int = 0) -> np.random.Generator:
    """Generator of the stream `name` of clip `index` of `action`; every integer `seed`, 0 included, is a seed."""
    return draws(seed, action, index, name, variant)


def fraction(seed: int, *key: object) -> float:
    """A fixed number in [0, 1) for a key, for choices that are made by hashing (splits)."""
    return int.from_bytes(_digest((seed, *key))[:8], "little") / 2.0**64


def spread(seed: int, action: str, index: int, name: str, variant: int = 0) -> float:
    """A number in [0, 1) of clip `index`, for a choice that a few clips should already share out evenly.

    Any number of neighbouring clips leave gaps of no more than three sizes (the golden ratio's additive recurrence), from a start
    that the key decides. A redraw steps further, so that the differences between redraws are shared out evenly, too.
    """
    return (fraction(seed, action, name, variant) + index * (1 + variant) * _GOLDEN) % 1.0


_GOLDEN = (5.0**0.5 - 1.0) / 2.0
