"""Things that are held by one hand and gripped by the other, worn, moved from place to place and swung about a hinge."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from made_performance import BODIES, Performed, angle, perform, skeleton_of
from synapt.generator.actions import Action, PropUse
from synapt.generator.base.errors import UserError
from synapt.generator.motion.score import Score


def performed(write: Callable[[Score], None], kind: str, body: str = "average", side: str = "right") -> Performed:
    """Two seconds of what `write` writes, with one thing, called `it`."""

    def choreography(s: Score) -> None:
        with s.phase("all", 2.0):
            write(s)

    action = Action("made", "does", choreography, ("all",), props=(PropUse("it", (kind,), (1.0, 1.0)),))
    return perform(action, skeleton_of(body), side=side)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("side", ["right", "left"])
def test_the_other_hand_goes_with_what_one_holds(body, side):
    def write(s: Score) -> None:
        s.hold("it")
        s.right.reach(0.2, 0.2, (0.1, 0.6, -0.3), palm=(-1.0, 0.0, 0.0))
        s.right.reach(1.8, 1.0, (0.0, 0.55, 0.1), palm=(-1.0, 0.0, 0.0))
        s.left.go(0.4, 0.3, "thing:it:base", (0.0, 0.0, -0.03))

    seen = performed(write, "bottle", body, side)
    other = {"right": "left", "left": "right"}[side]
    base = seen.prop_point("it", "base")
    below = base + seen.performance.props["it"][:, :3, 2] * -0.03
    miss = np.linalg.norm(seen.mark(f"{other}_palm") - below, axis=-1)
    assert miss[seen.during(0.5, 2.0)].max() < 0.005
    assert np.ptp(base[seen.during(0.5, 2.0), 2]) > 0.1


def test_eyes_follow_a_hand_and_a_thing_in_it():
    def write(s: Score, frame: str) -> None:
        s.hold("it")
        s.right.reach(0.2, 0.2, (0.3, 0.5, -0.6))
        s.right.reach(1.8, 1.4, (0.3, 0.5, 0.6), "linear")
        s.look(0.2, frame)

    for name in ("right_hand", "thing:it"):
        seen = performed(partial(write, frame=name), "can")
        gaze = seen.rotations[:, 23] @ np.array([0.0, 0.0, 1.0])  # the left eye looks along its z at rest
        to_it = seen.performance.props["it"][:, :3, 3] - seen.joint("left_eye")
        assert np.degrees(angle(gaze, to_it)[seen.during(0.6, 2.0)].max()) < 15.0


@pytest.mark.parametrize("side", ["right", "left"])
def test_what_is_worn_stays_where_it_is_on_the_body(side):
    def write(s: Score) -> None:
        s.wear("it", "head", (0.0, 0.02, 0.03), "crown", pitch_rad=0.2)
        s.trunk.to(1.5, 1.0, bend=0.8, twist=0.5)
        s.head.to(1.5, 1.0, turn=0.5)

    seen = performed(write, "cup", side=side)
    head = seen.rotations[:, 15]
    local = np.swapaxes(head, -1, -2) @ (seen.performance.props["it"][:, :3, 3] - seen.mark("crown"))[..., None]
    near = 1e-9 if side == "right" else 0.002  # a body's two halves differ by so much
    assert np.abs(local - local[0]).max() < near
    assert local[0, :, 0] == pytest.approx([0.0, 0.03, 0.02], abs=near)  # rest axes: left, up, ahead
    turned = np.swapaxes(head, -1, -2) @ seen.performance.props["it"][:, :3, :3]
    assert np.abs(turned - turned[0]).max() < 1e-9
    front = head[0] @ np.array([0.0, 0.0, 1.0])
    assert -seen.performance.props["it"][0, :3, 1] @ front == pytest.approx(np.cos(0.2), abs=1e-6)


def test_what_is_taken_off_goes_with_the_hand_without_a_jump():
    def write(s: Score) -> None:
        s.wear("it", "head", (0.0, 0.0, 0.0), "crown")
        s.right.touch(0.8, 0.6, "crown")
        s.hold("it", 0.8)
        s.right.rest(1.6, 0.7)

    seen = performed(write, "cup")
    path = seen.performance.props["it"][:, :3, 3]
    assert np.linalg.norm(np.diff(path, axis=0), axis=-1).max() < 0.155
    assert np.linalg.norm(path[-1] - seen.mark("right_palm")[-1]) < 0.15


def test_a_thing_goes_from_place_to_place_and_the_hand_with_it():
    def write(s: Score) -> None:
        s.stand("it", (0.2, 0.3), height_m=1.1)
        s.move("it", 1.5, 1.0, (0.2, 0.45), 0.3, height_m=1.1)
        s.right.go(0.4, 0.3, "thing:it:right_side", (0.0, 0.0, 0.0))

    seen = performed(write, "box")
    path = seen.performance.props["it"]
    assert path[0, :3, 3] == pytest.approx([-0.2, -0.3, 1.1], abs=1e-9)  # the stage's right is -x of the world, its front -y
    assert path[-1, :3, 3] == pytest.approx([-0.2, -0.45, 1.1], abs=1e-9)
    assert np.arccos(path[0, :3, 0] @ path[-1, :3, 0]) == pytest.approx(0.3, abs=1e-9)
    miss = np.linalg.norm(seen.mark("right_palm") - seen.prop_point("it", "right_side"), axis=-1)
    assert miss[seen.during(0.5, 2.0)].max() < 0.005


def test_a_part_swings_about_its_hinge_and_back():
    def write(s: Score) -> None:
        s.stand("it", (0.0, 0.5))
        s.swing("it", 0.8, 0.5, "top", 0.9)
        s.swing("it", 1.6, 0.5, "top", -0.9)

    seen = performed(write, "mat")
    path, hinge = seen.performance.props["it"], seen.prop_point("it", "top")
    assert np.abs(hinge - hinge[0]).max() < 1e-9
    turned = np.arccos(np.clip(path[:, :3, 0] @ path[0, :3, 0], -1.0, 1.0))
    assert turned.max() == pytest.approx(0.9, abs=1e-3)
    assert turned[-1] < 1e-6


def test_what_is_not_there_is_told():
    with pytest.raises(UserError, match="no frame of 'it' is called 'hinge': choose from"):
        performed(lambda s: s.swing("it", 1.0, 0.5, "hinge", 0.5), "cup")
    with pytest.raises(UserError, match="no frame is called 'hat'"):
        performed(lambda s: s.wear("it", "hat"), "cup")
    with pytest.raises(UserError, match="no thing is called 'that'"):
        performed(lambda s: s.move("that", 1.0, 0.5, (0.0, 0.0)), "cup")
    with pytest.raises(UserError, match="no thing is called 'that'"):
        performed(lambda s: s.right.go(1.0, 0.5, "thing:that", (0.0, 0.0, 0.0)), "cup")
