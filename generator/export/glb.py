"""GLB: the dressed people of a clip with their skins, joints and movement, and its things; the place they are in is left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from ..base.files import appearing
from ..body.skinning import skin
from ..values import Array, ClipSpec, Mesh, Performer, Scene, Weights
from . import Written
from .glb_bones import Bone, add_bones, person_bones, skinning, thing_bones
from .glb_file import Glb
from .glb_mesh import MOST_WEIGHTS, add_mesh, heaviest

Z_UP_TO_Y_UP = (-(0.5**0.5), 0.0, 0.0, 0.5**0.5)
"""Rx(-90 deg), x y z w: glTF's world has y up and our front, -y, at +z."""

CHECKED_FRAMES = 5


def write(scene: Scene, spec: ClipSpec, out: Path) -> Written:
    """OUT/ACTION/CLIP.glb."""
    path = out / spec.action / f"{spec.name}.glb"
    data, notes = glb(scene, spec.name)
    with appearing(path) as made:
        made.write_bytes(data)
    return Written((path,), notes)


def glb(scene: Scene, name: str) -> tuple[bytes, tuple[str, ...]]:
    """(the file, what a user is told of it)."""
    file = Glb()
    times = file.numbers(np.arange(scene.n_frames) / scene.fps, "f4")
    animation: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    world = file.add("nodes", {"name": name, "rotation": list(Z_UP_TO_Y_UP), "children": []})
    roots, notes = [world], []
    for mesh, performer in zip(scene.people, scene.performance.performers, strict=True):
        skinned, off_mm = _person(file, mesh, performer, times, animation, world)
        roots.append(skinned)
        notes.append(f"{performer.role}: {MOST_WEIGHTS} joints a vertex, within {off_mm:.1f} mm of the clip's own surface")
    for mesh in scene.meshes:
        if mesh.kind == "prop":
            roots += _thing(file, mesh, times, animation, world)
    if animation[1]:
        file.add("animations", {"name": name, "samplers": animation[0], "channels": animation[1]})
    return file.data(roots, name), tuple(notes)


def _person(file: Glb, mesh: Mesh, performer: Performer, times: int, animation: Any, world: int) -> tuple[int, float]:
    """(node of the skinned mesh, how far in mm a vertex is at most from where it is in the clip)."""
    if mesh.weights is None:
        raise ValueError(f"the mesh of {performer.role} has no weights")
    joints, shares = heaviest(mesh.weights)
    used = np.unique(joints[shares > 0])
    bones = person_bones(performer, mesh.transforms, used)
    place = {bone: k for k, bone in enumerate([*range(55), *used[used >= 55].tolist()])}
    own = np.vectorize(lambda bone: place.get(int(bone), 0))(joints)
    number = _skinned(file, performer.role, mesh, bones, (own, shares), times, animation, world)
    return number, 1000.0 * _off_m(mesh, mesh.weights, bones, own, shares)


def _thing(file: Glb, mesh: Mesh, times: int, animation: Any, world: int) -> list[int]:
    """Nodes of a thing that have to be roots: a skinned mesh; a rigid one hangs on the world's node."""
    bones = thing_bones(mesh.name, mesh.transforms)
    if mesh.weights is not None:
        return [_skinned(file, mesh.name, mesh, bones, heaviest(mesh.weights), times, animation, world)]
    (node,) = add_bones(file, bones, times, animation)
    file.parts["nodes"][node] |= {"name": mesh.name, "mesh": add_mesh(file, mesh)}
    file.parts["nodes"][world]["children"].append(node)
    return []


def _skinned(file: Glb, name: str, mesh: Mesh, bones: list[Bone], weights: tuple[Array, Array], times: int, animation: Any,
             world: int) -> int:  # fmt: skip
    """Node of a skinned mesh; its bones hang on a node of their own, on the world's."""
    nodes = add_bones(file, bones, times, animation)
    armature = file.add("nodes", {"name": name, "children": [n for n, bone in zip(nodes, bones, strict=True) if bone.parent < 0]})
    file.parts["nodes"][world]["children"].append(armature)
    inverse = np.stack([bone.inverse_bind.T.ravel() for bone in bones])  # columns first
    own_skin = file.add("skins", {"name": name, "joints": nodes, "inverseBindMatrices": file.numbers(inverse, "f4")})
    return file.add("nodes", {"name": f"{name} skin", "mesh": add_mesh(file, mesh, weights), "skin": own_skin})


def _off_m(mesh: Mesh, full: Weights, bones: list[Bone], joints: Array, shares: Array) -> float:
    """Largest distance of a vertex from where its `full` weights bring it in the clip, over some frames."""
    frames = np.unique(np.linspace(0, len(mesh.transforms) - 1, CHECKED_FRAMES).astype(int))
    kept = shares > 0
    own = Weights(
        np.concatenate([[0], np.cumsum(kept.sum(axis=1))]).astype(np.int32),
        joints[kept].astype(np.int16),
        shares[kept].astype(np.float32),
    )
    moved = skin(mesh.vertices_m, own, skinning(bones)[frames].astype(np.float32))
    true = skin(mesh.vertices_m, full, mesh.transforms[frames])
    return float(np.linalg.norm(moved - true, axis=-1).max())
