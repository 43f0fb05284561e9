"""Puts a clip's scene together: person and props along their motion, camera, backdrop and light round them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..base.errors import UserError
from ..motion.kinematics import skin_transforms
from ..props.table import Prop
from ..values import Array, ClipSpec, Mesh, Motion, Scene, Skeleton
from .backdrop import backdrop
from .camera import camera
from .framing import subject_of
from .light import light
from .view import view_of

LARGE_PROP_M = 1.2
"""Things longer than this (a bed, a bench) may leave the frame; smaller ones are framed with the person."""

SURROUNDINGS_M = 2.5
"""Scenery keeps clear of things only this near to the performer: a room built round the flight of a ball would be a hall,
dark and telling of the class. A ball thrown further goes out of sight."""


def stage(spec: ClipSpec, skeleton: Skeleton, person: Mesh, props: dict[str, Prop], motion: Motion) -> Scene:
    """All there is to see in a clip. `person` is at rest; props move along `motion.props` (T, 4, 4) each.

    Raises UserError when the motion doesn't say where a prop is.
    """
    performer = replace(person, transforms=skin_transforms(skeleton, motion))
    things = {name: _moving(prop, name, motion) for name, prop in props.items()}
    corners = [_corners(mesh) for mesh in things.values()]
    small = [c for c in corners if np.ptp(c[0], axis=0).max() <= LARGE_PROP_M]
    subject = subject_of(skeleton, motion, _stacked(small, motion.n_frames))
    lens = camera(spec.camera, subject, spec.width_px, spec.height_px)
    things_near = _kept_near(_stacked(corners, motion.n_frames), motion.pelvis_m)
    everything = np.concatenate([subject.points, things_near], axis=1)
    view = view_of(lens, everything)
    center = np.array([*(0.5 * (motion.pelvis_m.min(axis=0) + motion.pelvis_m.max(axis=0)))[:2], 1.0])
    around = backdrop(spec.backdrop, view)
    return Scene(
        fps=motion.fps,
        meshes=(performer, *things.values(), *around.meshes),
        camera=lens,
        light=light(spec.light, center, around),
        skeleton=skeleton,
        motion=motion,
    )


def _moving(prop: Prop, name: str, motion: Motion) -> Mesh:
    """The prop's mesh along its trajectory."""
    if name not in motion.props:
        raise UserError(f"the motion has no path for prop '{name}'; it has {sorted(motion.props)}: let the action place it")
    return replace(prop.mesh, transforms=motion.props[name][:, None, :3].astype(np.float32))


def _corners(mesh: Mesh) -> Array:
    """(T, 8, 3) corners of a rigid mesh's box along its path."""
    low, high = mesh.vertices_m.min(axis=0), mesh.vertices_m.max(axis=0)
    box = np.array([[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])
    transforms = mesh.transforms[:, 0].astype(float)
    return np.asarray(np.einsum("tij,nj->tni", transforms[..., :3], box) + transforms[:, None, :, 3])


def _kept_near(corners: Array, pelvis_m: Array) -> Array:
    """(T, M, 3) corners, those further than SURROUNDINGS_M from the pelvis (T, 3) drawn in to that distance."""
    apart = corners - pelvis_m[:, None]
    distance = np.maximum(np.linalg.norm(apart, axis=-1, keepdims=True), 1e-9)
    return pelvis_m[:, None] + apart * np.minimum(1.0, SURROUNDINGS_M / distance)


def _stacked(corners: list[Array], n_frames: int) -> Array:
    """(T, M, 3) of all, M = 0 when there are none."""
    return np.concatenate([np.zeros((n_frames, 0, 3)), *corners], axis=1)
