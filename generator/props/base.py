"""What a prop is: a mesh at rest and named frames, and the measures of a body that furniture is fitted to.

A prop is mirror symmetric about its own x = 0 plane, so that either hand can use it: the left hand's frame is
M T M with M = diag(-1, 1, 1, 1). Its z axis is up; -y is away from whoever holds it, or where a sitter looks.
Frames are T_prop_frame. A palm frame has its origin on the skin at the palm's centre, +y along the fingers,
+z out of the palm, x = y cross z (the right hand's thumb side). docs/props.md lists every kind's frames.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from ..base.errors import UserError, nearest
from ..skeletons import PART, SURFACE
from ..values import Array, Material, Mesh, PropSpec, Skeleton, Weights
from .shapes import Shape

MIRROR = np.diag([-1.0, 1.0, 1.0, 1.0])
"""Reflection across a prop's x = 0 plane."""


@dataclass(frozen=True)
class Bending:
    """The net of N particles that a thing which bends is moved by: a chain (one column) or a sheet of rows and columns.

    At rest it lies in the plane x = 0, from z = 0 down, its columns from +y to -y; particle `row * columns + column` is where the
    bone of that number is. links (M, 2) are pairs of particles kept `length_m` (M,) apart; `compliance` (M,): how far each gives,
    in metres for a newton and a kilogram of a particle (0: not at all). `points`: name -> the particles that are held there.
    `seam` (K, 2): pairs that are one until the thing is torn, in the order in which they part. `radius_m`: half its thickness.
    """

    rest_m: Array
    columns: int
    links: Array
    length_m: Array
    compliance: Array
    points: dict[str, Array]
    seam: Array
    radius_m: float
    drag_per_s: float
    weights: Weights

    @property
    def rows(self) -> int:
        """How many particles it has from top to bottom."""
        return len(self.rest_m) // self.columns


@dataclass(frozen=True)
class Prop:
    """An object at rest in its own frame (`mesh`, identity transforms) and its named frames T_prop_frame (4, 4).

    `bending` where it is not rigid: the mesh then has a bone for every particle.
    """

    mesh: Mesh
    frames: dict[str, Array]
    bending: Bending | None = None


@dataclass(frozen=True)
class Solid:
    """What a builder returns: a shape, the materials that its faces index, the named frames, and how it bends if it does."""

    shape: Shape
    materials: tuple[Material, ...]
    frames: dict[str, Array]
    bending: Bending | None = None


Builder = Callable[[PropSpec, Skeleton], Solid]
"""Builds one kind of prop to a spec, fitted to a skeleton."""

Forms = dict[str, dict[str, tuple[str, ...]]]
"""Kind of prop -> part of it that comes in several forms -> their names."""


def prop_mesh(name: str, solid: Solid) -> Mesh:
    """The mesh at rest of a solid."""
    n = len(solid.shape.faces)
    bones = 1 if solid.bending is None else len(solid.bending.rest_m)
    return Mesh(
        name=name,
        kind="prop",
        vertices_m=solid.shape.vertices.astype(np.float32),
        faces=solid.shape.faces.astype(np.int32),
        uv=solid.shape.uv.astype(np.float32),
        material_of_face=solid.shape.material.astype(np.int16),
        part_of_face=np.full(n, PART["none"], dtype=np.int16),
        surface_of_face=np.full(n, SURFACE["prop"], dtype=np.int16),
        materials=solid.materials,
        weights=None if solid.bending is None else solid.bending.weights,
        transforms=np.tile(np.eye(3, 4, dtype=np.float32), (1, bones, 1, 1)),
    )


def form(spec: PropSpec, part: str, names: Collection[str]) -> str:
    """The form, one of `names`, that a part of a prop has. UserError where its spec names none or an unknown one."""
    name = spec.forms.get(part, "")
    if name not in names:
        raise UserError(f"{part} of prop '{spec.name}' ({spec.kind}) is '{name}': {nearest(name, names)}")
    return name


def frame(origin: Array | tuple[float, float, float], y: tuple[float, ...], z: tuple[float, ...]) -> Array:
    """T_prop_frame (4, 4) from its origin (m) and its unit y and z axes."""
    out = np.eye(4)
    out[:3, 1], out[:3, 2], out[:3, 3] = y, z, origin
    out[:3, 0] = np.cross(y, z)
    return out


def mirrored(transform: Array) -> Array:
    """The left hand's frame for a right hand's, and back."""
    return MIRROR @ transform @ MIRROR


def palm_from_grip(prop: Prop, hand: str) -> Array:
    """T_palm_prop (4, 4): a held prop in its palm's frame; a left hand's grip is the mirror image of the right's."""
    pose = np.linalg.inv(prop.frames["grip"])
    return pose if hand == "right" else mirrored(pose)


def knee_height_m(skeleton: Skeleton) -> float:
    """Height of the knee joint over the sole (shoe included) of a standing person."""
    soles = [skeleton.landmarks[f"{side}_{part}"] for side in ("left", "right") for part in ("heel", "ball")]
    sole = min(float(skeleton.joints_m[mark.joint][1] + mark.offset_m[1]) for mark in soles)
    knees = 0.5 * float(skeleton.joints_m[4, 1] + skeleton.joints_m[5, 1])
    return knees - sole + skeleton.sole_drop_m


def seat_height_m(skeleton: Skeleton) -> float:
    """Height of a seat on which this person's feet stand flat with level thighs: knee joint less the flesh below it."""
    flesh = float(np.clip(skeleton.radius_m[[4, 5]].mean(), 0.04, 0.09))
    return float(np.clip(knee_height_m(skeleton) - flesh, 0.28, 0.62))
