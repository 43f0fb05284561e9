"""Named random streams of the training half: every draw is a function of its key and of nothing else."""

from __future__ import annotations

import hashlib

import numpy as np


def draws(seed: int, *key: object) -> np.random.Generator:
    """Generator of the stream `key` of `seed`, e.g. draws(seed, "clip", epoch, slot).

    The key is hashed with SHA-256 into a Philox key (counter-based: the same bits on every machine).
    """
    text = "/".join(map(str, (seed, *key))).encode()
    return np.random.Generator(np.random.Philox(key=int.from_bytes(hashlib.sha256(text).digest()[:16], "little")))
