"""Places of joints without rotations, as people of one world: units, the axis that is up, and whether it is a person at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..base.errors import UserError
from ..motion.track import Track
from ..skeletons import JOINT
from ..values import Array
from .axes import SAID, TO_WORLD, Up, recognised_up, unit_of
from .numbers import floats, frames

_LIMBS = tuple(
    (f"{side}_{a}", f"{side}_{b}")
    for a, b in (("hip", "knee"), ("knee", "ankle"), ("shoulder", "elbow"), ("elbow", "wrist"))
    for side in ("left", "right")
)

_STRETCH = 2.0
"""How much longer a limb of a person may be in one frame than in another, and on one side than on the other; networks stretch
limbs by a tenth, features that were never turned back into metres by many times."""


@dataclass(frozen=True)
class People:
    """Tracks of one world, and what was recognised."""

    tracks: tuple[Track, ...]
    notes: tuple[str, ...]


def people(names: tuple[str, ...], positions: list[Array], what: str, up: Up | None, usual: Up = "y") -> People:
    """People of places (T, J, 3) of the named joints, in a file's axes and units.

    Which axis is up, and the unit, are recognised; `up` says the first, `usual` is taken where nobody stands. Notes say what was
    found other than metres and the usual axis. UserError for what is no person.
    """
    every = [_checked(names, each, what) for each in positions]
    axis = up or recognised_up(np.concatenate([_uprightness(names, each) for each in every])) or usual
    leg = float(np.median([_leg(names, each) for each in every]))
    unit = unit_of(leg)
    if unit is None:
        raise UserError(f"{what} has legs of {leg:.3g}: no metres, centimetres or millimetres of a person, give joint positions")
    notes = [] if axis == usual and not up else [SAID[axis]]
    notes += [] if unit[0] == "metres" else [f"units: {unit[0]} (the legs are {leg:.3g} long)"]
    order = sorted(range(len(names)), key=lambda k: JOINT[names[k]])
    turn = TO_WORLD[axis].T * unit[1]
    tracks = tuple(Track(tuple(names[k] for k in order), each[:, order] @ turn) for each in every)
    return People(tracks, tuple(notes))


def _checked(names: tuple[str, ...], positions: Array, what: str) -> Array:
    """Finite places of somebody whose limbs keep their lengths. UserError else."""
    places = floats(positions, what)
    frames(len(places), what)
    lengths = np.stack(
        [np.linalg.norm(_joint(names, places, a) - _joint(names, places, b), axis=-1) for a, b in _LIMBS]
    )  # (8, T)
    low, middle, high = np.percentile(lengths, (5, 50, 95), axis=1)
    left, right = middle[::2], middle[1::2]
    if not (
        (low > 0).all()
        and (high < _STRETCH * low).all()
        and (left < _STRETCH * right).all()
        and (right < _STRETCH * left).all()
        and middle.max() < 4.0 * middle.min()
    ):
        said = "limbs whose lengths change or differ too much for a person"
        raise UserError(f"{what} has {said}: give joint positions, or features with their mean and deviation put back")
    return places


def _uprightness(names: tuple[str, ...], places: Array) -> Array:
    """(T, 3): from between the ankles to between the shoulders."""
    top = _joint(names, places, "left_shoulder") + _joint(names, places, "right_shoulder")
    return top - _joint(names, places, "left_ankle") - _joint(names, places, "right_ankle")


def _leg(names: tuple[str, ...], places: Array) -> float:
    """Thigh and shin, at the median of frames and sides."""
    parts = [
        np.linalg.norm(_joint(names, places, f"{side}_{a}") - _joint(names, places, f"{side}_{b}"), axis=-1)
        for side in ("left", "right")
        for a, b in (("hip", "knee"), ("knee", "ankle"))
    ]
    return float(np.median(parts[0] + parts[1]) + np.median(parts[2] + parts[3])) / 2.0


def _joint(names: tuple[str, ...], places: Array, name: str) -> Array:
    return places[:, names.index(name)]
