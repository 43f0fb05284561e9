"""How near a performer comes to what was recorded: the mean angle between their limbs and the recording's own."""

from __future__ import annotations

import numpy as np

from ...base.exact import arctan2
from ...skeletons import JOINT
from ...values import Array, Performer
from ..kinematics import forward
from ..rotations import about, about_vector, cross, dot, turned, unit
from ..track import Track
from .figure import SIDES
from .placed import leg_m

LONG_BONES: dict[str, tuple[str, str]] = {
    f"{side}_{name}": (f"{side}_{start}", f"{side}_{end}")
    for side in SIDES
    for name, start, end in (
        ("thigh", "hip", "knee"), ("shin", "knee", "ankle"), ("upper_arm", "shoulder", "elbow"), ("forearm", "elbow", "wrist"),
    )
}  # fmt: skip
"""Limb -> the joints at its ends."""


def pose_error_deg(performer: Performer, track: Track, frames: Array, *, mirrored: bool = False) -> dict[str, float]:
    """Mean angle (degrees) between each limb and the recording's own, and under "mean" the mean of them all.

    frames (T,): which frame of the track, need not be whole, each frame of the performer shows. `mirrored`: the performer does
    the mirror image. Limbs are LONG_BONES, the trunk (from between the hips to between the shoulders), and each foot (ankle to
    ball) that the recording has. Of trunk and feet the slope at rest, which differs from skeleton to skeleton, is taken out
    where the recording's rest pose is known.
    """
    _, ours = forward(performer.skeleton, performer.rotations, performer.pelvis_m)
    theirs = alongside(performer, track, frames, mirrored=mirrored)
    mine = {name: ours[:, JOINT[name]] for name in theirs if name in JOINT}
    a, b = _bones(mine), _bones(theirs)
    if track.rest_m is not None:
        rest = dict(zip(track.joints, track.rest_m, strict=True))
        own = {name: performer.skeleton.joints_m[JOINT[name]] @ _Z_UP.T for name in mine}
        for name in a.keys() - LONG_BONES.keys():
            change = np.full(len(frames), _slope(own, name) - _slope(rest, name))
            b[name] = turned(about_vector(_across(theirs, name, b[name]), change), b[name])
    angles = {name: float(np.degrees(np.arccos(np.clip(dot(a[name], b[name]), -1.0, 1.0))).mean()) for name in a}
    return {**angles, "mean": float(np.mean(list(angles.values())))}


def alongside(performer: Performer, track: Track, frames: Array, *, mirrored: bool = False) -> dict[str, Array]:
    """The track's points (T, 3) brought to the performer: scaled, and turned about the vertical, once for all frames, and moved.

    Limbs are turned to lie as near to the performer's as they can. Hips are over the same place of the floor at each moment (a
    loop may walk on the spot), and as high on the mean.
    """
    _, ours = forward(performer.skeleton, performer.rotations, performer.pelvis_m)
    theirs = _at(track, frames)
    if mirrored:
        theirs = {_other(name): points * np.array([-1.0, 1.0, 1.0]) for name, points in theirs.items()}
    u, v = (np.stack([unit(at[end] - at[start]) for start, end in LONG_BONES.values()]) for at in (
        {name: ours[:, k] for name, k in JOINT.items()}, theirs))  # fmt: skip
    sine, cosine = np.sum(v[..., 0] * u[..., 1] - v[..., 1] * u[..., 0]), np.sum(v[..., :2] * u[..., :2])
    turn = about("z", np.array([arctan2(sine, cosine)]))[0]
    legs = performer.skeleton.joints_m[[JOINT[f"{side}_{name}"] for side in SIDES for name in ("hip", "knee", "ankle")]]
    scale = float(np.linalg.norm(np.diff(legs.reshape(2, 3, 3), axis=1), axis=-1).sum()) / (2.0 * leg_m(track))
    moved = {name: scale * points @ turn.T for name, points in theirs.items()}
    hips = 0.5 * (ours[:, JOINT["left_hip"]] + ours[:, JOINT["right_hip"]])
    shift = hips - 0.5 * (moved["left_hip"] + moved["right_hip"])
    shift[:, 2] = shift[:, 2].mean()
    return {name: points + shift for name, points in moved.items()}


_Z_UP = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])


def _bones(at: dict[str, Array]) -> dict[str, Array]:
    """Unit directions (T, 3) of all limbs."""
    bones = {name: unit(at[end] - at[start]) for name, (start, end) in LONG_BONES.items()}
    bones["trunk"] = unit(sum((at[f"{side}_shoulder"] - at[f"{side}_hip"] for side in SIDES), np.zeros(3)))
    for side in SIDES:
        if f"{side}_foot" in at:
            bones[f"{side}_foot"] = unit(at[f"{side}_foot"] - at[f"{side}_ankle"])
    return bones


def _across(at: dict[str, Array], name: str, bone: Array) -> Array:
    """The axis (T, 3), to the body's right, about which the trunk leans back or a foot is raised."""
    if name == "trunk":
        return np.asarray(unit(at["right_hip"] - at["left_hip"]))
    side = name.split("_")[0]
    return np.asarray(unit(cross(bone, unit(at[f"{side}_knee"] - at[f"{side}_ankle"]))))


def _slope(rest: dict[str, Array], name: str) -> float:
    """Angle (rad) of a trunk or foot at rest from straight ahead, about the axis to the body's right."""
    right = unit((rest["right_hip"] - rest["left_hip"]) * np.array([1.0, 1.0, 0.0]))
    bone = _bones(rest)[name]
    return float(arctan2(bone[2], bone @ cross(np.array([0.0, 0.0, 1.0]), right)))


def _at(track: Track, frames: Array) -> dict[str, Array]:
    """The track's points (T, 3), on straight lines between its frames."""
    low = np.clip(np.floor(frames).astype(int), 0, track.n_frames - 1)
    high, share = np.minimum(low + 1, track.n_frames - 1), np.clip(frames - low, 0.0, 1.0)[:, None, None]
    points = (1.0 - share) * track.positions_m[low] + share * track.positions_m[high]
    return {name: points[:, k] for k, name in enumerate(track.joints)}


def _other(name: str) -> str:
    side, _, part = name.partition("_")
    return {"left": f"right_{part}", "right": f"left_{part}"}.get(side, name)
