"""The integer hash under every procedural texture: the same numbers for the same point on every machine, and nothing is drawn."""

from __future__ import annotations

from typing import Any

import numpy as np

Words = np.ndarray[Any, np.dtype[np.uint32]]
Rounds = tuple[tuple[int, int], ...]
"""Shifts and odd factors of a finaliser. Each is a set of its own: with another, every picture would change."""

MURMUR3: Rounds = ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1))
"""Of MurmurHash3 by Austin Appleby (public domain)."""

LOWBIAS32: Rounds = ((15, 0x2C1B3C6D), (12, 0x297A2D39), (15, 1))
"""In the manner of lowbias32, from Chris Wellons' search for hashes of 32 bits (public domain)."""


def words(numbers: np.ndarray[Any, Any]) -> Words:
    """The lowest 32 bits of whole numbers."""
    return (numbers.astype(np.int64) & 0xFFFFFFFF).astype(np.uint32)


def mixed(state: Words, rounds: Rounds) -> Words:
    """Words in which every bit depends on all bits of `state`."""
    for shift, factor in rounds:
        state = (state ^ (state >> np.uint32(shift))) * np.uint32(factor)
    return state


def unit(state: Words) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Words as numbers in [0, 1)."""
    return state.astype(np.float64) / 2.0**32
