"""The names under which files hold the parameters of SMPL's family, and what stands under them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..base.errors import UserError
from ..skeletons import SMPLX_JOINTS
from ..values import Array
from .angles import joint_rotations
from .numbers import floats, frames, text
from .reference import SMPL_PELVIS_M, SMPLX_PELVIS_M

WHOLE = (
    ("poses", ("trans", "transl", "translation")),
    ("pose_world", ("trans_world", "transl_world")),  # before the camera's
    ("pose", ("trans", "transl", "translation", "cam_t")),
    ("fullpose", ("trans", "transl")),
    ("full_pose", ("trans", "transl")),
    ("smpl_poses", ("smpl_trans", "trans")),
    ("smpl_thetas", ("smpl_trans", "trans", "transl")),
    ("thetas", ("trans", "transl")),
)
"""Name of all rotations of a frame together, and names of the place that goes with them, the first of either that is there."""

ROOT = ("root_orient", "global_orient", "root_pose", "pose_root", "poses_root")
BODY = ("pose_body", "body_pose", "poses_body")
PLACE = ("trans", "transl", "translation", "trans_world", "root_trans", "cam_t", "cam_trans")
HANDS = ("pose_hand", "hand_pose", "poses_hand")
LEFT_HAND = ("left_hand_pose", "pose_lhand", "lhand_pose", "poses_left_hand")
RIGHT_HAND = ("right_hand_pose", "pose_rhand", "rhand_pose", "poses_right_hand")
JAW = ("pose_jaw", "jaw_pose")
EYES = ("pose_eye", "pose_eyes")
LEFT_EYE, RIGHT_EYE = ("leye_pose",), ("reye_pose",)
BETAS = ("betas", "beta", "shape", "shapes", "smpl_shapes", "smpl_betas")
GENDER = ("gender", "sex")
RATE = ("mocap_framerate", "mocap_frame_rate", "fps", "frame_rate", "framerate")
MARKS_OF_SMPLX = (*JAW, *EYES, *LEFT_EYE, "expression", "face_expr", *LEFT_HAND)
FRAME_IDS = ("frame_ids", "frame_id", "frames")
ONE_OF_OURS = "rest_pelvis_m"

_GROUPS = (ROOT, BODY, PLACE, HANDS, LEFT_HAND, RIGHT_HAND, MARKS_OF_SMPLX, RIGHT_EYE, BETAS, GENDER, RATE, FRAME_IDS)

NAMES = frozenset(
    (*(name for whole, places in WHOLE for name in (whole, *places)), *(name for group in _GROUPS for name in group), ONE_OF_OURS)
).union(("surface_model_type", "motion_info"))
"""All of them: nothing else in a file is read."""

BODY_JOINTS = SMPLX_JOINTS[:22]
_LEFT_FINGERS, _RIGHT_FINGERS = SMPLX_JOINTS[25:40], SMPLX_JOINTS[40:55]
_OF_WHOLE: dict[int, tuple[str, ...]] = {
    22: BODY_JOINTS,
    24: BODY_JOINTS,  # SMPL's last two are the hands, without fingers
    52: (*BODY_JOINTS, *_LEFT_FINGERS, *_RIGHT_FINGERS),
    55: SMPLX_JOINTS,
}
"""Joints in a frame -> names of those that are taken, in the file's order."""


@dataclass(frozen=True)
class Pose:
    """One person as a file of SMPL's family has them, in the file's own axes.

    joints names and `rotations` (T, J, 3, 3), each relative to the parent's; pelvis_m (T, 3), None where the file has no place;
    betas (B,) or None; frame_ids (T,) of the video, or None; notes of what was left out.
    """

    joints: tuple[str, ...]
    rotations: Array
    pelvis_m: Array | None
    gender: str
    betas: Array | None
    frame_ids: Array | None
    notes: tuple[str, ...] = ()


def has_pose(table: Mapping[str, Any]) -> bool:
    """Whether a table holds somebody's pose."""
    parts = first(table, ROOT) is not None and first(table, BODY) is not None
    return parts or any(name in table for name, _ in WHOLE)


def first(table: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of the names that the table has."""
    return next((name for name in names if name in table), None)


def pose_of(table: Mapping[str, Any], what: str) -> Pose:
    """One person of a table that `has_pose`. UserError for shapes that don't fit, and for what is no number."""
    notes: list[str] = []
    whole = next(((name, places) for name, places in WHOLE if name in table), None)
    parts = first(table, ROOT) is not None and first(table, BODY) is not None
    if whole is not None and not parts:
        joints, rotations = _from_whole(table, whole[0], what)
        place = first(table, whole[1])
    else:
        joints, rotations = _from_parts(table, what, notes)
        place = first(table, PLACE)
    count = frames(len(rotations), what)
    pelvis = None
    if place is not None:
        pelvis = floats(table[place], f"{what}: '{place}'")
        while pelvis.ndim > 2 and 1 in pelvis.shape[:2]:
            pelvis = pelvis.squeeze(pelvis.shape.index(1))
        if pelvis.shape != (count, 3):
            raise UserError(f"{what}: '{place}' has the shape {pelvis.shape}, the poses {count} frames: wanted ({count}, 3)")
        pelvis = pelvis + _rest_pelvis(table, joints, what)
    return Pose(joints, rotations, pelvis, _gender(table), _betas(table, what), _frame_ids(table, count, what), tuple(notes))


def _from_whole(table: Mapping[str, Any], name: str, what: str) -> tuple[tuple[str, ...], Array]:
    rotations = joint_rotations(floats(table[name], f"{what}: '{name}'"), _OF_WHOLE, f"{what}: '{name}'")
    names = _OF_WHOLE[rotations.shape[1]]
    return names, rotations[:, : len(names)]


def _from_parts(table: Mapping[str, Any], what: str, notes: list[str]) -> tuple[tuple[str, ...], Array]:
    """Root and body, and of jaw, eyes and hands those that are there, in SMPL-X's order."""

    def part(names: tuple[str, ...], joints: tuple[int, ...]) -> Array | None:
        name = first(table, names)
        if name is None or table[name] is None:
            return None
        return joint_rotations(floats(table[name], f"{what}: '{name}'"), joints, f"{what}: '{name}'")

    root, body = part(ROOT, (1,)), part(BODY, (21, 23))
    if root is None or body is None:
        raise UserError(f"{what} has no pose of the {'root' if root is None else 'body'}: give SMPL parameters")
    found: list[tuple[tuple[str, ...], Array | None]] = [(BODY_JOINTS[:1], root), (BODY_JOINTS[1:], body[:, :21])]
    found += [(("jaw",), part(JAW, (1,)))]
    eyes = part(EYES, (2,))
    found += [(("left_eye",), eyes[:, :1] if eyes is not None else part(LEFT_EYE, (1,)))]
    found += [(("right_eye",), eyes[:, 1:] if eyes is not None else part(RIGHT_EYE, (1,)))]
    hands = first(table, HANDS)
    try:
        both = part(HANDS, (30,))
        left, right = (both[:, :15], both[:, 15:]) if both is not None else (part(LEFT_HAND, (15,)), part(RIGHT_HAND, (15,)))
        found += [(_LEFT_FINGERS, left), (_RIGHT_FINGERS, right)]
    except UserError:
        which = hands or first(table, LEFT_HAND)
        notes.append(f"hands: '{which}' holds components of a hand model, or no angles of 15 joints; fingers stay at rest")
    there = [(names, values) for names, values in found if values is not None]
    if any(len(values) != len(root) for _, values in there):
        raise UserError(f"{what} has parts of {sorted({len(values) for _, values in there})} frames: wanted as many of each")
    return tuple(n for names, _ in there for n in names), np.concatenate([values for _, values in there], axis=1)


def _rest_pelvis(table: Mapping[str, Any], joints: tuple[str, ...], what: str) -> Array:
    """(3,) m: what SMPL, or SMPL-X, adds to a place."""
    if ONE_OF_OURS in table:
        own = floats(table[ONE_OF_OURS], f"{what}: '{ONE_OF_OURS}'")
        if own.shape != (3,):
            raise UserError(f"{what}: '{ONE_OF_OURS}' has the shape {own.shape}: wanted (3,)")
        return own
    smplx = "jaw" in joints or first(table, MARKS_OF_SMPLX) or text(table.get("surface_model_type", "")) == "smplx"
    return np.array(SMPLX_PELVIS_M if smplx else SMPL_PELVIS_M)


def _gender(table: Mapping[str, Any]) -> str:
    """female, male, or neutral where the file says neither."""
    name = first(table, GENDER)
    said = text(table[name]).strip().lower() if name else ""
    return {"f": "female", "m": "male", "female": "female", "male": "male"}.get(said, "neutral")


def _betas(table: Mapping[str, Any], what: str) -> Array | None:
    """(B,): the shape, at the median where a file has one for each frame."""
    name = first(table, BETAS)
    if name is None or table[name] is None:
        return None
    betas = floats(table[name], f"{what}: '{name}'")
    betas = np.median(betas.reshape(-1, betas.shape[-1]), axis=0) if betas.ndim > 1 and betas.size else betas
    if betas.ndim != 1 or not 0 < len(betas) <= 400 or np.abs(betas).max() > 100:
        raise UserError(f"{what}: '{name}' has the shape {betas.shape} and no shape's numbers: wanted 10 to 400 below 100")
    return betas


def _frame_ids(table: Mapping[str, Any], count: int, what: str) -> Array | None:
    name = first(table, FRAME_IDS)
    if name is None or np.size(table[name]) != count:
        return None
    return floats(table[name], f"{what}: '{name}'").reshape(count)
