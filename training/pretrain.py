"""Clips to a trained model: open the data, build the model, train it, measure it on clips set apart, keep it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from torch import nn

from ..generator.dataset import open_dataset
from ..generator.errors import UserError
from .config import TrainConfig, as_table
from .data.clips import mixed, open_clips
from .data.loader import Loader, test_batches
from .data.preflight import check
from .data.transforms import settled
from .engine.dist import Team, joined, whole_state
from .engine.fit import check_batch, fit
from .engine.predict import predict
from .models import build, save_model
from .models.base import VideoModel
from .models.provenance import DataSource, Provenance
from .objectives import build_objective
from .runs import open_run
from .values import ClipList


def pretrain(
    config: TrainConfig,
    sources: Sequence[Path],
    out: Path,
    *,
    recipe: str = "",
    allow_missing: float = 0.0,
    console: Console | None = None,
) -> Path:
    """Train what `config` says on datasets or folders of class/clip.mp4; returns the model's folder, `out`/model.

    Clips of the split "val" are measured on after every epoch. With torchrun every process calls this. The same call goes on
    with a run that was stopped. Raises UserError for data that cannot be read (at most the share `allow_missing` is left out),
    a folder that holds another run, and whatever `fit` refuses; KeyboardInterrupt when it was asked to stop, after saving.
    """
    with joined(config.engine) as team:
        check_batch(config, team)
        data = open_data(config, sources, allow_missing)
        classes = [clips.classes for clips in data.train]
        model = build(config.model, len(classes[0]), config.data, config.seed)
        config = replace(config, data=settled(config.data, model.spec))
        if team.main:
            open_run(out, config, [asdict(source) for source in data.sources])
        if (out / "model" / "config.json").is_file():
            return out / "model"
        team.wait()
        objective = build_objective(model, config, classes)
        loader = Loader(data.train, config, model.spec, team.rank, team.world, objective.extras)

        def after_epoch(epoch: int, measured: nn.Module) -> Mapping[str, float]:
            return {} if data.val is None else {"val_top1": top1(measured, data.val, config, model, team)}

        identity = {"data": [source.digest for source in data.sources]}
        fit(
            objective,
            loader,
            config,
            run=out,
            progress=console if team.main else None,
            after_epoch=after_epoch,
            identity=identity,
        )
        tensors = whole_state(model)
        if team.main:
            save_model(out / "model", model, classes[0], Provenance(data.sources, recipe, as_table(config)), tensors)
        team.wait()
    return out / "model"


@dataclass(frozen=True)
class Data:
    """Lists to learn from (one unless the objective has a head for each), one to measure on, and what they come from."""

    train: tuple[ClipList, ...]
    val: ClipList | None
    sources: tuple[DataSource, ...]


def open_data(config: TrainConfig, paths: Sequence[Path], allow_missing: float) -> Data:
    """Open datasets and folders, and every file in them. UserError for what can't be read."""
    if not paths:
        raise UserError("nothing to learn from: name a dataset or a folder of class/clip.mp4, or ask for --stream")
    train = [check(open_clips(path, "train"), allow_missing) for path in paths]
    sources = tuple(DataSource(c.name, c.digest, len(c), _licences(path)) for c, path in zip(train, paths, strict=True))
    val = [clips for path in paths if (clips := _val(path, allow_missing)) is not None]
    if config.objective.kind == "masked":
        val = []  # nothing is said about classes
    if config.objective.kind == "aligned":
        return Data(tuple(train), val[0] if val and val[0].classes == train[0].classes else None, sources)
    one = mixed(train) if len(train) > 1 else train[0]
    return Data((one,), mixed([replace(one, items=()), *val]) if val else None, sources)


def _val(path: Path, allow_missing: float) -> ClipList | None:
    """The clips set apart, where a source has some."""
    try:
        found = open_clips(path, "val")
    except UserError:
        return None
    return check(found, allow_missing)


def _licences(path: Path) -> dict[str, str]:
    """What a dataset of ours says of the assets in it."""
    return open_dataset(path).header.licences if (path / "dataset.json").is_file() else {}


def top1(measured: nn.Module, clips: ClipList, config: TrainConfig, model: VideoModel, team: Team) -> float:
    """Share of clips that `measured` puts into their class, views averaged; each process takes its part of the clips.

    All parts are equally long (the last clips may come twice but count once), for with split weights all must step together.
    """
    each = -(-len(clips) // team.world)
    own = [k % len(clips) for k in range(team.rank * each, (team.rank + 1) * each)]
    counted = np.arange(team.rank * each, (team.rank + 1) * each) < len(clips)
    mine = clips.pick(own)
    probability = predict(measured, test_batches(mine, config, model.spec), each, config.engine, team.device)
    right = probability.argmax(1) == np.array([item.label for item in mine.items])
    return team.sums([float((right & counted).sum())])[0] / len(clips)
