"""Wrists keep to how far they bend aside, and hands still come where they shall."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation
from synapt.generator.measure.clip import bodies_of, measured, performed, spec_of
from synapt.generator.motion.wrists import MAX_RADIAL_RAD, MAX_ULNAR_RAD, SLACK_RAD, bent_aside, kept_in_range

FORE = np.array([-1.0, 0.0, 0.0])  # of a right arm


def _aside(angle_rad: np.ndarray) -> np.ndarray:
    """Hands bent towards the little finger by these angles."""
    return Rotation.from_rotvec(np.outer(angle_rad, [0.0, -1.0, 0.0])).as_matrix()


def test_a_hand_within_the_range_is_left_alone_and_one_beyond_it_comes_back_to_its_edge() -> None:
    angle = np.linspace(-1.2, 1.3, 51)
    hands = _aside(angle)
    beyond = bent_aside(FORE, hands)
    inside = (angle <= MAX_ULNAR_RAD) & (angle >= -MAX_RADIAL_RAD)
    assert not beyond[inside].any() and (beyond[~inside] * angle[~inside] > 0.0).all()
    kept = kept_in_range(FORE, np.eye(3), hands)
    np.testing.assert_array_equal(kept[inside], hands[inside])
    assert np.abs(bent_aside(FORE, kept)).max() <= SLACK_RAD + 1e-9
    steps = np.linalg.norm(np.diff(kept, axis=0), axis=(1, 2))
    assert steps.max() < 1.5 * np.diff(angle).max()


def test_what_a_turn_about_the_palm_does_not_help_is_left_alone() -> None:
    up = Rotation.from_rotvec([[0.0, 0.0, 1.5], [0.0, 0.0, -1.5]]).as_matrix()
    np.testing.assert_array_equal(kept_in_range(FORE, np.eye(3), up), up)


def test_the_forearm_may_lie_anyhow() -> None:
    lower = Rotation.from_rotvec([0.4, -0.9, 0.3]).as_matrix()[None]
    hand = lower @ _aside(np.array([1.1]))
    kept = kept_in_range(FORE, lower, hand)
    assert np.abs(bent_aside(FORE, np.swapaxes(lower, -1, -2) @ kept)).max() <= SLACK_RAD + 1e-9
    np.testing.assert_allclose(kept[0] @ [0.0, 1.0, 0.0], hand[0] @ [0.0, 1.0, 0.0])  # the palm's plane stays


@pytest.mark.parametrize("action", ["playing_drums", "cutting_vegetable_on_the_cutting_board", "drinking_water"])
def test_no_wrist_of_a_performance_is_bent_aside_farther_than_wrists_go(action: str) -> None:
    performance, props = performed(spec_of(action, "standard", 0, 1))
    found, _ = measured(bodies_of(performance), performance, props)
    assert found["joint_excess_rad"] <= np.radians(6.0)
