"""Named random streams: the only place that makes a random number generator.

A stream is keyed by (dataset seed, action, index, name, variant), so any clip can be drawn on any machine in any
order, and redrawing one stream leaves every other choice as it was.
"""

import hashlib

import numpy as np


def stream(seed: int, action: str, index: int, name: str, variant: int = 0) -> np.random.Generator:
    """Generator of the stream `name` of clip `index` of `action`; every integer `seed`, 0 included, is a seed.

    The key is hashed with SHA-256 into a Philox key (counter-based: same bits on every machine).
    """
    key = f"{seed}/{action}/{index}/{name}/{variant}".encode()
    digest = hashlib.sha256(key).digest()
    return np.random.Generator(np.random.Philox(key=int.from_bytes(digest[:16], "little")))


def fraction(seed: int, *key: object) -> float:
    """A fixed number in [0, 1) for a key, for choices that are made by hashing (splits)."""
    digest = hashlib.sha256("/".join(map(str, (seed, *key))).encode()).digest()
    return int.from_bytes(digest[:8], "little") / 2.0**64


def spread(seed: int, action: str, index: int, name: str, variant: int = 0) -> float:
    """A number in [0, 1) of clip `index`, for a choice that a few clips should already share out evenly.

    Any number of neighbouring clips leave gaps of no more than three sizes (the golden ratio's additive recurrence), from a start
    that the key decides. A redraw steps further, so that the differences between redraws are shared out evenly, too.
    """
    return (fraction(seed, action, name, variant) + index * (1 + variant) * _GOLDEN) % 1.0


_GOLDEN = (5.0**0.5 - 1.0) / 2.0
