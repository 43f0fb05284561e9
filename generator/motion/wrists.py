"""How forearm and wrist share the turn of a hand, and how far each goes."""

from __future__ import annotations

import numpy as np

from ..values import Array
from .ik import steady_turn
from .rotations import about_vector, limited, twist_about

MAX_WRIST_RAD = np.radians(72.0)
"""How far hands bend, whichever way; up and down that is as far as they go."""

MAX_TWIST_RAD = np.radians(97.0)
"""How far a forearm turns from where the thumb points up, either way."""


def forearm_and_hand(forearm_axis: Array, lower: Array, hand: Array, dt_s: float) -> tuple[Array, Array, Array]:
    """Share the hand's twist between forearm and wrist, and keep both within their limits; returns both rotations, and when (T,)
    the hand is left short of where it should face."""
    relative = np.swapaxes(lower, -1, -2) @ hand
    wanted = twist_about(forearm_axis, relative)
    twist = _turnable(wanted)
    beyond = twist != wanted
    if beyond.any():  # what the forearm cannot turn, the wrist cannot either
        hand = hand.copy()
        hand[beyond] = (lower @ about_vector(forearm_axis, twist - wanted) @ relative)[beyond]
    lower = lower @ about_vector(forearm_axis, 0.5 * twist)
    return lower, lower @ steady_turn(limited(np.swapaxes(lower, -1, -2) @ hand, MAX_WRIST_RAD + 0.4), dt_s), beyond


def _turnable(wanted: Array) -> Array:
    """Turns (T,) of a forearm, of those `wanted` in (-pi, pi], which it comes to: held at its limit while more is wanted, and
    led across where that comes back on the other side."""
    within = np.abs(wanted) <= MAX_TWIST_RAD
    if within.all():
        return wanted
    if not within.any():
        return np.asarray(np.full(len(wanted), MAX_TWIST_RAD * np.sign(np.sum(wanted))))
    frames = np.arange(len(wanted))
    led = np.interp(frames, frames[within], wanted[within])
    return np.asarray(np.where(within, wanted, led))
