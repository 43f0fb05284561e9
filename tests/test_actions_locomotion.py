"""Jumping and crawling: what leaves the floor falls freely, what is planted stays."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import perform, skeleton_of
from synapt.generator.values import Skeleton


@pytest.fixture(scope="module", params=["short_heavy", "tall_thin"])
def skeleton(request: pytest.FixtureRequest) -> Skeleton:
    return skeleton_of(request.param)


@pytest.mark.parametrize(("rise", "tempo"), [(0.15, 1.0), (0.36, 1.25)])
def test_a_jump_rises_as_high_as_asked_and_lasts_as_long_as_gravity_says(skeleton: Skeleton, rise: float, tempo: float) -> None:
    jump = perform("jumping", skeleton, {"height_m": rise, "jumps": 1.0, "where": "on the spot"}, fps=120.0, tempo=tempo)
    flight = jump.segment("flight")
    height = jump.performer.pelvis_m[flight, 2]
    assert height.max() - height[0] == pytest.approx(rise, abs=0.02)  # the first frame may lie 8 ms after the start
    assert (flight.stop - flight.start) / 120.0 == pytest.approx(2.0 * np.sqrt(2.0 * rise / 9.81), rel=0.06)
    fall = np.gradient(np.gradient(height, 1 / 120.0), 1 / 120.0)[3:-3]
    assert np.median(fall) == pytest.approx(-9.81, rel=0.05)
    lowest = np.min(
        [jump.mark(f"{side}_{part}")[flight, 2] for side in ("left", "right") for part in ("ball", "heel", "toe")], axis=0
    )
    assert lowest[len(lowest) // 2] > 0.6 * rise


def test_knees_bend_before_a_jump_and_take_up_the_landing(skeleton: Skeleton) -> None:
    jump = perform("jumping", skeleton, {"height_m": 0.3, "jumps": 1.0, "where": "on the spot"})
    knee = np.degrees(jump.knee_rad("right"))
    assert knee[jump.segment("crouch")].max() > 65
    assert knee[jump.segment("landing")].max() > 50
    assert knee[-1] < 20


def test_a_jump_ahead_lands_as_far_as_asked_with_feet_that_then_stay(skeleton: Skeleton) -> None:
    jump = perform("jumping", skeleton, {"height_m": 0.25, "jumps": 2.0, "where": "forward", "forward_m": 0.6})
    way = jump.performer.pelvis_m[-1] - jump.performer.pelvis_m[0]
    assert -way[1] == pytest.approx(1.2, abs=0.05)
    for name in ("left_ball", "right_ball"):
        stays = [np.ptp(jump.mark(name)[frames, :2], axis=0).max() for frames in jump.contacts(name)]
        assert len(stays) == 4 and max(stays) < 0.012


def test_crawling_palms_and_knees_stay_where_they_are_set_down(skeleton: Skeleton) -> None:
    crawl = perform("crawl", skeleton, {"duration_s": 3.0, "speed_mps": 0.4})
    for side in ("left", "right"):
        palm, knee = crawl.mark(f"{side}_palm"), crawl.joint(f"{side}_knee")
        for frames in crawl.contacts(f"{side}_palm", 0.3):
            assert np.ptp(palm[frames, :2], axis=0).max() < 0.012
            assert np.abs(palm[frames, 2]).max() < 0.015
        for frames in crawl.contacts(f"{side}_knee", 0.3):
            assert np.ptp(knee[frames, :2], axis=0).max() < 0.045
            assert np.abs(crawl.mark(f"{side}_kneecap")[frames, 2]).max() < 0.04


def test_crawling_moves_diagonal_limbs_together_at_the_speed_asked_head_up(skeleton: Skeleton) -> None:
    crawl = perform("crawl", skeleton, {"duration_s": 3.4, "speed_mps": 0.45})
    pelvis = crawl.performer.pelvis_m[:, 1]
    assert -(pelvis[-1] - pelvis[0]) / crawl.times[-1] == pytest.approx(0.45, rel=0.06)
    hand, same, other = (pelvis - crawl.joint(name)[:, 1] for name in ("right_wrist", "right_knee", "left_knee"))
    assert np.corrcoef(hand, other)[0, 1] > 0.7
    assert np.corrcoef(hand, same)[0, 1] < -0.7
    nose, head = crawl.mark("nose"), crawl.joint("head")
    assert ((nose - head)[:, 1] < -0.04).all()  # the face looks ahead rather than at the floor
    assert abs(crawl.joint("neck")[:, 2].mean() - crawl.joint("pelvis")[:, 2].mean()) < 0.25
