"""Names of joints in skeletons as they are published, with dummies, twist bones and fingers."""

import numpy as np
import pytest
from synapt.generator.recordings.armature import Armature
from synapt.generator.recordings.conventions import by_name, words_of
from synapt.generator.recordings.ends import ends_of

CMU = """Hips: LHipJoint RHipJoint LowerBack
LHipJoint: LeftUpLeg; LeftUpLeg: LeftLeg; LeftLeg: LeftFoot; LeftFoot: LeftToeBase; LeftToeBase: end1
RHipJoint: RightUpLeg; RightUpLeg: RightLeg; RightLeg: RightFoot; RightFoot: RightToeBase; RightToeBase: end2
LowerBack: Spine; Spine: Spine1; Spine1: Neck LeftShoulder RightShoulder; Neck: Neck1; Neck1: Head; Head: end3
LeftShoulder: LeftArm; LeftArm: LeftForeArm; LeftForeArm: LeftHand; LeftHand: LeftFingerBase LThumb
LeftFingerBase: LeftHandIndex1; LeftHandIndex1: end4; LThumb: end5
RightShoulder: RightArm; RightArm: RightForeArm; RightForeArm: RightHand; RightHand: RightFingerBase RThumb
RightFingerBase: RightHandIndex1; RightHandIndex1: end6; RThumb: end7"""

UNREAL = """root: pelvis
pelvis: spine_01 thigh_l thigh_r; spine_01: spine_02; spine_02: spine_03; spine_03: spine_04; spine_04: spine_05
spine_05: neck_01 clavicle_l clavicle_r; neck_01: neck_02; neck_02: head
thigh_l: thigh_twist_01_l calf_l; calf_l: calf_twist_01_l foot_l; foot_l: ball_l
thigh_r: thigh_twist_01_r calf_r; calf_r: calf_twist_01_r foot_r; foot_r: ball_r
clavicle_l: upperarm_l; upperarm_l: upperarm_twist_01_l lowerarm_l; lowerarm_l: lowerarm_twist_01_l hand_l
hand_l: index_metacarpal_l ik_hand_l; index_metacarpal_l: index_01_l; index_01_l: index_02_l; index_02_l: index_03_l
clavicle_r: upperarm_r; upperarm_r: upperarm_twist_01_r lowerarm_r; lowerarm_r: lowerarm_twist_01_r hand_r"""


def tree(text):
    """An armature from "parent: child child; ..." with every bone 10 units long."""
    below = dict(part.split(":") for part in text.replace("\n", ";").split(";"))
    children = {parent.strip(): kids.split() for parent, kids in below.items()}
    names, parents, rest = [], [], []

    def add(name, parent):
        names.append("" if name.startswith("end") else name)
        parents.append(parent)
        rest.append((rest[parent] if parent >= 0 else np.zeros(3)) + [0.0, 10.0, 0.0])
        own = len(names) - 1
        for child in children.get(name, []):
            add(child, own)

    add(next(iter(children)), -1)
    return Armature(tuple(names), tuple(parents), np.array(rest))


def called(armature, found):
    return {joint: armature.names[node] for joint, node in found.items()}


def test_cmus_skeleton():
    armature = tree(CMU)
    found = by_name(armature)
    names = called(armature, found)
    assert {joint: names[joint] for joint in ("pelvis", "spine1", "spine2", "spine3", "neck", "head")} == {
        "pelvis": "Hips", "spine1": "LowerBack", "spine2": "Spine", "spine3": "Spine1", "neck": "Neck", "head": "Head"
    }  # fmt: skip
    assert [names[f"left_{joint}"] for joint in ("hip", "knee", "ankle", "foot", "collar", "shoulder", "elbow", "wrist")] == [
        "LeftUpLeg", "LeftLeg", "LeftFoot", "LeftToeBase", "LeftShoulder", "LeftArm", "LeftForeArm", "LeftHand"
    ]  # fmt: skip
    assert names["right_index1"] == "RightHandIndex1" and names["right_thumb1"] == "RThumb"
    assert set(ends_of(armature, found)) == {"crown", "left_toe", "right_toe"}


def test_unreals_skeleton():
    armature = tree(UNREAL)
    names = called(armature, by_name(armature))
    assert [names[f"spine{k}"] for k in (1, 2, 3)] == ["spine_01", "spine_03", "spine_05"]
    assert (names["neck"], names["head"], names["pelvis"]) == ("neck_01", "head", "pelvis")
    assert [names[f"left_index{k}"] for k in (1, 2, 3)] == ["index_01_l", "index_02_l", "index_03_l"]
    assert names["right_wrist"] == "hand_r" and names["left_hip"] == "thigh_l" and "left_thumb1" not in names


@pytest.mark.parametrize(("name", "side", "key"), [
    ("mixamorig:LeftUpLeg", "left", "upleg"), ("DEF-thigh.L", "left", "thigh"), ("l_upper_leg", "left", "upperleg"),
    ("Bip01 R Thigh", "right", "thigh"), ("RIGHT_HIP", "right", "hip"), ("lShldr", "left", "shldr"), ("rfemur", "right", "femur"),
    ("Character1_LeftHand", "left", "hand"), ("Armature|Hips", "", "hips"), ("J_Bip_C_UpperChest", "", "upperchest"),
    ("leftShoulder", "left", "shoulder"), ("UpperArm_R", "right", "upperarm"), ("ring", "", "ring"), ("leg", "", "leg"),
    ("123", "", ""), ("", "", ""), ("Hüfte", "", "hfte"),
])  # fmt: skip
def test_words_of_names(name, side, key):
    assert (words_of(name).side, words_of(name).key) == (side, key)


def test_a_leg_that_hangs_on_the_other_is_no_body():
    text = CMU.replace("LHipJoint: LeftUpLeg", "LHipJoint: end8").replace("RightFoot: RightToeBase", "RightFoot: LeftUpLeg")
    assert by_name(tree(text)) == {}
