"""From meshes that are weights and transforms to the vertices of every frame, mesh by mesh and for a whole scene."""

from __future__ import annotations

import weakref
from dataclasses import dataclass, field

import numpy as np

from ..body.skinning import skin
from ..values import Array, Material, Mesh, Scene, Weights
from .kernel import index, kernel
from .yielding import give_way


def posed(mesh: Mesh) -> Array:
    """World vertices (T, V, 3) float32; T is that of `mesh.transforms`, so 1 for a thing that never moves."""
    if mesh.weights is not None:
        return skin(mesh.vertices_m, mesh.weights, mesh.transforms)
    one = Weights(
        np.arange(len(mesh.vertices_m) + 1, dtype=np.int32),
        np.zeros(len(mesh.vertices_m), np.int16),
        np.ones(len(mesh.vertices_m), np.float32),
    )
    return skin(mesh.vertices_m, one, mesh.transforms)


def placed(scene: Scene) -> tuple[Array, ...]:
    """World vertices of each of a scene's meshes, as `posed`, in their order; bodies of those who act together give way."""
    vertices = {id(mesh): posed(mesh) for mesh in scene.meshes}
    acting = [mesh for mesh, one in zip(scene.people, scene.performance.performers, strict=False) if one.acting]
    give_way(acting, [vertices[id(mesh)] for mesh in acting])
    return tuple(vertices[id(mesh)] for mesh in scene.meshes)


@dataclass(frozen=True)
class Geometry:
    """All meshes of a scene as one list of F faces over V vertices: first those that move, then those that stand still.

    faces (F, 3) int32; uv (F, 3, 2) float32; material (F,) int32 into `materials`; part, surface (F,) uint8;
    person (F,) uint8: whose body it is, counted from 1 in the order of the scene's meshes, 0 nobody's;
    backdrop, moving, smooth (F,) bool; area_m2 and uv_area (F,) float32 at rest;
    posed: per mesh its (T or 1, v, 3) vertices; the first n_moving_faces over the first n_moving_vertices move.
    """

    faces: Array
    uv: Array
    material: Array
    part: Array
    surface: Array
    person: Array
    backdrop: Array
    moving: Array
    smooth: Array
    area_m2: Array
    uv_area: Array
    materials: tuple[Material, ...]
    posed: tuple[Array, ...]
    n_moving_faces: int
    n_moving_vertices: int
    kept_normals: dict[int, Array] = field(default_factory=dict)

    @property
    def n_vertices(self) -> int:
        """V."""
        return sum(vertices.shape[1] for vertices in self.posed)

    def vertices(self, t: int) -> Array:
        """World vertices (V, 3) float32 of frame t."""
        return np.concatenate([vertices[t if len(vertices) > 1 else 0] for vertices in self.posed])

    def normals(self, t: int) -> Array:
        """Unit normals of frame t at the vertices that move, (n_moving_vertices, 3) float32; worked out once."""
        if t not in self.kept_normals:
            out = np.empty((self.n_moving_vertices, 3), np.float32)
            vertex_normals(self.vertices(t)[: self.n_moving_vertices], self.faces[: self.n_moving_faces], out)
            self.kept_normals[t] = out
        return self.kept_normals[t]


_kept: list[tuple[weakref.ref[Scene], Geometry]] = []
"""The last scene's geometry: the renderer and the labels ask for the same."""


def geometry(scene: Scene) -> Geometry:
    """Gather a scene's meshes into one `Geometry`; every mesh keeps its faces, in order. Kept while the scene lives."""
    if not (_kept and _kept[0][0]() is scene):
        _kept[:] = [(weakref.ref(scene, lambda gone: _kept.clear()), _gathered(scene))]
    return _kept[0][1]


def _gathered(scene: Scene) -> Geometry:
    shown = sorted(zip(scene.meshes, placed(scene), strict=True), key=lambda one: len(one[0].transforms) == 1)
    meshes = [mesh for mesh, _ in shown]
    first_vertex = np.cumsum([0, *(len(mesh.vertices_m) for mesh in meshes)])
    first_material = np.cumsum([0, *(len(mesh.materials) for mesh in meshes)])
    counts = [len(mesh.faces) for mesh in meshes]
    moving = [mesh for mesh in meshes if len(mesh.transforms) > 1]
    number = {id(mesh): k for k, mesh in enumerate((mesh for mesh in scene.meshes if mesh.kind == "person"), 1)}
    return Geometry(
        faces=_join([mesh.faces + first_vertex[i] for i, mesh in enumerate(meshes)], np.int32),
        uv=_join([mesh.uv for mesh in meshes], np.float32),
        material=_join([mesh.material_of_face + first_material[i] for i, mesh in enumerate(meshes)], np.int32),
        part=_join([mesh.part_of_face for mesh in meshes], np.uint8),
        surface=_join([mesh.surface_of_face for mesh in meshes], np.uint8),
        person=np.repeat(np.array([number.get(id(mesh), 0) for mesh in meshes], np.uint8), counts),
        backdrop=np.repeat([mesh.kind == "backdrop" for mesh in meshes], counts),
        moving=np.repeat([len(mesh.transforms) > 1 for mesh in meshes], counts),
        smooth=np.repeat([mesh.smooth for mesh in meshes], counts),
        area_m2=_join([_areas(mesh.vertices_m[mesh.faces]) for mesh in meshes], np.float32),
        uv_area=_join([_uv_areas(mesh.uv) for mesh in meshes], np.float32),
        materials=tuple(material for mesh in meshes for material in mesh.materials),
        posed=tuple(vertices for _, vertices in shown),
        n_moving_faces=sum(len(mesh.faces) for mesh in moving),
        n_moving_vertices=sum(len(mesh.vertices_m) for mesh in moving),
    )


def _join(arrays: list[Array], dtype: type) -> Array:
    return np.ascontiguousarray(np.concatenate(arrays), dtype=dtype)


def _areas(corners: Array) -> Array:
    """(F,) areas of triangles with corners (F, 3, 3)."""
    sides = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    return 0.5 * np.linalg.norm(sides, axis=-1)


def _uv_areas(uv: Array) -> Array:
    a, b = uv[:, 1] - uv[:, 0], uv[:, 2] - uv[:, 0]
    return 0.5 * np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])


def texel_density(geometry: Geometry) -> Array:
    """(F,) float32: uv units per metre on each face, the square root of the areas' ratio at rest."""
    return np.sqrt(geometry.uv_area / np.maximum(geometry.area_m2, 1e-12)).astype(np.float32)


@kernel
def vertex_normals(vertices: Array, faces: Array, normals: Array) -> None:
    """Fill normals (V, 3) float32 with unit sums of the area-weighted normals of the faces around each vertex."""
    normals[:] = 0.0
    for f in range(faces.shape[0]):
        i, j, k = index(faces[f, 0]), index(faces[f, 1]), index(faces[f, 2])
        ax, ay, az = (
            vertices[j, 0] - vertices[i, 0],
            vertices[j, 1] - vertices[i, 1],
            vertices[j, 2] - vertices[i, 2],
        )
        bx, by, bz = (
            vertices[k, 0] - vertices[i, 0],
            vertices[k, 1] - vertices[i, 1],
            vertices[k, 2] - vertices[i, 2],
        )
        nx, ny, nz = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
        for v in (i, j, k):
            normals[v, 0] += nx
            normals[v, 1] += ny
            normals[v, 2] += nz
    for n in range(normals.shape[0]):
        length = np.sqrt(normals[n, 0] ** 2 + normals[n, 1] ** 2 + normals[n, 2] ** 2)
        if length > 0.0:
            normals[n, 0] /= length
            normals[n, 1] /= length
            normals[n, 2] /= length
