"""Clips that are rendered while a model trains, alone or beside clips on disk; nothing is written."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import count

import numpy as np
import torch
from torch import Tensor

from ...generator.base.errors import UserError
from ...generator.base.seeds import draws
from ...generator.dataset import DENSE
from ...generator.stream import Clip, Stream, StreamSettings, class_names, on_ray, provenance, sided
from ..config import TrainConfig
from ..models.base import ModelSpec
from ..models.provenance import DataSource
from ..values import Batch, ClipList
from . import sampling
from .extras import BOX, NEEDS, check_names, clip_extras
from .loader import Loader, check_memory
from .mix import mix
from .transforms import TrainTransform, settled, working_short_side
from .workers import detected_workers


def settings_of(config: TrainConfig, spec: ModelSpec, extras: Sequence[str] = ()) -> StreamSettings:
    """The stream that a configuration asks for, its clips a little larger than the model's crops.

    Its seed follows from config.seed but differs from it, so the stream never repeats a dataset rendered with that seed.
    """
    check_names(extras)
    size_px = config.stream.size_px or 2 * -(-working_short_side(settled(config.data, spec).size_px) // 2)
    dense = tuple(dict.fromkeys(label for name in extras for label in NEEDS[name] if label in DENSE))
    seed, asked = int(draws(config.seed, "stream").integers(2**31)), config.stream
    return StreamSettings(
        asked.actions, asked.recipe, seed, size_px, size_px, asked.fps, dense=dense, twins=asked.twins, views=asked.views
    )  # fmt: skip


def stream_source(settings: StreamSettings, n_clips: int) -> DataSource:
    """What a model's card says of a stream of which `n_clips` were looked at."""
    return DataSource("stream", stream_digest(settings), n_clips, provenance(settings, n_clips).licences)


def stream_digest(settings: StreamSettings) -> str:
    """Eight hex digits that change when the stream's clips do; draws no clip."""
    header = provenance(settings, 0)
    alone = {"twins": "", "views": 1}  # is not said, as runs of old couldn't
    said = sorted(item for item in asdict(settings).items() if item not in alone.items())
    text = f"{header.spec_version} {header.settings.recipe_digest} {said}"
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def stream_list(actions: Sequence[str]) -> ClipList:
    """The stream's classes as a list without clips."""
    classes = tuple(class_names(actions))
    return ClipList("stream", classes, (), bool(sided(actions)))


class Streamed:
    """Training batches with the face of `Loader`; step s of a run has the stream's clips from s * n on, n = share * optim.batch.

    `disk` are lists that the rest of each step comes from; their own epochs pass at their own pace. With several lists of classes
    (`aligned`) the stream is source 0, and theirs count from 1. Clips are rendered by config.data.workers processes a rank, on
    this machine or on the Ray cluster that config.stream.ray names, each step a function of (seed, step) alone. UserError for
    shares that don't divide, and a cluster that isn't there.
    """

    def __init__(
        self, config: TrainConfig, spec: ModelSpec, disk: Sequence[ClipList] = (), rank: int = 0, world: int = 1,
        extras: Sequence[str] = (), own_heads: bool = False,
    ) -> None:  # fmt: skip
        self.config, self.spec, self.rank, self.world, self.extras = config, spec, rank, world, tuple(extras)
        self.settings = settings_of(config, spec, extras)
        self.streamed, self.stored = divided(config, world, bool(disk))
        check_memory(config.optim.batch // world, config, spec)
        self.steps_per_epoch = config.stream.clips // self.streamed
        if not self.steps_per_epoch:
            raise UserError(f"stream.clips is {config.stream.clips}, fewer than the {self.streamed} of a step: raise it")
        self.own_heads = own_heads
        self.n_classes = max([len(self.settings.actions), *(len(clips.classes) for clips in disk)])
        self.directional = bool(sided(self.settings.actions))
        self._workplace = on_ray(config.stream.ray) if config.stream.ray else None
        self.workers = max(1, config.data.workers if config.data.workers >= 0 else self._fitting())
        self._disk: Loader | None = None
        if self.stored:
            plain = replace(config.augment, mixup=0.0, cutmix=0.0)  # clips are mixed when all are there
            part = replace(config, augment=plain, optim=replace(config.optim, batch=self.stored))
            self._disk = Loader(disk, part, spec, rank, world, extras)
        self.cache = self._disk.cache if self._disk else None
        self._stream: Stream | None = None
        self._next = -1

    def batches(self, epoch: int, first_step: int = 0) -> Iterator[Batch]:
        """The steps of `epoch` from `first_step` to its end."""
        begin = epoch * self.steps_per_epoch + first_step
        stored = self._stored(begin)
        for step in range(begin, (epoch + 1) * self.steps_per_epoch):
            asked = time.perf_counter()
            clips = self._clips(step)
            waited = time.perf_counter() - asked
            batch = self._batch(clips)
            if self._disk is not None:
                other = next(stored)
                waited += other.wait_s
                batch = self._joined(batch, other)
            rng = draws(self.config.seed, "mix", step, self.rank)
            yield replace(mix(batch, self.config.augment, self.n_classes, rng), wait_s=waited)

    def close(self) -> None:
        """End the processes that render and read."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        if self._disk is not None:
            self._disk.close()

    def _fitting(self) -> int:
        """How many processes suit this rank: its share of what the cluster bears, or of this machine."""
        if self._workplace is None:
            return detected_workers()
        return self._workplace.bears(self.settings, len(self.settings.dense)) // self.world

    def _clips(self, step: int) -> list[tuple[int, Clip]]:
        """This rank's clips of a step, by number."""
        first, last = step * self.streamed, (step + 1) * self.streamed
        if self._stream is None or self._next != first:
            if self._stream is not None:
                self._stream.close()
            self._stream = Stream(
                self.settings, first, self.workers, rank=self.rank, world_size=self.world, workplace=self._workplace
            )  # fmt: skip
        self._next = last
        return [next(self._stream) for _ in range(self.streamed // self.world)]

    def _batch(self, clips: Sequence[tuple[int, Clip]]) -> Batch:
        made = [self._seen(number, clip) for number, clip in clips]
        extras = {name: torch.stack([seen[name] for _, seen in made]) for name in self.extras}
        labels = torch.tensor([clip.labels.class_id for _, clip in clips])
        return Batch(torch.stack([video for video, _ in made]), labels, torch.zeros_like(labels), extras)

    def _seen(self, number: int, clip: Clip) -> tuple[Tensor, dict[str, Tensor]]:
        rng = draws(self.config.seed, "stream", number)
        data, augment = settled(self.config.data, self.spec), self.config.augment
        tempo, n = float(np.exp(rng.uniform(*np.log(augment.tempo)))), len(clip.frames)
        frames = (
            sampling.segment(n, data.frames, rng, tempo)
            if data.sampling == "segment"
            else sampling.dense(n, data.frames, data.window_s * self.settings.fps, rng, tempo)
        )
        names = (*self.extras, BOX) if augment.person_crop else self.extras
        labels = clip_extras(clip, frames, names) if names else {}
        transform = TrainTransform(data, augment, self.directional)
        video, seen = transform(clip.frames[frames], rng, labels)
        return video, {name: torch.from_numpy(np.ascontiguousarray(array)) for name, array in seen.items()}

    def _stored(self, begin: int) -> Iterator[Batch]:
        """What is on disk, from step `begin` of the whole run on, epoch after epoch of its own."""
        if self._disk is None:
            return
        epoch, step = divmod(begin, self._disk.steps_per_epoch)
        for k in count(epoch):
            yield from self._disk.batches(k, step)
            step = 0

    def _joined(self, streamed: Batch, stored: Batch) -> Batch:
        source = stored.source + 1 if self.own_heads else torch.zeros_like(stored.source)
        extras = {name: torch.cat((streamed.extras[name], stored.extras[name])) for name in self.extras}
        return Batch(
            torch.cat((streamed.video, stored.video)),
            torch.cat((streamed.target, stored.target)),
            torch.cat((streamed.source, source)),
            extras,
        )


def divided(config: TrainConfig, world: int, stored: bool) -> tuple[int, int]:
    """How many clips of a step come from the stream and how many from disk, in multiples of `world`; UserError if none would."""
    batch, share = config.optim.batch, config.stream.share
    if not 0 < share <= 1:
        raise UserError(f"stream.share is {share}: choose a share above 0 and up to 1 (1 is all)")
    if not stored:
        return batch, 0
    streamed = world * round(share * batch / world)
    if not 0 < streamed < batch:
        raise UserError(f"stream.share {share} gives the stream {streamed} of {batch} clips a step: choose one between 0 and 1")
    return streamed, batch - streamed
