"""The camera stands where the act is seen, without its place telling the class."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from synapt.generator.actions import find_action
from synapt.generator.labels.label import label
from synapt.generator.pipeline import make_scene
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from thinned import EVERY_ACTION

RECIPE = load_recipe("standard")
SIZE = {"width_px": 64, "height_px": 64, "fps": 5.0}


def seen(spec):
    scene = make_scene(spec)
    return min(person.measures["acting_visible"] for person in label(scene, spec, ()).people if person.acting), scene


def azimuth_of(scene):
    """Where the camera stands at the first frame, from the first performer's front, counter-clockwise."""
    eye = np.linalg.inv(scene.camera.T_camera_world[0])[:3, 3] - scene.performance.performers[0].pelvis_m[0]
    ahead = scene.performance.performers[0].rotations[0, 0] @ np.array([0.0, 0.0, 1.0])
    return float(np.angle(np.exp(1j * (np.arctan2(eye[1], eye[0]) - np.arctan2(ahead[1], ahead[0])))))


@pytest.mark.parametrize("side", ["right", "left"])
def test_of_a_view_and_its_mirror_image_that_is_taken_which_sees_the_hand(side):
    drawn = sample("telephoning", RECIPE, 4, 2, **SIZE)
    spec = replace(drawn, performance=replace(drawn.performance, side=side))
    taken = set()
    for azimuth_rad in (-2.4, 2.4):  # from behind: from one of the two the head hides the hand
        level = replace(
            spec.camera, elevation_rad=0.0, roll_rad=0.0, movement="static", movement_params={}, azimuth_rad=azimuth_rad,
            other_azimuths_rad=(-azimuth_rad,),
        )  # fmt: skip
        share, scene = seen(replace(spec, camera=level))
        alone, _ = seen(replace(spec, camera=replace(level, other_azimuths_rad=())))
        assert share >= max(alone, 0.5)
        taken.add(np.sign(azimuth_of(scene)))
    assert taken == {-1.0 if side == "right" else 1.0}


def test_a_camera_without_another_place_stays_and_one_that_sees_the_act_too():
    spec = sample("clapping", RECIPE, 4, 2, **SIZE)
    ahead = replace(spec.camera, azimuth_rad=0.4, movement="static", movement_params={}, other_azimuths_rad=(-0.4,))
    with_other, alone = (make_scene(replace(spec, camera=c)).camera for c in (ahead, replace(ahead, other_azimuths_rad=())))
    assert np.array_equal(with_other.T_camera_world, alone.T_camera_world)


@pytest.mark.parametrize("name", EVERY_ACTION)
@pytest.mark.slow
def test_the_acting_limb_is_seen_in_nearly_every_clip(name):
    """At least 95 %: of twelve clips, whose views are shared out evenly, one may fall short."""
    assert sum(seen(sample(name, RECIPE, 6, index, **SIZE))[0] < 0.5 for index in range(12)) <= 1


@pytest.mark.slow
def test_where_the_camera_stands_does_not_tell_the_class():
    """Directions that were taken in clips of unlike actions are spread alike (two-sample Kolmogorov-Smirnov)."""
    from scipy.stats import ks_2samp

    names = ("telephoning", "walking", "waving_a_hand", "left_kicking", "hush")
    views = {name: [azimuth_of(make_scene(sample(name, RECIPE, 7, k, **SIZE))) for k in range(40)] for name in names}
    assert all(find_action(name).acting or name == "walking" for name in names)
    for name in names:
        others = [view for other in names if other != name for view in views[other]]
        assert ks_2samp(views[name], others).pvalue > 0.01, name
