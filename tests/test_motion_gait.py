"""Gaits: feet stay on their prints, speed is what was asked for, running leaves the floor and obeys gravity."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import Performed, perform, skeleton_of
from synapt.generator.actions.action import Action
from synapt.generator.motion import gait
from synapt.generator.motion.score import Score
from synapt.generator.values import Skeleton


@pytest.fixture(scope="module", params=["short_heavy", "tall_thin"])
def skeleton(request: pytest.FixtureRequest) -> Skeleton:
    return skeleton_of(request.param)


def choreographed(write: object) -> Action:
    return Action("made", "moves", write, ("made",))  # type: ignore[arg-type]


def slide_m(performance: Performed, name: str) -> float:
    """Farthest that a mark moves over the floor during any one contact."""
    track = performance.mark(name)
    stays = [np.ptp(track[frames, :2], axis=0).max() for frames in performance.contacts(name)]
    assert stays
    return float(max(stays))


def planted_share(performance: Performed, side: str) -> float:
    """Share of the clip in which a foot bears weight, by its contacts."""
    times = performance.times
    down = np.zeros(len(times), dtype=bool)
    for contact in performance.performance.contacts:
        if contact.landmark in (f"{side}_heel", f"{side}_ball"):
            down |= (times >= contact.start_s) & (times < contact.end_s)
    return float(down.mean())


@pytest.mark.parametrize("speed", [0.8, 1.7])
def test_walking_goes_as_fast_as_asked_with_feet_that_stay_where_they_are_put(skeleton: Skeleton, speed: float) -> None:
    walk = perform("walking", skeleton, {"speed_mps": speed, "turn_rad": 0.0, "duration_s": 3.3})
    way = walk.performer.pelvis_m[-1] - walk.performer.pelvis_m[0]
    assert -way[1] / walk.times[-1] == pytest.approx(speed, rel=0.06)
    for name in ("left_ball", "right_ball", "left_heel", "right_heel"):
        assert slide_m(walk, name) < 0.010
        assert walk.mark(name)[:, 2].min() > -0.006


def test_the_performer_passes_the_stage_centre_half_way_facing_ahead_even_in_a_bend(skeleton: Skeleton) -> None:
    walk = perform("walking", skeleton, {"turn_rad": 0.5, "duration_s": 3.0, "speed_mps": 1.4})
    middle = walk.during(1.4, 1.6)
    np.testing.assert_allclose(walk.performer.pelvis_m[middle, :2].mean(axis=0), 0.0, atol=0.06)
    start, end = np.diff(walk.performer.pelvis_m[[0, 6, -7, -1], :2], axis=0)[[0, 2]]
    turned = np.arctan2(end[1], end[0]) - np.arctan2(start[1], start[0])
    assert turned == pytest.approx(0.5, abs=0.15)


def test_a_fifth_of_walking_is_on_both_feet_and_a_runner_is_never_on_both(skeleton: Skeleton) -> None:
    walk = perform("walking", skeleton, {"speed_mps": 1.35, "turn_rad": 0.0, "duration_s": 3.3})
    run = perform("run", skeleton, {"speed_mps": 3.0, "turn_rad": 0.0, "duration_s": 2.3})
    assert 0.55 < planted_share(walk, "right") < 0.67
    assert 0.22 < planted_share(run, "right") < 0.45


def test_longer_legs_step_less_often_at_the_same_speed() -> None:
    steps = [
        len(perform("walking", skeleton_of(name), {"speed_mps": 1.3, "duration_s": 3.3, "turn_rad": 0.0}).contacts("right_heel"))
        for name in ("short_heavy", "tall_thin")
    ]
    assert steps[0] > steps[1]


def test_walkers_knees_bend_as_walkers_knees_do(skeleton: Skeleton) -> None:
    walk = perform("walking", skeleton, {"speed_mps": 1.3, "turn_rad": 0.0, "duration_s": 3.3})
    for side in ("left", "right"):
        knee = np.degrees(walk.knee_rad(side))
        assert 50 < knee.max() < 78  # in swing; 60 is textbook
        assert knee.min() < 16


def test_arms_swing_against_the_legs(skeleton: Skeleton) -> None:
    walk = perform("walking", skeleton, {"speed_mps": 1.3, "turn_rad": 0.0, "duration_s": 3.3})
    ahead = {
        name: walk.performer.pelvis_m[:, 1] - walk.joint(name)[:, 1] for name in ("right_wrist", "right_ankle", "left_ankle")
    }
    assert np.corrcoef(ahead["right_wrist"], ahead["left_ankle"])[0, 1] > 0.8
    assert np.corrcoef(ahead["right_wrist"], ahead["right_ankle"])[0, 1] < -0.8


@pytest.mark.parametrize("tempo", [0.8, 1.2])
def test_a_runner_in_the_air_falls_freely_whatever_the_tempo(skeleton: Skeleton, tempo: float) -> None:
    run = perform("run", skeleton, {"speed_mps": 3.2, "turn_rad": 0.0, "duration_s": 2.3}, fps=240.0, tempo=tempo)
    down = np.zeros(run.performance.n_frames, dtype=bool)
    for contact in run.performance.contacts:
        down[run.during(contact.start_s - 0.02, contact.end_s + 0.02)] = True
    height = run.performer.pelvis_m[:, 2]
    fall = np.gradient(np.gradient(height, 1 / 240.0), 1 / 240.0)
    assert (~down).sum() > 40
    assert np.median(fall[~down]) == pytest.approx(-9.81, rel=0.12)


def test_a_walk_from_standing_to_standing_begins_and_ends_at_rest_with_feet_side_by_side(skeleton: Skeleton) -> None:
    ends = []

    def write(s: Score) -> None:
        with s.phase("made", 4.5):
            ends.append(gait.walk(s, 0.5, 2.5, 1.1, ease_in_s=0.6, ease_out_s=0.6))

    walk = perform(choreographed(write), skeleton)
    pelvis = walk.performer.pelvis_m
    assert np.ptp(pelvis[walk.during(0.0, 0.4)], axis=0).max() < 0.02
    assert np.ptp(pelvis[walk.during(4.0, 4.5)], axis=0).max() < 0.02
    assert -(pelvis[-1] - pelvis[0])[1] == pytest.approx(ends[0].forward_m, abs=0.05)
    assert abs((walk.joint("left_ankle") - walk.joint("right_ankle"))[-1, 1]) < 0.02
    for name in ("left_ball", "right_ball"):
        assert slide_m(walk, name) < 0.012


@pytest.mark.parametrize("angle", [np.pi / 2, -np.pi / 2, np.pi])
def test_turning_on_the_spot_turns_by_the_angle_in_planted_steps(skeleton: Skeleton, angle: float) -> None:
    def write(s: Score) -> None:
        with s.phase("made", 4.5):
            gait.turn(s, 0.3, angle)

    turn = perform(choreographed(write), skeleton)
    front = turn.rotations[:, 0, :2, 2]
    turned = np.unwrap(np.arctan2(front[:, 1], front[:, 0]))
    assert turned[-1] - turned[0] == pytest.approx(angle, abs=0.06)
    feet = turn.joint("right_ankle")[-1] - turn.joint("left_ankle")[-1]
    assert abs(feet @ np.append(front[-1], 0.0)) < 0.02
    for name in ("left_ball", "right_ball"):
        assert slide_m(turn, name) < 0.012


@pytest.mark.parametrize("out", [0.5, -0.8])
def test_side_steps_go_that_far_and_never_cross(skeleton: Skeleton, out: float) -> None:
    def write(s: Score) -> None:
        with s.phase("made", 3.0):
            gait.side_step(s, 0.3, out, steps=2)

    step = perform(choreographed(write), skeleton)
    assert -(step.performer.pelvis_m[-1] - step.performer.pelvis_m[0])[0] == pytest.approx(out, abs=0.03)
    assert (step.joint("left_ankle")[:, 0] - step.joint("right_ankle")[:, 0]).min() > 0.08


def test_walks_follow_one_another_from_where_the_last_one_ended(skeleton: Skeleton) -> None:
    def write(s: Score) -> None:
        with s.phase("made", 7.0):
            gait.walk(s, 0.2, 1.6, 1.0, ease_in_s=0.5, ease_out_s=0.5)
            done = gait.turn(s, 2.8, np.pi / 2)
            gait.walk(s, done + 0.2, 1.6, 1.0, ease_in_s=0.5, ease_out_s=0.5)

    walk = perform(choreographed(write), skeleton)
    way = walk.performer.pelvis_m[-1] - walk.performer.pelvis_m[0]
    assert way[0] == pytest.approx(-way[1], abs=0.13) and way[0] > 0.8  # ahead is -y, and after a left turn +x
