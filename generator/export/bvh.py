"""BVH of SMPL-X's 55 joints with a person's own bones: y up, centimetres, facing +z with heading 0."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.spatial.transform import Rotation

from ..base.files import appearing
from ..motion.kinematics import UPRIGHT, bone_offsets
from ..skeletons import SMPLX_JOINTS, SMPLX_PARENTS
from ..values import Array, ClipSpec, Performer, Scene, Skeleton
from . import Written
from .people import everybody, person_path

CM = 100.0
ORDER = "ZXY"
"""Of rotations, outermost first: as most motion capture has them; x seldom comes near its pole of 90 degrees."""

_CHANNELS = " ".join(f"{axis}rotation" for axis in ORDER)
_TIP_SHARE = 0.5
"""Of the bone before it: how far the end of one goes on that ends in no landmark (the ring finger, jaw and eyes)."""

_LANDMARKS = {
    f"{side}_{finger}3": f"{side}_{finger}_tip" for side in ("left", "right") for finger in ("index", "middle", "thumb")
}
_LANDMARKS |= {"left_foot": "left_toe", "right_foot": "right_toe"}


def write(scene: Scene, spec: ClipSpec, out: Path) -> Written:
    """OUT/ACTION/CLIP.bvh, and CLIP.ROLE.bvh of everybody else."""
    paths = []
    for performer, _ in everybody(scene, spec):
        path = person_path(out / spec.action, spec, performer.role, ".bvh")
        with appearing(path) as made:
            made.write_text(bvh(performer, scene.fps), encoding="ascii")
        paths.append(path)
    return Written(tuple(paths))


def bvh(performer: Performer, fps: float) -> str:
    """The whole file's text."""
    order: list[int] = []
    lines = [
        *_hierarchy(performer.skeleton, 0, "", order),
        "MOTION",
        f"Frames: {len(performer.pelvis_m)}",
        f"Frame Time: {1.0 / fps:.8f}",
    ]
    rotations = performer.rotations.copy()
    rotations[:, 0] = UPRIGHT.T @ rotations[:, 0]
    degrees = np.stack([_degrees(rotations[:, j]) for j in order], axis=1)
    rows = np.concatenate([performer.pelvis_m @ UPRIGHT * CM, degrees.reshape(len(degrees), -1)], axis=1)
    lines += [" ".join(f"{number:.6f}" for number in row) for row in rows]
    return "\n".join(lines) + "\n"


def _degrees(rotation: Array) -> Array:
    """Angles (T, 3) of rotations (T, 3, 3) about the axes of ORDER, without jumps of a whole turn."""
    return np.degrees(np.unwrap(Rotation.from_matrix(rotation).as_euler(ORDER), axis=0))


def _hierarchy(skeleton: Skeleton, joint: int, indent: str, order: list[int]) -> Iterator[str]:
    """Lines of a joint and all that hangs on it; `order` takes the joints as they come."""
    offset = bone_offsets(skeleton)[joint] if joint else np.zeros(3)
    order.append(joint)
    yield f"{indent}JOINT {SMPLX_JOINTS[joint]}" if joint else f"HIERARCHY\nROOT {SMPLX_JOINTS[joint]}"
    yield f"{indent}{{"
    yield f"{indent}\tOFFSET {_numbers(offset * CM)}"
    yield f"{indent}\tCHANNELS 3 {_CHANNELS}" if joint else f"\tCHANNELS 6 Xposition Yposition Zposition {_CHANNELS}"
    children = [child for child, parent in enumerate(SMPLX_PARENTS) if parent == joint]
    for child in children:
        yield from _hierarchy(skeleton, child, indent + "\t", order)
    if not children:
        yield from (
            f"{indent}\tEnd Site",
            f"{indent}\t{{",
            f"{indent}\t\tOFFSET {_numbers(_tip(skeleton, joint) * CM)}",
            f"{indent}\t}}",
        )
    yield f"{indent}}}"


def _tip(skeleton: Skeleton, joint: int) -> Array:
    """Where the bone of a joint without others ends, from the joint."""
    mark = skeleton.landmarks.get(_LANDMARKS.get(SMPLX_JOINTS[joint], ""))
    if mark is not None and mark.joint == joint:
        return mark.offset_m
    return _TIP_SHARE * bone_offsets(skeleton)[joint]


def _numbers(vector: Array) -> str:
    return " ".join(f"{number:.6f}" for number in vector)
