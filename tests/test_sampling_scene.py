"""Draws of camera, light, backdrop and props: in range, independent of each other, shares as asked for."""

from dataclasses import dataclass

import numpy as np
import pytest
from synapt.assets_manifest.assets import hdri_names
from synapt.generator.base.seeds import spread
from synapt.generator.props.table import PROP_FORMS, PROP_KINDS
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import backdrop, camera, light, props, sample
from synapt.generator.scene.backdrop import BACKDROPS
from synapt.generator.scene.camera import MOVEMENTS
from synapt.generator.scene.furnishing import FURNITURE
from synapt.generator.scene.outdoor import FORMS
from synapt.generator.scene.room import PICTURES

N = 1500


@dataclass(frozen=True)
class Use:
    name: str
    kinds: tuple
    size: tuple = (0.9, 1.1)


def many(draw, n=N):
    return [draw(np.random.default_rng([7, k])) for k in range(n)]


def draw_camera(rng):
    return camera.draw(rng, 0.5)


@pytest.mark.parametrize("draw", [draw_camera, light.draw, backdrop.draw])
def test_same_generator_same_spec(draw):
    assert draw(np.random.default_rng(3)) == draw(np.random.default_rng(3)) != draw(np.random.default_rng(4))


@pytest.mark.parametrize(("name", "furthest_rad"), [("standard", 1.75), ("anyview", np.pi)])
def test_camera_covers_its_range_evenly(name, furthest_rad):
    recipe, actions = load_recipe(name), ("waving_a_hand", "walking", "sitting")
    specs = [sample(action, recipe, 7, k) for action in actions for k in range(N // 3)]
    bins, _ = np.histogram([s.camera.azimuth_rad for s in specs], bins=8, range=(-furthest_rad, furthest_rad))
    assert bins.sum() == N
    assert ((bins - N / 8) ** 2 / (N / 8)).sum() < 24.3  # chi-squared, 7 degrees of freedom, p = 0.001


def test_camera_sees_from_mostly_eye_level():
    specs = many(draw_camera)
    assert all(18.0 <= s.focal_mm <= 70.0 for s in specs)
    assert 0.02 < np.mean([s.elevation_rad > 0.6 for s in specs]) < 0.25


@pytest.mark.parametrize("turn, azimuth_rad", [(0.0, -np.pi), (0.5, 0.0), (0.75, np.pi / 2)])
def test_a_turn_goes_round_the_circle_once(turn, azimuth_rad):
    ranges = load_recipe("anyview").camera
    assert camera.draw(np.random.default_rng(1), turn, ranges).azimuth_rad == pytest.approx(azimuth_rad)


def test_the_other_place_is_the_mirror_image_where_the_range_has_it():
    usual, lopsided = camera.Ranges(), camera.Ranges(azimuth_rad=(-0.5, 1.5))
    for turn, ranges, others in (
        (0.2, usual, (1.05, 0.7, -0.7)),
        (0.9, usual, (-1.4, -0.35, 0.35)),
        (0.9, lopsided, (0.3, -0.3)),
    ):
        spec = camera.draw(np.random.default_rng(1), turn, ranges)
        assert spec.other_azimuths_rad == pytest.approx(others)
    assert camera.draw(np.random.default_rng(1), 0.2, load_recipe("anyview").camera).other_azimuths_rad == ()


@pytest.mark.parametrize("n", [2, 4, 10, 200])
@pytest.mark.parametrize("action", ["waving_a_hand", "walking"])
def test_clips_share_out_the_circle_and_so_do_differences_between_redraws(n, action):
    turns, redrawn = (np.array([spread(9, action, k, "azimuth", variant) for k in range(5, 5 + n)]) for variant in (0, 1))
    for places in (turns, (redrawn - turns) % 1.0):
        gaps = np.diff(np.sort(places), append=places.min() + 1.0)
        assert gaps.max() <= 2.619 / n and len(np.unique(gaps.round(9))) <= 3  # the three-gap theorem


def test_camera_movements_come_in_their_shares():
    names = [s.movement for s in many(draw_camera)]
    assert set(names) == set(MOVEMENTS)
    for name, share in camera.Ranges().movements.items():
        assert abs(names.count(name) / N - share) < 0.04


def test_a_changed_range_leaves_other_choices_alone():
    for k in range(20):
        usual = camera.draw(np.random.default_rng(k), 0.5)
        narrow = camera.draw(np.random.default_rng(k), 0.5, camera.Ranges(focal_mm=(50.0, 51.0)))
        assert (narrow.azimuth_rad, narrow.movement, narrow.phases_rad) == (
            usual.azimuth_rad,
            usual.movement,
            usual.phases_rad,
        )


def test_light_uses_every_map_and_is_varied():
    specs = many(light.draw)
    assert {s.hdri for s in specs} == set(hdri_names())
    assert abs(np.mean([s.sun_strength > 0 for s in specs]) - light.Ranges().sun_share) < 0.05
    assert abs(np.mean([len(s.lamps) > 0 for s in specs]) - light.Ranges().lamp_share) < 0.05


def test_backdrops_come_in_their_shares():
    kinds = [s.kind for s in many(backdrop.draw, 600)]
    assert set(kinds) == set(BACKDROPS)
    for name, share in backdrop.Ranges().kinds.items():
        assert abs(kinds.count(name) / 600 - share) < 0.07


def test_every_form_is_drawn_with_a_surface_of_its_own():
    """What the sampler names and what the scene can build are the same."""
    assert backdrop.FORM_SURFACES.keys() == FORMS.keys() and backdrop.FURNITURE_SURFACES.keys() <= FURNITURE.keys()
    assert set(backdrop.PICTURES) == set(PICTURES)
    for kind, surfaces in (("outdoor", backdrop.FORM_SURFACES), ("room", backdrop.FURNITURE_SURFACES)):
        ranges = backdrop.Ranges(kinds={kind: 1.0})
        drawn = [backdrop.draw(np.random.default_rng([8, k]), ranges) for k in range(60)]
        found = {
            (s.params[f"thing{k}_form"], s.surfaces[f"thing{k}"].kind) for s in drawn for k in range(int(s.params["n_things"]))
        }
        assert found == {(form, its) for form, kinds in surfaces.items() for its in kinds}
        hung = {value for s in drawn for name, value in s.params.items() if "_picture" in name and isinstance(value, str)}
        assert hung == (set(PICTURES) if kind == "room" else set())


def test_forms_of_props_come_evenly():
    for kind, parts in PROP_FORMS.items():
        drawn = [props.draw(np.random.default_rng([3, k]), (Use("it", (kind,)),))[0] for k in range(600)]
        for part, names in parts.items():
            counts = [sum(spec.forms[part] == name for spec in drawn) for name in names]
            assert sum(counts) == 600 and min(counts) > 0.75 * 600 / len(names), (kind, part)


def test_props_serve_their_use():
    uses = (Use("drink", ("cup", "glass", "bottle")), Use("ball", ("ball",), (0.06, 0.23)))
    drawn = [props.draw(np.random.default_rng(k), uses) for k in range(300)]
    assert {d[0].kind for d in drawn} == {"cup", "glass", "bottle"}
    assert all(d[0].name == "drink" and 0.9 <= d[0].size <= 1.1 and 0.06 <= d[1].size <= 0.23 for d in drawn)
    assert len({d[0].colors for d in drawn}) == 300
    assert props.draw(np.random.default_rng(0), ()) == ()


def test_a_use_may_be_any_kind_there_is():
    for kind in PROP_KINDS:
        assert props.draw(np.random.default_rng(1), (Use("it", (kind,)),))[0].kind == kind
