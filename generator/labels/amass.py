"""A motion in the form that AMASS gives SMPL-X motions, so that its tools read it as it is."""

from __future__ import annotations

import numpy as np

from ..motion.rotvec import rotvec
from ..recordings.reference import SMPLX_PELVIS_M
from ..values import Array, BodySpec, Performer


def amass_body(performer: Performer, body: BodySpec, fps: float) -> dict[str, Array]:
    """Arrays under AMASS's SMPL-X names, world z up.

    poses (T, 165) axis-angles of the 55 joints in SMPL-X order, and its pieces root_orient (T, 3), pose_body (T, 63),
    pose_jaw (T, 3), pose_eye (T, 6), pose_hand (T, 90; relative to a flat hand); trans (T, 3) m; betas (16,); gender;
    surface_model_type; mocap_frame_rate; mocap_time_length s. `gender` is not who performs, but the SMPL-X model that the
    numbers belong to: a tool that loads it builds this body.

    SMPL-X puts its pelvis at trans + rest pelvis, so trans = pelvis - rest_pelvis_m with the rest pelvis of the body
    that a tool will build from these betas: the skeleton's own for a `smplx` body, SMPL-X's mean for any other (whose
    betas are zeros). `rest_pelvis_m` (3,) is stored too: trans + rest_pelvis_m is the pelvis' world position exactly.
    """
    own = body.model == "smplx"
    rest_pelvis = performer.skeleton.joints_m[0] if own else np.array(SMPLX_PELVIS_M)
    poses = rotvec(performer.rotations.reshape(-1, 3, 3)).reshape(-1, 165)
    return {
        "poses": poses,
        "root_orient": poses[:, :3],
        "pose_body": poses[:, 3:66],
        "pose_jaw": poses[:, 66:69],
        "pose_eye": poses[:, 69:75],
        "pose_hand": poses[:, 75:165],
        "trans": performer.pelvis_m - rest_pelvis,
        "rest_pelvis_m": np.asarray(rest_pelvis, np.float64),
        "betas": _betas(body) if own else np.zeros(16),
        "gender": np.array(performer.skeleton.gender),
        "surface_model_type": np.array("smplx"),
        "mocap_frame_rate": np.array(fps),
        "mocap_time_length": np.array(len(performer.pelvis_m) / fps),
    }


def _betas(body: BodySpec) -> Array:
    """(16,) shape coefficients of an SMPL-X body: `shape` names them beta0, beta1..."""
    return np.array([float(body.shape.get(f"beta{i}", 0.0)) for i in range(16)])
