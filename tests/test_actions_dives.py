"""Dives turn as often as they say, fall freely and enter the water stretched; Diving48's classes; burpees, swimming."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import Performed, perform, skeleton_of
from synapt.assets_manifest.targets import diving48
from synapt.generator.actions import find_action
from synapt.generator.actions.action import Choice
from synapt.generator.actions.sports.dive_table import ARMSTAND, BACK, FORWARD, INWARD, REVERSE, Dive
from synapt.generator.motion.balance import center_of_mass
from synapt.generator.props.pool import WATER_M

TABLES = {"dive_forward": FORWARD, "dive_back": BACK, "dive_reverse": REVERSE, "dive_inward": INWARD, "dive_armstand": ARMSTAND}
SENSE = {"dive_forward": 1.0, "dive_inward": 1.0, "dive_back": -1.0, "dive_reverse": -1.0}
EACH = [
    (name, dive, ("average", "short_heavy", "tall_thin")[k % 3]) for name, dives in TABLES.items() for k, dive in enumerate(dives)
]


def made(name: str, dive: Dive, body: str, **params: float | str) -> Performed:
    kinds = {"board": "platform" if name == "dive_armstand" or len(dive.words) % 2 else "springboard"}
    return perform(
        name, skeleton_of(body), {"dive": dive.words, "height": "higher", "over": 0.0, **params}, kinds=kinds, fps=60.0
    )


def moments(dive: Performed) -> tuple[float, float]:
    flight = next(segment for segment in dive.performance.segments if segment.name == "flight")
    return flight.start_s, flight.end_s


@pytest.mark.parametrize(("name", "dive", "body"), EACH[::8])
def test_a_dive_turns_and_twists_as_often_as_it_says(name: str, dive: Dive, body: str) -> None:
    """Somersaults are counted by the trunk's long axis in the plane of the fall, twists by the hips about it."""
    done = made(name, dive, body)
    leave, enter = moments(done)
    air = done.during(leave + 0.02, enter)
    long = done.joint("neck")[air] - done.joint("pelvis")[air]
    pitch = np.unwrap(np.arctan2(-long[:, 1], long[:, 2]))  # forward is -y
    turned = (pitch[-1] - pitch[0]) / (2.0 * np.pi)
    sense = SENSE[name] if dive.back is None else (-1.0 if dive.back else 1.0)
    assert turned == pytest.approx(sense * dive.somersaults, abs=0.12)
    facing = done.rotations[air, 0, :, 2]  # where the hips look
    inward = sense * (-1.0) ** round(2.0 * dive.twists) * (1.0 if facing[0, 1] < 0.0 else -1.0)
    side = facing[-1, 1] * (1.0 if round(2.0 * dive.somersaults) % 2 == 0 else -1.0)
    assert np.sign(side) == -np.sign(inward * sense) and abs(facing[-1, 1]) > 0.8
    across = done.joint("right_hip")[air] - done.joint("left_hip")[air]
    sideways = across[:, 0] / np.linalg.norm(across, axis=-1)
    crossings = int((np.diff(np.sign(sideways)) != 0).sum())
    assert crossings == round(2.0 * dive.twists)


@pytest.mark.parametrize(("name", "dive", "body"), EACH[1::18])
def test_the_centre_of_mass_falls_freely(name: str, dive: Dive, body: str) -> None:
    done = made(name, dive, body)
    leave, enter = moments(done)
    air = done.during(leave + 0.03, enter - 0.01)
    center = center_of_mass(done.positions)[air]
    accel = np.diff(center, n=2, axis=0) * 60.0**2
    np.testing.assert_allclose(accel, np.tile([0.0, 0.0, -9.81], (len(accel), 1)), atol=0.02)


@pytest.mark.parametrize(("name", "dive", "body"), EACH[2::13])
def test_it_enters_the_water_stretched_hands_or_feet_first(name: str, dive: Dive, body: str) -> None:
    done = made(name, dive, body)
    frame = done.during(*moments(done)).stop - 1
    long = done.joint("neck")[frame] - done.joint("left_ankle")[frame]
    upright = long[2] / np.linalg.norm(long)
    head_first = round(2.0 * dive.somersaults) % 2 == (0 if name == "dive_armstand" else 1)
    assert upright < -0.93 if head_first else upright > 0.93
    first = done.mark("right_middle_tip") if head_first else done.mark("right_toe")
    assert abs(first[frame, 2] - WATER_M) < 0.30
    assert done.knee_rad("right")[frame] < 0.25


def test_divers_stay_clear_of_the_board_and_start_on_it() -> None:
    for name, dive, body in EACH[::13]:
        done = made(name, dive, body)
        leave, enter = moments(done)
        top = done.prop_point("board", "tip")[0]
        away = done.prop_point("pool", "surface")[0] - top
        ahead = away[:2] / np.linalg.norm(away[:2])
        head = done.joint("head")[done.during(leave + 0.3, enter)]
        beside = (head[:, :2] - top[:2]) @ ahead
        passing = np.abs(head[:, 2] - top[2]) < 0.15
        assert (beside[passing] > 0.15).all(), (name, dive.words)
        marks = ("right_palm", "left_palm") if name == "dive_armstand" else ("right_ball", "left_ball")
        assert all(abs(done.mark(mark)[0, 2] - top[2]) < 0.05 for mark in marks)


def test_every_class_of_diving48_can_be_shown() -> None:
    classes = diving48()
    assert len(classes) == 48
    for name, shown_by in classes.items():
        assert len(name) == 4 and shown_by
        for action, dive in shown_by:
            choice = find_action(action).params["dive"]
            assert isinstance(choice, Choice) and dive in choice.options
            found = next(one for one in TABLES[action] if one.words == dive)
            count = {"Dive": 0.5, "1som": 1.0, "2som": 2.0, "3som": 3.0}.get(name[1]) or float(name[1][:2]) / 10.0
            assert found.somersaults == count
            assert found.position == {"STR": "straight"}.get(name[3], name[3].lower())


def test_a_burpee_goes_down_to_a_plank_and_off_the_floor() -> None:
    for body in ("average", "short_heavy"):
        for bottom in ("plank", "push_up"):
            done = perform("burpee", skeleton_of(body), {"bottom": bottom})
            feet, hands = done.mark("right_toe")[:, 2], done.mark("right_palm")[:, 2]
            tall = done.joint("head")[0, 2]
            aloft = (feet > 0.06) & (done.joint("head")[:, 2] > tall)
            assert (np.diff(aloft.astype(int)) == 1).sum() == 2
            flat = np.abs(done.joint("neck")[:, 2] - done.joint("right_ankle")[:, 2]) < 0.6
            away = np.linalg.norm((done.joint("neck") - done.joint("right_ankle"))[:, :2], axis=-1)
            assert (flat & (away > 0.75 * tall) & (hands < 0.04)).sum() >= 4


def test_swimmers_lie_at_the_surface_and_swim_head_first() -> None:
    for name, up in (("swimming_front_crawl", -1.0), ("swimming_backstroke", 1.0)):
        done = perform(name, skeleton_of("average"))
        pelvis = done.joint("pelvis")
        assert np.abs(pelvis[:, 2] - WATER_M).max() < 0.16
        assert (np.sign(done.rotations[:, 0, 2, 2]) == up).all()
        way = pelvis[-1] - pelvis[0]
        assert way[:2] @ (done.joint("head") - pelvis)[0, :2] > 1.0
        for side in ("right", "left"):
            over = done.mark(f"{side}_palm")[:, 2] > WATER_M + 0.02
            assert 2 <= (np.diff(over.astype(int)) == 1).sum() <= 4


def test_who_skips_hops_on_each_foot_in_its_turn() -> None:
    done = perform("skip", skeleton_of("average"), {"hops": 4.0})
    low = {side: np.minimum(done.mark(f"{side}_ball")[:, 2], done.mark(f"{side}_toe")[:, 2]) for side in ("right", "left")}
    aloft = np.minimum(low["right"], low["left"]) > 0.04
    starts = np.flatnonzero(np.diff(aloft.astype(int)) == 1) + 1
    ends = np.flatnonzero(np.diff(aloft.astype(int)) == -1) + 1
    assert len(starts) == len(ends) == 4
    for k, (start, end) in enumerate(zip(starts, ends, strict=True)):
        on, free = ("right", "left") if k % 2 == 0 else ("left", "right")
        assert low[on][start - 1] < low[free][start - 1] and low[on][end] < low[free][end]
        thigh = done.joint(f"{free}_knee") - done.joint(f"{free}_hip")
        assert (thigh[start:end, 2] > -0.50 * np.linalg.norm(thigh[0])).any()
