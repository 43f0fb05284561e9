"""How forearm and wrist share the turn of a hand, and how far each goes: ranges that hands must not be asked to leave."""

from __future__ import annotations

import numpy as np

from ..base.exact import arctan2
from ..values import Array
from .ik import steady_turn
from .rotations import about, about_vector, limited, twist_about
from .timing import minimum_jerk

MAX_ULNAR_RAD, MAX_RADIAL_RAD = np.radians(42.0), np.radians(28.0)
"""Means of seven studies, collected in a goniometry handbook (39 and 25 degrees, `measure/limits.py`), and 3 degrees of ease."""

MAX_WRIST_RAD = np.radians(72.0)
"""How far hands bend, whichever way; up and down that is as far as they go."""

MAX_TWIST_RAD = np.radians(97.0)
"""How far a forearm turns from where the thumb points up, either way."""

SLACK_RAD = np.radians(2.0)
"""What of an excess is left, so that the hand comes to its limit without a jolt."""


def bent_aside(forearm_axis: Array, relative: Array) -> Array:
    """How far (rad, T) hands are bent beyond the range towards the little finger (positive) or the thumb.

    About the palm's normal, for the hands' turns relative to the forearm (T, 3, 3), whose direction at rest is `forearm_axis`.
    """
    seen = (forearm_axis[None] @ relative)[..., 0, :]  # the forearm's direction in the hand's rest axes; z is the thumb's side
    own = np.arcsin(forearm_axis[2])
    across = np.maximum(np.hypot(seen[:, 0], seen[:, 2]), 1e-9)
    angle = arctan2(seen[:, 2], np.sign(forearm_axis[0]) * seen[:, 0])
    ulnar, radial = (np.arcsin(np.clip(np.sin(own + most) / across, -1.0, 1.0)) for most in (MAX_ULNAR_RAD, -MAX_RADIAL_RAD))
    excess = np.maximum(angle - ulnar, 0.0) + np.minimum(angle - radial, 0.0)
    # a hand that is bent up or down by a right angle, or points back along its forearm, is not helped by such a turn
    return np.asarray(excess * minimum_jerk((across - 0.4) / 0.35) * minimum_jerk((np.pi - np.abs(angle)) / 0.8))


def kept_in_range(forearm_axis: Array, lower: Array, hand: Array) -> Array:
    """Hands (T, 3, 3), those bent aside beyond the range of forearms `lower` (T, 3, 3) turned back about the palm's normal."""
    excess = bent_aside(forearm_axis, np.swapaxes(lower, -1, -2) @ hand)
    if not excess.any():
        return hand
    back = np.sign(excess) * (np.abs(excess) - SLACK_RAD * (1.0 - np.exp(-np.abs(excess) / SLACK_RAD)))
    return np.asarray(hand @ about("y", -np.sign(forearm_axis[0]) * back))


def shortfall_of(palm: Array, kept: Array, turned: Array, offset: Array, free: Array) -> Array:
    """How far (T, 3) the wrist moves for what is at `offset` in the palm's axes to stay where it shall be, though the palm is
    kept in the wrist's range and turned less than that where the forearm cannot: there as far as `free` (T,) of the floor."""
    return np.asarray(((palm - kept + free[:, None, None] * (kept - turned)) @ offset[..., None])[..., 0])


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
