"""Actions drafted for a look: from the views asked for, at the size asked for, under the recipe asked for."""

import math

import cv2
import numpy as np
import pytest
from synapt.generator import door
from synapt.generator.pipeline import make_scene
from synapt.generator.verbs.drafts import preview_actions, seen_from
from synapt.generator.verbs.sheets import COLUMNS, TILE_PX

SEEN = {"front": (0, -1), "back": (0, 1), "side": (1, 0), "left": (1, 0), "right": (-1, 0)}
"""Where the camera stands, as seen from above, when the person faces -y and has the left hand at +x."""


@pytest.mark.parametrize("view", SEEN)
def test_a_view_is_level_still_and_from_its_side(view):
    spec = door.sample("waving", 0, 4, size=48, fps=4.0)
    filmed = seen_from(spec, view)
    assert {
        f for f in ("performance", "performers", "bystanders", "light", "backdrop") if getattr(filmed, f) != getattr(spec, f)
    } == set()
    scene = make_scene(filmed)
    rotation, shift = scene.camera.T_camera_world[:, :3, :3], scene.camera.T_camera_world[:, :3, 3]
    eye = -np.einsum("tji,tj->ti", rotation, shift)
    assert np.ptp(eye, axis=0).max() < 1e-6
    towards = np.arctan2(*eye[0][[1, 0]]) - math.atan2(SEEN[view][1], SEEN[view][0])
    assert math.cos(towards) > 0.9
    assert np.abs(rotation[:, 2, 2]).max() < 1e-6  # level: the optical axis lies in the horizontal plane


def test_each_clip_is_shown_from_each_view_at_its_size(tmp_path):
    paths = preview_actions(("waving_a_hand",), 2, 0, "standard", tmp_path / "p", (64, 32), ("front", "back"))
    assert [path.name for path in paths] == ["p.gif", "p.png"]
    assert cv2.imread(str(paths[1])).shape == (4 * (TILE_PX // 2 + 18), COLUMNS * TILE_PX, 3)
