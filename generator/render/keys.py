"""What a sample of a visibility buffer sees, nearness and face in one integer, so that the nearest is the greatest."""

from __future__ import annotations

import numpy as np

from ..values import Array
from .kernel import inlined, kernel

LAST_FACE = 0x7FFFFFFF
"""The greatest number that a face may have. Keys hold nearness, a positive float32's bits, above this less the face's."""


@inlined
def key_of(q: np.float32, f: int) -> np.int64:
    """What stands for face f at nearness q: the greater of two keys is the nearer one, or the face that comes first."""
    return np.int64(np.int64(np.float32(q).view(np.int32)) << 32 | (LAST_FACE - f))


@inlined
def face_of(key: int) -> np.int32:
    """The face that a key stands for; -1 where nothing was drawn."""
    return np.int32(LAST_FACE - np.int32(key)) if key > 0 else np.int32(-1)


@inlined
def nearness_of(key: int) -> np.float32:
    """1 / depth of what a key stands for."""
    return np.int32(key >> 32).view(np.float32)


@kernel
def resolve(keys: Array, nearness: Array, seen: Array) -> None:
    """Fill nearness and seen (N,) from keys."""
    for n in range(seen.shape[0]):
        nearness[n], seen[n] = nearness_of(keys[n]), face_of(keys[n])


@kernel
def renumber(keys: Array, by: int, out: Array) -> None:
    """Fill out with keys of faces whose numbers are greater by `by`."""
    for n in range(keys.shape[0]):
        out[n] = keys[n] - by if keys[n] > 0 else 0
