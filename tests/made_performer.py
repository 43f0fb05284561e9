"""A made-up performer for scene tests: a plausible adult skeleton without a body, and a few performances of it."""

import numpy as np
from synapt.generator.motion.kinematics import UPRIGHT
from synapt.generator.skeletons import JOINT, SMPLX_JOINTS
from synapt.generator.values import FIRST, Landmark, Material, Mesh, Performance, Performer, Skeleton, Weights

LEFT = {
    "pelvis": (0, 0.93, 0), "left_hip": (0.09, 0.86, 0), "left_knee": (0.1, 0.48, 0), "left_ankle": (0.1, 0.08, -0.02),
    "left_foot": (0.11, 0.02, 0.1), "spine1": (0, 1.05, 0), "spine2": (0, 1.18, 0), "spine3": (0, 1.24, 0),
    "neck": (0, 1.45, 0), "left_collar": (0.06, 1.38, 0), "head": (0, 1.54, 0.02), "left_shoulder": (0.17, 1.4, 0),
    "left_elbow": (0.43, 1.4, 0), "left_wrist": (0.68, 1.4, 0), "jaw": (0, 1.52, 0.03), "left_eye": (0.03, 1.6, 0.09),
}  # fmt: skip
FINGER_Z = {"index": 0.03, "middle": 0.01, "ring": -0.01, "pinky": -0.03, "thumb": 0.04}


def made_skeleton(scale=1.0):
    joints = np.zeros((55, 3))
    for i, name in enumerate(SMPLX_JOINTS):
        left = name.replace("right_", "left_")
        if left in LEFT:
            joints[i] = LEFT[left]
        else:
            finger = left.split("_")[1]
            joints[i] = (0.77 + 0.025 * (int(finger[-1]) - 1), 1.4, FINGER_Z[finger[:-1]])
        if name.startswith("right_"):
            joints[i, 0] *= -1
    landmarks = {}
    for side in ("left", "right"):
        landmarks[f"{side}_heel"] = Landmark(JOINT[f"{side}_ankle"], np.array([0, -0.08, -0.05]) * scale)
        landmarks[f"{side}_ball"] = Landmark(JOINT[f"{side}_foot"], np.array([0, -0.02, 0.03]) * scale)
    return Skeleton(joints * scale, landmarks, np.full(55, 0.05))


def made_performance(kind="stand", frames=45, fps=15.0, heading=0.3):
    """kind: stand (an arm waves), walk (5.7 m), run (15 m), lie (drops flat on the back)."""
    t = np.arange(frames) / fps
    rotations = np.tile(np.eye(3), (frames, 55, 1, 1))
    c, s = np.cos(heading), np.sin(heading)
    turn = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]])
    rotations[:, 0] = turn @ UPRIGHT
    a = 1.2 + np.sin(3 * t)
    rotations[:, JOINT["left_shoulder"], :2, :2] = np.stack([np.cos(a), -np.sin(a), np.sin(a), np.cos(a)], -1).reshape(-1, 2, 2)
    pelvis = np.tile([0.0, 0.0, 0.95], (frames, 1))
    front = turn @ [0.0, -1.0, 0.0]
    pelvis += front * {"walk": 1.9, "run": 5.0}.get(kind, 0.0) * (t - t.mean())[:, None]
    if kind == "lie":
        tip = np.minimum(t / t[-1], 1.0) * np.pi / 2
        back = np.array([[[1, 0, 0], [0, np.cos(x), np.sin(x)], [0, -np.sin(x), np.cos(x)]] for x in tip])
        rotations[:, 0] = turn @ back @ UPRIGHT
        pelvis[:, 2] = 0.95 - 0.83 * np.sin(tip)
    return Performance(fps, (Performer(FIRST, made_skeleton(), rotations, pelvis),), {}, (), ())


def made_person():
    """A tetrahedron fixed to the pelvis: enough of a mesh to be staged."""
    corners = np.array([[0, 1, 0], [0.1, 0.9, 0], [-0.1, 0.9, 0.1], [0, 0.9, -0.1]], dtype=np.float32)
    faces = np.array([[1, 2, 3], [0, 2, 1], [0, 3, 2], [0, 1, 3]], dtype=np.int32)
    weights = Weights(np.arange(5, dtype=np.int32), np.zeros(4, np.int16), np.ones(4, np.float32))
    ids = np.ones(4, np.int16)
    cloth = (Material("cloth", np.full((4, 4, 3), 128, np.uint8)),)
    at_rest = np.tile(np.eye(3, 4, dtype=np.float32), (1, 55, 1, 1))
    uv = np.zeros((4, 3, 2), np.float32)
    return Mesh("person", "person", corners, faces, uv, ids * 0, ids, ids, cloth, weights, at_rest)
