"""Waving, clapping, pointing, saluting, bowing: what makes each of them itself, on bodies of different build."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from made_performance import angle, perform, skeleton_of
from synapt.generator.skeletons import JOINT
from synapt.generator.values import Skeleton


@pytest.fixture(scope="module", params=["short_heavy", "tall_thin"])
def skeleton(request: pytest.FixtureRequest) -> Skeleton:
    return skeleton_of(request.param)


@pytest.mark.parametrize("side", ["right", "left"])
def test_a_waving_hand_swings_from_side_to_side_above_its_elbow_with_the_palm_ahead(skeleton: Skeleton, side: str) -> None:
    wave = perform("waving_a_hand", skeleton, {"swings": 3.0, "height": 0.5}, side=side, fps=60.0)
    busy = wave.segment("wave")
    hand, elbow = wave.joint(f"{side}_middle1"), wave.joint(f"{side}_elbow")
    assert (hand[busy, 2] > elbow[busy, 2] + 0.08).all()
    across = np.gradient(hand[busy, 0])
    strong = across[np.abs(across) > 0.2 * np.abs(across).max()]
    assert int((np.diff(np.sign(strong)) != 0).sum()) >= 5
    other = "left" if side == "right" else "right"
    assert np.ptp(wave.joint(f"{other}_wrist"), axis=0).max() < 0.12


def test_clapping_palms_meet_at_every_contact_and_part_between(skeleton: Skeleton) -> None:
    clap = perform("clapping", skeleton, {"claps": 5.0, "gap_m": 0.2}, fps=120.0)
    gap = np.linalg.norm(clap.mark("right_palm") - clap.mark("left_palm"), axis=1)
    touches = clap.contacts("right_palm", 0.0)
    assert len(touches) == 5
    assert max(gap[touch].min() for touch in touches) < 0.03
    between = [gap[a.stop : b.start].max() for a, b in pairwise(touches)]
    assert min(between) > 0.10


@pytest.mark.parametrize(("out", "up"), [(0.7, 0.1), (-0.2, 0.4), (0.1, -0.1)])
def test_the_pointing_arm_is_nearly_straight_with_one_finger_out(skeleton: Skeleton, out: float, up: float) -> None:
    point = perform("pointing_with_a_finger", skeleton, {"out": out, "up": up, "jabs": 0.0, "stretch": 1.0})
    hold = point.segment("hold")
    shoulder, elbow, tip = point.joint("right_shoulder"), point.joint("right_elbow"), point.mark("right_index_tip")
    assert angle(elbow - shoulder, tip - elbow)[hold].max() < 0.75
    line = (tip - shoulder)[hold]
    assert angle(line, np.array([-out, -((1.0 - out * out) ** 0.5), up])).max() < 0.5
    curl = angle(point.joint("right_index2") - point.joint("right_index1"), tip - point.joint("right_index2"))
    bent = angle(
        point.joint("right_pinky2") - point.joint("right_pinky1"), point.joint("right_pinky3") - point.joint("right_pinky2")
    )
    assert curl[hold].max() < 0.3 and bent[hold].min() > 1.0  # one finger out, the others in


@pytest.mark.parametrize("palm", ["down", "outward"])
def test_a_salute_holds_the_flat_hand_at_the_brow_with_the_elbow_out(skeleton: Skeleton, palm: str) -> None:
    salute = perform("saluting", skeleton, {"palm": palm})
    hold = salute.segment("hold")
    assert np.linalg.norm(salute.mark("right_index_tip") - salute.mark("right_eye"), axis=1)[hold].max() < 0.08
    assert (salute.joint("right_elbow")[hold, 0] < salute.joint("right_shoulder")[hold, 0] - 0.1).all()
    assert (salute.joint("right_elbow")[hold, 2] > salute.joint("right_shoulder")[hold, 2] - 0.2).all()
    still = np.linalg.norm(np.diff(salute.mark("right_index_tip")[hold], axis=0), axis=1)
    assert still.max() < 0.01 and still.max() > 0.0  # it is held, and it lives


@pytest.mark.parametrize("hands", ["sides", "thighs", "heart"])
def test_a_bow_bends_the_trunk_forward_over_feet_that_stay(skeleton: Skeleton, hands: str) -> None:
    bow = perform("taking_a_bow", skeleton, {"depth_rad": 1.2, "hands": hands})
    deep = bow.segment("hold").start
    ahead = -bow.rotations[:, 9, 1, 1]
    assert ahead[deep] > 0.8 and abs(ahead[0]) < 0.2 and abs(ahead[-1]) < 0.2
    assert bow.joint("head")[deep, 2] < 0.86 * bow.joint("head")[0, 2]
    for side in ("left", "right"):
        assert np.ptp(bow.mark(f"{side}_heel"), axis=0).max() < 0.01


def test_the_hand_that_goes_behind_the_back_swings_round_the_hip(skeleton: Skeleton) -> None:
    """The straight way from hanging to the small of the back leads through the body."""
    bow = perform("taking_a_bow", skeleton, {"depth_rad": 1.2, "hands": "heart"})
    hip, spine = JOINT["right_hip"], JOINT["spine1"]
    half, behind = abs(skeleton.joints_m[hip, 0]) + skeleton.radius_m[hip], skeleton.radius_m[spine]
    axes, origin = bow.rotations[:, 0], bow.joint("pelvis")
    for name in ("left_palm", "left_knuckles", "left_middle_tip", "left_index_tip"):
        x, y, z = np.moveaxis(np.einsum("tji,tj->ti", axes, bow.mark(name) - origin), 1, 0)
        beside = np.abs(y) < 0.15  # between thigh and ribs, where the trunk is as broad and deep as that
        assert ((x / half) ** 2 + (z / behind) ** 2)[beside].min() > 0.95, name
    hold = bow.segment("hold")
    assert (np.linalg.norm(bow.mark("left_palm") - origin, axis=1)[hold] < behind + 0.13).all()
