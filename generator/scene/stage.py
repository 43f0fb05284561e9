"""Puts a clip's scene together: person and props along their motion, camera, backdrop and light round them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from ..base.errors import UserError
from ..motion.bystanders import is_owned
from ..motion.kinematics import skin_transforms
from ..props.table import Prop
from ..values import Array, Camera, CameraSpec, ClipSpec, Mesh, Performance, Scene
from .backdrop import backdrop
from .bystanders import clear_view
from .camera import camera
from .facing import Telling, facing
from .framing import Subject, nearby, subject_of
from .lens import behind_lens
from .light import light
from .sight import clear_camera
from .view import view_of

LARGE_PROP_M = 1.2
"""Things longer than this (a bed, a bench) may leave the frame; smaller ones are framed with the person."""

SURROUNDINGS_M = 2.5
"""Scenery keeps clear of things only this near to the performers: a room built round the flight of a ball would be a hall,
dark and telling of the class. A ball thrown further goes out of sight."""


def stage(spec: ClipSpec, people: Sequence[Mesh], props: dict[str, Prop], performance: Performance, telling: Telling) -> Scene:
    """All there is to see in a clip. `people` are at rest, in the performance's order; props move along `performance.props`
    (T, 4, 4) each; `telling`: the joints that tell the action, which the camera is to see.

    Raises UserError when the performance doesn't say where a prop is.
    """
    things = {name: _moving(prop, name, performance) for name, prop in props.items() if not is_owned(name)}
    corners = [_corners(mesh) for mesh in things.values()]
    small = [c for c in corners if np.ptp(c[0], axis=0).max() <= LARGE_PROP_M]
    subject = subject_of(performance, _stacked(small, performance.n_frames))
    lenses = [_lens(one, spec, subject, performance, telling, list(things.values())) for one in spec.cameras]
    lens = lenses[spec.group.view if spec.group else 0]
    paths = np.concatenate([performer.pelvis_m for performer in performance.acting])
    center = np.array([*(0.5 * (paths.min(axis=0) + paths.max(axis=0)))[:2], 1.0])
    performance = clear_view(performance, lenses, center)
    beside = [_moving(prop, name, performance) for name, prop in props.items() if is_owned(name)]
    things_near = _kept_near(_stacked(corners, performance.n_frames), subject.middle)
    everything = np.concatenate([subject.points, things_near, nearby(performance)], axis=1)
    around = backdrop(spec.backdrop, view_of(lenses, everything))
    return Scene(
        meshes=(*_performing(people, performance), *things.values(), *beside, *around.meshes),
        camera=behind_lens(lens, spec.sensor, performance.fps),
        light=light(spec.light, center, around),
        performance=performance,
    )


def _lens(wanted: CameraSpec, spec: ClipSpec, subject: Subject, performance: Performance, telling: Telling,
          things: Sequence[Mesh]) -> Camera:  # fmt: skip
    """The camera that a spec of one comes to: from a side that shows what tells, and with nothing before it."""
    film = _filming(wanted, spec, subject)
    return clear_camera(facing(wanted, performance, telling, film), subject.points, things, film)


def _filming(wanted: CameraSpec, spec: ClipSpec, subject: Subject) -> Callable[[CameraSpec], Camera]:
    """What films the subject by a camera turned elsewhere; each place is worked out once, whoever asks for it."""

    @cache
    def filmed(azimuth_rad: float, elevation_rad: float) -> Camera:
        there = replace(wanted, azimuth_rad=azimuth_rad, elevation_rad=elevation_rad)
        return camera(there, subject, spec.width_px, spec.height_px)

    return lambda there: filmed(there.azimuth_rad, there.elevation_rad)


def _performing(people: Sequence[Mesh], performance: Performance) -> list[Mesh]:
    """Everybody's mesh along their motion."""
    return [
        replace(mesh, transforms=skin_transforms(performer, performance.fps))
        for mesh, performer in zip(people, performance.performers, strict=True)
    ]


def _moving(prop: Prop, name: str, performance: Performance) -> Mesh:
    """The prop's mesh along its trajectory."""
    if name not in performance.props:
        raise UserError(
            f"the performance has no path for prop '{name}'; it has {sorted(performance.props)}: let the action place it"
        )
    path = performance.props[name]
    bones = path if path.ndim == 4 else path[:, None]
    return replace(prop.mesh, transforms=bones[:, :, :3].astype(np.float32))


def _corners(mesh: Mesh) -> Array:
    """(T, 8, 3) corners of a mesh's box along its path; of one that bends, of the box round its bones."""
    if mesh.weights is not None:
        bones = mesh.transforms.astype(float)
        points = np.einsum("tnij,nj->tni", bones[..., :3], _bone_points(mesh)) + bones[..., 3]
        low, high = points.min(axis=1), points.max(axis=1)
        return np.stack([np.where(np.array(pick), high, low) for pick in np.ndindex(2, 2, 2)], axis=1)
    low, high = mesh.vertices_m.min(axis=0), mesh.vertices_m.max(axis=0)
    box = np.array([[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])
    transforms = mesh.transforms[:, 0].astype(float)
    return np.asarray(np.einsum("tij,nj->tni", transforms[..., :3], box) + transforms[:, None, :, 3])


def _bone_points(mesh: Mesh) -> Array:
    """(J, 3) a vertex at rest that each bone moves most of all."""
    assert mesh.weights is not None
    vertex = np.repeat(np.arange(len(mesh.vertices_m)), np.diff(mesh.weights.indptr))
    strongest = np.zeros(mesh.transforms.shape[1], dtype=int)
    order = np.argsort(mesh.weights.weight, kind="stable")
    strongest[mesh.weights.joint[order]] = vertex[order]
    return mesh.vertices_m[strongest].astype(float)


def _kept_near(corners: Array, middle_m: Array) -> Array:
    """(T, M, 3) corners, those further than SURROUNDINGS_M from the performers' middle (T, 3) drawn in to that distance."""
    apart = corners - middle_m[:, None]
    distance = np.maximum(np.linalg.norm(apart, axis=-1, keepdims=True), 1e-9)
    return middle_m[:, None] + apart * np.minimum(1.0, SURROUNDINGS_M / distance)


def _stacked(corners: list[Array], n_frames: int) -> Array:
    """(T, M, 3) of all, M = 0 when there are none."""
    return np.concatenate([np.zeros((n_frames, 0, 3)), *corners], axis=1)
