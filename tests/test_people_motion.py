"""Several people move by one clock: mirrored together, exchanged, and each by their own streams alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from made_performance import BODIES, performer_of, skeleton_of, spec_of
from synapt.generator.actions import find_action
from synapt.generator.actions.action import Action
from synapt.generator.base.errors import UserError
from synapt.generator.motion.animate import animate
from synapt.generator.motion.kinematics import forward
from synapt.generator.motion.meeting import eye_contact, face_to_face
from synapt.generator.motion.score import Score
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample, streams_of
from synapt.generator.skeletons import JOINT, SMPLX_JOINTS
from synapt.generator.stream import StreamSettings, factors, twins
from synapt.generator.values import Array, Performance, Performer, Skeleton
from test_motion_engine import symmetric

APART_M = 0.9
RECIPE = load_recipe("standard")
SIDES = {"left": "right", "right": "left"}
OTHER = [JOINT["_".join(SIDES.get(word, word) for word in joint.split("_"))] for joint in SMPLX_JOINTS]


def positions(performer: Performer) -> Array:
    return forward(performer.skeleton, performer.rotations, performer.pelvis_m)[1]


def shaken(a: str, b: str, skeletons: list[Skeleton], side: str = "right", heading_rad: float = 0.0) -> Performance:
    action = find_action("handshaking")
    people = [
        performer_of("a", BODIES[a], style="energetic"),
        performer_of("b", BODIES[b], phases_rad=tuple(0.11 * k for k in range(24))),
    ]
    spec = spec_of(action, {}, side=side, idle_before_s=0.2, heading_rad=heading_rad)
    return animate(action.perform, spec, people, skeletons, {}, 15.0)


def test_performed_by_the_left_hand_it_is_the_mirror_image_of_everybody() -> None:
    bodies = [symmetric(skeleton_of(name)) for name in ("short_heavy", "tall_thin")]
    right, left = (shaken("short_heavy", "tall_thin", bodies, side) for side in ("right", "left"))
    for one, other in zip(right.performers, left.performers, strict=True):
        np.testing.assert_allclose(positions(other)[:, OTHER] * [-1.0, 1.0, 1.0], positions(one), atol=1e-9)
    assert [(c.role, c.landmark, c.target) for c in right.contacts if "palm" in c.landmark] == [
        ("a", "right_palm", "b:right_palm")
    ]
    assert [(c.role, c.landmark, c.target) for c in left.contacts if "palm" in c.landmark] == [("a", "left_palm", "b:left_palm")]
    assert [(c.start_s, c.end_s) for c in right.contacts] == [(c.start_s, c.end_s) for c in left.contacts]
    assert right.segments == left.segments


def test_heading_turns_everybody_about_the_first_ones_place() -> None:
    bodies = [skeleton_of(name) for name in ("short_heavy", "tall_thin")]
    plain, turned = (shaken("short_heavy", "tall_thin", bodies, heading_rad=angle) for angle in (0.0, 0.7))
    c, s = np.cos(0.7), np.sin(0.7)
    for one, other in zip(plain.performers, turned.performers, strict=True):
        np.testing.assert_allclose(positions(other), positions(one) @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]]), atol=1e-12)


def greet(a: Score, b: Score) -> None:
    """Both do the same: each holds out a hand over the floor between them, and bows."""
    face_to_face(a, b, APART_M)
    eye_contact(a, b, 0.3)
    with a.phase("greet", 1.5) as (_, end):
        for one in (a, b):
            one.right.go(end, 1.2, "world", (0.1, 0.35, 0.6 * one.body.height_m), palm=(-1.0, 0.0, 0.0))
            one.trunk.to(end, 1.2, bend=0.2)


def test_people_who_change_places_in_a_symmetric_action_give_the_same_scene_turned_round() -> None:
    action = Action("greeting", "greets {b}", greet, ("greet",), roles=("a", "b"))
    people = {name: (performer_of("a", BODIES[name], style=style), skeleton_of(name))
              for name, style in (("short_heavy", "old"), ("tall_thin", "energetic"))}  # fmt: skip

    def placed(*names: str) -> dict[str, Array]:
        performers = [replace(people[name][0], role=role) for role, name in zip("ab", names, strict=True)]
        skeletons = [people[name][1] for name in names]
        done = animate(action.perform, spec_of(action, {}), performers, skeletons, {}, 15.0)
        return {name: positions(one) for name, one in zip(names, done.performers, strict=True)}

    one, other = placed("short_heavy", "tall_thin"), placed("tall_thin", "short_heavy")
    middle = np.array([0.0, -APART_M / 2, 0.0])
    for name in people:
        np.testing.assert_allclose((other[name] - middle) * [-1.0, -1.0, 1.0], one[name] - middle, atol=2e-3)


def test_two_people_of_a_clip_are_two_people_of_one_split() -> None:
    small = replace(RECIPE, identities=2)
    for recipe in (RECIPE, small):
        for index in range(150):
            spec = sample("handshaking", recipe, 3, index)
            a, b = (performer.body.identity for performer in spec.performers)
            assert a != b and a.split("-")[0] == b.split("-")[0] == spec.split
    with pytest.raises(
        UserError, match=r"up to 2 people are in a clip of 'handshaking', and the recipe has 1 in .*give it more `identities`"
    ):
        sample("handshaking", replace(RECIPE, identities=1), 3, 0)


def test_who_is_who_is_drawn_independently() -> None:
    """Each combination of the sexes, and of who is older, comes about as often as if two coins were tossed."""
    specs = [sample("handshaking", RECIPE, 5, index) for index in range(800)]
    for kind in (lambda body: body.sex == "female", lambda body: body.age_years > 49):
        both = [tuple(kind(performer.body) for performer in spec.performers) for spec in specs]
        a, b = (np.mean([pair[k] for pair in both]) for k in (0, 1))
        for pair, share in (((x, y), (a if x else 1 - a) * (b if y else 1 - b)) for x in (True, False) for y in (True, False)):
            assert abs(np.mean([found == pair for found in both]) - share) < 4 * np.sqrt(share * (1 - share) / len(specs))
    styles = {tuple(performer.style for performer in spec.performers) for spec in specs}
    assert len(styles) > len({a for a, _ in styles})  # not one style for both


def test_streams_that_an_action_has_not_are_told() -> None:
    with pytest.raises(ValueError, match=r"unknown stream \['b.clothes'\]: choose among motion, .*bystanders, sensor$"):
        sample("waving_a_hand", RECIPE, 0, 0, variants={"b.clothes": 1})
    with pytest.raises(ValueError, match=r"unknown stream \['c.body'\]: choose among .*b.clothes, b.motion$"):
        sample("handshaking", RECIPE, 0, 0, variants={"c.body": 1})
    assert set(streams_of(("a", "b"))) - set(streams_of(("a",))) == {"b.body", "b.clothes", "b.motion"}


def test_factors_of_an_action_of_several_are_those_of_all_its_people() -> None:
    assert set(factors(("waving", "handshaking"))) - set(factors()) == {"b.body", "b.clothes"}
    assert factors(("waving_a_hand",)) == factors()
    settings = StreamSettings(("handshaking", "waving_a_hand"), width_px=32, height_px=32, fps=2.0)
    with pytest.raises(UserError, match=r"unknown factor 'b.cloths': did you mean b.clothes"):
        twins("handshaking", 0, 0, "b.cloths", 1, settings)
    with pytest.raises(UserError, match=r"unknown factor 'b\.clothes'"):
        twins("waving", 0, 0, "b.clothes", 1, settings)


@pytest.mark.parametrize("name", ["b.clothes", "b.body", "b.motion", "clothes", "camera"])
def test_redrawing_one_persons_stream_leaves_the_others_choices_alone(name: str) -> None:
    for index in range(20):
        usual, twin = (sample("handshaking", RECIPE, 3, index, variants=variants) for variants in ({}, {name: 1}))
        a, b = usual.performers
        c, d = twin.performers
        assert (c if name.startswith("b.") else d) == (a if name.startswith("b.") else b)
        if name == "b.clothes":
            assert replace(d, look=replace(d.look, garments=b.look.garments)) == b and d.look.garments != b.look.garments
        if name == "b.motion":
            assert (d.body, d.look) == (b.body, b.look) and d.phases_rad != b.phases_rad
            assert twin.performance == usual.performance  # of another's manner only: the clock and the act are the clip's
