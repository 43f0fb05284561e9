"""Checkpoints: all that a run needs to go on to the same weights, in files from which nothing is ever executed.

    checkpoints/step-000123/  model.safetensors      the objective's weights and buffers
                              ema.safetensors        their running mean, if there is one
                              optimizer.safetensors  the optimiser's state, by parameter name
                              state.json             step, what the run is, software, and the figures of an unfinished epoch

Chance has no state: which clips come, how they are cropped and what is dropped out are functions of (seed, step). So the step
is the position of the sampler, of the schedule and of every generator.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from torch import Tensor, nn

from ...generator.base.bounded import read_json
from ...generator.base.errors import UserError
from ...generator.base.files import readable_refusal, temporary_beside
from ...generator.base.ranges import Natural, checked
from ...generator.base.reasons import reason_of
from ..models.tensors import read_file, write_tensors
from ..models.weights import check_finite
from ..objectives import Objective
from ..runs import MOST_BYTES, checkpoints
from .dist import Team, put, whole, whole_state


@dataclass
class Learner:
    """What changes while a model learns."""

    objective: Objective
    optimizer: torch.optim.Optimizer
    ema: torch.optim.swa_utils.AveragedModel | None = None


def clean(run: Path) -> None:
    """Remove what a process that was killed while it saved has left in a run's folder, which is nobody else's meanwhile."""
    for path in (*run.glob(".*.tmp"), *(run / "checkpoints").glob(".*.tmp")):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def save(
    run: Path, learner: Learner, step: int, identity: Mapping[str, Any], team: Team, keep: int, meters: Mapping[str, Any]
) -> None:
    """Write checkpoints/step-<step>, whole or not at all, and delete all but the last `keep`. All processes must call it.

    `identity` and `meters` are plain data; `load` refuses a checkpoint of another identity, and gives the meters of the first
    process back. Raises UserError when the disk refuses, or when a weight or the optimiser is not finite: the checkpoints
    before stay.
    """
    model = whole_state(learner.objective)
    ema = whole_state(learner.ema) if learner.ema else None
    optimizer = _optimizer_state(learner)
    cure = "train with a lower optim.lr or with optim.clip_norm=1 into another --out; the last good checkpoint is kept"
    for what, values in (("a weight", model), ("a weight", ema or {}), ("the optimiser's state", optimizer)):
        check_finite(values, f"after step {step} {what} is not a finite number, and is not saved", cure)
    if team.main:
        target = run / "checkpoints" / f"step-{step:06d}"
        temporary = temporary_beside(target)
        with readable_refusal(target):
            shutil.rmtree(temporary, ignore_errors=True)
            target.parent.mkdir(exist_ok=True)  # but not the run's folder: one that was moved away is not begun anew
            temporary.mkdir()
            try:
                state = {"step": step, "identity": identity, "torch": torch.__version__, "meters": meters}
                _write(temporary, model, ema, optimizer, state)
                if target.exists():
                    shutil.rmtree(target)
                temporary.rename(target)
            finally:
                shutil.rmtree(temporary, ignore_errors=True)
            for old in checkpoints(run)[: -max(1, keep)]:
                shutil.rmtree(old)
    team.wait()


def _write(
    folder: Path, model: dict[str, Tensor], ema: dict[str, Tensor] | None, optimizer: dict[str, Tensor], state: dict[str, Any]
) -> None:
    write_tensors(folder / "model.safetensors", model)
    if ema is not None:
        write_tensors(folder / "ema.safetensors", ema)
    write_tensors(folder / "optimizer.safetensors", optimizer)
    (folder / "state.json").write_text(json.dumps(state, indent=1), encoding="utf-8")
    for path in folder.iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def load(run: Path, learner: Learner, identity: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    """Set `learner` to the last checkpoint of a run; returns its step (0 when there is none) and the meters saved with it.

    Checkpoints of older versions have no meters. UserError for a checkpoint that is broken, or of another model, configuration
    or data.
    """
    found = checkpoints(run)
    if not found:
        return 0, {}
    folder = found[-1]
    try:
        state = read_json(folder / "state.json", MOST_BYTES, finite=False)
        step = checked(state["step"], Natural, "its step")
        theirs, meters = dict(state["identity"]), dict(state.get("meters", {}))
        model = read_file(folder / "model.safetensors")
        ema = read_file(folder / "ema.safetensors") if learner.ema else None
        optimizer = read_file(folder / "optimizer.safetensors")
    except (OSError, ValueError, KeyError, TypeError, SafetensorError, UserError) as error:
        raise UserError(
            f"checkpoint {folder} is broken ({reason_of(error)}): delete it, and the run goes on from the one before"
        ) from error
    for name, weights in (("model", model), ("ema", ema or {}), ("optimizer", optimizer)):
        check_finite(
            weights,
            f"checkpoint {folder}: {name} has numbers that are not finite",
            "delete it, and the run goes on from the one before",
        )
    for name, value in json.loads(json.dumps(identity)).items():  # tuples become lists
        if theirs.get(name) != value:
            raise UserError(f"checkpoint {folder} is of {name} {theirs.get(name)}, not {value}: give another --out")
    _put_all(learner.objective, model, folder)
    if learner.ema and ema:
        _put_all(learner.ema, ema, folder)
    _put_optimizer(learner, optimizer, folder)
    return step, meters


def _put_all(module: nn.Module, values: Mapping[str, Tensor], folder: Path) -> None:
    own = module.state_dict()
    _check({name: tuple(t.shape) for name, t in own.items()}, {name: tuple(t.shape) for name, t in values.items()}, folder)
    for name, tensor in own.items():
        put(tensor, values[name])


def _check(own: Mapping[str, tuple[int, ...]], theirs: Mapping[str, tuple[int, ...]], folder: Path) -> None:
    wrong = sorted(name for name in own.keys() | theirs.keys() if own.get(name) != theirs.get(name))
    if wrong:
        name = wrong[0]
        raise UserError(
            f"checkpoint {folder} is of another model ({len(wrong)} weights differ: {name} is {theirs.get(name, 'not there')}, "
            f"wanted {own.get(name, 'none')}): give another --out"
        )


def _optimizer_state(learner: Learner) -> dict[str, Tensor]:
    """Tensors of the optimiser as "<name>|<parameter>"."""
    state = learner.optimizer.state
    return {
        f"{key}|{name}": whole(value)
        for name, parameter in learner.objective.named_parameters()
        if parameter in state
        for key, value in sorted(state[parameter].items())
        if isinstance(value, Tensor)
    }


def _put_optimizer(learner: Learner, values: Mapping[str, Tensor], folder: Path) -> None:
    """Tensors shaped like their weight take its strides and its place; step counters stay on the processor, as torch has them."""
    parameters = dict(learner.objective.named_parameters())
    for full, value in values.items():
        key, _, name = full.partition("|")
        if name not in parameters:
            raise UserError(
                f"checkpoint {folder} is of another model (it has an optimiser's state for {name}): give another --out"
            )
        parameter = parameters[name]
        if value.ndim == 0:
            learner.optimizer.state[parameter][key] = value.clone()
            continue
        _check({name: tuple(parameter.shape)}, {name: tuple(value.shape)}, folder)
        held = torch.empty_like(parameter.detach())
        put(held, value)
        learner.optimizer.state[parameter][key] = held
