"""One step of learning: batch to changed weights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor, nn

from ...generator.base.errors import UserError
from ...generator.base.seeds import draws
from ..config import TrainConfig
from ..objectives import Objective
from ..values import Batch
from .checkpoint import Learner
from .dist import Measured, Team, shared, split
from .optim import average, make_optimizer, set_rate
from .precision import autocast, channels_last, keep_small_clips_exact, model_input


@contextmanager
def chance(device: torch.device, seed: int, *key: object) -> Iterator[np.random.Generator]:
    """The random stream `key` of `seed`, with torch's default generator set likewise inside the block, and as before after it.

    Dropout has no generator of its own to be handed.
    """
    cards = [device] if device.type == "cuda" else []
    with torch.random.fork_rng(devices=cards):
        torch.manual_seed(int(draws(seed, "torch", *key).integers(2**63)))
        yield draws(seed, *key)


class Stepper:
    """Holds what learns and takes steps with it. `learner` is what is saved, `model` what is to be measured or kept."""

    def __init__(self, objective: Objective, config: TrainConfig, team: Team, n_steps: int) -> None:
        objective.to(team.device)
        self.config, self.team, self.n_steps = config, team, n_steps
        keep_small_clips_exact(objective)
        self.splits = team.world > 1 and config.engine.parallel == "fsdp"
        self.last = not self.splits and channels_last(objective)  # FSDP refuses weights laid out otherwise than plainly
        ema = average(objective.model, config.optim.ema) if config.optim.ema else None
        if ema is not None and self.splits:
            split(ema.module, team)
        self.called: nn.Module = shared(objective, config.engine, team)
        self.learner = Learner(objective, make_optimizer(objective, config.optim), ema)
        if config.engine.compile:
            objective.compile_parts()

    @property
    def model(self) -> nn.Module:
        """The running mean where there is one, else the model."""
        ema, objective = self.learner.ema, self.learner.objective
        if ema is not None:
            return ema.module
        return Measured(objective) if self.splits else objective.model

    def __call__(self, batch: Batch, step: int) -> dict[str, Tensor | float]:
        """Take step number `step`; returns loss, what the objective tells, the rate, and the gradient's norm if it is clipped.

        Gradients of the parts of a step are weighed by their clips, so that the sum is the gradient of the whole batch.
        """
        self.learner.objective.train()
        optimizer, optim = self.learner.optimizer, self.config.optim
        rate = set_rate(optimizer, optim, step, self.n_steps)
        n = len(batch.video)
        bounds = np.linspace(0, n, min(optim.accumulate, n) + 1).astype(int).tolist()
        told: dict[str, Tensor | float] = {}
        optimizer.zero_grad(set_to_none=True)
        for k, (start, stop) in enumerate(pairwise(bounds)):
            share = (stop - start) / n
            with self._synchronised(stop == n):
                loss, figures = self._loss(self._part(batch, start, stop), step, k)
                (loss * share).backward()
            for name, value in {"loss": loss.detach(), **figures}.items():
                told[name] = told.get(name, 0.0) + share * (value.detach() if isinstance(value, Tensor) else value)
        if optim.clip_norm:
            told["grad_norm"] = _clip(self.learner.objective, optim.clip_norm)
        optimizer.step()
        if self.learner.ema is not None:
            self.learner.ema.update_parameters(self.learner.objective.model)
        return {**told, "lr": rate}

    def _part(self, batch: Batch, start: int, stop: int) -> Batch:
        """Clips `start` to before `stop` on the device, as the model wants them."""
        device = self.team.device

        def move(tensor: Tensor) -> Tensor:
            return tensor[start:stop].to(device, non_blocking=True)

        extras = {name: move(tensor) for name, tensor in batch.extras.items()}
        video = model_input(batch.video[start:stop], self.learner.objective.model.spec, device, self.last)
        return replace(batch, video=video, target=move(batch.target), source=move(batch.source), extras=extras)

    def _loss(self, batch: Batch, step: int, part: int) -> tuple[Tensor, dict[str, Tensor | float]]:
        key = ("step", step, self.team.rank, part)
        with chance(self.team.device, self.config.seed, *key) as rng, autocast(self.config.engine, self.team.device):
            loss, figures = self.called(batch, rng)
            return loss, figures

    @contextmanager
    def _synchronised(self, last: bool) -> Iterator[None]:
        """Gradients travel with the last part of a step only."""
        if isinstance(self.called, nn.parallel.DistributedDataParallel):
            with nullcontext() if last else self.called.no_sync():
                yield
        else:
            if hasattr(self.called, "set_requires_gradient_sync"):
                self.called.set_requires_gradient_sync(last)  # type: ignore[operator]
            yield


def _clip(objective: nn.Module, limit: float) -> Tensor:
    norm = torch.nn.utils.clip_grad_norm_(objective.parameters(), limit)
    return norm.full_tensor() if hasattr(norm, "full_tensor") else norm  # type: ignore[operator]


@contextmanager
def memory_told(config: TrainConfig) -> Iterator[None]:
    """Turn running out of memory into one line saying what to lower."""
    try:
        yield
    except (torch.cuda.OutOfMemoryError, MemoryError, RuntimeError) as error:
        if not isinstance(error, torch.cuda.OutOfMemoryError | MemoryError) and "can't allocate memory" not in str(error):
            raise
        optim = config.optim
        raise UserError(
            f"out of memory at {optim.batch} clips a step in {optim.accumulate} part(s): raise optim.accumulate (it "
            "learns the same), or lower optim.batch, data.frames or data.size_px; the last good checkpoint is kept"
        ) from error
