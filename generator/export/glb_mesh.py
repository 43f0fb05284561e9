"""A scene's mesh as glTF has them: a primitive for each material, its albedo as a texture, four joints to a vertex."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from ..render.mesh import vertex_normals
from ..values import Array, Material, Mesh, Weights
from .glb_file import Glb

MOST_WEIGHTS = 4
"""Joints that move one vertex in glTF's one set of weights, which is all that many programs read."""

JPEG_QUALITY = 92


def heaviest(weights: Weights) -> tuple[Array, Array]:
    """(joints (V, 4) int, shares (V, 4)): of each vertex its MOST_WEIGHTS heaviest joints, shares brought to a sum of 1."""
    counts = np.diff(weights.indptr)
    row = np.repeat(np.arange(len(counts)), counts)
    order = np.lexsort((-weights.weight, row))
    rank = np.arange(len(order)) - np.repeat(weights.indptr[:-1], counts)
    kept = rank < MOST_WEIGHTS
    joints, shares = np.zeros((len(counts), MOST_WEIGHTS), int), np.zeros((len(counts), MOST_WEIGHTS))
    at = row[order][kept], rank[kept]
    joints[at], shares[at] = weights.joint[order][kept], weights.weight[order][kept]
    shares[shares.sum(axis=1) <= 0.0, 0] = 1.0
    return joints, shares / shares.sum(axis=1, keepdims=True)


def add_mesh(glb: Glb, mesh: Mesh, skin: tuple[Array, Array] | None = None) -> int:
    """Number of the glTF mesh; `skin` are joints (V, 4), as numbers of the skin's, and shares (V, 4)."""
    normals = np.empty((len(mesh.vertices_m), 3), np.float32)
    vertex_normals(np.ascontiguousarray(mesh.vertices_m, np.float32), np.ascontiguousarray(mesh.faces), normals)
    materials = [add_material(glb, material, mesh.kind == "person") for material in mesh.materials]
    primitives: list[dict[str, Any]] = []
    for number, material in enumerate(materials):
        mine = mesh.material_of_face == number
        if mine.any():
            primitives.append({"material": material, **_primitive(glb, mesh, mine, normals, skin)})
    return glb.add("meshes", {"name": mesh.name, "primitives": primitives})


def _primitive(glb: Glb, mesh: Mesh, faces: Array, normals: Array, skin: tuple[Array, Array] | None) -> dict[str, Any]:
    """Faces of one material; a vertex is there once for each place that it has in the texture, and each face's where flat."""
    corners, uv = mesh.faces[faces].ravel(), mesh.uv[faces].reshape(-1, 2)
    key = np.concatenate([corners[:, None].astype(np.float64), uv.astype(np.float64)], axis=1)
    if not mesh.smooth:
        key[:, 0] = np.arange(len(key))  # a flat face shares no corner
    _, first, index = np.unique(key, axis=0, return_index=True, return_inverse=True)
    vertex = corners[first]
    own_normals = normals[vertex]
    if not mesh.smooth:
        a, b, c = (mesh.vertices_m[mesh.faces[faces][:, k]] for k in range(3))
        flat = np.cross(b - a, c - a)
        flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-12)
        own_normals = np.repeat(flat, 3, axis=0)[first]
    own_normals = np.where(np.linalg.norm(own_normals, axis=1, keepdims=True) > 0.5, own_normals, [0.0, 1.0, 0.0])
    attributes = {
        "POSITION": glb.numbers(mesh.vertices_m[vertex], "f4", "vertices"),
        "NORMAL": glb.numbers(own_normals, "f4", "vertices"),
        "TEXCOORD_0": glb.numbers(uv[first] * [1.0, -1.0] + [0.0, 1.0], "f4", "vertices"),  # its v goes down
    }
    if skin is not None:
        attributes["JOINTS_0"] = glb.numbers(skin[0][vertex], "u2", "vertices")
        attributes["WEIGHTS_0"] = glb.numbers(skin[1][vertex], "f4", "vertices")
    return {"attributes": attributes, "indices": glb.numbers(index.ravel(), "u4", "indices")}


def add_material(glb: Glb, material: Material, both_sides: bool) -> int:
    """Number of the glTF material. Clothes are single sheets, seen from within, too."""
    done, picture = cv2.imencode(".jpg", material.albedo[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not done:
        raise ValueError(f"the texture of {material.name} can't be written")
    image = glb.add("images", {"name": material.name, "mimeType": "image/jpeg", "bufferView": glb.raw(picture.tobytes())})
    texture = glb.add("textures", {"source": image})
    surface = {"baseColorTexture": {"index": texture}, "roughnessFactor": float(material.roughness)}
    surface["metallicFactor"] = float(material.metallic)
    return glb.add("materials", {"name": material.name, "pbrMetallicRoughness": surface, "doubleSided": both_sides})
