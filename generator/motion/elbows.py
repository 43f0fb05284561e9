"""Which way an elbow points: as it likes to, as the hand's turn asks for, and round the flesh that is in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import gaussian_filter1d

from ..values import Array
from .apart import Flesh
from .ik import Triangle, reach
from .rotations import about_vector, dot, turned, twist_about, unit, unturned
from .timing import minimum_jerk

if TYPE_CHECKING:
    from .arms import Arm

SWIVELS_RAD = np.radians(np.linspace(-75.0, 75.0, 13))
"""How far an elbow may be turned about the line from shoulder to wrist, either way."""


def natural_pole(arm: Arm, to_wrist: Array, chest_axes: Array) -> Array:
    """Where an elbow likes to point: down and back with the hand low, out with the hand high."""
    local = unturned(chest_axes, unit(to_wrist)) * np.array([arm.sign, 1.0, 1.0])
    high = minimum_jerk((local[:, 2] + 0.15) / 0.9)[:, None]
    across = np.clip(-local[:, :1], 0.0, 1.0)
    low_pole = np.array([0.32, -0.62, -0.72]) + across * np.array([0.35, 0.55, 0.0])
    pole = (1.0 - high) * low_pole + high * np.array([0.85, 0.10, -0.52])
    return turned(chest_axes, pole * np.array([arm.sign, 1.0, 1.0]))


def comfortable(arm: Arm, shoulder: Array, wrist: Array, pole: Array, palm: Array, stated: Array) -> Array:
    """Turn the elbow about the line from shoulder to wrist so that the wrist need not bend and twist beyond comfort.

    The swivel (T,) is a softmin over a few candidates, smoothed over time; it acts only where the hand's turn is stated.
    """
    if stated.max() == 0.0:
        return pole
    direction = unit(wrist - shoulder)
    hand = palm @ arm.palm_rest.T
    n, k = len(wrist), len(SWIVELS_RAD)
    angles = np.repeat(SWIVELS_RAD, n)
    many = [np.tile(vectors, (k, 1)) for vectors in (shoulder, wrist, pole, direction)]
    swung = turned(about_vector(many[3], angles), many[2])
    _, lower, _, _ = reach(arm.bones, many[0], many[1], swung)
    relative = np.swapaxes(lower, -1, -2) @ np.tile(hand, (k, 1, 1))
    twist = twist_about(arm.forearm_axis, relative)
    bend = np.arccos(np.clip(dot(turned(relative, arm.forearm_axis), arm.forearm_axis), -1.0, 1.0))
    costs = ((bend / 0.9) ** 2 + (twist / 1.2) ** 4 + 0.45 * (angles / 0.8) ** 2).reshape(k, n)
    swivel = (_softmin(costs) * SWIVELS_RAD[:, None]).sum(axis=0) * np.clip(stated, 0.0, 1.0)
    swivel = gaussian_filter1d(swivel, 1.5, mode="nearest")
    return turned(about_vector(direction, swivel), pole)


def _softmin(costs: Array) -> Array:
    """Shares (K, T), one in all at each moment, of candidates with these costs: those that cost least have most."""
    share = np.exp(-(costs - costs.min(axis=0)) / 0.12)
    return np.asarray(share / share.sum(axis=0))


def clear_of(arm: Arm, shoulder: Array, wrist: Array, pole: Array, flesh: Flesh) -> Array:
    """Turn the elbow about the line from shoulder to wrist so that elbow and forearm go round a body: another's, or one's own."""
    triangle = Triangle.of(arm.bones, shoulder, wrist)
    (rows,) = np.nonzero(_in_the_way(triangle, pole, flesh, np.arange(len(wrist))) > 0.0)
    if not len(rows):
        return pole
    n, k = len(rows), len(SWIVELS_RAD)
    angles, again = np.repeat(SWIVELS_RAD, n), np.tile(rows, k)
    swung = turned(about_vector(triangle.direction[again], angles), pole[again])
    depth = _in_the_way(triangle.at(again), swung, flesh, again)
    costs = ((depth / flesh.give_m) ** 2 + 0.45 * (angles / 0.8) ** 2).reshape(k, n)
    swivel = np.zeros(len(wrist))
    swivel[rows] = (_softmin(costs) * SWIVELS_RAD[:, None]).sum(axis=0)
    return turned(about_vector(triangle.direction, gaussian_filter1d(swivel, 1.5, mode="nearest")), pole)


def _in_the_way(triangle: Triangle, pole: Array, flesh: Flesh, frames: Array) -> Array:
    """How deep (N,) elbow, forearm and the middle of the upper arm are in flesh, each at its frame: a sum, each as it counts."""
    elbow, end, shoulder = triangle.middle(pole), triangle.end, triangle.root
    points = np.stack([elbow, 0.5 * (elbow + end), 0.5 * (elbow + shoulder), 0.75 * elbow + 0.25 * end], axis=1)
    return np.asarray((flesh.depth(points, frames) * np.array(flesh.counts)).sum(axis=1))
