"""How near a performer comes to what was recorded: angles between limbs, and how far feet slide where they stand."""

from __future__ import annotations

import numpy as np

from ...base.exact import arctan2
from ...skeletons import JOINT
from ...values import Array, Performance, Performer
from ..kinematics import forward
from ..quality import landmark
from ..rotations import about, dot, unit
from ..track import Track
from .figure import SIDES

LIMBS: dict[str, tuple[str, str]] = {
    f"{side}_{name}": (f"{side}_{start}", f"{side}_{end}")
    for side in SIDES
    for name, start, end in (
        ("thigh", "hip", "knee"), ("shin", "knee", "ankle"), ("foot", "ankle", "foot"),
        ("upper_arm", "shoulder", "elbow"), ("forearm", "elbow", "wrist"),
    )
}  # fmt: skip
"""Limb -> the joints at its ends."""


def pose_error_deg(performer: Performer, track: Track, frames: Array, *, mirrored: bool = False) -> dict[str, float]:
    """Mean angle (degrees) between each limb and the recording's own, and the mean of them all under "mean".

    frames (T,): which frame of the track, need not be whole, each frame of the performer shows. `mirrored`: the performer does
    the mirror image. The turn about the vertical between the two is taken out first, one for all frames. The trunk's line leads
    from between the hips to between the shoulders; a foot is only compared where the recording has its ball.
    """
    _, ours = forward(performer.skeleton, performer.rotations, performer.pelvis_m)
    theirs = _at(track, frames)
    if mirrored:
        theirs = {_other(name): points * np.array([-1.0, 1.0, 1.0]) for name, points in theirs.items()}
    pairs = {name: ends for name, ends in LIMBS.items() if all(end in theirs for end in ends)}
    a = {name: unit(ours[:, JOINT[end]] - ours[:, JOINT[start]]) for name, (start, end) in pairs.items()}
    b = {name: unit(theirs[end] - theirs[start]) for name, (start, end) in pairs.items()}
    a["trunk"] = unit(sum(ours[:, JOINT[f"{s}_shoulder"]] - ours[:, JOINT[f"{s}_hip"]] for s in SIDES))
    b["trunk"] = unit(sum(theirs[f"{s}_shoulder"] - theirs[f"{s}_hip"] for s in SIDES))
    u, v = np.stack(list(a.values())), np.stack(list(b.values()))
    sine, cosine = np.sum(v[..., 0] * u[..., 1] - v[..., 1] * u[..., 0]), np.sum(v[..., :2] * u[..., :2])
    v = v @ about("z", np.array([arctan2(sine, cosine)]))[0].T
    angles = np.degrees(np.arccos(np.clip(dot(u, v), -1.0, 1.0))).mean(axis=1)
    found = dict(zip(a, angles.tolist(), strict=True))
    return {**found, "mean": float(angles.mean())}


def foot_slides_m(performer: Performer, performance: Performance) -> list[float]:
    """How far (m) the mark of each of the performer's contacts with the floor strays, level, from where it is at half of them."""
    rotations, positions = forward(performer.skeleton, performer.rotations, performer.pelvis_m)
    slides = []
    for contact in performance.contacts:
        if contact.role == performer.role and contact.target == "floor" and contact.landmark in performer.skeleton.landmarks:
            first, last = int(np.ceil(contact.start_s * performance.fps)), int(contact.end_s * performance.fps)
            at = landmark(performer.skeleton, contact.landmark, rotations, positions)[first : last + 1, :2]
            if len(at) > 1:
                slides.append(float(np.linalg.norm(at - np.median(at, axis=0), axis=-1).max()))
    return slides


def _at(track: Track, frames: Array) -> dict[str, Array]:
    """The track's points (T, 3), on straight lines between its frames."""
    low = np.clip(np.floor(frames).astype(int), 0, track.n_frames - 1)
    high, share = np.minimum(low + 1, track.n_frames - 1), np.clip(frames - low, 0.0, 1.0)[:, None, None]
    points = (1.0 - share) * track.positions_m[low] + share * track.positions_m[high]
    return {name: points[:, k] for k, name in enumerate(track.joints)}


def _other(name: str) -> str:
    return {"left": "right", "right": "left"}.get(name.split("_")[0], name.split("_")[0]) + name[len(name.split("_")[0]) :]
