"""Clips of our own (docs/format.md): labels of people whose joints' places are known exactly, as recordings again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ..base.errors import UserError
from ..base.ranges import ROLES
from ..base.shown import shown
from ..motion.kinematics import UPRIGHT
from ..motion.track import Track
from ..skeletons import SMPLX_JOINTS, SMPLX_PARENTS
from ..values import Array, Segment
from .angles import joint_rotations
from .numbers import MOST_FPS, floats, frames, text
from .safe_numpy import load
from .values import Recording

_OF_PERSON = ("joints_world_m", "poses", "gender", "betas")
NAMES = frozenset((*_OF_PERSON, "mocap_frame_rate", "roles", "acting", "caption", "action", "segments_name", "segments_s"))

_TOLERANCE_M = 1e-3
"""Between the places that a file has and those that its angles make of its limbs."""


def is_clip(table: Mapping[str, Any]) -> bool:
    """Whether a table is of a clip's labels."""
    return all(name in table for name in ("joints_world_m", "poses", "mocap_frame_rate"))


def recordings(table: Mapping[str, Any], path: Path) -> tuple[Recording, ...]:
    """The one recording of a clip: everybody who acts, the first person from `table`, others from the files beside it."""
    what = shown(path)
    fps = floats(table["mocap_frame_rate"], f"{what}: 'mocap_frame_rate'").reshape(-1)
    if len(fps) != 1 or not 1.0 <= fps[0] <= MOST_FPS:
        raise UserError(
            f"{what}: 'mocap_frame_rate' is {shown(table['mocap_frame_rate'])[:40]}: wanted 1 to {MOST_FPS:g} frames/s"
        )
    people = [_track(table, what)]
    for role in _others(table, what):
        other = path.with_name(f"{path.stem}.{role}{path.suffix}")
        if not other.is_file():
            raise UserError(
                f"{what} has a person '{role}', but {shown(other.name)} is not beside it: keep a clip's files together"
            )
        people.append(_track(load(other, _OF_PERSON), shown(other)))
    if len({each.n_frames for each in people}) > 1:
        raise UserError(f"{what} and its further people's files have different numbers of frames: keep a clip's files together")
    return (Recording("", float(fps[0]), tuple(people), text(table.get("caption", "")), _segments(table, what)),)


def first_person(path: Path) -> Path | None:
    """The file of the clip that a further person's (`<clip>.<role>.npz`) is read with; None for any other file."""
    stem, _, role = path.stem.rpartition(".")
    first = path.with_name(stem + path.suffix) if stem and role in ROLES else None
    return first if first is not None and first.is_file() else None


def further_people(path: Path) -> tuple[Path, ...]:
    """The files of a clip's further people beside that of the first."""
    found = (path.with_name(f"{path.stem}.{role}{path.suffix}") for role in ROLES)
    return tuple(each for each in found if each.is_file())


def _track(table: Mapping[str, Any], what: str) -> Track:
    """One person: rotations from the angles, limbs from where the joints are."""
    places = floats(table.get("joints_world_m", ()), f"{what}: 'joints_world_m'")
    local = joint_rotations(floats(table.get("poses", ()), f"{what}: 'poses'"), (55,), f"{what}: 'poses'")
    if places.shape != (frames(len(local), what), 55, 3):
        raise UserError(f"{what}: 'joints_world_m' has the shape {places.shape}: wanted ({len(local)}, 55, 3)")
    world = np.empty_like(local)
    world[:, 0] = local[:, 0] @ UPRIGHT.T
    rest = np.zeros((55, 3))
    positions = places.copy()
    for k, parent in enumerate(SMPLX_PARENTS[1:], start=1):
        world[:, k] = world[:, parent] @ (UPRIGHT @ local[:, k] @ UPRIGHT.T)
        limb = (world[:, parent].swapaxes(-1, -2) @ (places[:, k] - places[:, parent])[..., None])[..., 0].mean(axis=0)
        rest[k] = rest[parent] + limb
        positions[:, k] = positions[:, parent] + world[:, parent] @ limb
    if np.abs(positions - places).max() > _TOLERANCE_M:
        raise UserError(f"{what}: the joints are not where the poses put them: give a clip's labels as they were written")
    gender = text(table.get("gender", ""))
    return Track(SMPLX_JOINTS, positions, world, rest, gender if gender in ("female", "male") else "neutral", _betas(table, what))


def _betas(table: Mapping[str, Any], what: str) -> Array | None:
    betas = floats(table.get("betas", ()), f"{what}: 'betas'")
    return betas if betas.ndim == 1 and betas.any() else None


def _others(table: Mapping[str, Any], what: str) -> list[str]:
    """Roles of those who act, without the first."""
    roles = np.asarray(table.get("roles", ["a"])).reshape(-1).tolist()
    acting = np.asarray(table.get("acting", [True] * len(roles))).reshape(-1).tolist()
    if len(acting) != len(roles) or not all(role in ROLES for role in roles) or len(set(roles)) < len(roles):
        raise UserError(f"{what}: 'roles' are {shown(roles)[:60]}: wanted each of {', '.join(ROLES[:5])}... at most once")
    return [role for role, acts in zip(roles[1:], acting[1:], strict=True) if acts]


def _segments(table: Mapping[str, Any], what: str) -> tuple[Segment, ...]:
    names = np.asarray(table.get("segments_name", [])).reshape(-1).tolist()
    spans = floats(table.get("segments_s", np.zeros((0, 2))), f"{what}: 'segments_s'")
    if spans.shape != (len(names), 2):
        raise UserError(f"{what}: 'segments_s' has the shape {spans.shape}: wanted ({len(names)}, 2)")
    return tuple(Segment(text(name), float(start), float(end)) for name, (start, end) in zip(names, spans, strict=True))
