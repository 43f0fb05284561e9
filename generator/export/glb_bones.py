"""What moves a mesh, as glTF nodes: a person's joints as a tree, and on them what else moves clothes and hair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..motion.fold_bones import ENDS
from ..motion.kinematics import forward
from ..motion.rotations import between, frame_from, quaternions, unit
from ..motion.skirt_bones import BELOW
from ..skeletons import FOLD_BONES, HAIR_BONES, JOINT, JOINT_OF_BONE, N_BONES, SKIRT_BONES, SMPLX_JOINTS, SMPLX_PARENTS
from ..values import Array, Performer
from .glb_file import Glb

LIMBS = {**{bone: JOINT[BELOW[joint]] for joint, bone in SKIRT_BONES.items()}, **ENDS}
"""Index of a bone that changes size across a limb -> that of the joint at the limb's other end."""

STILL = 1e-7
"""Numbers that change by less over a clip are not animated."""


@dataclass(frozen=True)
class Bone:
    """A node with its place over time on its parent: `parent` among the bones (-1: on the person's or thing's own node),
    inverse_bind (4, 4), place (T, 3), turn (T, 3, 3), size (T, 3)."""

    name: str
    parent: int
    inverse_bind: Array
    place: Array
    turn: Array
    size: Array


def person_bones(performer: Performer, transforms: Array, used: Array) -> list[Bone]:
    """The 55 joints as they are, then those of the other bones (numbers `used`, from 55 on) that move something.

    transforms (T, B, 3, 4) take the rest pose to the world. A bone is a node with a place, a rotation and three sizes, which a
    skirt's and a mixed lock's are only nearly.
    """
    skeleton = performer.skeleton
    turns, places = forward(skeleton, performer.rotations, performer.pelvis_m)
    n, ones = len(places), np.ones((len(places), 3))
    bones = []
    for joint, parent in enumerate(SMPLX_PARENTS):
        offset = skeleton.joints_m[joint] - skeleton.joints_m[parent]
        place = performer.pelvis_m if parent < 0 else np.repeat(offset[None], n, axis=0)
        bones.append(
            Bone(SMPLX_JOINTS[joint], parent, _shift(-skeleton.joints_m[joint]), place, performer.rotations[:, joint], ones)
        )
    for bone in used[used >= len(SMPLX_JOINTS)]:
        kind, joint = int(bone) % N_BONES, JOINT_OF_BONE[int(bone) % N_BONES]
        center, axes = skeleton.joints_m[joint], np.eye(3)
        if kind in LIMBS:  # it draws in or swells across the limb, so its sizes lie along the limb and across
            lower = skeleton.joints_m[LIMBS[kind]]
            axes = between(np.array([0.0, 1.0, 0.0]), unit(center - lower))
        world = transforms[:, bone].astype(float)
        linear = np.swapaxes(turns[:, joint], -1, -2) @ world[..., :3] @ axes
        at = np.swapaxes(turns[:, joint], -1, -2) @ (world[..., :3] @ center + world[..., 3] - places[:, joint])[..., None]
        turn, size = _parts(linear)
        bind = np.eye(4)
        bind[:3, :3], bind[:3, 3] = axes.T, -axes.T @ center
        bones.append(Bone(_name(int(bone)), joint, bind, at[..., 0], turn, size))
    return bones


def thing_bones(name: str, transforms: Array) -> list[Bone]:
    """Nodes of a thing whose bones (T, J, 3, 4) lie side by side."""
    found = []
    for k in range(transforms.shape[1]):
        turn, size = _parts(transforms[:, k, :, :3].astype(float))
        found.append(Bone(f"{name} {k}", -1, np.eye(4), transforms[:, k, :, 3].astype(float), turn, size))
    return found


def _name(bone: int) -> str:
    """Of a bone that is no joint: "skirt left_hip", "hair behind"; those of clothes that change have their set's number."""
    kind, number = bone % N_BONES, bone // N_BONES
    names = {**{k: f"skirt {joint}" for joint, k in SKIRT_BONES.items()}, **{k: f"hair {lock}" for lock, k in HAIR_BONES.items()}}
    names |= {k: f"folds {joint} by {bent}" for (joint, bent), k in FOLD_BONES.items()}
    plain = names.get(kind, SMPLX_JOINTS[kind] if kind < len(SMPLX_JOINTS) else "")
    return f"{plain} clothes {number}" if number else plain


def _shift(vector: Array) -> Array:
    whole = np.eye(4)
    whole[:3, 3] = vector
    return whole


def _parts(linear: Array) -> tuple[Array, Array]:
    """(rotations, sizes (T, 3)) of linear maps (T, 3, 3), shear left out."""
    size = np.linalg.norm(linear, axis=-2)
    return frame_from(linear[..., 0], linear[..., 1]), np.maximum(size, 1e-6)


def skinning(bones: list[Bone]) -> Array:
    """(T, B, 3, 4): what the nodes do with points of the rest pose, as a program that reads the file reckons it."""
    worlds: list[Array] = []
    found = []
    for bone in bones:
        own = np.zeros((len(bone.place), 4, 4))
        own[:, :3, :3], own[:, :3, 3], own[:, 3, 3] = bone.turn * bone.size[:, None, :], bone.place, 1.0
        worlds.append(worlds[bone.parent] @ own if bone.parent >= 0 else own)
        found.append((worlds[-1] @ bone.inverse_bind)[:, :3])
    return np.stack(found, axis=1)


def add_bones(
    glb: Glb, bones: list[Bone], times: int, animation: tuple[list[dict[str, object]], list[dict[str, object]]]
) -> list[int]:
    """Node numbers of the bones; what changes goes to `animation` (samplers, channels), at the times of that accessor."""
    first = len(glb.parts.get("nodes", []))
    for k, bone in enumerate(bones):
        turn = _smooth(quaternions(bone.turn))
        node: dict[str, object] = {"name": bone.name, "translation": bone.place[0].tolist(), "rotation": turn[0].tolist()}
        if children := [first + c for c, other in enumerate(bones) if other.parent == k]:
            node["children"] = children
        if np.abs(bone.size - 1.0).max() > 1e-4:
            node["scale"] = bone.size[0].tolist()
        number = glb.add("nodes", node)
        for path, values in (("translation", bone.place), ("rotation", turn), ("scale", bone.size)):
            if np.ptp(values, axis=0).max() > STILL and (path != "scale" or "scale" in node):
                samplers, channels = animation
                samplers.append({"input": times, "output": glb.numbers(values, "f4"), "interpolation": "LINEAR"})
                channels.append({"sampler": len(samplers) - 1, "target": {"node": number, "path": path}})
    return list(range(first, first + len(bones)))


def _smooth(turns: Array) -> Array:
    """Quaternions (T, 4) of the same rotations, each in the half that is nearer to the one before."""
    signs = np.where(np.sum(turns[1:] * turns[:-1], axis=1) < 0.0, -1.0, 1.0)
    return turns * np.cumprod([1.0, *signs])[:, None]
