"""One performance and its counterfactual twins, rendered in a process of its own; imports nothing that learns."""

from __future__ import annotations

import math
import os
import signal
from collections.abc import Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from ...generator.base.errors import UserError
from ...generator.base.interpreter import safely_started
from ..ending import end_when

if TYPE_CHECKING:
    from ctypes import c_byte

    import numpy as np

    from ...generator.dataset import PerformerSpec
    from ...generator.stream import Clip

    Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Job:
    """Performance `number` (0, 1...) of the held-out clips of `action`, with `redraws` twins for each factor.

    `partner` is the action whose clip lends its background for the conflict ("" needs none).
    """

    action: str
    number: int
    partner: str
    factors: tuple[str, ...]
    redraws: int
    recipe: str
    seed: int
    size_px: int
    fps: float

    @property
    def name(self) -> str:
        """What the performance is called; the unit that intervals are over."""
        return f"{self.action}/{self.number}"


@dataclass(frozen=True)
class Person:
    """Who performs in a role, as the spec says; weight and height on the body model's scale, NaN where it has none."""

    role: str
    identity: str
    sex: str
    age_years: float
    melanin: float
    weight: float
    height: float


@dataclass(frozen=True)
class Version:
    """One rendering: frames (T, H, W, 3) uint8; mask (T, H, W) uint8 where it is needed; who acts; whether the camera stands."""

    frames: Array
    mask: Array | None
    people: tuple[Person, ...]
    still_camera: bool


@dataclass(frozen=True)
class Performance:
    """A job done: the clip, its twins by factor, and the clips that lend backgrounds: of the same action, and of the partner."""

    job: Job
    base: Version
    twins: dict[str, list[Version]]
    lenders: dict[str, Version] = field(default_factory=dict)


def perform(job: Job) -> Performance:
    """Render a job. Only people and clips of the test split appear."""
    from ...generator.stream import StreamSettings, clip_at, twins

    def settings(action: str, dense: tuple[str, ...]) -> StreamSettings:
        return StreamSettings(
            (action,), job.recipe, job.seed, job.size_px, job.size_px, job.fps, dense=dense, split="test"
        )  # fmt: skip

    masked, plain = settings(job.action, ("mask",)), settings(job.action, ())
    base = clip_at(masked, job.number)
    index = base.spec.index
    found = {
        factor: [_version(clip) for clip in twins(job.action, job.seed, index, factor, job.redraws, plain)]
        for factor in job.factors
    }
    lenders = {}
    if job.partner:
        lenders = {"same": clip_at(masked, job.number + 1), "other": clip_at(settings(job.partner, ("mask",)), job.number)}
    return Performance(job, _version(base), found, {name: _version(clip) for name, clip in lenders.items()})


def performed(jobs: Sequence[Job], workers: int) -> Generator[Performance, None, None]:
    """All jobs done, in order, by `workers` processes that stay a little ahead of who asks. UserError when one cannot be done."""
    waiting = list(jobs)[::-1]
    context = get_context("spawn")
    stop = context.RawValue("b", 0)  # an Event would wait for workers that are gone
    with safely_started():
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(os.getpid(), stop))
    running: list[tuple[Job, Future[Performance]]] = []
    try:
        while waiting or running:
            while waiting and len(running) < workers + 1:  # one more is ready when the next is asked for
                job = waiting.pop()
                with safely_started():
                    running.append((job, pool.submit(perform, job)))
            job, future = running[0]
            while not future.done():
                wait([future], timeout=1.0, return_when=FIRST_COMPLETED)
            running.pop(0)
            try:
                yield future.result()
            except BrokenProcessPool as error:
                raise UserError(
                    f"a worker died while rendering {job.name} (out of memory?): run the same command again, it goes on, "
                    "perhaps with fewer --workers"
                ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        stop.value = 1  # whoever still renders ends now: nobody waits for it


def _version(clip: Clip) -> Version:
    people = tuple(map(_person, clip.spec.performers))
    return Version(clip.frames, clip.labels.dense.get("mask"), people, clip.spec.camera.movement == "static")


def _person(performer: PerformerSpec) -> Person:
    body = performer.body
    weight, height = (body.shape.get(name, math.nan) for name in ("weight", "height"))
    return Person(performer.role, body.identity, body.sex, body.age_years, performer.look.skin.melanin, weight, height)


def _begin(parent: int, stop: c_byte) -> None:
    """What a worker does first: one thread for libraries, Ctrl-C left to the parent, an end when that says so or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
    end_when(lambda: os.getppid() != parent or bool(stop.value))
