"""The human-free baseline: its clips are a function of seed and number, move as their class says, and lie in a plain folder."""

import subprocess
import sys
import time

import cv2
import numpy as np
import psutil
import pytest
from made_videos import decoded
from synapt.generator.base.errors import UserError
from synapt.generator.base.lock import only_one
from synapt.generator.base.seeds import draws
from synapt.training.data.clips import open_clips
from synapt.training.data.extras import BOX, read_extras
from synapt.training.data.shape_motions import MOTIONS
from synapt.training.data.shapes import CLASSES, ShapeSettings, shape_clip, shape_stream, write_shapes

SMALL = ShapeSettings(size_px=48, frames=8)
T = np.linspace(0, 1, 32)


KILLED = """
import sys
from pathlib import Path
from synapt.training.data.shapes import ShapeSettings, write_shapes
if __name__ == "__main__":
    write_shapes(Path(sys.argv[1]), 2000, ShapeSettings(size_px=64, frames=40), workers=2)
"""


@pytest.mark.slow
def test_workers_end_with_the_command_that_was_killed(tmp_path):
    boss = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path / "shapes")])
    started = time.monotonic()
    while not list((tmp_path / "shapes").glob("*/*.mp4")):
        assert boss.poll() is None and time.monotonic() < started + 120
        time.sleep(0.2)
    children = psutil.Process(boss.pid).children(recursive=True)
    boss.kill()
    boss.wait()
    assert children and not psutil.wait_procs(children, timeout=30)[1]


def test_a_clip_is_a_function_of_seed_and_number():
    frames, moves, label = shape_clip(SMALL, 29)
    again, same, _ = shape_clip(SMALL, 29)
    assert label == 29 % 24 and frames.shape == (8, 48, 48, 3) and frames.dtype == np.uint8
    assert np.array_equal(frames, again) and np.array_equal(moves, same)
    assert not np.array_equal(frames, shape_clip(SMALL, 53)[0])  # of the same class
    assert not np.array_equal(frames, shape_clip(ShapeSettings(seed=1, size_px=48, frames=8), 29)[0])


def test_the_stream_goes_on_anywhere():
    stream = shape_stream(SMALL, start=5, step=2)
    for number in (5, 7):
        got, frames, _, label = next(stream)
        assert got == number and label == number and np.array_equal(frames, shape_clip(SMALL, number)[0])


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_moves_within_the_picture(name):
    for k in range(8):
        path = MOTIONS[name](draws(k, name), T)
        fields = [path.x, path.y, path.size, path.angle, path.stretch, path.wave]
        assert all(field.shape == T.shape and np.isfinite(field).all() for field in fields)
        assert sum(np.ptp(field) > 0.01 for field in fields) >= 1
        assert 0.2 < (path.size * np.sqrt(path.stretch)).min() and path.size.max() < 2.0
        centre = np.stack([path.x, path.y])
        assert ((centre > -0.05) & (centre < 1.05)).all(0).mean() > 0.9  # a shape may leave for a moment, no longer


def test_paths_are_what_their_names_say():
    def path(name, k=0):
        return MOTIONS[name](draws(k, "x"), T)

    line = path("move_horizontally")
    assert np.ptp(line.y) < 1e-9 and np.allclose(np.diff(line.x), np.diff(line.x)[0])
    fast = np.hypot(np.diff(path("speed_up").x), np.diff(path("speed_up").y))
    slow = np.hypot(np.diff(path("slow_down").x), np.diff(path("slow_down").y))
    assert fast[-1] > 10 * fast[0] and slow[0] > 10 * slow[-1]
    back = path("there_and_back")
    assert abs(back.x[0] - back.x[-1]) < 1e-9 and abs(back.y[0] - back.y[-1]) < 1e-9
    orbit = path("orbit")
    radius = np.hypot(orbit.x - (orbit.x.min() + np.ptp(orbit.x) / 2), orbit.y - (orbit.y.min() + np.ptp(orbit.y) / 2))
    assert np.ptp(radius) < 0.1 * radius.mean()
    assert (np.diff(path("grow").size) > 0).all() and (np.diff(path("shrink").size) < 0).all()


def test_what_moves_is_where_frames_differ_from_one_in_which_it_was_elsewhere():
    grounds = 0
    for number in range(24):
        frames, moves, _ = shape_clip(ShapeSettings(size_px=64, frames=8), number)
        assert 0.01 < moves.mean() < 0.4
        moved = (moves[0] != moves[7]) & (cv2.erode(moves[0] ^ moves[7], np.ones((3, 3), np.uint8)) > 0)
        change = np.abs(frames[0].astype(int) - frames[7]).sum(-1)
        still = change[cv2.dilate(moves[0] | moves[7], np.ones((3, 3), np.uint8)) == 0].mean()
        grounds += still == 0
        if still == 0 and moved.any():  # a ground that doesn't drift, and a shape that went elsewhere
            assert change[moved].mean() > 10
    assert 5 < grounds < 20


def test_a_single_frame_says_little_of_the_class():
    """Colours and textures are drawn apart from the class: class means of single frames are alike."""
    means = np.array([[shape_clip(SMALL, 24 * k + c)[0][4].mean((0, 1)) for k in range(6)] for c in range(24)])
    between, within = means.mean(1).var(0).mean(), means.var(1).mean() / 6
    assert between < 2.5 * within


def test_written_clips_make_a_list_and_are_not_written_twice(tmp_path):
    out, heard = tmp_path / "shapes", []
    cv2.setNumThreads(1)
    assert write_shapes(out, 1, SMALL, workers=1, tell=lambda done, total: heard.append((done, total))) == 24
    assert heard[-1] == (24, 24)
    clips = open_clips(out)
    assert clips.classes == tuple(sorted(CLASSES)) and len(clips) == 24 and not clips.directional
    spin = out / "spin" / "spin-000000.mp4"
    made, moves, _ = shape_clip(SMALL, CLASSES.index("spin"))
    item = next(item for item in clips.items if item.path == spin)
    labels = read_extras(item, np.arange(8), ("person", BOX), 48, 48)
    assert np.array_equal(labels["person"], moves) and set(np.unique(moves)) == {0, 1}
    rows, columns = np.flatnonzero(moves.any((0, 2))), np.flatnonzero(moves.any((0, 1)))
    assert (labels[BOX] * 48).tolist() == pytest.approx([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1])
    with pytest.raises(UserError, match="train without 'joints'"):
        read_extras(item, np.arange(8), ("joints",), 48, 48)
    luma = np.array([0.2126, 0.7152, 0.0722])  # colours are kept at half the size
    assert np.abs(decoded(spin) @ luma - made @ luma).mean() < 8
    before = spin.stat().st_mtime_ns
    (out / "roll" / "roll-000000.mp4").unlink()
    (out / "roll" / ".roll-000000.mp4.1.tmp").write_bytes(b"half")
    assert write_shapes(out, 1, SMALL, workers=1) == 1
    assert spin.stat().st_mtime_ns == before and not list(out.rglob("*.tmp"))
    with pytest.raises(UserError, match="holds shapes of"):
        write_shapes(out, 1, ShapeSettings(seed=3, size_px=48, frames=8), workers=1)


def test_a_strange_folder_is_left_alone(tmp_path):
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(UserError, match="something other"):
        write_shapes(tmp_path, 1, SMALL, workers=1)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]
    with only_one(tmp_path / "busy"), pytest.raises(UserError, match="another command is writing into"):
        write_shapes(tmp_path / "busy", 1, SMALL, workers=1)


@pytest.mark.parametrize(
    "odd", [{"size_px": 33}, {"size_px": 14}, {"size_px": 100_000}, {"frames": 1}, {"frames": 10**9}, {"fps": 0}, {"fps": 1e6}]
)
def test_clips_that_cannot_be_drawn_are_refused_before_any_is(odd):
    with pytest.raises(UserError, match="give an even size from 16 to 4096, 2 to 10000 frames and fps from 1 to 240"):
        ShapeSettings(**odd)
