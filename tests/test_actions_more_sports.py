"""Balls go where they are sent, strings and pedals follow hands and feet, and people who tumble do so over their hands."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import BODIES, Performed, perform, skeleton_of
from synapt.generator.motion.page import PropEvent
from synapt.generator.motion.passing import strung
from synapt.generator.props.sports_machines import CRANK_AXIS_M, CRANK_M


def centers(seen: Performed, prop: str) -> np.ndarray:
    """(T, 3) of a thing's origin."""
    return seen.performance.props[prop][:, :3, 3]


def apart(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.linalg.norm(a - b, axis=-1)


@pytest.mark.parametrize("body", BODIES)
def test_the_shot_is_let_go_overhead_in_the_air_and_flies_in_an_arc(body):
    seen = perform("basketball_shot", skeleton_of(body))
    ball, feet = centers(seen, "ball"), np.minimum(seen.mark("left_toe")[:, 2], seen.mark("right_toe")[:, 2])
    gone = int(np.argmax(apart(ball, seen.mark("right_palm")) > 0.35))
    assert ball[gone, 2] > seen.mark("crown")[gone, 2] and feet[gone - 3 : gone].max() > 0.04
    assert ball[gone:, 2].max() > ball[gone, 2] + 0.2 and ball[-1, 2] < ball[gone:, 2].max()


@pytest.mark.parametrize("hands", ["with one hand", "from hand to hand"])
def test_the_ball_is_bounced_between_hand_and_floor_as_often_as_said(hands):
    seen = perform("basketball_dribble", skeleton_of("average"), {"bounces": 4, "hands": hands}, fps=120.0)
    ball = centers(seen, "ball")
    radius = 0.12
    down = ball[:, 2] < radius + 0.06
    assert int((np.diff(down.astype(int)) > 0).sum()) == 4
    ball = ball[: seen.segment("catch").start]
    high = ball[:, 2] > np.quantile(ball[:, 2], 0.8)
    near = np.minimum(*(apart(ball, seen.mark(f"{side}_palm")[: len(ball)]) for side in ("right", "left")))
    assert np.median(near[high]) < radius + 0.03
    sides = np.sign(ball[high, 0])
    assert (len(set(sides)) == 2) == (hands == "from hand to hand")


@pytest.mark.parametrize("body", BODIES)
def test_the_spike_and_the_serve_meet_the_ball_above_the_head(body):
    for name, point in (("volleyball_spike", None), ("tennis_serve", "racket")):
        seen = perform(name, skeleton_of(body), fps=60.0)
        hitting = seen.mark("right_palm") if point is None else seen.prop_point("racket", "head")
        ball = centers(seen, "ball")
        high = np.flatnonzero(ball[:, 2] > seen.mark("crown")[:, 2])
        gap = apart(ball, hitting)
        hit = high[int(np.argmin(gap[high]))]
        assert gap[hit] < 0.30, name
        assert ball[hit + 8, 1] < ball[hit, 1] - 0.6, name  # ahead is -y


def test_the_kick_sends_the_ball_off_and_the_header_turns_it_round():
    kicked = centers(perform("soccer_kick", skeleton_of("average")), "ball")
    assert apart(kicked[:20], kicked[0]).max() < 1e-6 and kicked[0, 1] - kicked[-1, 1] > 3.0
    seen = perform("soccer_header", skeleton_of("average"), fps=60.0)
    ball = centers(seen, "ball")
    gap = apart(ball, seen.mark("forehead"))
    hit = int(np.argmin(gap))
    assert gap[hit] < 0.25
    assert ball[hit - 10, 1] < ball[hit, 1] and ball[hit + 10, 1] < ball[hit, 1]


@pytest.mark.parametrize("body", BODIES)
def test_the_archer_draws_to_the_jaw_and_the_arrow_flies_to_the_left(body):
    seen = perform("archery", skeleton_of(body))
    aim = seen.segment("aim")
    assert apart(seen.mark("right_palm"), seen.mark("chin"))[aim].max() < 0.12
    bow = seen.prop_point("bow", "top") - seen.prop_point("bow", "bottom")
    assert (bow[aim, 2] / np.linalg.norm(bow[aim], axis=-1) > 0.9).all()
    arrow = seen.performance.props["arrow"]
    assert apart(arrow[aim, :3, 3], seen.mark("right_palm")[aim]).max() < 1e-6
    assert (arrow[aim, 0, 2] > 0.9).all()  # it points to the performer's left, +x
    assert arrow[-1, 0, 3] - arrow[aim, 0, 3].max() > 3.0


def test_a_string_begins_and_ends_where_it_is_said_to():
    seen = perform("archery", skeleton_of("tall_thin"))
    for half, tip in (("upper", "top"), ("lower", "bottom")):
        pose, begin = seen.performance.props[half], seen.prop_point("bow", tip)
        assert apart(pose[:, :3, 3], begin).max() < 1e-6
        aim = seen.segment("aim")
        to_hand = seen.mark("right_palm") - begin
        to_hand /= np.linalg.norm(to_hand, axis=-1, keepdims=True)
        np.testing.assert_allclose(pose[aim, :3, 2], to_hand[aim], atol=1e-6)
    rotation = seen.performance.props["upper"][:, :3, :3]
    np.testing.assert_allclose(np.swapaxes(rotation, -1, -2) @ rotation, np.broadcast_to(np.eye(3), rotation.shape), atol=1e-9)


def test_a_string_may_stand_upright():
    upright = np.tile(np.eye(4), (2, 1, 1))
    over = upright.copy()
    over[:, 2, 3] = 1.0
    event = PropEvent(0.0, "strung", "a", bearers=(("a", "right", ""), ("a", "left", "")))
    pose = strung(event, {("a", "right"): upright, ("a", "left"): over}, {})
    np.testing.assert_allclose(pose[:, :3, 2], [[0.0, 0.0, 1.0]] * 2)
    assert np.isfinite(pose).all()


def test_the_bowled_ball_leaves_low_and_rolls_ahead():
    seen = perform("bowling", skeleton_of("average"))
    ball, release = centers(seen, "ball"), seen.segment("release")
    assert ball[release.stop, 2] < 0.45 * seen.joint("pelvis")[0, 2] + 0.1
    assert ball[release.stop, 1] - ball[-1, 1] > 2.5 and ball[-10:, 2].max() < 0.2


@pytest.mark.parametrize("body", BODIES)
def test_the_lunge_is_deep_and_the_blade_points_ahead(body):
    seen = perform("fencing_lunge", skeleton_of(body))
    blade = seen.prop_point("foil", "tip") - seen.prop_point("foil", "middle")
    hold = seen.segment("hold")
    assert (-blade[hold, 1] / np.linalg.norm(blade[hold], axis=-1) > 0.85).all()
    stride = apart(seen.joint("right_ankle"), seen.joint("left_ankle"))
    assert stride[hold].min() > 1.5 * stride[0]
    assert seen.joint("pelvis")[hold][:, 2].max() < 0.93 * seen.joint("pelvis")[0, 2]


@pytest.mark.parametrize("body", BODIES)
def test_the_fists_reach_the_bag_and_it_gives_way(body):
    seen = perform("boxing_a_bag", skeleton_of(body), fps=60.0)
    for contact in seen.performance.contacts:
        if contact.target == "bag":
            frame = round(0.5 * (contact.start_s + contact.end_s) * 60.0)
            side = seen.prop_point("bag", "side")[frame]
            near = seen.mark(contact.landmark)[frame - 2 : frame + 3]
            assert np.abs(near[:, 1] - side[1]).min() < 0.07
    low = seen.performance.props["bag"] @ np.array([0.0, 0.0, 0.7, 1.0])
    assert np.ptp(low[:, 1]) > 0.15


def test_three_balls_go_from_hand_to_hand_two_in_the_air():
    seen = perform("juggling", skeleton_of("average"), {"throws": 9})
    hands = [seen.mark(f"{side}_palm") for side in ("right", "left")]
    away = np.stack([np.minimum(*(apart(centers(seen, ball), hand) for hand in hands)) for ball in ("first", "second", "third")])
    juggle = seen.segment("juggle")
    flying = (away > 0.15).sum(axis=0)[juggle]
    assert flying.max() == 2 and (flying >= 1).mean() > 0.7
    sides = [
        np.argmin([apart(centers(seen, "first"), hand)[f] for hand in hands]) for f in range(len(away[0])) if away[0, f] < 0.06
    ]
    assert int(np.abs(np.diff(sides)).sum()) == 3  # thrown three times of nine
    assert (away[:, -1] < 0.12).all()


@pytest.mark.parametrize("body", BODIES)
def test_the_rower_sits_on_the_seat_pulls_and_returns(body):
    seen = perform("rowing", skeleton_of(body), {"strokes": 2})
    seat, hips = centers(seen, "seat"), 0.5 * (seen.joint("left_hip") + seen.joint("right_hip"))
    assert np.abs(seat[:, 1] - hips[:, 1]).max() < 0.06
    handle = centers(seen, "handle") - seen.mark("belly")
    ahead = -handle[:, 1]
    ends = [s.end_s for s in seen.performance.segments]
    fps = seen.performance.fps
    for drive, home in zip(ends[0::2], ends[1::2], strict=True):
        assert ahead[int(drive * fps)] < 0.25 < 0.4 < ahead[int(home * fps)]
    assert np.ptp(seat[:, 1]) > 0.35 * seen.joint("left_hip")[0, 2]


@pytest.mark.parametrize("body", BODIES)
def test_the_feet_go_round_with_the_pedals(body):
    seen = perform("cycling_on_a_stand", skeleton_of(body))
    for side in ("right", "left"):
        ball = seen.mark(f"{side}_ball")
        pedal = seen.prop_point(f"crank_{side}", "pedal")
        assert np.abs(apart(ball[:, 1:], pedal[:, 1:])).max() < 0.07
        assert np.ptp(pedal[:, 2]) == pytest.approx(2.0 * CRANK_M, rel=0.03)
        assert pedal[:, 2].mean() == pytest.approx(CRANK_AXIS_M, abs=0.05)
    right, left = (seen.prop_point(f"crank_{side}", "pedal")[:, 2] for side in ("right", "left"))
    np.testing.assert_allclose(right + left, 2.0 * CRANK_AXIS_M, atol=1e-6)


def test_the_board_carries_the_skater_along_who_pushes_the_floor():
    seen = perform("skateboarding", skeleton_of("average"), {"pushes": 2})
    board = centers(seen, "board")
    assert board[-1, 0] - board[0, 0] > 2.5  # to the performer's left
    left = seen.mark("left_ball")
    assert np.abs(left[:, 0] - board[:, 0]).max() < 0.5 and left[:, 2].min() > 0.09
    right = seen.mark("right_ball")[:, 2]
    assert right.min() < 0.06 and np.median(right) > 0.09


@pytest.mark.parametrize(("name", "prop"), [("climbing_a_ladder", "rung"), ("climbing_stairs", "step")])
@pytest.mark.parametrize("body", BODIES)
def test_climbers_end_as_much_higher_as_what_they_climbed(name, prop, body):
    seen = perform(name, skeleton_of(body), {"rungs": 4} if prop == "rung" else None)
    top = seen.props["ladder" if prop == "rung" else "stairs"].frames[f"{prop}_4"][2, 3]
    pelvis = seen.joint("pelvis")[:, 2]
    assert pelvis[-1] - pelvis[0] == pytest.approx(top, abs=0.05)
    for side in ("left", "right"):
        assert seen.mark(f"{side}_ball")[-1, 2] == pytest.approx(top, abs=0.05)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("name", ["handstand", "cartwheel"])
def test_who_tumbles_is_upside_down_on_both_palms(name, body):
    seen = perform(name, skeleton_of(body))
    pelvis, crown = seen.joint("pelvis")[:, 2], seen.mark("crown")[:, 2]
    over = np.flatnonzero(pelvis - crown > 0.9 * (pelvis - crown).max())
    assert len(over) > 0.25 * seen.performance.fps
    palms = np.minimum(seen.mark("left_palm")[over, 2], seen.mark("right_palm")[over, 2])
    assert palms.min() < 0.045 and np.median(palms) < 0.06
    ankles = np.maximum(seen.joint("left_ankle")[over, 2], seen.joint("right_ankle")[over, 2])
    assert ankles.max() > 1.4 * pelvis[0]
    assert pelvis[-1] == pytest.approx(pelvis[0], abs=0.05) and crown[-1] > pelvis[-1]


@pytest.mark.parametrize("body", BODIES)
def test_the_roll_goes_over_the_back_and_ends_on_the_feet(body):
    seen = perform("somersault", skeleton_of(body), {"end": "standing"})
    crown, seat, back = seen.mark("crown")[:, 2], seen.mark("seat")[:, 2], seen.mark("back")[:, 2]
    roll = seen.segment("roll")
    assert crown[roll].min() < 0.05 and back[roll].min() < 0.12 and seat[roll].min() < 0.08
    assert int(np.argmin(crown[roll])) < int(np.argmin(back[roll])) <= int(np.argmin(seat[roll]))
    assert crown[-1] > 0.95 * crown[0] and seen.joint("pelvis")[0, 1] - seen.joint("pelvis")[-1, 1] > 0.8


def test_who_jogs_is_slower_than_who_runs():
    speeds = {}
    for name in ("jog", "run"):
        seen = perform(name, skeleton_of("average"))
        way = seen.joint("pelvis")[:, :2]
        speeds[name] = np.linalg.norm(way[-1] - way[0]) / (len(way) / seen.performance.fps)
    assert 1.3 < speeds["jog"] < 2.2 < speeds["run"]
