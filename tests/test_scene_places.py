"""Places in the open air and rooms by purpose: what stays clear, what has depth, whose sky it is, and where things belong."""

import dataclasses
from collections import Counter

import numpy as np
import pytest
from made_performer import made_performance
from synapt.generator.actions import ACTIONS, find_action
from synapt.generator.props.table import PROP_KINDS
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import backdrop, belonging, light, places, rooms, sample
from synapt.generator.sampling import camera as camera_sampling
from synapt.generator.scene.backdrop import BACKDROPS
from synapt.generator.scene.backdrop import backdrop as built
from synapt.generator.scene.camera import camera
from synapt.generator.scene.framing import subject_of
from synapt.generator.scene.light import light as lit
from synapt.generator.scene.outlook import lamp_color
from synapt.generator.scene.sky import daylight
from synapt.generator.scene.view import view_of
from synapt.generator.values import SkySpec

OPEN_AIR = tuple(places.NEEDED)


def surroundings(kind, seed, azimuth=0.4, movement="stand"):
    rng = np.random.default_rng([seed, 3])
    spec = backdrop.draw(rng, backdrop.Ranges(kinds={kind: 1.0}))
    performance = made_performance(movement, frames=8, fps=2.0)
    subject = subject_of(performance, np.zeros((8, 0, 3)))
    wanted = dataclasses.replace(camera_sampling.draw(rng, 0.5), azimuth_rad=azimuth, elevation_rad=0.1, movement="static")
    view = view_of([camera(wanted, subject, 96, 96)], subject.points)
    return built(spec, view), view


@pytest.mark.parametrize("kind", OPEN_AIR)
@pytest.mark.parametrize("seed", range(3))
def test_the_act_has_clear_level_ground_and_the_view_has_depth(kind, seed):
    around, view = surroundings(kind, seed)
    assert around.under_sky and not around.open_air and around.meshes[0].name == "ground"
    center = 0.5 * (view.low + view.high)[:2]
    ground = around.meshes[0].vertices_m
    assert np.abs(ground[np.linalg.norm(ground[:, :2] - center, axis=1) < 1.0, 2]).max(initial=0.0) < 0.25
    standing = np.concatenate([mesh.vertices_m for mesh in around.meshes[1:]])
    inside = ((standing[:, :2] > view.low[:2]) & (standing[:, :2] < view.high[:2])).all(axis=1)
    assert not (inside & (standing[:, 2] > 0.3) & (standing[:, 2] < view.high[2])).any()
    seen = np.linalg.norm(standing[:, :2] - center, axis=1)
    assert seen.max() > 40.0


@pytest.mark.parametrize("kind", OPEN_AIR)
def test_a_place_is_the_same_whoever_films_it_but_for_what_is_left_out(kind):
    """Faces near the performance that both cameras keep lie in the same places where nothing had to give way."""
    first, again = surroundings(kind, 1)[0], surroundings(kind, 1)[0]
    for a, b in zip(first.meshes, again.meshes, strict=True):
        np.testing.assert_array_equal(a.vertices_m, b.vertices_m)
    other = surroundings(kind, 2)[0]
    assert any(
        a.vertices_m.shape != b.vertices_m.shape or (a.vertices_m != b.vertices_m).any()
        for a, b in zip(first.meshes, other.meshes, strict=False)
    )


@pytest.mark.parametrize("kind", sorted(rooms.PURPOSES))
def test_rooms_by_purpose_are_furnished_and_have_their_own_lamp_and_sky(kind):
    found = [surroundings(kind, seed)[0] for seed in range(6)]
    assert all(one.under_sky and len(one.lamps) == 1 for one in found)
    assert sum(any(mesh.name == "furniture" for mesh in one.meshes) for one in found) >= 4
    outside = [mesh for one in found for mesh in one.meshes if mesh.name.startswith("outside")]
    assert all(material.glow > 0 for mesh in outside for material in mesh.materials)
    assert all(mesh.transforms[0, 0, 2, 3] < 0 for mesh in outside)


def test_lamps_are_warm_or_cold():
    warm, white, cold = (lamp_color(kelvin) for kelvin in (2700.0, 4200.0, 6500.0))
    assert warm[0] == 1.0 > warm[1] > warm[2] and white == pytest.approx((1.0, 1.0, 1.0)) and cold[2] == 1.0 > cold[1] > cold[0]


def level_light(sky):
    rows = np.pi * (0.5 - (np.arange(len(sky)) + 0.5) / len(sky))
    weight = np.cos(rows) * np.maximum(np.sin(rows), 0.0) * np.pi / len(sky) * 2 * np.pi / sky.shape[1]
    return float((sky.mean(axis=2) * weight[:, None]).sum())


@pytest.mark.parametrize("clouds", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("degrees", [20.0, 45.0, 80.0])
def test_sky_and_sun_together_light_a_white_ground_to_one(clouds, degrees):
    day = daylight(SkySpec(np.radians(degrees), 1.0, clouds, 0.3))
    facing = max(np.sin(np.radians(degrees)), 0.55)
    assert level_light(day.image) + day.sun_strength * facing == pytest.approx(np.pi, rel=0.02)
    assert np.isfinite(day.image).all() and (day.image >= 0).all()


def test_the_sky_changes_with_the_hour_and_with_clouds():
    noon, evening, night = (daylight(SkySpec(np.radians(e), 0.0, 0.1, 0.3)) for e in (60.0, 4.0, -15.0))
    redness = [day.sun_color[0] / day.sun_color[2] for day in (noon, evening)]
    assert redness[1] > 2 * redness[0] > 2
    assert noon.image[:20].mean(axis=(0, 1))[2] > noon.image[:20].mean(axis=(0, 1))[0]  # blue above
    assert night.image.mean() < 0.1 * noon.image.mean() and night.sun_strength == 0.0 < evening.sun_strength
    overcast = daylight(SkySpec(np.radians(60.0), 0.0, 1.0, 0.3))
    assert overcast.sun_strength == 0.0 and overcast.image[:40].std() < noon.image[:40].std() + 0.1
    half = noon.image.shape[1] // 2
    assert noon.image[50, half].sum() > noon.image[50, 0].sum()  # brightest towards the sun, at azimuth 0


def test_by_night_street_lamps_shine_and_by_day_none():
    around = surroundings("street", 0)[0]
    spec = light.draw(np.random.default_rng(0))
    lamps = [len(lit(dataclasses.replace(spec, sky=SkySpec(e, 0.0)), np.zeros(3), around).lamps) for e in (0.7, -0.2)]
    assert lamps == [0, 2]
    assert lit(spec, np.zeros(3), around).sky is not None and lit(spec, np.zeros(3), around).hdri_path is None


def test_every_place_and_thing_that_is_named_exists():
    assert set(belonging.BELONGS) <= set(PROP_KINDS)
    assert {place for found in belonging.BELONGS.values() for place in found} <= set(BACKDROPS) == set(backdrop.SHARES)
    assert sum(backdrop.SHARES.values()) == pytest.approx(1.0)


def test_things_are_used_where_they_belong_and_all_else_is_done_anywhere():
    recipe = load_recipe("standard")
    cooking = next(name for name in ACTIONS if any(use.kinds[0] == "stove" for use in find_action(name).props))
    there = [sample(cooking, recipe, 0, index).backdrop for index in range(8)]
    assert {one.kind for one in there} == {"kitchen"} and {one.chosen_for for one in there} == {"stove"}
    anywhere = Counter(sample("waving", recipe, 0, index).backdrop.kind for index in range(60))
    assert len(anywhere) > 9 and sample("waving", recipe, 0, 0).backdrop.chosen_for == ""
    bare = sample(cooking, load_recipe("aerial"), 0, 0).backdrop
    assert (bare.kind, bare.chosen_for) == ("outdoor", "")


def test_the_sky_leaves_all_other_draws_as_they_were():
    recipe = load_recipe("standard")
    first, other = (sample("waving", recipe, 0, 3, variants={"light": k} if k else None) for k in (0, 1))
    assert first.light.sky != other.light.sky and first.backdrop == other.backdrop and first.performers == other.performers
