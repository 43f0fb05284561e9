"""Work with the hands: tools meet what they work on, legs turn the right way, tables end on their legs, boxes are carried."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import Performed, perform, skeleton_of
from synapt.generator.motion.quality import measures
from synapt.generator.props.assembly import SCREW_M
from synapt.generator.values import Array, Skeleton


@pytest.fixture(scope="module", params=["short_heavy", "tall_thin"])
def skeleton(request: pytest.FixtureRequest) -> Skeleton:
    return skeleton_of(request.param)


def still(performance: Performed) -> bool:
    """Nothing slides, nothing is in the floor, nothing bends too far."""
    found = measures(performance.performer, performance.performance)
    return found["foot_slide_m"] < 0.02 and found["floor_depth_m"] < 0.012 and found["bend_excess_rad"] < 0.02


def yaw(performance: Performed, prop: str) -> Array:
    """Which way (T,) a thing's x axis points, seen from above, unwrapped."""
    axis = performance.performance.props[prop][:, :2, 0]
    return np.unwrap(np.arctan2(axis[:, 1], axis[:, 0]))


def test_the_mop_stays_on_the_floor_and_goes_to_and_fro(skeleton: Skeleton) -> None:
    mop = perform("mopping", skeleton, {"way": "to_and_fro", "strokes": 3.0})
    foot = mop.prop_point("mop", "foot")
    assert np.abs(foot[:, 2]).max() < 0.05
    ahead = -foot[:, 1]
    assert np.ptp(ahead) > 0.25 and np.count_nonzero(np.diff(np.sign(np.diff(ahead)))) >= 4
    assert still(mop)


def test_the_spoon_goes_round_in_the_pot_and_to_the_mouth(skeleton: Skeleton) -> None:
    cook = perform("cooking_and_stirring", skeleton, {"rounds": 3.0, "direction": "anti_clockwise"})
    bowl, rim = cook.prop_point("spoon", "bowl"), cook.prop_point("pot", "rim")
    stir = cook.segment("stir")
    off = (bowl - rim)[stir]
    assert np.linalg.norm(off[:, :2], axis=1).max() < 0.11 and off[:, 2].max() < 0.0
    rounds = np.unwrap(np.arctan2(off[:, 1], off[:, 0]))
    assert rounds[-1] - rounds[0] == pytest.approx(6.0 * np.pi, abs=0.6)  # anti-clockwise from above
    assert np.linalg.norm(bowl - cook.mark("mouth"), axis=1).min() < 0.04
    assert still(cook)


def test_the_hammer_meets_the_nail_which_goes_in(skeleton: Skeleton) -> None:
    hammer = perform("hammering", skeleton, {"blows": 4.0})
    head, face = hammer.prop_point("nail", "head"), hammer.prop_point("hammer", "face")
    act = hammer.segment("hammer")
    near = np.linalg.norm(head - face, axis=1)[act] < 0.04
    assert np.count_nonzero(np.diff(near.astype(int)) == 1) == 4
    assert head[0, 2] - head[-1, 2] > 0.05
    assert np.ptp(face[act, 2]) > 0.2
    assert still(hammer)


def test_the_saw_cuts_along_one_line(skeleton: Skeleton) -> None:
    saw = perform("sawing", skeleton, {"strokes": 4.0})
    teeth = saw.prop_point("saw", "teeth")[saw.segment("saw")]
    assert np.ptp(teeth[:, 0]) < 0.04 < 0.15 < np.ptp(teeth[:, 1])
    plank = saw.prop_point("plank", "top")[0]
    assert abs(saw.mark("left_palm")[10, 2] - plank[2]) < 0.04
    assert still(saw)


def test_the_nap_stays_on_the_wall(skeleton: Skeleton) -> None:
    paint = perform("painting_a_wall", skeleton, {"strokes": 4.0})
    act = paint.segment("paint")
    off = (paint.prop_point("painter", "nap") - paint.prop_point("wall", "front"))[act]
    assert np.abs(off[:, 1]).max() < 0.055 and np.ptp(off[:, 2]) > 0.3
    assert still(paint)


def test_the_spade_goes_into_the_soil_under_the_foot_and_soil_flies(skeleton: Skeleton) -> None:
    dig = perform("digging", skeleton, fps=60.0)
    tip, drive = dig.prop_point("spade", "tip"), dig.segment("drive_in")
    assert tip[drive, 2].min() < 0.05
    assert dig.joint("right_ankle")[drive, 2].max() > 0.3
    for clod in ("first", "second"):
        way = dig.prop_point(clod, "top")
        assert way[-1, 0] - way[0, 0] > 0.4  # to the digger's left, which is +x
    assert still(dig)


def test_the_box_is_carried_between_both_hands_and_set_down(skeleton: Skeleton) -> None:
    carry = perform("lifting_and_carrying_a_box", skeleton)
    box, act = carry.prop_point("box", "center"), carry.segment("carry")
    assert box[act, 2].min() > box[0, 2] + 0.35 and abs(box[-1, 2] - box[0, 2]) < 0.01
    assert box[0, 1] - box[-1, 1] > 0.4
    for side in ("right", "left"):
        gap = np.linalg.norm(carry.mark(f"{side}_palm") - carry.prop_point("box", f"{side}_side"), axis=1)
        assert gap[act].max() < 0.03
    assert still(carry)


@pytest.mark.parametrize(("name", "phase", "way"), [("attach_leg", "screw_in", -1), ("spin_in", "spin", -1), ("detach_leg",
                                                    "unscrew", 1), ("spin_out", "spin", 1)])  # fmt: skip
@pytest.mark.parametrize("manner", ["both_hands", "top_steadied"])
def test_legs_are_screwed_clockwise_in_and_anticlockwise_out(
    skeleton: Skeleton, name: str, phase: str, way: int, manner: str
) -> None:
    work = perform(name, skeleton, {"manner": manner, "which": "near_left"})
    act = work.segment(phase)
    turned, foot = yaw(work, "leg")[act], work.prop_point("leg", "foot")[act]
    assert way * (turned[-1] - turned[0]) > 3.0 and (way * np.diff(turned) > -1e-6).all()
    assert way * (foot[-1, 2] - foot[0, 2]) == pytest.approx(SCREW_M, abs=4e-3)
    mount = work.prop_point("top", "near_left")[0]
    assert np.linalg.norm(foot[:, :2] - mount[:2], axis=1).max() < 1e-3
    middle = foot + np.array([0.0, 0.0, 0.62 * 0.37])
    assert np.median(np.linalg.norm(work.mark("right_palm")[act] - middle, axis=1)) < 0.07
    assert still(work)


def test_a_picked_leg_comes_up_in_the_hand(skeleton: Skeleton) -> None:
    pick = perform("pick_leg", skeleton)
    leg = pick.prop_point("leg", "grip")
    assert leg[0, 2] < 0.06 and leg[-1, 2] > 0.8 * pick.joint("right_shoulder")[-1, 2] - 0.15
    assert np.linalg.norm(leg - pick.mark("right_palm"), axis=1)[pick.segment("rise")].max() < 0.01
    assert still(pick)


def test_the_table_ends_on_its_legs(skeleton: Skeleton) -> None:
    flip = perform("flip_over", skeleton)
    poses = flip.performance.props["table"]
    assert poses[0, 2, 2] == pytest.approx(1.0) and poses[-1, 2, 2] == pytest.approx(-1.0)
    feet = flip.prop_point("table", "feet")
    assert feet[-1, 2] == pytest.approx(poses[0, 2, 3], abs=5e-3)  # they stand on what the top lay on
    held = slice(flip.segment("lift").start, flip.segment("set_down").stop)
    for side in ("right", "left"):
        gap = np.linalg.norm(flip.mark(f"{side}_palm") - flip.prop_point("table", f"{side}_side"), axis=1)
        assert np.median(gap[held]) < 0.04
    assert still(flip)


def test_clothes_are_folded_to_a_quarter() -> None:
    fold = perform("folding_clothes", skeleton_of("average"))
    assert fold.segment("fold_across").stop > fold.segment("fold_over").stop
    assert still(fold)
