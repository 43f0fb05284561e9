"""The loop: steps from the first or from a checkpoint to the last, saved often, stopped cleanly, told as they go."""

from __future__ import annotations

import math
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import Any, Protocol

import torch
from rich.console import Console
from torch import nn

from ...generator.base.errors import UserError
from ..config import TrainConfig
from ..objectives import Objective
from ..runs import learned_by
from ..values import Batch
from .bar import Bar
from .checkpoint import clean, load, save
from .dist import Team, current_team
from .log import Meter, RunLog
from .precision import threads
from .step import Stepper, memory_told


class Batches(Protocol):
    """What the loop needs of a loader: batches that are a function of (epoch, step) alone."""

    @property
    def steps_per_epoch(self) -> int:
        """Steps in each epoch."""
        ...

    def batches(self, epoch: int, first_step: int = 0) -> Iterator[Batch]:
        """This process's part of steps `first_step`... of an epoch: optim.batch / world clips each."""
        ...


AfterEpoch = Callable[[int, nn.Module], Mapping[str, float]]
"""Called with the epoch (from 0) and the model to measure, in all processes; its figures are logged."""


def fit(
    objective: Objective,
    loader: Batches,
    config: TrainConfig,
    *,
    run: Path | None = None,
    progress: Console | None = None,
    after_epoch: AfterEpoch | None = None,
    identity: Mapping[str, Any] | None = None,
) -> None:
    """Train `objective` for config.optim.epochs; afterwards its model holds the weights to keep (the mean, with EMA).

    With `run`, goes on from its last checkpoint, to the same weights and figures, bit for bit on a processor, as without the
    stop. SIGTERM and Ctrl-C then save and raise KeyboardInterrupt. `identity` (plain data) is what a checkpoint must agree with
    besides what is learned. Without `run` nothing is written. Raises UserError for a loss that is no number, for too little
    memory, a batch that cannot be divided, and a checkpoint of another run; the last good checkpoint is kept.
    """
    team = current_team(config.engine)
    check_batch(config, team)
    with threads(config, team.device):
        _Fitting(objective, loader, config, run, team).go(progress if team.main else None, after_epoch, dict(identity or {}))


def check_batch(config: TrainConfig, team: Team) -> None:
    """UserError unless optim.batch can be divided among the processes and the parts of a step."""
    parts = team.world * config.optim.accumulate
    if config.optim.batch < 1 or config.optim.accumulate < 1 or config.optim.batch % parts:
        raise UserError(
            f"optim.batch {config.optim.batch} is for {team.world} process(es) x {config.optim.accumulate} part(s) of a step: "
            f"choose a multiple of {max(1, parts)}"
        )


class _Fitting:
    """One call of `fit`."""

    def __init__(self, objective: Objective, loader: Batches, config: TrainConfig, run: Path | None, team: Team) -> None:
        self.objective, self.loader, self.config, self.run, self.team = objective, loader, config, run, team
        self.per_epoch = loader.steps_per_epoch
        if self.per_epoch < 1:
            raise UserError(f"there are fewer clips than one step of {config.optim.batch} takes: lower optim.batch")
        self.n_steps = self.per_epoch * config.optim.epochs

    def go(self, progress: Console | None, after_epoch: AfterEpoch | None, identity: dict[str, Any]) -> None:
        if self.run and self.team.main:
            clean(self.run)
        with memory_told(self.config):
            self.stepper = Stepper(self.objective, self.config, self.team, self.n_steps)
        self.identity = {**learned_by(self.config), "steps": self.n_steps, **identity}
        start, kept = load(self.run, self.stepper.learner, self.identity) if self.run else (0, {})
        self.meter, self.whole = Meter(kept.get("steps")), Meter(kept.get("epoch"))
        self.log = RunLog(self.run if self.team.main else None, start)
        self.bar = Bar(progress, self.n_steps, self.per_epoch, start)
        self.after_epoch = after_epoch
        try:
            with _stop_asked(self.run is not None) as asked:
                self._steps(start, asked)
        finally:
            self.bar.close()
            self.log.close()
        self._keep_mean()

    def _steps(self, start: int, asked: threading.Event) -> None:
        done, saved_s, meter, whole = start, monotonic(), self.meter, self.whole
        if start and start % self.per_epoch == 0:
            told = whole.read()
            if not self.log.has_epoch(start // self.per_epoch):
                self._end_epoch(start, told)  # it was stopped between the last step of an epoch and its measurement
        while done < self.n_steps:
            epoch, first = divmod(done, self.per_epoch)
            batches = self.loader.batches(epoch, first)
            for batch in batches:
                with memory_told(self.config):
                    figures = self.stepper(batch, done)
                done += 1
                due = self.run is not None and monotonic() - saved_s > self.config.engine.save_every_s
                stop, due = self._agree(figures, done, asked.is_set(), due)
                for each in (meter, whole):
                    each.add(figures, len(batch.video) * self.team.world, batch.wait_s)
                self._tell(done, epoch, meter)
                if stop or due or done == self.n_steps:
                    self._save(done)
                    saved_s = monotonic()
                if stop:
                    raise KeyboardInterrupt
            if done != (epoch + 1) * self.per_epoch:
                raise RuntimeError(f"the loader gave {done - epoch * self.per_epoch} of {self.per_epoch} steps")
            told, began = whole.read(), monotonic()
            self._end_epoch(done, told)
            for each in (meter, whole):
                each.leave_out(monotonic() - began)

    def _agree(self, figures: Mapping[str, Any], done: int, stop: bool, due: bool) -> tuple[bool, bool]:
        """Whether any process was asked to stop, and whether the first one wants to save. UserError for a broken loss."""
        team = self.team
        loss, stops, dues = team.sums([float(figures["loss"]), float(stop), float(due and team.main)])
        if not math.isfinite(loss):
            raise UserError(
                f"the loss is {loss} at step {done} (epoch {(done - 1) // self.per_epoch + 1}): train with a lower optim.lr "
                f"(it is {self.config.optim.lr:g}) or with optim.clip_norm=1 into another --out; the last good checkpoint is kept"
            )
        return stops > 0, dues > 0

    def _tell(self, done: int, epoch: int, meter: Meter) -> None:
        if done % self.config.engine.log_every == 0 or done == self.n_steps:
            told = meter.read()
            self.log.write("step", done, told, epoch=epoch + 1)
            self.bar.step(done, told)
        else:
            self.bar.step(done, None)

    def _end_epoch(self, done: int, told: dict[str, float]) -> None:
        epoch = done // self.per_epoch
        if self.after_epoch is not None:
            self.stepper.model.eval()
            told = {**told, **self.after_epoch(epoch - 1, self.stepper.model)}
        self.log.write("epoch", done, told, epoch=epoch)
        self.bar.epoch(epoch, told)

    def _save(self, done: int) -> None:
        if self.run is not None:
            meters = {"steps": self.meter.state(), "epoch": self.whole.state()}
            save(self.run, self.stepper.learner, done, self.identity, self.team, self.config.engine.keep, meters)

    @torch.no_grad()
    def _keep_mean(self) -> None:
        """Give the model the mean's weights, where there is one."""
        mean = self.stepper.learner.ema
        if mean is not None:
            for own, averaged in zip(self.objective.model.state_dict().values(), mean.module.state_dict().values(), strict=True):
                own.copy_(averaged)
        self.objective.eval()


@contextmanager
def _stop_asked(wanted: bool) -> Iterator[threading.Event]:
    """An event that SIGTERM or the first Ctrl-C sets instead of ending the process; a second Ctrl-C ends it."""
    asked = threading.Event()
    if not wanted or threading.current_thread() is not threading.main_thread():
        yield asked
        return

    def ask(number: int, frame: FrameType | None) -> None:
        asked.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
