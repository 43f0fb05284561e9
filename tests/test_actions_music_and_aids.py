"""Music, dance, hands at the face, the floor and aids: what makes each of them itself."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import perform, skeleton_of
from synapt.generator.values import Array, Skeleton


@pytest.fixture(scope="module", params=["short_heavy", "tall_thin"])
def skeleton(request: pytest.FixtureRequest) -> Skeleton:
    return skeleton_of(request.param)


def turns(track: Array) -> int:
    """How often a track (T,) changes its direction by more than 2 cm."""
    count, last, way = 0, track[0], 0.0
    for value in track:
        if abs(value - last) > 0.02:
            new = np.sign(value - last)
            count += new != way and way != 0.0
            last, way = value, new
    return int(count)


@pytest.mark.parametrize("chair", ["stool", "none"])
def test_a_guitar_lies_across_the_body_and_the_right_hand_crosses_its_strings_again_and_again(
    skeleton: Skeleton, chair: str
) -> None:
    play = perform("playing_guitar", skeleton, {"beat_s": 0.5}, kinds={"chair": chair})
    strum, end = play.prop_point("guitar", "strum"), play.prop_point("guitar", "end")
    neck = play.prop_point("guitar", "neck_low") - end
    assert (neck[:, 0] > 0.5).all()  # to the person's left
    assert (neck[:, 2] > 0.1).all()
    tip = play.mark("right_index_tip") - strum
    assert np.linalg.norm(tip, axis=1).max() < 0.2
    assert turns(tip[:, 2]) >= 8
    assert np.linalg.norm(play.mark("left_palm") - play.prop_point("guitar", "neck_low"), axis=1).max() < 0.25


def test_a_bow_goes_to_and_fro_on_the_strings_of_a_violin_below_the_chin(skeleton: Skeleton) -> None:
    play = perform("playing_violin", skeleton, {"rhythm": "even", "stroke_s": 0.7})
    bridge, frog, tip = (play.prop_point(*where) for where in (("violin", "bridge"), ("bow", "frog"), ("bow", "tip")))
    along = (tip - frog) / np.linalg.norm(tip - frog, axis=1, keepdims=True)
    aside = bridge - frog - np.sum((bridge - frog) * along, axis=1, keepdims=True) * along
    assert np.median(np.linalg.norm(aside, axis=1)) < 0.02  # the hair is on the strings
    share = np.sum((bridge - frog) * along, axis=1) / np.linalg.norm(tip - frog, axis=1)
    assert share.min() < 0.15 and share.max() > 0.6  # as far as wrist and arm of the short go
    assert np.linalg.norm(play.mark("chin") - bridge, axis=1).max() < 0.42


def test_a_flute_stays_at_the_lips_and_points_to_the_right(skeleton: Skeleton) -> None:
    play = perform("playing_flute", skeleton)
    mouth = play.prop_point("flute", "mouth")
    assert np.linalg.norm(mouth - play.mark("mouth"), axis=1).max() < 0.03
    assert ((play.prop_point("flute", "right_keys") - mouth)[:, 0] < -0.2).all()
    for side in ("right", "left"):
        assert np.linalg.norm(play.mark(f"{side}_palm") - play.prop_point("flute", f"{side}_keys"), axis=1).max() < 0.07


def test_sticks_hit_the_skins_and_do_not_go_through_them(skeleton: Skeleton) -> None:
    play = perform("playing_drums", skeleton, {"first": "fill", "second": "toms"}, fps=60.0)
    hits = 0
    for side in ("right", "left"):
        tip = play.prop_point(f"{side}_stick", "tip")
        for drum in ("snare", "floor_tom", "tom"):
            head = play.prop_point(drum, "head")
            over = np.linalg.norm((tip - head)[:, :2], axis=1) < 0.14
            assert not over.any() or (tip - head)[over, 2].min() > -0.02
            near = over & ((tip - head)[:, 2] < 0.02)
            hits += int((np.diff(near.astype(int)) == 1).sum())
    assert hits >= 5


def test_fingertips_of_both_hands_press_piano_keys_at_several_places(skeleton: Skeleton) -> None:
    play = perform("playing_piano", skeleton)
    keys = play.prop_point("piano", "keys")
    for side in ("right", "left"):
        tip = play.mark(f"{side}_middle_tip") - keys
        assert np.abs(tip[:, 1]).max() < 0.10
        assert np.ptp(tip[:, 0]) > 0.15
    assert (play.mark("right_middle_tip") - play.mark("left_middle_tip"))[:, 0].max() < 0.0


def test_disco_points_high_to_its_own_side_and_low_across(skeleton: Skeleton) -> None:
    dance = perform("dancing_disco", skeleton, {"bar": 8.0, "other_arm": "hip", "duration_s": 4.5})
    tip, head, pelvis = dance.mark("right_index_tip"), dance.joint("head"), dance.joint("pelvis")
    assert (tip - head)[:, 2].max() > 0.1
    low = tip[:, 2] < dance.joint("right_shoulder")[:, 2] - 0.2
    assert (tip - pelvis)[low, 0].max() > 0.05  # across, on the left of the middle
    assert turns(pelvis[:, 0]) >= 4


def test_a_ballet_dancer_rises_on_the_toes_with_the_arms_overhead_and_lifts_a_straight_leg(skeleton: Skeleton) -> None:
    dance = perform("dancing_ballet", skeleton, {"arms": "overhead", "figure": "arabesque"})
    rise = dance.segment("rise")
    assert np.ptp(dance.mark("right_heel")[rise, 2]) > 0.05
    assert (dance.joint("right_wrist") - dance.joint("head"))[rise, 2].max() > 0.0
    lifted = dance.joint("right_ankle")[dance.segment("balance")]
    assert lifted[:, 2].max() > 0.35 and lifted[:, 1].max() > 0.45  # behind: a person faces -y
    top = dance.segment("balance").start + int(lifted[:, 2].argmax())
    assert dance.knee_rad("right")[top] < 0.35


def test_a_finger_is_on_the_lips_to_hush(skeleton: Skeleton) -> None:
    hush = perform("hush", skeleton, {"times": 1.0})
    held = hush.segment("hush")
    gap = hush.mark("right_index_tip") - hush.mark("mouth")
    assert np.linalg.norm(gap[held], axis=1).max() < 0.06


def test_a_thumb_points_at_the_floor_for_thumbs_down_and_fingers_show_one_to_five(skeleton: Skeleton) -> None:
    down = perform("thumb_down", skeleton)
    held = down.segment("hold")
    assert ((down.mark("right_thumb_tip") - down.mark("right_palm"))[held, 2] < -0.03).all()
    count = perform("counting_on_fingers", skeleton, {"how": "raises", "up_to": 5.0, "beat_s": 0.6})
    spread = np.linalg.norm(count.mark("right_middle_tip") - count.joint("right_wrist"), axis=1)[count.segment("count")]
    assert spread[0] + 0.03 < spread[-1]  # the middle finger comes up after the first


def test_folded_arms_put_each_hand_at_the_other_arm(skeleton: Skeleton) -> None:
    fold = perform("cross_arms", skeleton)
    held = fold.segment("hold")
    right, left = fold.mark("right_palm")[held, 0], fold.mark("left_palm")[held, 0]
    assert (right > left + 0.10).all()  # a person's left is +x


def test_a_tossed_coin_flies_up_and_is_caught_again(skeleton: Skeleton) -> None:
    toss = perform("toss_a_coin", skeleton, {"tosses": 1.0, "rise_m": 0.5}, fps=60.0)
    coin, flight = toss.performance.props["coin"][:, :3, 3], toss.segment("catch")
    assert coin[flight, 2].max() - coin[flight.start, 2] > 0.3
    after = slice(flight.stop - 5, flight.stop)
    assert np.linalg.norm(coin - toss.mark("right_palm"), axis=1)[after].max() < 0.06


def test_heels_come_up_to_the_seat_and_both_knees_stay_low(skeleton: Skeleton) -> None:
    run = perform("butt_kicks", skeleton)
    active = run.segment("run")
    for side in ("right", "left"):
        heel = run.mark(f"{side}_heel")[active]
        assert heel[:, 2].max() > run.joint(f"{side}_knee")[active, 2].min() - 0.05
        assert run.knee_rad(side)[active].max() > 1.5
        assert run.joint(f"{side}_knee")[active, 2].max() < 0.75 * run.joint(f"{side}_hip")[active, 2].min()


@pytest.mark.parametrize("on", ["both", "one"])
def test_knees_are_on_the_floor_in_the_end_of_kneeling(skeleton: Skeleton, on: str) -> None:
    kneel = perform("kneeling", skeleton, {"on": on, "hips": "upright"})
    assert kneel.joint("right_knee")[-1, 2] < 0.12
    assert (kneel.joint("left_knee")[-1, 2] < 0.12) == (on == "both")
    assert kneel.joint("head")[-1, 2] > 0.7 * kneel.joint("head")[0, 2] - 0.1


def test_who_fell_lies_then_kneels_and_stands_in_the_end(skeleton: Skeleton) -> None:
    rise = perform("getting_up_from_a_fall", skeleton)
    head, standing = rise.joint("head")[:, 2], perform("nod_head", skeleton).joint("head")[0, 2]
    assert head[0] < 0.3 and head[-1] > 0.95 * standing
    assert rise.joint("left_knee")[rise.segment("kneel").stop - 1, 2] < 0.15
    seat = perform("sitting_down_on_the_floor", skeleton)
    assert seat.joint("pelvis")[-1, 2] < 0.25 and seat.joint("head")[-1, 2] > seat.joint("pelvis")[-1, 2] + 0.35


def test_head_and_back_pass_below_the_bar(skeleton: Skeleton) -> None:
    walk = perform("crouching_through", skeleton)
    bar = walk.prop_point("bar", "bar")
    for name in ("head", "neck", "spine3", "spine1", "pelvis"):
        joint = walk.joint(name) - bar
        near = np.abs(joint[:, 1]) < 0.10
        assert near.any() and joint[near, 2].max() < -0.08, name
    assert walk.joint("head")[[0, -1], 2].min() > bar[0, 2]


def test_a_cane_stands_on_the_floor_with_the_bad_leg_and_goes_with_every_step(skeleton: Skeleton) -> None:
    limp = perform("limping_with_a_cane", skeleton, {"cycle_s": 1.3}, fps=60.0)
    tip = limp.prop_point("cane", "tip")
    assert tip[:, 2].min() > -0.02
    planted = tip[:, 2] < 0.012
    assert 0.35 < planted.mean() < 0.95
    still = np.linalg.norm(np.diff(tip[:, :2], axis=0), axis=1)[planted[1:] & planted[:-1]]
    assert np.median(still) * 60.0 < 0.45  # the short-armed hardly reach the floor with it
    assert np.ptp(tip[:, 1]) > 0.5


def test_hands_go_round_with_the_rims_of_a_wheelchair_that_rolls(skeleton: Skeleton) -> None:
    roll = perform("using_a_wheelchair", skeleton)
    hub = roll.prop_point("chair", "hub_right")
    assert hub[0, 1] - hub[-1, 1] > 1.0
    gap = roll.mark("right_palm") - hub
    assert (np.abs(np.linalg.norm(gap[:, 1:], axis=1) - hub[0, 2] + 0.023) < 0.03).mean() > 0.4
    assert np.ptp((roll.joint("pelvis") - hub)[:, 1]) < 0.12


def test_the_wheels_of_a_wheelchair_roll_as_far_as_it_goes(skeleton: Skeleton) -> None:
    roll = perform("using_a_wheelchair", skeleton)
    hub = roll.prop_point("chair", "hub_right")
    for name in ("right_wheel", "left_wheel"):
        wheel = roll.prop_point(name, "hub")
        np.testing.assert_allclose(wheel[:, 1:], hub[:, 1:], atol=0.025)  # a move begins where the last frame was
        spoke = roll.performance.props[name][:, :3, 2]
        turned = np.unwrap(np.arctan2(-spoke[:, 1], spoke[:, 2]))
        assert (turned[-1] - turned[0]) * hub[0, 2] == pytest.approx(hub[0, 1] - hub[-1, 1], abs=0.05)


def test_a_climber_rises_and_hands_and_feet_are_on_holds(skeleton: Skeleton) -> None:
    climb = perform("climbing_a_wall", skeleton, {"moves": 3.0})
    rise = climb.joint("pelvis")[:, 2]
    assert rise[-1] - rise[0] > 0.6
    assert min(climb.mark("left_toe")[-1, 2], climb.mark("right_toe")[-1, 2]) > 0.4
    for side in ("right", "left"):
        assert climb.mark(f"{side}_palm")[:, 2].min() > climb.joint("pelvis")[0, 2]
