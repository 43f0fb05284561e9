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
