"""What a training run is going to do, in a few lines, before it does it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .config import TrainConfig
from .data.loader import Loader
from .data.streamed import Streamed
from .data.workers import detected_workers
from .engine.dist import Team
from .models import VideoModel
from .runs import steps_saved
from .values import ClipList


def plan(
    config: TrainConfig, model: VideoModel, lists: Sequence[ClipList], loader: Loader | Streamed, out: Path, team: Team
) -> list[str]:
    """Lines on what is learned, from how many clips, in how many steps, by how many processes, and where it goes.

    `config` has frames and size spelled out; `lists` are those to learn from, as listed; `loader` would give their batches.
    """
    optim, data = config.optim, config.data
    millions = sum(parameter.numel() for parameter in model.parameters()) / 1e6
    classes = f"{len(lists[0].classes)} classes" + (f" (and {len(lists) - 1} more lists of classes)" if len(lists) > 1 else "")
    what = "without classes" if config.objective.kind == "masked" else classes
    steps, saved = loader.steps_per_epoch * optim.epochs, steps_saved(out)
    begun = f"; continues after step {saved:,}" if saved else ""
    return [
        f"plan: {model.spec.name} ({millions:.2g} million weights) learns {what} from {data.frames} frames of {data.size_px} px",
        f"clips: {_clips(config, lists, loader)}",
        f"steps: {_count(optim.epochs, 'epoch')} of {_count(loader.steps_per_epoch, 'step')} of {_count(optim.batch, 'clip')}: "
        f"{_count(steps, 'step')}, {_count(steps * optim.batch, 'clip')} shown{begun}",
        f"on {team.device.type}, {_processes(config, loader, team)}; writes to {out}",
    ]


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + "s" * (number != 1)


def _clips(config: TrainConfig, lists: Sequence[ClipList], loader: Loader | Streamed) -> str:
    stored = sum(map(len, lists))
    if not isinstance(loader, Streamed):
        return f"{stored:,} on disk"
    rendered = loader.steps_per_epoch * loader.streamed
    in_all = rendered * config.optim.epochs
    told = f"{rendered:,} rendered for each epoch, of {len(config.stream.actions)} actions; {in_all:,} in all"
    return f"{told}, and {stored:,} on disk" if stored else told


def _processes(config: TrainConfig, loader: Loader | Streamed, team: Team) -> str:
    """How many processes learn and how many fetch clips for each."""
    asked = config.data.workers
    workers = loader.workers if isinstance(loader, Streamed) else asked if asked >= 0 else detected_workers()
    does = "renders" if isinstance(loader, Streamed) else "reads"
    told = f"1 worker {does} clips" if workers == 1 else f"{workers} workers {does[:-1]} clips"
    each = told if workers else "clips are read by the training process"
    return f"{team.world} processes, for each of them {each}" if team.world > 1 else each
