"""Batches of clips, ready in order and on time: for training by step, for tests by views."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from ...generator.base.errors import UserError
from ...generator.base.machine import usable_memory_bytes
from ...generator.base.seeds import draws
from ..config import TrainConfig
from ..models.base import ModelSpec
from ..values import Array, Batch, ClipList, Item
from . import sampling
from .cache import FrameCache
from .extras import BOX, check_names, read_extras
from .mix import mix
from .order import Order
from .reading import Stretch, frames_of, stretch
from .transforms import TrainTransform, settled, test_crops, working_short_side
from .workers import Ahead, Result, detected_workers

Key = tuple[int, int]


class Loader:
    """Training batches of one or several lists of clips, each step a function of (seed, epoch, step) alone.

    `batches(epoch, first_step)` yields this rank's part of every step from there on: optim.batch / world clips, augmented and
    mixed. With several lists they are shuffled together, `Batch.source` tells them apart, and targets count within their own
    list. `extras` names free labels (joints, person, part, depth, flow), unknown of clips that have none. UserError for a batch
    that doesn't divide by `world`, and for a clip that breaks on the way. The number of workers changes nothing but the speed.
    `cache` is where decoded frames are kept, None where they aren't.
    """

    def __init__(
        self,
        lists: Sequence[ClipList],
        config: TrainConfig,
        spec: ModelSpec,
        rank: int = 0,
        world: int = 1,
        extras: Sequence[str] = (),
    ) -> None:
        check_names(extras)
        if config.optim.batch % world:
            raise UserError(
                f"optim.batch={config.optim.batch} does not divide by {world} processes: choose a multiple of {world}"
            )
        order = Order(sum(map(len, lists)), config.seed, config.optim.batch // world, rank, world)
        check_memory(config.optim.batch // world, config, spec)
        self.cache = _cache(config, spec)
        make = TrainStep(tuple(lists), config, spec, order, tuple(extras), self.cache)
        workers = config.data.workers if config.data.workers >= 0 else detected_workers()
        self.steps_per_epoch = order.steps_per_epoch
        self._ahead = Ahead(make, workers, make.n_bytes)
        self._waited_s = self._lasted_s = 0.0

    def batches(self, epoch: int, first_step: int = 0) -> Iterator[Batch]:
        """The steps of `epoch` from `first_step` to its end."""
        self._waited_s = self._lasted_s = 0.0
        results = self._ahead([(epoch, step) for step in range(first_step, self.steps_per_epoch)])
        asked = time.perf_counter()
        for made in results:
            came = time.perf_counter()
            yield _batch(made, came - asked)
            again = time.perf_counter()
            self._waited_s += came - asked
            self._lasted_s += again - asked
            asked = again

    @property
    def waiting_share(self) -> float:
        """Share of the time since `batches` was called that its user waited for data, from 0 to 1."""
        return self._waited_s / self._lasted_s if self._lasted_s else 0.0

    def close(self) -> None:
        """End the workers."""
        self._ahead.close()


@dataclass(frozen=True)
class TrainStep:
    """What a worker does for a step: read its clips, augment them, put them together."""

    lists: tuple[ClipList, ...]
    config: TrainConfig
    spec: ModelSpec
    order: Order
    extras: tuple[str, ...]
    cache: FrameCache | None = None

    def __call__(self, key: Key) -> Result:
        """The batch of (epoch, step) as named tensors."""
        (epoch, step), seed = key, self.config.seed
        positions = self.order.positions(epoch, step).tolist()
        keyed = zip(positions, self.order.slots(step).tolist(), strict=True)
        clips = [self._clip(position, draws(seed, "clip", epoch, slot)) for position, slot in keyed]
        places = [self._place(position) for position in positions]
        batch = Batch(
            torch.stack([clip["video"] for clip in clips]),
            torch.tensor([self.lists[source].items[k].label for source, k in places]),
            torch.tensor([source for source, _ in places]),
            {name: torch.stack([clip[name] for clip in clips]) for name in self.extras},
        )
        rng = draws(seed, "mix", epoch, step, self.order.rank)
        return _result(mix(batch, self.config.augment, max(len(clips.classes) for clips in self.lists), rng))

    @property
    def n_bytes(self) -> int:
        """About the size of a step's tensors."""
        data = settled(self.config.data, self.spec)
        return self.order.batch * data.frames * data.size_px**2 * (3 + 8 * len(self.extras))

    def _place(self, position: int) -> tuple[int, int]:
        """(list, number in it) of a position in all lists one after the other."""
        for source, clips in enumerate(self.lists):
            if position < len(clips):
                return source, position
            position -= len(clips)
        raise IndexError(position)

    def _clip(self, position: int, rng: np.random.Generator) -> Result:
        source, k = self._place(position)
        item, data, augment = self.lists[source].items[k], settled(self.config.data, self.spec), self.config.augment
        where = stretch(item)
        tempo = float(np.exp(rng.uniform(*np.log(augment.tempo))))
        numbers = (
            sampling.segment(len(where), data.frames, rng, tempo)
            if data.sampling == "segment"
            else sampling.dense(len(where), data.frames, data.window_s * where.fps, rng, tempo)
        )
        frames = _frames(item, numbers, where, data.size_px, self.cache)
        labels = self._labels(source, k, numbers + where.first, where)
        transform = TrainTransform(data, augment, self.lists[source].directional)
        video, seen = transform(frames, rng, labels)
        return {"video": video, **{name: torch.from_numpy(np.ascontiguousarray(array)) for name, array in seen.items()}}

    def _labels(self, source: int, k: int, numbers: Array, where: Stretch) -> dict[str, Array]:
        item = self.lists[source].items[k]
        names = (*self.extras, BOX) if self.config.augment.person_crop else self.extras
        return read_extras(item, numbers, names, where.width_px, where.height_px) if names else {}


def test_batches(clips: ClipList, config: TrainConfig, spec: ModelSpec) -> Iterator[tuple[Array, torch.Tensor]]:
    """All clips in order without chance, each as data.test_views windows x data.test_crops crops.

    Yields (positions (N,) int64, video (N, 3, T, S, S) uint8), about optim.batch clips at a time; a clip's views follow each
    other.
    """
    make = TestViews(clips, config, spec, _cache(config, spec))
    at_once = max(1, config.optim.batch // (config.data.test_views * config.data.test_crops))
    check_memory(min(at_once, len(clips)) * config.data.test_views * config.data.test_crops, config, spec)
    keys = [(start, min(start + at_once, len(clips))) for start in range(0, len(clips), at_once)]
    workers = config.data.workers if config.data.workers >= 0 else detected_workers()
    ahead = Ahead(make, min(workers, len(keys)), 0)
    try:
        for made in ahead(keys):
            yield made["positions"].numpy(), made["video"]
    finally:
        ahead.close()


@dataclass(frozen=True)
class TestViews:
    """What a worker does for a test: all views of the clips from one number to before another."""

    clips: ClipList
    config: TrainConfig
    spec: ModelSpec
    cache: FrameCache | None = None

    def __call__(self, key: Key) -> Result:
        """The views of clips key[0] to before key[1]."""
        data = settled(self.config.data, self.spec)
        videos, positions = [], []
        for position in range(*key):
            item = self.clips.items[position]
            where = stretch(item)
            views = sampling.views(len(where), data.frames, data.test_views, data.sampling, data.window_s * where.fps)
            frames = _frames(item, views.reshape(-1), where, data.size_px, self.cache)
            for view in np.split(frames, len(views)):
                videos.append(test_crops(view, data))
            positions += [position] * (data.test_views * data.test_crops)
        return {"positions": torch.tensor(positions), "video": torch.cat(videos)}


def check_memory(n_clips: int, config: TrainConfig, spec: ModelSpec) -> None:
    """UserError where so many clips together, as bytes and as the numbers that a model takes, are more than this machine has."""
    data = settled(config.data, spec)
    takes, granted = n_clips * data.frames * data.size_px**2 * 3 * (1 + 4), usable_memory_bytes()
    if takes > granted:
        raise UserError(
            f"{n_clips:,} clips at once of {data.frames} frames of {data.size_px} px (optim.batch={config.optim.batch}) take "
            f"{takes / 1e9:,.0f} GB, and this machine grants {granted / 1e9:,.0f} GB: lower optim.batch"
        )


def _cache(config: TrainConfig, spec: ModelSpec) -> FrameCache | None:
    return FrameCache.opened(working_short_side(settled(config.data, spec).size_px)) if config.data.cache else None


def _frames(item: Item, numbers: Array, where: Stretch, size_px: int, cache: FrameCache | None) -> Array:
    return cache.frames(item, numbers, where) if cache else frames_of(item, numbers, working_short_side(size_px))


def _result(batch: Batch) -> Result:
    return {"video": batch.video, "target": batch.target, "source": batch.source, **batch.extras}


def _batch(made: Result, wait_s: float) -> Batch:
    extras = {name: made[name] for name in made.keys() - {"video", "target", "source"}}
    return Batch(made["video"], made["target"], made["source"], extras, wait_s)
