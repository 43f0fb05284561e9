"""At home: things stand where bodies reach them, tools touch what they work on, doors swing and are walked through."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import Performed, perform, skeleton_of
from synapt.generator.motion.quality import measures
from synapt.generator.values import Array, Skeleton


@pytest.fixture(scope="module", params=["short_heavy", "tall_thin"])
def skeleton(request: pytest.FixtureRequest) -> Skeleton:
    return skeleton_of(request.param)


def turns(values: Array) -> int:
    """How often a curve turns back by more than a tenth of its range."""
    least, count, extreme, rising = 0.1 * float(np.ptp(values)), 0, float(values[0]), None
    for value in values:
        if rising is None:
            rising = bool(value > extreme) if abs(value - extreme) > least else None
        elif (value - extreme) * (1.0 if rising else -1.0) < -least:
            count, rising = count + 1, not rising
        if rising is None or (value > extreme) == rising:
            extreme = float(value) if rising is not None else extreme
    return count


def still(performance: Performed) -> bool:
    """Nothing slides, nothing is in the floor."""
    found = measures(performance.performer, performance.performance)
    return found["foot_slide_m"] < 0.02 and found["floor_depth_m"] < 0.012 and found["bend_excess_rad"] < 0.02


def test_the_pen_runs_along_lines_on_the_paper(skeleton: Skeleton) -> None:
    write = perform("handwriting", skeleton, {"lines": 3.0, "slant_rad": 0.0})
    act = write.segment("write")
    tip, paper = write.prop_point("pen", "tip")[act], write.prop_point("paper", "top")[0]
    assert np.abs(tip[:, 2] - paper[2]).max() < 0.035 and np.median(np.abs(tip[:, 2] - paper[2])) < 0.01
    assert (np.abs(tip[:, :2] - paper[:2]) < (0.2, 0.18)).all()
    assert np.ptp(tip[:, 0]) > 0.08 and np.ptp(tip[:, 1]) > 0.05
    knees = write.joint("left_knee")[0, 2]
    assert knees + 0.06 < write.prop_point("desk", "top")[0, 2] < write.joint("right_shoulder")[0, 2] - 0.1
    assert still(write)


def test_typing_hands_tap_over_the_keys_and_a_mouse_hand_slides(skeleton: Skeleton) -> None:
    typing = perform("typing_on_a_keyboard", skeleton)
    act, keys = typing.segment("type"), typing.prop_point("keyboard", "keys")[0]
    for side in ("right", "left"):
        tips = typing.mark(f"{side}_middle_tip")[act]
        assert np.linalg.norm(tips - keys, axis=1).max() < 0.26 and tips[:, 2].min() > keys[2] - 0.05
        assert turns(tips[:, 2]) >= 8
    using = perform("using_a_computer", skeleton)
    mouse, desk = using.prop_point("mouse", "base"), using.prop_point("desk", "top")[0]
    assert np.abs(mouse[:, 2] - desk[2]).max() < 0.01
    assert np.ptp(mouse[:, :2], axis=0).max() > 0.06
    assert np.ptp(using.mark("left_palm"), axis=0).max() < 0.15


def test_the_knife_comes_down_to_the_board_at_every_cut(skeleton: Skeleton) -> None:
    cut = perform("cutting_vegetable_on_the_cutting_board", skeleton, {"cuts": 7.0})
    edge, board = cut.prop_point("knife", "edge")[cut.segment("cut")], cut.prop_point("board", "top")[0]
    over = edge[:, 2] - board[2]
    assert 0.0 <= over.min() < 0.015 and over.max() > 0.03
    assert turns(over) >= 12
    assert (np.linalg.norm(cut.mark("left_index_tip")[cut.segment("cut")] - edge, axis=1) > 0.02).all()
    assert still(cut)


def test_leaves_come_from_the_bunch_and_end_in_the_bowl(skeleton: Skeleton) -> None:
    trim = perform("trimming_vegetables", skeleton, {"pulls": 3.0})
    rim = trim.prop_point("bowl", "rim")[0]
    for name in ("first", "second", "third"):
        leaf = trim.prop_point(name, "tip")
        assert np.linalg.norm(leaf[-1, :2] - rim[:2]) < 0.13 and leaf[-1, 2] < rim[2]
    assert np.linalg.norm(trim.prop_point("fourth", "tip")[-1] - trim.mark("left_palm")[-1]) < 0.08


@pytest.mark.parametrize("way", ["shake", "stir"])
def test_the_knob_is_touched_before_the_pan_is_used(way: str) -> None:
    cook = perform("using_a_gas_stove", skeleton_of("average"), {"way": way})
    side = "right" if way == "shake" else "left"
    knob = cook.prop_point("stove", f"{side}_knob")[0]
    reach = np.linalg.norm(cook.mark(f"{side}_index_tip")[cook.segment("turn_on")] - knob, axis=1)
    assert reach.min() < 0.04
    moving = cook.prop_point("pan", "base") if way == "shake" else cook.prop_point("spatula", "blade")
    assert np.ptp(moving[cook.segment("cook")][:, 1]) > 0.05
    assert np.ptp(cook.prop_point("pan", "base")[cook.segment("turn_on")], axis=0).max() < 1e-6


def test_the_cloth_stays_on_what_it_cleans(skeleton: Skeleton) -> None:
    wipe = perform("wipping_off_the_dinning_table", skeleton)
    cloth, table = wipe.prop_point("cloth", "under")[wipe.segment("wipe")], wipe.prop_point("table", "top")[0]
    assert np.abs(cloth[:, 2] - table[2]).max() < 0.015 and np.ptp(cloth[:, 0]) > 0.3
    rub = perform("rubbing_up_furniture", skeleton)
    cloth, front = rub.prop_point("cloth", "under")[rub.segment("rub")][10:], rub.prop_point("furniture", "front")[0]
    assert np.abs(cloth[:, 1] - front[1]).max() < 0.03 and np.ptp(cloth[:, 2]) > 0.1
    scrub = perform("scrubbing_the_floor_with_a_rag", skeleton)
    assert np.abs(scrub.prop_point("cloth", "under")[scrub.segment("scrub")][:, 2]).max() < 0.02
    assert scrub.joint("right_knee")[:, 2].max() < 0.16 and scrub.mark("left_palm")[:, 2].max() < 0.03


def test_washing_hands_meet_under_the_tap_and_go_to_the_face(skeleton: Skeleton) -> None:
    wash = perform("washing", skeleton, {"what": "hands and face"})
    hands = np.linalg.norm(wash.mark("right_palm") - wash.mark("left_palm"), axis=1)[wash.segment("hands")]
    assert hands[5:].max() < 0.14
    water = wash.prop_point("basin", "spout")[0]
    assert np.linalg.norm(wash.mark("right_palm")[wash.segment("hands")][5:] - water, axis=1).max() < 0.28
    face = wash.segment("face")
    assert np.linalg.norm(wash.mark("right_palm")[face] - wash.mark("right_eye")[face], axis=1).min() < 0.09


@pytest.mark.parametrize("what", ["takes food out", "puts food in"])
def test_the_fridge_is_open_while_the_hand_is_in_and_shut_in_the_end(what: str) -> None:
    use = perform("putting_food_in_the_fridge_taking_food_from_the_fridge", skeleton_of("average"), {"what": what})
    edge, shelf = use.prop_point("door", "right_edge"), use.prop_point("fridge", "shelf")[0]
    assert np.linalg.norm(edge[0] - edge[-1]) < 1e-3
    inside = use.segment("reach").stop - 1
    assert np.linalg.norm(edge[inside] - edge[0]) > 0.6
    assert edge[inside, 1] > edge[0, 1] + 0.4  # it came towards the person, who faces -y
    food = use.prop_point("food", "base")
    near, far = (0, -1) if what == "takes food out" else (-1, 0)
    assert np.linalg.norm(food[near] - shelf) < 0.1 and np.linalg.norm(food[far] - shelf) > 0.25


def test_the_door_swings_away_before_one_walks_through(skeleton: Skeleton) -> None:
    enter = perform("opening_the_door_and_walking_in", skeleton)
    sill = enter.prop_point("frame", "left_jamb")[0, 1]
    lever = np.linalg.norm(enter.mark("right_palm") - enter.prop_point("door", "right_lever"), axis=1)
    assert lever[enter.segment("open")][:6].max() < 0.06
    pelvis, edge = enter.joint("pelvis"), enter.prop_point("door", "edge")
    through = int(np.argmax(pelvis[:, 1] < sill))
    assert pelvis[0, 1] > sill + 1.0 and pelvis[-1, 1] < sill - 0.3
    assert edge[through, 1] < sill - 0.75  # open past 60 degrees when the body passes
    assert measures(enter.performer, enter.performance)["foot_slide_m"] < 0.05


def test_the_nozzle_runs_to_and_fro_flat_on_the_floor(skeleton: Skeleton) -> None:
    clean = perform("vacuumming_the_floor", skeleton, {"strokes": 3.0})
    nozzle = clean.prop_point("vacuum", "nozzle")
    assert np.abs(nozzle[:, 2]).max() < 0.03
    assert turns(nozzle[:, 1]) >= 5
    assert still(clean)


def test_the_load_moves_with_the_palms_on_it(skeleton: Skeleton) -> None:
    push = perform("push", skeleton, {"steps": 4.0, "stride_m": 0.22})
    act = push.segment("push")
    load = push.prop_point("load", "near")
    assert load[0, 1] - load[-1, 1] == pytest.approx(0.88, abs=0.01)
    assert np.all(np.diff(load[:, 1]) < 1e-6)
    for side in ("right", "left"):
        away = np.linalg.norm(push.mark(f"{side}_palm")[act] - push.prop_point("load", f"{side}_palm")[act], axis=1)
        assert away.max() < 0.05
    assert (push.joint("neck") - push.joint("pelvis"))[act][:, 1].max() < -0.15  # the trunk slants forward


def test_the_broom_sweeps_on_the_floor_and_the_iron_on_the_cloth(skeleton: Skeleton) -> None:
    sweep = perform("sweeping_the_floor", skeleton, {"strokes": 3.0})
    foot = sweep.prop_point("broom", "foot")
    strokes = [sweep.during(part.start_s, part.end_s) for part in sweep.performance.segments if part.name == "sweep"]
    assert len(strokes) == 3
    for stroke in strokes:
        assert np.abs(foot[stroke][3:, 2]).max() < 0.04 and np.ptp(foot[stroke][:, 0]) > 0.2
    assert foot[:, 2].max() > 0.06
    iron = perform("ironing", skeleton)
    sole, table = iron.prop_point("iron", "sole"), iron.prop_point("table", "top")[0]
    assert np.abs(sole[:, 2] - table[2] - 0.012).max() < 0.015 and np.ptp(sole[:, 1]) > 0.12
