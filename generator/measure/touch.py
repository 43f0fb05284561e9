"""How near the points that should touch come to each other: bodies, the floor, and things."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..motion.dressed import landmark_over_clothes
from ..motion.quality import SOLE_MARKS, landmark
from ..props.table import Prop
from ..skeletons import JOINT, SMPLX_PARENTS
from ..values import Array, Contact, Performance, Skeleton

BLOW_S = 0.25
"""A contact that is shorter is a blow, a clap or a tap: it must be met at one moment; a longer one in half of its frames."""


@dataclass(frozen=True)
class Body:
    """One performer in the world: rotations (T, 55, 3, 3) and positions (T, 55, 3)."""

    role: str
    skeleton: Skeleton
    rotations: Array
    positions: Array

    def point(self, name: str, over_clothes: bool = False) -> Array | None:
        """World positions (T, 3) of a landmark (on the skin, or where others come to it) or joint; None for neither."""
        if over_clothes and name in self.skeleton.landmarks:
            mark = landmark_over_clothes(self.skeleton, name)
            return np.asarray(self.positions[:, mark.joint] + self.rotations[:, mark.joint] @ np.asarray(mark.offset_m))
        if name in self.skeleton.landmarks:
            return landmark(self.skeleton, name, self.rotations, self.positions)
        return self.positions[:, JOINT[name]] if name in JOINT else None


def misses(bodies: dict[str, Body], performance: Performance, props: dict[str, Prop]) -> Iterator[tuple[Contact, float]]:
    """Each contact and how far (m) apart those are that should touch: at their nearest in a blow, else in half of its frames."""
    surfaces = {name: Surface(prop) for name, prop in props.items()}
    for contact in performance.contacts:
        body = bodies.get(contact.role)
        point = body.point(contact.landmark) if body else None
        if body is None or point is None:
            continue
        frames = frames_of(contact, performance)
        away = _distance(point[frames], body, contact, bodies, surfaces, performance, frames)
        if away is None or not len(away):
            continue
        brief = contact.end_s - contact.start_s < BLOW_S
        yield contact, float(np.min(away) if brief else np.median(away))


def frames_of(contact: Contact, performance: Performance) -> slice:
    """The frames within a contact's time; none where it begins and ends between two."""
    first, last = np.ceil(contact.start_s * performance.fps - 1e-6), np.floor(contact.end_s * performance.fps + 1e-6)
    return slice(int(first), min(int(last) + 1, performance.n_frames))


def _distance(point: Array, body: Body, contact: Contact, bodies: dict[str, Body], surfaces: dict[str, Surface],
              performance: Performance, frames: slice) -> Array | None:  # fmt: skip
    """(N,) m from points (N, 3) of `body` to what they should touch; None for a target that isn't there."""
    flesh = body.skeleton.radius_m[JOINT[contact.landmark]] if contact.landmark not in body.skeleton.landmarks else 0.0
    sole = body.skeleton.sole_drop_m if contact.landmark.split("_")[-1] in SOLE_MARKS else 0.0
    if contact.target == "floor":
        return np.maximum(np.abs(point[:, 2] - sole) - flesh, 0.0)
    if contact.target in surfaces:
        away = surfaces[contact.target].away(point, performance.props[contact.target][frames])
        return np.maximum(away - flesh - sole, 0.0)
    role, _, mark = contact.target.rpartition(":")
    other = bodies.get(role or contact.role)
    target = other.point(mark, over_clothes=bool(role)) if other else None
    if other is None or target is None:
        return None
    if mark in other.skeleton.landmarks:
        return np.maximum(np.linalg.norm(point - target[frames], axis=-1) - flesh, 0.0)
    return np.maximum(_from_bone(point, other, JOINT[mark], frames) - flesh, 0.0)


def _from_bone(point: Array, other: Body, joint: int, frames: slice) -> Array:
    """Distance (N,) from the flesh along the bone of a joint; inside it there is none."""
    ends = [child for child, parent in enumerate(SMPLX_PARENTS) if parent == joint] or [joint]
    start = other.positions[frames, joint]
    bone = other.positions[frames, ends[-1]] - start
    along = np.sum((point - start) * bone, axis=-1) / np.maximum(np.sum(bone**2, axis=-1), 1e-9)
    away = np.linalg.norm(point - start - np.clip(along, 0.0, 1.0)[:, None] * bone, axis=-1)
    return np.asarray(np.maximum(away - other.skeleton.radius_m[joint], 0.0))


class Surface:
    """A thing's surface in its own frame: triangles (F, 3, 3); of one that bends, its particles, so far apart."""

    def __init__(self, prop: Prop) -> None:
        self.triangles = prop.mesh.vertices_m[prop.mesh.faces].astype(np.float64)
        self.bending = prop.bending

    def away(self, points: Array, path: Array) -> Array:
        """(N,) m of points (N, 3) from the thing on its path (N, 4, 4), or (N, J, 4, 4) of the bones of one that bends."""
        if self.bending is None:
            inverse = np.linalg.inv(path)
            own = (inverse[:, :3, :3] @ points[..., None])[..., 0] + inverse[:, :3, 3]
            return np.array([_from_triangles(point, self.triangles) for point in own])
        particles = np.einsum("njab,jb->nja", path[..., :3, :3], self.bending.rest_m) + path[..., :3, 3]
        nearest = np.linalg.norm(particles - points[:, None], axis=-1).min(axis=1)
        return np.asarray(np.maximum(nearest - 0.5 * float(self.bending.length_m.max()), 0.0))


def _from_triangles(point: Array, triangles: Array) -> float:
    """Distance of a point from the nearest of triangles (F, 3, 3): from its plane above its inside, else from its edges."""
    edges = np.roll(triangles, -1, axis=1) - triangles
    to = point - triangles
    along = np.clip(np.sum(to * edges, axis=-1) / np.maximum(np.sum(edges**2, axis=-1), 1e-18), 0.0, 1.0)
    nearest = np.linalg.norm(to - along[..., None] * edges, axis=-1).min(axis=1)
    normals = np.cross(edges[:, 0], edges[:, 1])
    inside = (np.sum(np.cross(edges, to) * normals[:, None], axis=-1) > 0.0).all(axis=1)
    height = np.abs(np.sum(to[:, 0] * normals, axis=-1)) / np.maximum(np.linalg.norm(normals, axis=-1), 1e-18)
    return float(np.where(inside, height, nearest).min())
