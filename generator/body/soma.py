"""The soma rig's 78 bones in terms of SMPL-X's 55 joints, and skinning weights fit for helper geometry."""

from __future__ import annotations

import numpy as np

from ..skeletons import SMPLX_JOINTS
from ..values import Array

_CENTRE = {
    "Hips": "pelvis", "Spine1": "spine1", "Spine2": "spine2", "Chest": "spine3", "Neck1": "neck",
    "Head": "head", "Jaw": "jaw", "LeftEye": "left_eye", "RightEye": "right_eye",
}  # fmt: skip
_LIMBS = {
    "Shoulder": "collar", "Arm": "shoulder", "ForeArm": "elbow", "Hand": "wrist", "Leg": "hip",
    "Shin": "knee", "Foot": "ankle", "ToeBase": "foot",
}  # fmt: skip
_FINGERS = ("Index", "Middle", "Pinky", "Ring", "Thumb")


def _bones() -> dict[str, str]:
    """Joint -> bone. A soma finger's first bone is its metacarpal (only the thumb's is SMPL-X's first)."""
    pairs = {joint: bone for bone, joint in _CENTRE.items()}
    for side in ("Left", "Right"):
        pairs |= {f"{side.lower()}_{joint}": f"{side}{bone}" for bone, joint in _LIMBS.items()}
        for finger in _FINGERS:
            skip = 0 if finger == "Thumb" else 1
            for k in (1, 2, 3):
                pairs[f"{side.lower()}_{finger.lower()}{k}"] = f"{side}Hand{finger}{k + skip}"
    return pairs


BONE_OF_JOINT: tuple[str, ...] = tuple(_bones()[name] for name in SMPLX_JOINTS)
"""The soma bone whose head is each SMPL-X joint."""


def joint_of_bone(labels: list[str], parents: list[int]) -> Array:
    """(78,) int: the SMPL-X joint that takes each bone's weights: its own, else its nearest ancestor's.

    `Root` lies above the pelvis and goes to it.
    """
    own = {bone: joint for joint, bone in enumerate(BONE_OF_JOINT)}
    result = np.zeros(len(labels), np.int64)
    for bone, (label, parent) in enumerate(zip(labels, parents, strict=True)):
        result[bone] = own[label] if label in own else (result[parent] if parent >= 0 else 0)
    return result


def helper_weights(dense: Array, labels: list[str], regions: dict[str, Array], height_m: Array, heads_height_m: Array) -> Array:
    """Dense (V, 78) weights with the helper geometry's own put right.

    The raw ones are copied from the nearest skin, which ties hair to the breasts, teeth to both lips, and tears a
    skirt apart between the legs. height_m (V,) and heads_height_m (78,): how high vertices and bone heads lie.
    """
    fixed = dense.copy()
    level = dict(zip(labels, heads_height_m, strict=True))

    def rigid(region: str, bone: str) -> None:
        fixed[regions[f"{region}_vertices"]] = np.eye(len(labels))[labels.index(bone)]

    rigid("left_eye", "LeftEye")
    rigid("right_eye", "RightEye")
    rigid("upper_teeth", "Head")
    rigid("lower_teeth", "Jaw")
    rigid("tongue", "Jaw")
    hair = regions["hair_vertices"]
    fixed[hair] = _hair(height_m[hair], level, labels)
    skirt = regions["skirt_vertices"]
    free = np.clip((level["LeftLeg"] - 0.02 - height_m[skirt]) / 0.15, 0.0, 1.0)[:, None]
    smooth = _diffused(fixed[skirt], np.searchsorted(skirt, regions["skirt_faces"]), rounds=40)
    fixed[skirt] = (1.0 - free) * fixed[skirt] + free * smooth
    return fixed


def _hair(height_m: Array, level: dict[str, float], labels: list[str]) -> Array:
    """Strands follow the head down to the neck, and pass to the chest below it."""
    knots = [level["Neck1"] - 0.12, level["Neck1"], level["Neck2"]]
    weights = np.zeros((len(height_m), len(labels)))
    for name, values in (("Chest", (1, 0, 0)), ("Neck1", (0, 1, 0)), ("Head", (0, 0, 1))):
        weights[:, labels.index(name)] = np.interp(height_m, knots, values)
    return weights


def _diffused(weights: Array, faces: Array, rounds: int) -> Array:
    """Weights averaged with their neighbours' over a mesh, `rounds` times."""
    edges = np.unique(np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), axis=1), axis=0)
    both = np.concatenate([edges, edges[:, ::-1]])
    degree = np.bincount(both[:, 0], minlength=len(weights))[:, None]
    for _ in range(rounds):
        total = np.zeros_like(weights)
        np.add.at(total, both[:, 0], weights[both[:, 1]])
        weights = 0.5 * weights + 0.5 * total / degree
    return weights
