"""The human-free baseline: clips of moving textured shapes, labelled by how they move, as many as one likes.

After the moving shapes with textures and accelerations of Yu, Chen and Gandelsman (arXiv 2410.24213), who learn from them without
labels; here the motion is the class, so that supervised learning has something to learn too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from itertools import count
from pathlib import Path

import cv2
import numpy as np

from ...generator.base.bounded import read_json
from ...generator.base.errors import UserError
from ...generator.base.files import appearing, remove_leftovers
from ...generator.base.interpreter import safely_started
from ...generator.base.lock import holds_nothing, only_one
from ...generator.base.machine import usable_cores
from ...generator.base.ranges import Seed, checked
from ...generator.base.seeds import draws
from ...generator.base.shown import shown
from ...generator.dataset.labels_file import save_arrays
from ...generator.video.write import write_video
from ..ending import end_with
from ..values import Array
from .shape_drawing import draw_shape, draw_texture
from .shape_motions import MOTIONS, still
from .workers import context

CLASSES: tuple[str, ...] = tuple(MOTIONS)
"""The classes, in order of their labels."""

SETTINGS = "shapes.json"
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class ShapeSettings:
    """What all clips of one set have in common: seed, square size, frames and rate."""

    seed: int = 0
    size_px: int = 128
    frames: int = 32
    fps: float = 15.0

    def __post_init__(self) -> None:
        checked(self.seed, Seed, "seed")
        even = self.size_px % 2 == 0 and 16 <= self.size_px <= 4096
        if not even or not 2 <= self.frames <= 10_000 or not 1 <= self.fps <= 240:
            raise UserError(
                f"no shapes of {self.size_px} px, {self.frames} frames, {self.fps:g} fps: give an even size from 16 to "
                "4096, 2 to 10000 frames and fps from 1 to 240"
            )


def shape_clip(settings: ShapeSettings, number: int) -> tuple[Array, Array, int]:
    """Frames (T, S, S, 3) uint8, what moves by itself (T, S, S) uint8 0 or 1, and label of clip `number` = 0, 1, 2...

    A function of both arguments, classes in turn. One to three shapes do the same in their own way, over and under others that
    stand still, on a ground that may drift.
    """
    label = number % len(CLASSES)
    rng, side = draws(settings.seed, "shapes", number), settings.size_px
    times = np.linspace(0.0, 1.0, settings.frames)
    movers = int(rng.choice([1, 2, 3], p=[0.6, 0.3, 0.1]))
    paths = [MOTIONS[CLASSES[label]](rng, times) for _ in range(movers)]
    shapes = [draw_shape(rng, side, rng.uniform(0.1, 0.17)) for _ in paths]
    ground = _ground(rng, side)
    drift = rng.uniform(-0.12, 0.12, 2) * side * (rng.random() < 0.5)
    frames = np.empty((settings.frames, side, side, 3), np.uint8)
    moves = np.zeros(frames.shape[:3], np.uint8)
    for k, frame in enumerate(frames):
        shift = np.array([[1.0, 0.0, -side / 2], [0.0, 1.0, -side / 2]])
        shift[:, 2] += drift * times[k]
        cv2.warpAffine(ground, shift, (side, side), frame, cv2.INTER_LINEAR, cv2.BORDER_REFLECT)
        for shape, path in zip(shapes, paths, strict=True):
            moves[k] |= shape.draw(frame, path, k) > 127
    return frames, moves, label


def _ground(rng: np.random.Generator, side: int) -> Array:
    """(2 side, 2 side, 3) uint8: a texture with up to four still shapes on it."""
    ground = draw_texture(rng, 2 * side)
    for _ in range(int(rng.integers(5))):
        shape = draw_shape(rng, side, rng.uniform(0.04, 0.1))
        x, y, angle = rng.uniform(0.2, 0.8), rng.uniform(0.2, 0.8), rng.uniform(0, 6.28)
        shape.draw(ground, still(x, y, angle), 0)
    return ground


def shape_stream(settings: ShapeSettings, start: int = 0, step: int = 1) -> Iterator[tuple[int, Array, Array, int]]:
    """(number, frames, movers, label) without end, from clip `start` on, every `step`-th."""
    for number in count(start, step):
        yield (number, *shape_clip(settings, number))


def write_shapes(
    out: Path, n_per_class: int, settings: ShapeSettings, workers: int | None = None, tell: Tell | None = None
) -> int:
    """Write `n_per_class` clips of each class as `out`/CLASS/CLASS-000000.mp4; returns how many were missing and are now made.

    Beside it lie, named as in a dataset of ours, the box of what moves (.npz) and its pixels (.mask.npz).
    Stopped and called again it goes on. UserError when `out` holds shapes of other settings, or something else.
    """
    _check_place(out)
    with only_one(out):
        return _fill(out, n_per_class, settings, usable_cores() if workers is None else workers, tell)


def _fill(out: Path, n_per_class: int, settings: ShapeSettings, workers: int, tell: Tell | None) -> int:
    _claim(out, settings)
    wanted = [(number, clip_path(out, number)) for number in range(n_per_class * len(CLASSES))]
    missing = [(number, path) for number, path in wanted if not all(file.is_file() for file in (path, *labels_of(path)))]
    make = partial(_write, settings)
    if workers <= 1 or len(missing) < 2:
        _count(map(make, missing), len(missing), tell)
    else:
        processes = min(workers, len(missing))
        with safely_started(), ProcessPoolExecutor(processes, context(), end_with, (os.getpid(),)) as pool:
            _count(pool.map(make, missing, chunksize=4), len(missing), tell)
    return len(missing)


def clip_path(out: Path, number: int) -> Path:
    """Where clip `number` lies."""
    name = CLASSES[number % len(CLASSES)]
    return out / name / f"{name}-{number // len(CLASSES):06d}.mp4"


def labels_of(video: Path) -> tuple[Path, Path]:
    """Where the box and the pixels of what moves in a clip lie."""
    return video.with_suffix(".npz"), video.with_suffix(".mask.npz")


def _boxes(moves: Array) -> Array:
    """(T, 4) float32: x0, y0, x1, y1 around what moves in each frame, NaN where all of it is out of the picture."""
    found = np.array([cv2.boundingRect(frame) for frame in moves], np.float32)
    found[:, 2:] += found[:, :2]
    found[~moves.any((1, 2))] = np.nan
    return found


def _count(done: Iterator[None], total: int, tell: Tell | None) -> None:
    for k, _ in enumerate(done):
        if tell:
            tell(k + 1, total)


def _write(settings: ShapeSettings, job: tuple[int, Path]) -> None:
    number, path = job
    frames, moves, _ = shape_clip(settings, number)
    for file, arrays in zip(labels_of(path), ({"box_px": _boxes(moves)}, {"mask": moves}), strict=True):
        with appearing(file) as temporary:
            save_arrays(temporary, arrays)
    with appearing(path) as temporary:
        write_video(temporary, frames, settings.fps)


def _check_place(out: Path) -> None:
    """UserError for a folder that others have filled."""
    if out.is_dir() and not (out / SETTINGS).is_file() and not holds_nothing(out):
        raise UserError(f"{out} holds something other than shapes: give a new folder")


def _claim(out: Path, settings: ShapeSettings) -> None:
    """Note the settings in a new folder, or compare them with those of an old one."""
    path, own = out / SETTINGS, asdict(settings)
    if path.is_file():
        try:
            there = read_json(path)
        except (OSError, UserError):
            there = {}
        if there != own:
            raise UserError(f"{out} holds shapes of {shown(there)[:300]}, not {own}: give another folder or the same settings")
    else:
        with appearing(path) as temporary:
            temporary.write_text(json.dumps(own), encoding="utf-8")
    remove_leftovers(out)
