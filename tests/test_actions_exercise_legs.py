"""Exercises of legs and trunk: what makes each of them itself."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import Performed, angle, perform, skeleton_of
from synapt.generator.motion.quality import foot_slide
from synapt.generator.values import Array, Skeleton

AHEAD, UP = 1, 2


@pytest.fixture(scope="module")
def skeleton() -> Skeleton:
    return skeleton_of("short_heavy")


def ahead(performed: Performed, name: str) -> Array:
    """How far (T,) a joint is ahead; who performs faces -y."""
    return -performed.joint(name)[:, AHEAD]


def peaks(track: Array, level: float) -> int:
    """How often a track rises above a level."""
    return int((np.diff((track > level).astype(int)) == 1).sum())


def knee_over_hip(performed: Performed, side: str) -> Array:
    return performed.joint(f"{side}_knee")[:, UP] - performed.joint(f"{side}_hip")[:, UP]


def soles(performed: Performed) -> Array:
    """Height (T,) of the lower sole."""
    marks = [performed.mark(f"{side}_{part}")[:, UP] for side in ("left", "right") for part in ("ball", "heel", "toe")]
    return np.min(marks, axis=0)


@pytest.mark.parametrize(
    ("name", "params", "lifts"),
    [
        ("marking_time_and_knee_lifting", {"steps": 6.0}, 3),
        ("alternate_knee_lifting", {"lifts": 2.0}, 1),
        ("high_knees_running", {"steps": 10.0}, 5),
        ("punching_and_knee_lifting", {"reps": 4.0}, 2),
    ],
)
def test_knees_come_up_in_turn_with_one_foot_on_the_floor(
    skeleton: Skeleton, name: str, params: dict[str, float | str], lifts: int
) -> None:
    lifting = perform(name, skeleton, params, fps=60.0)
    thigh = np.linalg.norm(lifting.joint("right_knee")[0] - lifting.joint("right_hip")[0])
    high = {side: knee_over_hip(lifting, side) for side in ("left", "right")}
    for side in ("left", "right"):
        assert peaks(high[side], -0.45 * thigh) == lifts
    assert (np.minimum(high["left"], high["right"]) < -0.55 * thigh).all()  # never both
    airborne = (soles(lifting) > 0.012 + soles(lifting)[0]).mean()
    assert airborne > 0.04 if name == "high_knees_running" else airborne == 0.0


def test_marching_swings_the_arm_of_the_other_side_ahead(skeleton: Skeleton) -> None:
    march = perform("marking_time_and_knee_lifting", skeleton, {"arms": "straight", "swing": 0.8}, fps=30.0)
    busy = march.during(0.8, march.segment("stop").start / 30.0)
    leads = (ahead(march, "left_wrist") - ahead(march, "right_wrist"))[busy]
    lifts = (knee_over_hip(march, "right") - knee_over_hip(march, "left"))[busy]
    assert np.corrcoef(leads, lifts)[0, 1] > 0.7


def test_a_punch_goes_out_with_each_knee(skeleton: Skeleton) -> None:
    both = perform("punching_and_knee_lifting", skeleton, {"pair": "opposite", "reps": 4.0, "punch_up": 0.0}, fps=30.0)
    for hand, foot in (("left", "right"), ("right", "left")):
        out = ahead(both, f"{hand}_wrist") - ahead(both, f"{hand}_shoulder")
        assert abs(int(out.argmax()) - int(knee_over_hip(both, foot).argmax())) < 60 * 2.2
        at_top = knee_over_hip(both, foot) > knee_over_hip(both, foot).max() - 0.03
        assert out[at_top].max() > 0.9 * out.max()


def test_the_hugged_knee_is_above_the_hip_with_both_palms_on_the_shin(skeleton: Skeleton) -> None:
    hug = perform("knee_to_chest", skeleton, {"legs": "one"}, fps=30.0)
    held = hug.segment("hold")
    assert knee_over_hip(hug, "right")[held].min() > 0.10
    for side in ("left", "right"):
        assert np.linalg.norm(hug.mark(f"{side}_palm") - hug.joint("right_knee"), axis=1)[held].max() < 0.25
    assert np.ptp(hug.joint("left_ankle")[held], axis=0).max() < 0.01


def test_each_elbow_nears_the_opposite_knee(skeleton: Skeleton) -> None:
    crunch = perform("standing_opposite_elbow_to_knee_crunch", skeleton, {"reps": 2.0, "bend_rad": 0.85}, fps=30.0)
    for elbow, knee in (("left", "right"), ("right", "left")):
        gap = np.linalg.norm(crunch.joint(f"{elbow}_elbow") - crunch.joint(f"{knee}_knee"), axis=1)
        own = np.linalg.norm(crunch.joint(f"{knee}_elbow") - crunch.joint(f"{knee}_knee"), axis=1)
        assert gap.min() < 0.62 * gap[0] and gap.min() < own[int(gap.argmin())]


@pytest.mark.parametrize("way", ["clockwise", "anticlockwise"])
def test_both_knees_go_round_as_often_as_told(skeleton: Skeleton, way: str) -> None:
    circles = perform("knee_circling", skeleton, {"turns": 2.0, "way": way}, fps=30.0)
    during = circles.segment("circle")
    for side in ("left", "right"):
        seen = circles.joint(f"{side}_knee")[during, :2] - circles.joint(f"{side}_ankle")[during, :2]
        middle = seen - 0.5 * (seen.max(axis=0) + seen.min(axis=0))
        turned = np.unwrap(np.arctan2(middle[:, 1], middle[:, 0]))
        assert abs((turned[-1] - turned[0]) / (2.0 * np.pi)) == pytest.approx(2.0, abs=0.4)
        assert (turned[-1] < turned[0]) == (way == "clockwise")  # as seen from above
        gap = np.linalg.norm(circles.mark(f"{side}_palm") - circles.mark(f"{side}_kneecap"), axis=1)
        assert gap[during].max() < 0.11


def test_the_trunk_turns_both_ways_over_feet_that_stay(skeleton: Skeleton) -> None:
    turning = perform("standing_rotation", skeleton, {"turns": 4.0}, fps=30.0)
    across = turning.joint("right_shoulder") - turning.joint("left_shoulder")
    facing = np.unwrap(np.arctan2(across[:, 1], across[:, 0]))
    facing -= facing[0]
    assert facing.max() > 0.8 and facing.min() < -0.8
    for side in ("left", "right"):
        assert np.ptp(turning.joint(f"{side}_ankle"), axis=0).max() < 0.01


def test_a_windmill_brings_each_hand_to_the_other_foot_and_the_other_hand_up(skeleton: Skeleton) -> None:
    mill = perform("bent_over_twist", skeleton, {"reps": 4.0}, fps=30.0)
    for side, other in (("left", "right"), ("right", "left")):
        gap = np.linalg.norm(mill.mark(f"{side}_middle_tip") - mill.mark(f"{other}_ball"), axis=1)
        assert peaks(-gap, -0.2) == 2
        assert mill.joint(f"{other}_wrist")[int(gap.argmin()), UP] > mill.joint(f"{other}_shoulder")[int(gap.argmin()), UP] + 0.15


def test_toes_are_touched_with_both_hands_over_straight_legs(skeleton: Skeleton) -> None:
    touch = perform("standing_toe_touches", skeleton, {"reps": 2.0}, fps=30.0)
    for side in ("left", "right"):
        gap = np.linalg.norm(touch.mark(f"{side}_middle_tip") - touch.mark(f"{side}_toe"), axis=1)
        assert peaks(-gap, -0.15) == 2
        assert np.degrees(touch.knee_rad(side))[int(gap.argmin())] < 25


def test_a_calf_is_stretched_by_a_straight_leg_behind_with_its_heel_down(skeleton: Skeleton) -> None:
    stretch = perform("standing_gastrocnemius_calf", skeleton, {"pulse": 0.0}, fps=30.0)
    whole = stretch.segment("hold")
    held = slice(whole.start, whole.stop - 14)  # the step back begins a little before the end
    assert np.degrees(stretch.knee_rad("right"))[held].max() < 22 < 30 < np.degrees(stretch.knee_rad("left"))[held].min()
    assert (ahead(stretch, "left_ankle") - ahead(stretch, "right_ankle"))[held].min() > 0.4
    assert stretch.mark("right_heel")[held, UP].max() < 0.03


def test_a_forward_lunge_bends_both_knees_over_a_long_step(skeleton: Skeleton) -> None:
    lunge = perform("forward_lunging", skeleton, {"legs": "alternate"}, fps=30.0)
    leg = np.linalg.norm(lunge.joint("right_hip")[0] - lunge.joint("right_ankle")[0])
    strides = ahead(lunge, "right_ankle") - ahead(lunge, "left_ankle")
    assert strides.max() > 0.75 * leg and strides.min() < -0.75 * leg
    low = int(lunge.joint("pelvis")[:, UP].argmin())
    assert min(np.degrees(lunge.knee_rad(side))[low] for side in ("left", "right")) > 60


def test_a_left_lunge_bends_the_left_knee_over_a_wide_step_and_keeps_the_right_one_straight(skeleton: Skeleton) -> None:
    lunge = perform("left_lunging", skeleton, fps=30.0)
    low = int(lunge.joint("pelvis")[:, UP].argmin())
    left, right = lunge.joint("left_ankle")[low], lunge.joint("right_ankle")[low]
    assert left[0] - right[0] > 0.6  # the performer's left is +x
    assert np.degrees(lunge.knee_rad("left"))[low] > 70 and np.degrees(lunge.knee_rad("right"))[low] < 35
    assert abs(lunge.joint("pelvis")[low, 0] - left[0]) < abs(lunge.joint("pelvis")[low, 0] - right[0])


@pytest.mark.parametrize("way", ["front", "side"])
def test_the_left_leg_is_swung_up_straight(skeleton: Skeleton, way: str) -> None:
    kick = perform("left_kicking", skeleton, {"way": way, "kicks": 2.0}, fps=60.0)
    rise = kick.joint("left_ankle")[:, UP] - kick.joint("right_ankle")[:, UP]
    top = int(rise.argmax())
    assert peaks(rise, 0.7 * rise.max()) == 2 and np.degrees(kick.knee_rad("left"))[top] < 30
    leg = kick.joint("left_ankle")[top] - kick.joint("left_hip")[top]
    assert leg[0] > 0.5 if way == "side" else -leg[1] > 0.5
    assert np.ptp(kick.joint("right_ankle")[:, :2], axis=0).max() < 0.01


@pytest.mark.parametrize("hands_up", ["each", "held"])
def test_every_jump_leaves_the_floor_with_the_hands_overhead(skeleton: Skeleton, hands_up: str) -> None:
    jumps = perform("raising_hand_and_jumping", skeleton, {"jumps": 4.0, "hands_up": hands_up}, fps=60.0)
    lift = soles(jumps) - soles(jumps)[0]
    assert peaks(lift, 0.02) == 4
    crown = jumps.mark("crown")[:, UP]
    for side in ("left", "right"):
        above = jumps.joint(f"{side}_wrist")[:, UP] - crown
        flying = np.flatnonzero(np.diff((lift > 0.02).astype(int)) == -1)
        assert (above[flying - 2] > -0.08).all()


@pytest.mark.parametrize("name", ["single_leg_lateral_hopping", "hopping"])
def test_hops_are_on_one_leg_that_lands_where_it_should(skeleton: Skeleton, name: str) -> None:
    hops = perform(name, skeleton, {"hops": 4.0}, fps=60.0)
    busy = hops.segment("hop")
    assert hops.joint("left_ankle")[busy, UP].min() > hops.joint("right_ankle")[0, UP] + 0.12
    sole = hops.mark("right_ball")[:, UP] - hops.mark("right_ball")[0, UP]
    assert peaks(sole[busy], 0.02) == 4
    way = hops.joint("right_ankle")[busy][:, 0 if name == "single_leg_lateral_hopping" else 1]
    assert np.ptp(way) > 0.25
    aside = np.sign(np.diff(way))[np.abs(np.diff(way)) > 0.01]
    turns = int((np.diff(aside) != 0).sum())
    assert turns == (3 if name == "single_leg_lateral_hopping" else 0)


@pytest.mark.parametrize("way", ["front", "side"])
def test_the_splits_end_with_straight_legs_along_the_floor(skeleton: Skeleton, way: str) -> None:
    split = perform("leg_split", skeleton, {"way": way}, fps=15.0)
    feet = split.joint("left_ankle")[-1] - split.joint("right_ankle")[-1]
    leg = np.linalg.norm(split.joint("right_hip")[0] - split.joint("right_ankle")[0])
    assert abs(feet[1 if way == "front" else 0]) > 1.85 * leg
    for side in ("left", "right"):
        assert np.degrees(split.knee_rad(side))[-1] < 32 and split.joint(f"{side}_hip")[-1, UP] < 0.22
    marks = np.stack([split.mark(f"{side}_{part}") for side in ("left", "right") for part in ("heel", "ball", "toe")], axis=1)
    assert foot_slide(marks, 15.0) < 0.08


@pytest.mark.parametrize("grip", ["overhand", "underhand"])
def test_a_pull_up_brings_the_chin_over_the_bar_and_hangs_free_of_the_floor(skeleton: Skeleton, grip: str) -> None:
    pull = perform("pull_up", skeleton, {"reps": 2.0, "grip": grip}, fps=30.0)
    bar = pull.prop_point("bar", "bar")[0, UP]
    chin = pull.mark("chin")[:, UP]
    assert peaks(chin, bar) == 2 and chin.min() < bar - 0.25
    assert soles(pull).min() > 0.0
    for side in ("left", "right"):
        palm = pull.mark(f"{side}_palm")
        assert np.hypot(palm[:, 1] - pull.prop_point("bar", "bar")[:, 1], palm[:, UP] - bar).max() < 0.04


def test_a_freehand_routine_shows_three_different_exercises(skeleton: Skeleton) -> None:
    routine = perform("doing_freehand_excercise", skeleton, {"routine": "up_squat_twist"}, fps=30.0)
    first, second, third = (
        routine.during(one.start_s, one.end_s) for one in routine.performance.segments if one.name == "exercise"
    )
    over = routine.joint("right_wrist")[:, UP] - routine.mark("crown")[:, UP]
    low = routine.joint("pelvis")[0, UP] - routine.joint("pelvis")[:, UP]
    across = routine.joint("right_shoulder") - routine.joint("left_shoulder")
    turned = np.abs(angle(across, np.broadcast_to(across[0], across.shape)))
    assert over[first].max() > 0.1 > over[second].max()
    assert low[second].max() > 0.15 > low[first].max()
    assert turned[third].max() > 0.6 > turned[first].max()


def test_a_gallop_goes_sideways_without_the_feet_crossing(skeleton: Skeleton) -> None:
    gallop = perform("side_gallop", skeleton, {"steps": 4.0}, fps=60.0)
    right, left = -gallop.joint("right_ankle")[:, 0], -gallop.joint("left_ankle")[:, 0]  # the performer's right is -x
    assert right[-1] - right[0] > 1.0 and left[-1] - left[0] > 1.0
    assert (right - left).min() > 0.05
    assert peaks(soles(gallop) - soles(gallop)[0], 0.015) >= 4
    assert np.ptp(gallop.joint("pelvis")[:, 1]) < 0.12


@pytest.mark.parametrize("name", ["jump_forward", "jump_in_place"])
def test_jumps_in_a_row_take_both_feet_along(skeleton: Skeleton, name: str) -> None:
    jumps = perform(name, skeleton, {"jumps": 4.0}, fps=60.0)
    assert peaks(soles(jumps) - soles(jumps)[0], 0.02) == 4
    way = ahead(jumps, "pelvis")[-1] - ahead(jumps, "pelvis")[0]
    assert way > 1.0 if name == "jump_forward" else abs(way) < 0.02
    assert np.abs(ahead(jumps, "right_ankle") - ahead(jumps, "left_ankle")).max() < 0.15
