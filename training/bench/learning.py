"""Clips a second that a process loads, and that a training step takes in."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from ...generator.base.seeds import draws
from ..config import TrainConfig, load_config
from ..data.clips import open_clips
from ..data.loader import Loader
from ..data.shapes import ShapeSettings, write_shapes
from ..engine.dist import Team, find_device
from ..engine.step import Stepper
from ..models import build
from ..models.base import ModelSpec, VideoModel
from ..objectives import build_objective
from ..values import Batch, ClipList
from .values import Learning

RECIPES = ("tiny-cpu", "tsm18-cpu")
N_CLIPS, CLIP_PX, CLIP_FRAMES = 48, 256, 75
"""Videos to load: as large and as long as rendered ones mostly are."""


def measure(seconds: float, tell: Callable[[str], None]) -> list[Learning]:
    """A row for each of RECIPES, in about so many seconds in all, with one process that loads and one thread that decodes."""
    found, device = [], find_device("auto")
    with _clips() as clips:
        for recipe in RECIPES:
            tell(f"learning by {recipe}")
            config = load_config(recipe, ["optim.batch=8", "data.workers=1", "data.cache=false"])
            model = build(config.model, len(clips.classes), config.data)
            loaded = _loaded(clips, config, model.spec, seconds / (2 * len(RECIPES)))
            learned = _learned(model, config, device, len(clips.classes), seconds / (2 * len(RECIPES)))
            n_params = sum(parameter.numel() for parameter in model.parameters())
            size = (config.data.frames, config.data.size_px)
            counts = (config.optim.batch, n_params)
            found.append(Learning(config.model.name, str(device), *size, loaded, learned, *counts))
    return found


@contextmanager
def _clips() -> Iterator[ClipList]:
    """Videos of moving shapes, as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="synapt-bench-") as folder:
        root = Path(folder, "shapes")
        write_shapes(root, -(-N_CLIPS // 24), ShapeSettings(0, CLIP_PX, CLIP_FRAMES, 15.0))
        yield open_clips(root)


def _loaded(clips: ClipList, config: TrainConfig, spec: ModelSpec, seconds: float) -> float:
    loader = Loader([clips], config, spec)
    try:
        return _per_second(_endless(loader), config.optim.batch, seconds)
    finally:
        loader.close()


def _endless(loader: Loader) -> Iterator[object]:
    epoch = 0
    while True:
        yield from loader.batches(epoch)
        epoch += 1


def _learned(model: VideoModel, config: TrainConfig, device: torch.device, n_classes: int, seconds: float) -> float:
    """Steps by the engine on one batch that is in memory."""
    n, data = config.optim.batch, config.data
    rng = draws(0, "bench")
    video = torch.from_numpy(rng.integers(256, size=(n, 3, data.frames, data.size_px, data.size_px), dtype=np.uint8))
    batch = Batch(video, torch.from_numpy(rng.integers(n_classes, size=n)), torch.zeros(n, dtype=torch.int64))
    step = Stepper(build_objective(model, config, (tuple(map(str, range(n_classes))),)), config, Team(device), 1_000_000)

    def steps() -> Iterator[object]:
        k = 0
        while True:
            step(replace(batch), k)
            if device.type == "cuda":
                torch.cuda.synchronize(device)
            yield batch
            k += 1

    return _per_second(steps(), n, seconds)


def _per_second(steps: Iterator[object], clips_each: int, seconds: float) -> float:
    """Clips a second over `seconds`, without the first step, in which processes start and code is chosen."""
    next(steps)
    begun_s, n = time.perf_counter(), 0
    while n < 2 or time.perf_counter() - begun_s < seconds:
        next(steps)
        n += 1
    return n * clips_each / (time.perf_counter() - begun_s)
