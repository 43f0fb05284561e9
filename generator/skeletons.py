"""Joint, part and surface names: the orders in which every array of joints or labels is written.

SMPL-X order after `smplx/joint_names.py` (first 55), COCO-17 after the COCO keypoint task; both are facts
of those formats, kept here so that no other file spells an index.
"""

SMPLX_JOINTS: tuple[str, ...] = (
    "pelvis", "left_hip", "right_hip", "spine1", "left_knee", "right_knee", "spine2", "left_ankle",
    "right_ankle", "spine3", "left_foot", "right_foot", "neck", "left_collar", "right_collar", "head",
    "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist", "jaw",
    "left_eye", "right_eye",
    *(f"left_{f}{k}" for f in ("index", "middle", "pinky", "ring", "thumb") for k in (1, 2, 3)),
    *(f"right_{f}{k}" for f in ("index", "middle", "pinky", "ring", "thumb") for k in (1, 2, 3)),
)  # fmt: skip
"""The 55 SMPL-X joints."""

JOINT: dict[str, int] = {name: i for i, name in enumerate(SMPLX_JOINTS)}
"""Joint name -> index in SMPL-X order."""

_BODY_PARENTS = (-1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19, 15, 15, 15)


def _hand_parents(wrist: int, first: int) -> tuple[int, ...]:
    return tuple(wrist if i % 3 == 0 else first + i - 1 for i in range(15))


SMPLX_PARENTS: tuple[int, ...] = (*_BODY_PARENTS, *_hand_parents(20, 25), *_hand_parents(21, 40))
"""Parent of each joint; -1 for the pelvis. Parents come before their children."""

COCO17: tuple[str, ...] = (
    "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder",
    "left_elbow", "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip", "left_knee",
    "right_knee", "left_ankle", "right_ankle",
)  # fmt: skip
"""COCO keypoints. The first five are landmarks of the head, the rest SMPL-X joints."""

COCO17_EDGES: tuple[tuple[int, int], ...] = (
    (15, 13), (13, 11), (16, 14), (14, 12), (11, 12), (5, 11), (6, 12), (5, 6), (5, 7), (6, 8), (7, 9),
    (8, 10), (1, 2), (0, 1), (0, 2), (1, 3), (2, 4), (3, 5), (4, 6),
)  # fmt: skip

PARTS: tuple[str, ...] = (
    "none", "head", "torso", "left_upper_arm", "right_upper_arm", "left_forearm", "right_forearm",
    "left_hand", "right_hand", "left_thigh", "right_thigh", "left_shin", "right_shin", "left_foot",
    "right_foot",
)  # fmt: skip
"""Anatomical parts of a person, whatever covers them; the pixel value of the part mask is the index."""

PART: dict[str, int] = {name: i for i, name in enumerate(PARTS)}

SURFACES: tuple[str, ...] = (
    "none", "skin", "eye", "hair", "top", "bottom", "dress", "outer", "shoe", "hat", "prop", "ground", "backdrop",
)  # fmt: skip
"""What a face is made of: the second id mask, so that clothes can be told from skin."""

SURFACE: dict[str, int] = {name: i for i, name in enumerate(SURFACES)}

PART_OF_JOINT: tuple[int, ...] = tuple(
    PART[
        "head" if name in ("neck", "head", "jaw", "left_eye", "right_eye")
        else f"{name.split('_')[0]}_thigh" if name.endswith("hip")
        else f"{name.split('_')[0]}_shin" if name.endswith("knee")
        else f"{name.split('_')[0]}_foot" if name.endswith(("ankle", "foot"))
        else f"{name.split('_')[0]}_upper_arm" if name.endswith("shoulder")
        else f"{name.split('_')[0]}_forearm" if name.endswith("elbow")
        else f"{name.split('_')[0]}_hand" if name.endswith("wrist") or (name[-1] in "123" and "spine" not in name)
        else "torso"
    ]
    for name in SMPLX_JOINTS
)  # fmt: skip
"""Part that moves with each joint: the part of a vertex is that of its heaviest joint."""

SKIRT_BONES: dict[str, int] = {"left_hip": 55, "right_hip": 56, "left_knee": 57, "right_knee": 58}
"""What a skirt hangs on besides the joints: joint of a thigh or shin -> index of the bone that draws cloth in to a raised leg."""

HAIR_BONES: dict[str, int] = {"left": 59, "right": 60, "behind": 61}
"""What loose hair hangs on: the lock -> index of its bone. A tail is the lock behind."""

FOLD_BONES: dict[tuple[str, str], int] = {
    key: 62 + k
    for k, key in enumerate(
        [
            *((f"{side}_{joint}", f"{side}_{bent}") for side in ("left", "right") for joint, bent in (
                ("shoulder", "elbow"), ("elbow", "elbow"), ("hip", "knee"), ("knee", "knee"), ("hip", "hip"))),
            *((joint, "waist") for joint in ("pelvis", "spine1", "spine2")),
        ]
    )
}  # fmt: skip
"""What cloth is thrown into folds by: (joint that it goes with, joint or "waist" whose bend throws it) -> index of the bone."""

N_BONES = 62 + len(FOLD_BONES)
"""What can move a person's mesh: the joints, then the skirt bones, the locks, and the fold bones."""

JOINT_OF_BONE: tuple[int, ...] = (
    *range(len(SMPLX_JOINTS)), *(JOINT[joint] for joint in SKIRT_BONES), *[JOINT["head"]] * len(HAIR_BONES),
    *(JOINT[joint] for joint, _ in FOLD_BONES),
)  # fmt: skip
"""The joint that each bone goes with."""

LAYERS: tuple[str, ...] = ("outer", "shoe")
"""Surfaces of the clothes that can be put on and taken off in a clip (`motion/layers.py`)."""

PART_OF_BONE: tuple[int, ...] = tuple(PART_OF_JOINT[joint] for joint in JOINT_OF_BONE)

LANDMARKS: tuple[str, ...] = (
    "nose", "mouth", "chin", "forehead", "crown", "left_eye", "right_eye", "left_ear", "right_ear",
    "left_palm", "right_palm", "left_knuckles", "right_knuckles", "left_index_tip", "right_index_tip",
    "left_middle_tip", "right_middle_tip", "left_thumb_tip", "right_thumb_tip", "left_heel", "right_heel",
    "left_ball", "right_ball", "left_toe", "right_toe", "left_kneecap", "right_kneecap",
    "chest_front", "belly", "back", "seat",
)  # fmt: skip
"""Named points on the skin that choreography aims at; see `values.Skeleton.landmarks`.

palm: centre of the palm's surface; knuckles: the middle knuckle's back; ball, heel, toe: lowest points
under the forefoot, heel and toe tips; seat: lowest point of the buttocks; back: between the shoulder blades.
"""
