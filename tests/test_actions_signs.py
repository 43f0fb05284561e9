"""Aches, signs of hands and arms, odd gaits: what makes each of them itself, on bodies of different build."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import Performed, perform, skeleton_of
from synapt.generator.actions import Action
from synapt.generator.motion.footprints import Place, Roll
from synapt.generator.motion.quality import measures
from synapt.generator.motion.score import Score
from synapt.generator.motion.steps import Print, go_by
from synapt.generator.values import Array, Skeleton

OURS = (
    "headache", "neck_pain", "chest_pain", "back_pain", "nausea_vomiting", "sneezing", "staggering", "fan_self", "check_time",
    "cheering_up", "cross_hands_in_front", "put_palms_together", "rub_two_hands", "surrender", "flapping_a_hand_up_and_down",
    "looking_around_for_something", "reach_into_pocket", "rubbing_face_with_hands", "limp", "moonwalk", "walk_the_line",
    "dive_floor", "fallen_on_the_floor", "thumbs_up", "ok_sign", "come_here", "stop", "swipe", "sneaking",
    "fainting", "stumbling",
)  # fmt: skip


@pytest.fixture(scope="module", params=["short_heavy"])
def skeleton(request: pytest.FixtureRequest) -> Skeleton:
    return skeleton_of(request.param)


def apart(shown: Performed, a: str, b: str) -> Array:
    """Distance (T,) of two landmarks."""
    return np.asarray(np.linalg.norm(shown.mark(a) - shown.mark(b), axis=1))


def turns(values: Array, least: float) -> int:
    """How often a signal (T,) turns back after a way of at least `least`."""
    count, extreme, up = 0, values[0], True
    for value in values:
        if (value > extreme) == up:
            extreme = value
        elif abs(value - extreme) > least:
            count, up, extreme = count + 1, not up, value
    return count


@pytest.mark.parametrize("name", OURS)
def test_feet_stay_where_they_stand_and_nothing_sinks_in_the_floor(name: str) -> None:
    shown = perform(name, skeleton_of("tall_thin"), fps=15.0)
    found = measures(shown.performer, shown.performance)
    drag = {"limp": 0.08, "dive_floor": 0.08, "fainting": 0.12}  # feet drag under a body that falls
    assert found["foot_slide_m"] < drag.get(name, 0.03)
    assert found["floor_depth_m"] <= 0.012 and found["contact_error_m"] < 0.04 and found["turn_step_rad"] < 1.2


def test_going_by_prints_sets_each_foot_on_its_print_and_keeps_it_there() -> None:
    """Checked on a choreography of its own: four uneven steps, the third one turned."""
    prints = [
        Print("right", -2.0, 0.3, Place(0.10, 0.0, 0.0)),
        Print("left", -1.0, 0.3, Place(-0.10, 0.1, 0.0)),
        Print("right", 0.5, 0.4, Place(0.15, 0.45, 0.3)),
        Print("left", 1.2, 0.4, Place(-0.05, 0.60, 0.0)),
    ]

    def steps(s: Score) -> None:
        with s.phase("step", 2.4):
            go_by(s, prints, Roll(0.1, 0.4, 0.06), toe_out_rad=0.0)

    shown = perform(Action("stepping", "steps", steps, ("step",)), skeleton_of("average"))
    for own in prints[2:]:
        ankle = shown.joint(f"{own.side}_ankle")[int(30 * (own.strike_s + 0.3)) :]
        assert np.ptp(ankle[:, :2], axis=0).max() < 0.005
        assert ankle[-1, :2] == pytest.approx([-own.place.right_m, -own.place.forward_m], abs=0.02)  # a spec faces -y
    middle = shown.joint("pelvis")[-1, :2] - 0.5 * sum(shown.joint(f"{side}_ankle")[-1, :2] for side in ("right", "left"))
    assert np.abs(middle).max() < 0.08


@pytest.mark.parametrize("where", ["temples", "sides"])
def test_both_hands_hold_the_aching_head_which_hangs(skeleton: Skeleton, where: str) -> None:
    ache = perform("headache", skeleton, {"where": where})
    rub = ache.segment("rub")
    for side in ("right", "left"):
        near = apart(ache, f"{side}_middle_tip" if where == "temples" else f"{side}_palm", f"{side}_ear")
        assert near[rub].max() < 0.13
    assert ache.mark("nose")[rub, 2].max() < ache.mark("nose")[0, 2] - 0.02


def test_a_hand_stays_at_the_nape_while_the_head_rolls(skeleton: Skeleton) -> None:
    ache = perform("neck_pain", skeleton, {"rolls": 2.0, "tilt_rad": 0.4})
    roll = ache.segment("roll")
    behind = ache.mark("right_palm")[roll] - ache.joint("head")[roll]
    assert np.linalg.norm(behind, axis=1).max() < 0.19 and (behind[roll.start // 30 :, 1] > 0.0).mean() > 0.9
    ears = ache.mark("right_ear") - ache.mark("left_ear")
    assert np.ptp(ears[roll, 2]) > 0.05  # the head tilts to and fro


def test_chest_and_back_are_held_where_they_hurt(skeleton: Skeleton) -> None:
    heart = perform("chest_pain", skeleton)
    fold = heart.segment("fold")
    assert apart(heart, "right_palm", "chest_front")[fold].max() < 0.11
    assert heart.joint("head")[fold, 2].min() < 0.93 * heart.joint("head")[0, 2]
    for way, bent in (("arched", -1.0), ("stooped", 1.0)):
        back = perform("back_pain", skeleton, {"way": way, "hands": "both"})
        hold = back.segment("hold")
        for side in ("right", "left"):
            palm = back.mark(f"{side}_palm")[hold] - back.joint("pelvis")[hold]
            assert (palm[:, 1] > 0.05).all() and np.abs(palm[:, 0]).max() < 0.25  # behind, not beside
        head = back.joint("head")[hold.stop - 6, 1] - back.joint("pelvis")[hold.stop - 6, 1]
        assert -bent * head > -0.02


def test_vomiting_bends_low_and_heaves_and_a_sneeze_goes_back_before_it_snaps_forward(skeleton: Skeleton) -> None:
    sick = perform("nausea_vomiting", skeleton, {"heaves": 3.0, "deep_rad": 1.0})
    heave, head = sick.segment("heave"), sick.joint("head")[:, 2]
    assert head[heave].min() < 0.80 * head[0]
    assert turns(head[heave], 0.015) >= 3
    sneeze = perform("sneezing", skeleton, {"into": "hand", "times": 1.0}, fps=30.0)
    ahead = -(sneeze.joint("head") - sneeze.joint("pelvis"))[:, 1]
    snap = sneeze.segment("sneeze")
    assert ahead[: snap.start].min() < ahead[0] - 0.03 and ahead[snap].max() > ahead[0] + 0.10
    assert apart(sneeze, "right_palm", "mouth")[snap.start + 6 : snap.stop].max() < 0.05


def test_the_hand_or_the_fan_goes_to_and_fro_before_the_face(skeleton: Skeleton) -> None:
    for kind, point in (("none", None), ("folding_fan", "leaf")):
        fan = perform(
            "fan_self", skeleton, {"flaps": 5.0}, fps=30.0, kinds={"fan": kind}, without=("fan",) if point is None else ()
        )
        busy = fan.segment("fan")
        at = fan.mark("right_middle_tip") if point is None else fan.prop_point("fan", point)
        gap = np.linalg.norm(at - fan.mark("nose"), axis=1)[busy]
        assert turns(gap, 0.02) >= 8 and gap.min() < 0.26


def test_palms_stay_together_or_rub_along_each_other(skeleton: Skeleton) -> None:
    still = perform("put_palms_together", skeleton)
    hold = still.segment("hold")
    assert apart(still, "right_palm", "left_palm")[hold].max() < 0.02
    rub = perform("rub_two_hands", skeleton, {"stroke_m": 0.10, "rate_hz": 2.5}, fps=30.0)
    busy = rub.segment("rub")
    between = rub.mark("right_palm") - rub.mark("left_palm")
    assert np.abs(between[busy, 0]).max() < 0.045  # never parted, as clapping hands are
    assert turns((rub.mark("right_middle_tip") - rub.mark("left_middle_tip"))[busy, 1], 0.05) >= 6


def test_both_palms_go_up_and_down_the_face(skeleton: Skeleton) -> None:
    rub = perform("rubbing_face_with_hands", skeleton, {"stroke_m": 0.09}, fps=30.0)
    busy = rub.segment("rub")
    for side in ("right", "left"):
        assert apart(rub, f"{side}_palm", f"{side}_eye")[busy].max() < 0.13
        assert turns((rub.mark(f"{side}_palm") - rub.mark("nose"))[busy, 2], 0.03) >= 3


def test_crossed_wrists_are_past_each_other_and_surrendering_hands_are_not(skeleton: Skeleton) -> None:
    cross = perform("cross_hands_in_front", skeleton, {"times": 1.0})
    hold = cross.segment("hold")
    tips = cross.mark("right_middle_tip") - cross.mark("left_middle_tip")
    elbows = cross.joint("right_elbow") - cross.joint("left_elbow")
    assert (tips[hold, 0] > 0.08).all() and (elbows[hold, 0] < -0.15).all()  # an X: the right hand on the left, its elbow not
    assert np.linalg.norm(cross.joint("right_wrist") - cross.joint("left_wrist"), axis=1)[hold].max() < 0.14
    for way in ("standing", "kneeling"):
        gives_up = perform("surrender", skeleton, {"way": way})
        held = gives_up.segment("hold")
        for side, sign in (("right", -1.0), ("left", 1.0)):
            assert (gives_up.mark(f"{side}_palm")[held, 2] > gives_up.joint(f"{side}_shoulder")[held, 2] + 0.08).all()
            assert (sign * (gives_up.mark(f"{side}_palm") - gives_up.joint("head"))[held, 0] > 0.12).all()
        low = gives_up.mark("right_kneecap")[held, 2].max()
        assert (low < 0.10) == (way == "kneeling")


def test_cheering_fists_are_over_the_head_while_both_feet_leave_the_floor(skeleton: Skeleton) -> None:
    cheer = perform("cheering_up", skeleton, {"jumps": 2.0, "rise_m": 0.12}, fps=30.0)
    sole = np.minimum(cheer.mark("right_toe")[:, 2], cheer.mark("left_toe")[:, 2])
    air = sole > sole[0] + 0.05
    assert int((np.diff(air.astype(int)) == 1).sum()) == 2
    for side in ("right", "left"):
        assert (cheer.joint(f"{side}_wrist")[air, 2] > cheer.mark("crown")[air, 2] - 0.05).mean() > 0.7


def test_a_flapping_hand_goes_up_and_down_below_the_shoulder_not_sideways(skeleton: Skeleton) -> None:
    flap = perform("flapping_a_hand_up_and_down", skeleton, {"flaps": 4.0}, fps=30.0)
    busy, tip = flap.segment("flap"), flap.mark("right_middle_tip")
    assert turns(tip[busy, 2], 0.08) >= 7
    assert np.ptp(tip[busy, 0]) < 0.5 * np.ptp(tip[busy, 2])
    assert (flap.joint("right_wrist")[busy, 2] < flap.joint("right_shoulder")[busy, 2] + 0.02).all()


def test_the_watch_is_before_the_chest_and_the_eyes_are_on_it(skeleton: Skeleton) -> None:
    look = perform("check_time", skeleton, {"sleeve": "left"})
    read = look.segment("read")
    wrist = look.joint("left_wrist")[read] - look.mark("chest_front")[read]
    assert (wrist[:, 1] < -0.05).all() and np.abs(wrist[:, 0]).max() < 0.25
    gaze, line = -look.rotations[read, 15, :, 2], look.joint("left_wrist")[read] - look.joint("head")[read]
    cosine = np.abs(np.sum(gaze * line, axis=1)) / np.linalg.norm(line, axis=1)
    assert cosine.min() > 0.6 and look.mark("nose")[read, 2].max() < look.mark("nose")[0, 2]


@pytest.mark.parametrize("pocket", ["front", "back"])
def test_the_hand_lies_at_the_hip_pocket(skeleton: Skeleton, pocket: str) -> None:
    feel = perform("reach_into_pocket", skeleton, {"pocket": pocket})
    inside = feel.segment("in_pocket")
    deep = slice(inside.start + 6, inside.stop)
    fingers = feel.mark("right_middle_tip")[deep] - feel.joint("right_hip")[deep]
    assert fingers[:, 2].max() < 0.02  # they point down into it
    away = np.linalg.norm((feel.mark("right_palm") - feel.joint("right_hip"))[deep, :2], axis=1)
    assert away.max() < 0.26
    assert (fingers[:, 1] > 0.02).all() if pocket == "back" else (fingers[:, 0] < 0.0).all()


def test_who_searches_looks_both_ways_and_turns(skeleton: Skeleton) -> None:
    search = perform("looking_around_for_something", skeleton, {"where": "near", "moves": "turns", "turn_rad": 0.9})
    face = search.mark("nose") - search.joint("head")
    yaw = np.unwrap(np.arctan2(face[:, 0], -face[:, 1]))
    look = search.segment("look")
    assert yaw[look].max() > 0.5 and yaw[look].min() < -0.4
    hips = search.joint("left_hip") - search.joint("right_hip")
    assert np.arctan2(hips[-1, 1], hips[-1, 0]) > 0.6  # ends facing elsewhere


def test_a_limping_leg_bears_for_the_shorter_time_and_the_head_dips_over_it(skeleton: Skeleton) -> None:
    limp = perform("limp", skeleton, {"duration_s": 4.0, "dip": 0.08}, fps=30.0)
    down = {side: limp.mark(f"{side}_ball")[:, 2] < limp.mark(f"{side}_ball")[:, 2].min() + 0.012 for side in ("right", "left")}
    assert down["right"].mean() < 0.85 * down["left"].mean()
    head = limp.joint("head")[:, 2]
    assert head[down["right"] & ~down["left"]].mean() < head[down["left"] & ~down["right"]].mean() - 0.02


def test_the_moonwalk_faces_ahead_and_goes_back_a_foot_on_its_ball_while_the_other_is_flat(skeleton: Skeleton) -> None:
    moon = perform("moonwalk", skeleton, {"duration_s": 3.5}, fps=30.0)
    assert np.gradient(moon.joint("pelvis")[:, 1]).min() > 0.0  # faces -y, goes +y, never ahead
    raised = {side: moon.mark(f"{side}_heel")[:, 2] - moon.mark(f"{side}_ball")[:, 2] > 0.05 for side in ("right", "left")}
    assert (raised["right"] ^ raised["left"]).mean() > 0.7
    assert turns(raised["right"].astype(float), 0.5) >= 4


def test_on_the_line_each_foot_is_set_before_the_other_and_the_arms_are_out(skeleton: Skeleton) -> None:
    line = perform("walk_the_line", skeleton)
    for side, sign in (("right", -1.0), ("left", 1.0)):
        ankle = line.joint(f"{side}_ankle")
        flat = line.mark(f"{side}_ball")[:, 2] < line.mark(f"{side}_ball")[:, 2].min() + 0.01
        assert np.abs(ankle[flat, 0]).max() < 0.05
        assert (sign * (line.joint(f"{side}_wrist") - line.joint(f"{side}_shoulder"))[:, 0] > 0.3).all()


def test_who_staggers_sways_and_sets_the_feet_anew_each_time(skeleton: Skeleton) -> None:
    sway = perform("staggering", skeleton, {"duration_s": 4.0})
    head, pelvis = sway.joint("head"), sway.joint("pelvis")
    assert np.ptp((head - pelvis)[:, 0]) > 0.2
    assert np.ptp(pelvis[:, 0]) > 0.08 and pelvis[0, 1] - pelvis[-1, 1] > 0.5


def test_a_dive_flies_level_before_it_lies(skeleton: Skeleton) -> None:
    dive = perform("dive_floor", skeleton, fps=30.0)
    lowest = np.min([dive.mark(f"{side}_{part}")[:, 2] for side in ("right", "left") for part in ("toe", "palm", "heel")], axis=0)
    trunk = dive.joint("neck") - dive.joint("pelvis")
    level = np.abs(trunk[:, 2]) < 0.45 * np.linalg.norm(trunk, axis=1)
    assert (level & (lowest > 0.10)).sum() >= 2  # in the air and stretched out
    assert dive.joint("neck")[-1, 2] < 0.45 and dive.joint("pelvis")[-1, 2] < 0.25
    assert dive.joint("pelvis")[0, 1] - dive.joint("pelvis")[-1, 1] > 1.0


@pytest.mark.parametrize("pose", ["prone", "side", "back"])
def test_the_fallen_lie_from_first_to_last_and_rise_a_little_between(skeleton: Skeleton, pose: str) -> None:
    fallen = perform("fallen_on_the_floor", skeleton, {"pose": pose, "effort": 0.8})
    assert fallen.joint("pelvis")[:, 2].max() < 0.35
    head = fallen.joint("head")[:, 2]
    assert head[fallen.segment("try")].max() > max(head[0], head[-1]) + 0.08 and head[-1] < 0.40


def test_the_thumb_alone_is_up_and_the_ring_is_closed(skeleton: Skeleton) -> None:
    up = perform("thumbs_up", skeleton, {"hands": "one"})
    hold = slice(up.segment("hold").start + 3, up.segment("hold").stop)
    assert (up.mark("right_thumb_tip") - up.mark("right_index_tip"))[hold, 2].min() > 0.04
    ring = perform("ok_sign", skeleton)
    hold = slice(ring.segment("hold").start + 3, ring.segment("hold").stop)
    assert apart(ring, "right_thumb_tip", "right_index_tip")[hold].max() < 0.035
    assert apart(ring, "right_thumb_tip", "right_middle_tip")[hold].min() > 0.06


def test_hands_that_call_stop_and_swipe_go_where_they_shall(skeleton: Skeleton) -> None:
    call = perform("come_here", skeleton, {"times": 3.0})
    assert turns((call.mark("right_palm") - call.mark("chest_front"))[call.segment("beckon"), 1], 0.10) >= 4
    halt = perform("stop", skeleton, {"pushes": 0.0, "step": "none"})
    out = halt.mark("right_palm")[halt.segment("hold").stop - 3] - halt.joint("right_shoulder")[halt.segment("hold").stop - 3]
    assert -out[1] > 0.75 * np.linalg.norm(out) and halt.mark("right_middle_tip")[-30, 2] > halt.mark("right_palm")[-30, 2]
    swipe = perform("swipe", skeleton, {"way": "across", "times": 2.0})
    across = swipe.mark("right_palm")[swipe.segment("swipe"), 0]
    assert np.ptp(across) > 0.35 and turns(across, 0.2) >= 2  # there, back, and there again


def test_who_sneaks_goes_low_on_the_balls_and_who_faints_ends_on_the_floor(skeleton: Skeleton) -> None:
    sneak = perform("sneaking", skeleton, {"duration_s": 3.5})
    standing = perform("put_palms_together", skeleton).joint("head")[0, 2]
    assert sneak.joint("head")[:, 2].max() < 0.97 * standing
    assert sneak.joint("pelvis")[0, 1] - sneak.joint("pelvis")[-1, 1] > 0.6
    assert min(np.ptp(sneak.joint(f"{side}_ankle")[:, 2]) for side in ("right", "left")) > 0.12
    faint = perform("fainting", skeleton, {"hand": "brow"})
    dizzy = faint.segment("dizzy")
    assert apart(faint, "right_palm", "forehead")[dizzy].min() < 0.06
    assert faint.joint("head")[-1, 2] < 0.35 and faint.joint("pelvis")[-1, 2] < 0.35


def test_a_stumble_pitches_the_trunk_forward_and_ends_upright_on_the_way(skeleton: Skeleton) -> None:
    trip = perform("stumbling", skeleton, {"pitch_rad": 0.9, "then": "goes_on"})
    ahead = -(trip.joint("neck") - trip.joint("pelvis"))[:, 1]
    caught = trip.segment("stumble")
    assert ahead[caught].max() > ahead[0] + 0.12 and abs(ahead[-1] - ahead[0]) < 0.08
    assert trip.joint("head")[:, 2].min() > 0.5 * trip.joint("head")[0, 2]  # it isn't a fall
    assert trip.joint("pelvis")[0, 1] - trip.joint("pelvis")[-1, 1] > 1.0
