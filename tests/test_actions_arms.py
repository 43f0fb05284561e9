"""Exercises of arms, shoulders, trunk and neck: what makes each one itself, on a short heavy and a tall thin body."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import Performed, perform, skeleton_of
from synapt.generator.actions import find_action
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from synapt.generator.values import Array

BODIES = ("short_heavy", "tall_thin")
UP, AHEAD, RIGHT = np.array([0.0, 0.0, 1.0]), np.array([0.0, -1.0, 0.0]), np.array([-1.0, 0.0, 0.0])
"""Directions in the world of who faces -y, as heading 0 does."""


def done(name: str, body: str, **params: float | str) -> Performed:
    return perform(name, skeleton_of(body), params, fps=16.0)


def arm_m(p: Performed, side: str = "right") -> float:
    upper = np.linalg.norm(p.joint(f"{side}_elbow")[0] - p.joint(f"{side}_shoulder")[0])
    return float(upper + np.linalg.norm(p.joint(f"{side}_wrist")[0] - p.joint(f"{side}_elbow")[0]))


def reached(p: Performed, side: str) -> Array:
    """From shoulder to wrist (T, 3), in arm lengths."""
    return (p.joint(f"{side}_wrist") - p.joint(f"{side}_shoulder")) / arm_m(p, side)


def times_above(values: Array, level: float) -> int:
    """How often a series rises above a level."""
    return int(np.sum((values[1:] > level) & (values[:-1] <= level)))


def turns(across: Array, along: Array) -> float:
    """How often a point goes round the origin, from the first axis to the second; negative the other way."""
    angle = np.unwrap(np.arctan2(along, across))
    return float(angle[-1] - angle[0]) / (2.0 * np.pi)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(
    ("name", "way"),
    [("front_raising", AHEAD), ("shoulder_abduction", None), ("shoulder_raising", UP)],
    ids=lambda value: str(value),
)
def test_straight_arms_are_raised_to_where_the_name_says(name: str, way: Array | None, body: str) -> None:
    p = done(name, body, reps=3.0)
    for side, out in (("right", RIGHT), ("left", -RIGHT)):
        arm = reached(p, side)
        along = arm @ (out if way is None else way)
        assert times_above(along, 0.85) == 3
        raised = along > 0.93
        assert np.all(np.linalg.norm(arm[raised], axis=-1) > 0.955)
        assert name == "shoulder_raising" or np.all(np.abs(arm[raised] @ UP) < 0.42)


@pytest.mark.parametrize("direction", ["forward", "backward"])
@pytest.mark.parametrize("name", ["arm_circling", "elbow_circling"])
def test_arms_and_elbows_go_round_as_often_and_the_way_that_is_said(name: str, direction: str) -> None:
    p = done(name, "tall_thin", direction=direction, turns=2.0, lag=0.0)
    circle = p.segment("circle")
    end = "wrist" if name == "arm_circling" else "elbow"
    for side in ("right", "left"):
        arm = (p.joint(f"{side}_{end}") - p.joint(f"{side}_shoulder"))[circle]
        # Forward is over the top and down in front: from up to ahead.
        assert turns(arm @ UP, arm @ AHEAD) == pytest.approx(2.0 if direction == "forward" else -2.0, abs=0.25)
        if name == "elbow_circling":
            tips = np.linalg.norm((p.mark(f"{side}_middle_tip") - p.joint(f"{side}_shoulder"))[circle], axis=-1)
            assert tips.max() < 0.45 * arm_m(p)


def test_hands_go_round_on_their_wrists() -> None:
    p = done("wrist_circling", "short_heavy", hands="fists", turns=3.0, direction="outward")
    hand = (p.mark("right_knuckles") - p.joint("right_wrist"))[p.segment("circle")]
    hand = hand - hand.mean(axis=0)
    assert abs(turns(hand @ RIGHT, hand @ UP)) == pytest.approx(3.0, abs=0.35)
    assert np.ptp(p.joint("right_wrist")[p.segment("circle")], axis=0).max() < 0.12


def test_shoulders_are_shrugged_and_the_hands_hang() -> None:
    p = done("shrugging", "short_heavy", reps=2.0)
    rise = (p.joint("right_shoulder") - p.joint("spine3")) @ UP
    assert times_above(rise - rise[0], 0.04) == 2
    assert np.all((p.joint("right_wrist") @ UP) < (p.joint("spine1") @ UP))


@pytest.mark.parametrize(("elbows", "least"), [("high", 0.12), ("low", 0.22)])
def test_elbows_are_drawn_back_behind_the_shoulders(elbows: str, least: float) -> None:
    p = done("pinching_back", "tall_thin", elbows=elbows, reps=2.0)
    for side in ("right", "left"):
        behind = -(p.joint(f"{side}_elbow") - p.joint(f"{side}_shoulder")) @ AHEAD / arm_m(p)
        assert times_above(behind, least) == 2
    apart = np.linalg.norm(p.joint("right_wrist") - p.joint("left_wrist"), axis=-1)
    assert apart[p.segment("squeeze")].min() > apart[p.segment("draw back")].min()


@pytest.mark.parametrize(("manner", "body"), [("kneading", "short_heavy"), ("pounding", "tall_thin")])
def test_the_massaging_hand_is_on_the_other_shoulder(manner: str, body: str) -> None:
    p = done("massaging_a_shoulder_oneself", body, manner=manner)
    away = np.linalg.norm(p.mark("right_palm") - p.joint("left_shoulder"), axis=-1)[p.segment("massage")]
    assert away.max() < 0.24 and away.min() < 0.15


@pytest.mark.parametrize("body", BODIES)
def test_locked_hands_go_overhead_or_far_ahead(body: str) -> None:
    p = done("overhead_stretching", body, heels="tiptoe")
    held, palms = p.segment("stretch"), (p.mark("right_palm"), p.mark("left_palm"))
    assert np.linalg.norm(palms[0] - palms[1], axis=-1)[held].max() < 0.14
    assert (palms[0] - p.mark("crown"))[held][:, 2].min() > 0.05
    assert p.mark("right_heel")[held, 2].max() > 0.03
    p = done("upper_back_stretching", body)
    held = p.segment("hold")
    assert np.linalg.norm(p.mark("right_palm") - p.mark("left_palm"), axis=-1)[held].max() < 0.14
    assert (reached(p, "right") @ AHEAD)[held].min() > 0.8
    assert (p.joint("head") - p.joint("head")[0])[held][:, 2].max() < -0.08


@pytest.mark.parametrize("body", BODIES)
def test_the_arm_across_the_chest_is_held_at_its_elbow(body: str) -> None:
    p = done("deltoid_muscle_stretching", body, hook="hand", twist_rad=0.0)
    held = p.segment("hold")
    assert (reached(p, "right") @ -RIGHT)[held].min() > 0.8
    assert np.linalg.norm(p.mark("left_palm") - p.joint("right_elbow"), axis=-1)[held].max() < 0.12


@pytest.mark.parametrize("body", BODIES)
def test_the_trunk_bends_backward_and_to_the_left(body: str) -> None:
    p = done("spinal_stretching", body)
    bent = (p.joint("neck") - p.joint("pelvis"))[p.segment("hold")]
    assert (bent @ AHEAD).max() < -0.12 and (p.mark("chin") - p.joint("head"))[p.segment("hold")][:, 2].min() > 0.0
    p = done("left_stretching", body)
    held = p.segment("hold")
    bent = (p.joint("neck") - p.joint("pelvis"))[held]
    assert (bent @ RIGHT).max() < -0.12
    assert (p.joint("right_wrist") - p.joint("head"))[held][:, 2].min() > 0.05
    assert ((p.joint("right_wrist") - p.joint("head"))[held] @ RIGHT).max() < 0.05


@pytest.mark.parametrize("name", ["left_stretching", "head_anti_clockwise_circling"])
def test_what_names_a_side_is_never_mirrored(name: str) -> None:
    assert {sample(name, load_recipe("standard"), 5, index).performance.side for index in range(12)} == {"right"}
    assert not find_action(name).mirror_keeps_class


@pytest.mark.parametrize(("start", "body"), [("arms up", "short_heavy"), ("arms down", "tall_thin")])
def test_forward_flexion_keeps_the_legs_straight(start: str, body: str) -> None:
    p = done("straight_forward_flexion", body, start=start)
    assert max(p.knee_rad("right").max(), p.knee_rad("left").max()) < np.radians(22.0)
    folded = p.segment("stretch")
    assert p.mark("right_middle_tip")[folded, 2].max() < 0.8 * p.joint("right_knee")[folded, 2].min()


@pytest.mark.parametrize("way", ["front and behind", "turning"])
def test_wide_arms_swing_to_a_clap(way: str) -> None:
    p = done("rotation_clapping", "tall_thin", way=way, claps=4.0)
    apart = np.linalg.norm(p.mark("right_palm") - p.mark("left_palm"), axis=-1)
    assert times_above(-apart, -0.12) == 4 and apart.max() > 1.8 * arm_m(p)
    middle = 0.5 * (p.mark("right_palm") + p.mark("left_palm")) - p.joint("pelvis")
    hits = [clap.start for clap in p.contacts("right_palm", 0.05)]
    ahead, aside = middle[hits] @ AHEAD, middle[hits] @ RIGHT
    if way == "turning":
        assert np.all(ahead > 0.0) and np.all(aside[::2] < -0.1) and np.all(aside[1::2] > 0.1)
    else:
        assert np.all(ahead[::2] > 0.3) and np.all(ahead[1::2] < -0.1)


@pytest.mark.parametrize("body", BODIES)
def test_the_head_goes_round_anti_clockwise_or_to_and_fro(body: str) -> None:
    p = done("head_anti_clockwise_circling", body, turns=2.0)
    crown = (p.mark("crown") - p.joint("neck"))[p.segment("circle")]
    crown = crown - 0.5 * (crown.max(axis=0) + crown.min(axis=0))
    assert turns(crown @ RIGHT, crown @ AHEAD) == pytest.approx(2.0, abs=0.2)
    p = done("doing_neck_roll_exercise", body, manner="half rolls", rolls=3.0)
    crown = p.mark("crown") - p.joint("neck")
    assert (crown @ RIGHT).max() > 0.05 and (crown @ RIGHT).min() < -0.05 and (crown @ AHEAD).max() > 0.1
    assert times_above(crown @ RIGHT, 0.04) == 2


def test_the_head_is_shaken() -> None:
    p = done("shaking_head", "tall_thin", shakes=3.0)
    face = p.mark("nose") - p.joint("head")
    yaw = np.arctan2(face @ RIGHT, face @ AHEAD)
    assert times_above(yaw, 0.2) + times_above(-yaw, 0.2) == 7


def test_the_dumbbell_goes_where_the_exercise_takes_it() -> None:
    body = "short_heavy"
    for way in ("front", "side"):
        p = done("single_dumbbell_raising", body, way=way, reps=2.0)
        high = (p.prop_point("dumbbell", "center") - p.joint("right_shoulder"))[:, 2] / arm_m(p)
        assert times_above(high, -0.2) == 2 and np.abs(high[p.segment("hold")]).max() < 0.35
        assert (reached(p, "right") @ (AHEAD if way == "front" else RIGHT))[p.segment("hold")].min() > 0.9
    p = done("dumbbell_one_arm_shoulder_pressing", body, reps=2.0)
    over = (p.prop_point("dumbbell", "center") - p.mark("crown"))[:, 2]
    assert times_above(over, 0.1) == 2
    assert np.abs((p.joint("right_wrist") - p.joint("right_shoulder"))[p.segment("press").start, 2]) < 0.5 * arm_m(p)
    p = done("dumbbell_side_bend", body, reps=2.0)
    aside = (p.joint("neck") - p.joint("pelvis")) @ RIGHT
    assert times_above(aside, 0.12) == 2
    assert (p.prop_point("dumbbell", "center") - p.joint("pelvis"))[:, 2].max() < 0.1


def test_the_springs_are_pulled_apart_between_the_hands() -> None:
    p = done("pulling_chest_expanders", "short_heavy", reps=2.0)
    ends = p.prop_point("springs", "right_end"), p.prop_point("springs", "left_end")
    hooks = p.prop_point("right_handle", "hook"), p.prop_point("left_handle", "hook")
    for end, hook, side in zip(ends, hooks, ("right", "left"), strict=True):
        assert np.abs(end - hook).max() < 1e-6
        assert np.linalg.norm(hook - p.mark(f"{side}_palm"), axis=-1).max() < 0.09
    long = np.linalg.norm(ends[0] - ends[1], axis=-1)
    assert times_above(long, 1.2 * arm_m(p)) == 2 and long[0] < 0.55 and long.min() > 0.25
    assert ((ends[0] - p.mark("chest_front")) @ AHEAD).min() > 0.0
    # The handles stay rigid; only the springs are longer along themselves.
    scale = np.linalg.svd(p.performance.props["right_handle"][:, :3, :3], compute_uv=False)
    assert scale == pytest.approx(np.ones_like(scale))


@pytest.mark.parametrize("body", BODIES)
def test_yoga_poses_are_what_they_are_called(body: str) -> None:
    p = done("doing_yoga", body, pose="tree", arms="overhead")
    held = p.segment("hold")
    assert p.joint("right_ankle")[held, 2].min() > 0.8 * p.joint("left_knee")[held, 2].mean() - 0.08
    assert ((p.joint("right_knee") - p.joint("right_hip"))[held] @ RIGHT).min() > 0.2
    assert np.median(np.linalg.norm(p.mark("right_palm") - p.mark("left_palm"), axis=-1)[held]) < 0.04
    p = done("doing_yoga", body, pose="warrior")
    held = p.segment("hold")
    assert p.knee_rad("right")[held].min() > 0.7 > 0.3 > np.median(p.knee_rad("left")[held])
    assert np.abs((reached(p, "right") @ RIGHT)[held]).min() > 0.9


def test_sit_ups_lift_the_trunk_off_the_floor_and_a_plank_is_straight() -> None:
    p = done("sit_up", "tall_thin", reps=2.0)
    assert times_above(p.joint("neck")[:, 2], 0.4) == 2 and p.joint("neck")[0, 2] < 0.2
    assert p.joint("pelvis")[:, 2].max() < 0.25
    for arms in ("forearms", "palms"):
        p = done("plank", "short_heavy", arms=arms)
        shoulder, hip, ankle = (p.joint(f"right_{name}") for name in ("shoulder", "hip", "ankle"))
        bent = np.sum((shoulder - hip) * (hip - ankle), axis=-1)
        bent = bent / np.linalg.norm(shoulder - hip, axis=-1) / np.linalg.norm(hip - ankle, axis=-1)
        assert bent.min() > np.cos(0.35) and hip[:, 2].min() > 0.12
        elbow = p.joint("right_elbow")[:, 2]
        assert elbow.max() < 0.12 if arms == "forearms" else elbow.min() > 0.15


def test_a_stretch_of_the_trunk_and_then_one_of_a_leg() -> None:
    p = done("stretching", "tall_thin", first="sides", second="thigh")
    aside = (p.joint("neck") - p.joint("pelvis"))[p.segment("trunk")] @ RIGHT
    assert aside.max() > 0.08 and aside.min() < -0.08
    leg = p.segment("leg")
    assert p.knee_rad("right")[leg].max() > 1.6 > p.knee_rad("left")[leg].max()
    p = done("stretching", "short_heavy", first="twists", second="lunge")
    leg = p.segment("leg")
    apart = (p.joint("right_ankle") - p.joint("left_ankle"))[leg] @ AHEAD
    assert apart.max() > 0.5 * np.linalg.norm(p.joint("right_hip")[0] - p.joint("right_ankle")[0])
