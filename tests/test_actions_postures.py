"""Sitting, standing up, squatting, lying and falling: bodies rest on what bears them, and get there as people do."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import Performed, perform, skeleton_of
from synapt.generator.motion.floor import Underside, sitting_flesh_m
from synapt.generator.motion.quality import measures
from synapt.generator.values import Array, Skeleton


@pytest.fixture(scope="module", params=["short_heavy", "tall_thin"])
def skeleton(request: pytest.FixtureRequest) -> Skeleton:
    return skeleton_of(request.param)


def under_hips(performance: Performed) -> Array:
    """Height (T,) of the flesh under the hip joints of somebody who sits."""
    hips = 0.5 * (performance.joint("left_hip") + performance.joint("right_hip"))
    return np.asarray(hips[:, 2] - sitting_flesh_m(performance.skeleton))


def slide(performance: Performed, side: str, frames: slice) -> float:
    return float(np.ptp(performance.mark(f"{side}_heel")[frames, :2], axis=0).max())


@pytest.mark.parametrize("kind", ["chair", "stool", "bench"])
@pytest.mark.parametrize("hands", ["thighs", "edge"])
def test_who_sits_down_comes_to_rest_on_the_seat_over_its_middle(skeleton: Skeleton, kind: str, hands: str) -> None:
    sit = perform("sitting", skeleton, {"hands": hands}, kinds={"chair": kind}, idle_after_s=0.3)
    seat = sit.prop_point("chair", "seat")[-1]
    rest = slice(sit.segment("sit").start, sit.performance.n_frames)
    assert np.abs(under_hips(sit)[rest] - seat[2]).max() < 0.03
    hips = 0.5 * (sit.joint("left_hip") + sit.joint("right_hip"))
    assert np.abs(hips[rest, 0] - seat[0]).max() < 0.03
    front = -sit.props["chair"].frames["front"][1, 3]
    assert (np.abs(hips[rest, 1] - seat[1]) < front).all()
    down = slice(sit.segment("lower").start + 1, sit.performance.n_frames)
    assert slide(sit, "left", down) < 0.01 and slide(sit, "right", down) < 0.01
    assert sit.knee_rad("left")[-1] > 1.2
    assert (under_hips(sit) > seat[2] - 0.03).all()  # never through the seat


def test_the_trunk_bows_while_the_hips_go_down_and_is_upright_again_on_the_seat(skeleton: Skeleton) -> None:
    sit = perform("sitting", skeleton, {"bow_rad": 0.7})
    forward = -sit.rotations[:, 9, 1, 1]  # how far the chest's up points ahead
    lower = sit.segment("lower")
    assert forward[lower].max() > 0.55
    assert abs(forward[-1]) < 0.3


@pytest.mark.parametrize("push", ["thighs", "edge", "forward"])
def test_standing_up_starts_on_the_seat_bows_first_and_ends_upright_over_the_feet(skeleton: Skeleton, push: str) -> None:
    rise = perform("standing_up", skeleton, {"push": push}, idle_before_s=0.2)
    seat = rise.prop_point("chair", "seat")[0]
    assert np.abs(under_hips(rise)[: rise.segment("lean").start] - seat[2]).max() < 0.03
    assert rise.joint("head")[-1, 2] - rise.joint("head")[0, 2] > 0.2 * rise.joint("head")[-1, 2]
    assert rise.knee_rad("left")[-1] < 0.45
    leans = -rise.rotations[:, 9, 1, 1]
    off = int(np.argmax(under_hips(rise) > seat[2] + 0.05))
    assert leans[off] > 0.5  # the weight is over the feet before the hips leave the seat
    stands = slice(rise.segment("rise").start, rise.performance.n_frames)
    assert slide(rise, "left", stands) < 0.01 and slide(rise, "right", stands) < 0.01


@pytest.mark.parametrize("arms", ["forward", "crossed", "clasped", "head"])
def test_squats_go_down_and_up_with_heels_on_the_floor(skeleton: Skeleton, arms: str) -> None:
    squat = perform("squatting", skeleton, {"reps": 3.0, "depth": 0.95, "arms": arms})
    hips = squat.joint("right_hip")[:, 2]
    lows = [k for k in range(2, len(hips) - 2) if hips[k] == hips[k - 2 : k + 3].min() and hips[k] < 0.75 * hips.max()]
    dips = 1 + int((np.diff(lows) > 10).sum())
    assert dips == 3
    for side in ("left", "right"):
        assert np.abs(squat.mark(f"{side}_heel")[:, 2] - squat.mark(f"{side}_heel")[0, 2]).max() < 0.01
        assert slide(squat, side, slice(0, squat.performance.n_frames)) < 0.01
        assert squat.knee_rad(side).max() > 1.3
    assert measures(squat.performer, squat.performance)["balance_m"] < 0.08


@pytest.mark.parametrize(("kind", "pose"), [("mat", "back"), ("none", "side"), ("none", "back"), ("bed", "back")])
def test_who_lies_down_rests_on_the_ground_and_stays_there(skeleton: Skeleton, kind: str, pose: str) -> None:
    without = ("support",) if kind == "none" else ()
    lie = perform("lying_down", skeleton, {"pose": pose}, kinds={"support": kind}, without=without, idle_after_s=0.2)
    top = lie.prop_point("support", "top")[0, 2] if kind != "none" else 0.0
    rest = slice(lie.segment("rest").start + 6, lie.performance.n_frames)
    low = Underside(skeleton).lowest(lie.rotations, lie.positions)
    assert np.abs(low[rest] - top).max() < 0.02
    assert (lie.joint("head")[rest, 2] < top + 0.32).all()
    assert np.ptp(lie.joint("pelvis")[rest], axis=0).max() < 0.03
    found = measures(lie.performer, lie.performance)
    assert found["floor_depth_m"] < 0.045 and found["peak_speed_mps"] < 6.0


@pytest.mark.parametrize("way", ["forward", "backward", "sideways"])
@pytest.mark.parametrize("turn", ["left", "right"])
def test_falls_are_fast_end_on_the_floor_and_sink_nowhere(skeleton: Skeleton, way: str, turn: str) -> None:
    fall = perform("falling_down", skeleton, {"way": way, "turn": turn}, tempo=1.1, idle_after_s=0.2)
    down = slice(fall.segment("down").start + 3, fall.performance.n_frames)
    low = Underside(skeleton).lowest(fall.rotations, fall.positions)
    assert np.abs(low[down]).max() < 0.025
    assert (fall.joint("head")[down, 2] < 0.35).all() and (fall.joint("pelvis")[down, 2] < 0.30).all()
    assert low.min() > -0.04
    assert measures(fall.performer, fall.performance)["floor_depth_m"] < 0.035
    assert measures(fall.performer, fall.performance)["contact_error_m"] < 0.04
    for mark in (f"{side}_{end}" for side in ("left", "right") for end in ("palm", "index_tip", "middle_tip", "thumb_tip")):
        assert fall.mark(mark)[:, 2].min() > -0.02, mark
    speed = np.gradient(fall.joint("pelvis")[:, 2]) * fall.performance.fps
    assert speed.min() < -1.1  # nobody lowers himself like that
    ahead, aside = fall.joint("head")[-1, :2] - fall.joint("pelvis")[-1, :2]
    across = {"forward": -aside, "backward": aside, "sideways": -ahead}[way]
    assert across > 0.35


@pytest.mark.parametrize("way", ["forward", "backward", "sideways"])
def test_arms_give_when_they_meet_the_floor_and_never_snap_straight(skeleton: Skeleton, way: str) -> None:
    for tempo in (0.9, 1.0, 1.2):
        fall = perform("falling_down", skeleton, {"way": way}, tempo=tempo, fps=15.0)
        assert measures(fall.performer, fall.performance)["turn_step_rad"] < np.radians(63.0)


@pytest.mark.parametrize("pose", ["back", "side"])
def test_knees_stay_up_and_arms_calm_on_the_way_down_to_the_floor(skeleton: Skeleton, pose: str) -> None:
    for tempo in (0.9, 1.15):
        lie = perform("lying_down", skeleton, {"pose": pose}, without=("support",), tempo=tempo, fps=15.0)
        assert measures(lie.performer, lie.performance)["turn_step_rad"] < np.radians(76.0)
        part = next(segment for segment in lie.performance.segments if segment.name == "sit_down")
        squat = slice(int(0.5 * part.end_s * 15), int(part.end_s * 15))
        for side in ("left", "right"):
            knee, ankle = lie.joint(f"{side}_knee")[squat], lie.joint(f"{side}_ankle")[squat]
            assert (knee[:, 2] > ankle[:, 2] + 0.2).all()
            assert (np.abs(knee[:, 0] - ankle[:, 0]) < 0.2).all()  # not out to the side (people face +y)


@pytest.mark.parametrize("style", ["neutral", "tired", "old", "careful"])
def test_people_of_every_style_stand_on_nearly_straight_legs(skeleton: Skeleton, style: str) -> None:
    stand = perform("pointing_with_a_finger", skeleton, style=style)
    knees = np.degrees([np.median(stand.knee_rad(side)) for side in ("left", "right")])
    assert (knees > 2.0).all() and (knees < 15.0).all()


def test_a_fall_takes_the_same_real_time_whatever_the_tempo() -> None:
    skeleton = skeleton_of("average")
    spans = []
    for tempo in (0.8, 1.25):
        fall = perform("falling_down", skeleton, {"way": "backward"}, tempo=tempo)
        part = next(segment for segment in fall.performance.segments if segment.name == "fall")
        spans.append(part.end_s - part.start_s)
    assert spans[0] == pytest.approx(spans[1], abs=1e-9)
