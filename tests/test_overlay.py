"""Labels are drawn where they are: every picture is checked at the pixels that its label names."""

from dataclasses import replace

import numpy as np
import pytest
from made_up import make_clip, with_first
from synapt.generator.base.errors import UserError
from synapt.generator.verbs.overlay import DENSE, LABELS, overlays


@pytest.fixture(scope="module")
def clip():
    """64 x 48 pixels with made-up labels, so a picture is drawn at four times that; joints on odd places, one each."""
    clip = make_clip()
    points = np.zeros((20, 55, 2))
    points[:, :, 0], points[:, :, 1] = 3.5 + np.arange(55), 24.5
    seen = np.zeros((20, 55), np.uint8)
    seen[:, 15], seen[:, 3] = 2, 1
    part = np.zeros((20, 48, 64), np.uint8)
    part[:, 10:20, 5:9] = 3
    phase = np.array([-1, *[0] * 9, *[1] * 9, -1], np.int16)
    labels = replace(clip.labels, phase=phase, dense={**clip.labels.dense, "part": part})
    labels = with_first(labels, joints_px=points, joints_visible=seen)
    return replace(clip, labels=labels)


def test_all_that_there_is_is_drawn_in_order_and_at_one_size(clip):
    drawn = overlays(clip.frames, clip.labels, ["all"])
    assert list(drawn) == list(LABELS)
    assert {(film.shape, film.dtype) for film in drawn.values()} == {((20, 192, 256, 3), np.dtype(np.uint8))}
    assert list(overlays(clip.frames, clip.labels, ["depth", "box"])) == ["box", "depth"]


def test_joints_stand_where_they_are_and_say_whether_they_are_seen(clip):
    film = overlays(clip.frames, clip.labels, ["joints"])["joints"]
    assert tuple(film[0, 98, 4 * 18 + 2]) == (70, 230, 90) and tuple(film[0, 98, 4 * 6 + 2]) == (255, 150, 40)
    plain = np.repeat(np.repeat(clip.frames, 4, axis=1), 4, axis=2)
    touched = np.argwhere((film[0] != plain[0]).any(-1))
    assert (np.abs(touched - [98, 74]).max(1).clip(max=9) < 5).any() and (np.abs(touched[:, 0] - 98) <= 5).all()


def test_boxes_frame_their_pixels_and_no_box_draws_nothing(clip):
    film = overlays(clip.frames, clip.labels, ["box"])["box"]
    plain = np.repeat(np.repeat(clip.frames, 4, axis=1), 4, axis=2)
    changed = (film != plain).any(-1)
    rows, columns = np.nonzero(changed[0])
    assert abs(rows.min() - 16) <= 1 and abs(rows.max() - 175) <= 1 and abs(columns.min() - 16) <= 1
    assert not changed[3].any()  # its box is NaN


def test_passes_show_each_value_in_its_colour(clip):
    film = overlays(clip.frames, clip.labels, ["part"])["part"]
    dark = np.repeat(np.repeat(clip.frames, 4, axis=1), 4, axis=2) // 3
    same = (film == dark).all(-1)
    assert not same[0, 40:80, 20:36].any() and same[0, :40].all() and same[0, :, 36:].all()
    depth = overlays(clip.frames, clip.labels, ["depth"])["depth"]
    sky = np.repeat(np.repeat(~np.isfinite(clip.labels.dense["depth"]), 4, axis=1), 4, axis=2)
    assert (depth[sky] == 0).all() and (depth[~sky] > 0).any(-1).all()
    assert (overlays(clip.frames, clip.labels, ["flow"])["flow"][-1] == 0).all()


def test_normals_are_world_axes_as_colours(clip):
    up = np.zeros((20, 48, 64, 3), np.float16)
    up[..., 2] = 1.0
    labels = replace(clip.labels, dense={"normal": up})
    assert (overlays(clip.frames, labels, ["normal"])["normal"] == [127, 127, 255]).all()


def test_phases_are_told_and_a_bar_fills_up(clip):
    film = overlays(clip.frames, clip.labels, ["phase"])["phase"]
    full = [len(np.unique(picture[-1], axis=0)) == 1 for picture in film]
    assert full == [False] * 19 + [True]
    assert not np.array_equal(film[0, -1, 0], film[1, -1, 0]) and not np.array_equal(film[9, -1, 0], film[10, -1, 0])


@pytest.mark.parametrize(
    ("names", "line"), [(["dept"], "did you mean depth"), (["mask", "flow"], "no label 'mask': render with --labels mask,flow")]
)
def test_what_cannot_be_drawn_is_one_line(clip, names, line):
    with pytest.raises(UserError, match=line):
        overlays(clip.frames, replace(clip.labels, dense={}), names)
    assert set(overlays(clip.frames, replace(clip.labels, dense={}), ["all"])) == set(LABELS) - DENSE
