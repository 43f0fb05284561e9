"""Clips to a trained model: open the data, build the model, train it, measure it on clips set apart, keep it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from torch import nn

from ..generator.base.console import say
from ..generator.base.errors import UserError
from ..generator.base.lock import only_one
from .config import TrainConfig, as_table
from .data.loader import Loader, test_batches
from .data.streamed import Streamed, settings_of, stream_digest, stream_source
from .data.transforms import settled
from .engine.dist import Team, joined, whole_state
from .engine.fit import check_batch, fit
from .engine.predict import predict
from .models import ModelSpec, VideoModel, build, save_model
from .models.provenance import DataSource, Provenance
from .objectives import Objective, build_objective
from .plan import plan
from .runs import check_place, check_settings, is_done, is_finished, open_run
from .sources import Data, as_listed, list_data, read_through, tell_people
from .values import ClipList


def pretrain(
    config: TrainConfig,
    paths: Sequence[Path],
    out: Path,
    *,
    recipe: str = "",
    allow_missing: float = 0.0,
    console: Console | None = None,
    dry_run: bool = False,
) -> Path:
    """Train what `config` says on datasets or folders of class/clip.mp4, a stream, or both; returns the model, `out`/model.

    Clips of the split "val" are measured on after every epoch. With torchrun every process calls this. The same call goes on
    with a run that was stopped, and leaves one that is finished as it is. What is planned is told to `console` first; with
    `dry_run` it is printed, no video is opened and nothing written. Raises UserError for data that cannot be read (at
    most the share `allow_missing` is left out), a folder that holds another run or is written into just now, and whatever `fit`
    refuses; KeyboardInterrupt when it was asked to stop, after saving.
    """
    with joined(config.engine) as team, ExitStack() as held:
        console = console if team.main else None
        check_batch(config, team)
        check_place(out)
        listed = list_data(config, paths)
        data = as_listed(config, listed)
        _check_classes(config, data.train)
        classes = [clips.classes for clips in data.train]
        model = build(config.model, len(classes[0]), config.data, config.seed, classes[0])
        if config.model.weights:
            tell_people(console, [f"starts from {model.started_from}"])
        config = replace(config, data=settled(config.data, model.spec))
        objective = build_objective(model, config, classes)
        _check_classes(config, data.train)
        _check_labels(objective, config, data.train)
        if is_done(out, config, _digests(config, model.spec, objective.extras, data)):
            tell_people(console, [_done(out, config)])
            return out / "model"
        check_settings(out, config)
        told = _planned(config, model, objective.extras, data, out, team)
        if dry_run:
            for line in told if team.main else ():
                say(line)
            return out / "model"
        tell_people(console, told)
        data = read_through(config, listed, allow_missing, console)
        _check_classes(config, data.train)
        _check_labels(objective, config, data.train)
        _carry_out(objective, config, data, out, recipe, team, console, held)
    return out / "model"


def _carry_out(
    objective: Objective, config: TrainConfig, data: Data, out: Path, recipe: str, team: Team, console: Console | None,
    held: ExitStack,
) -> None:  # fmt: skip
    """From clips that can be read to `out`/model."""
    model = objective.model
    loader = _loader(config, data.train, model.spec, objective.extras, team)
    sources = [*_stream(config, loader), *data.sources]
    if team.main:
        held.enter_context(only_one(out))
        open_run(out, config, [asdict(source) for source in sources])
    team.wait()
    if not is_finished(out):
        if loader.cache:
            tell_people(console, [str(loader.cache)])
        try:
            _learn(objective, loader, config, out, data.val, [source.digest for source in sources], team, console)
        finally:
            loader.close()
        tensors = whole_state(model)
        if team.main:
            provenance = Provenance(tuple(sources), recipe, as_table(config))
            save_model(out / "model", model, data.train[0].classes, provenance, tensors)
    team.wait()


def _digests(config: TrainConfig, spec: ModelSpec, extras: Sequence[str], data: Data) -> list[str]:
    """What a run in `out` must have learned from to be this one."""
    streamed = [stream_digest(settings_of(config, spec, extras))] if config.stream.actions else []
    return [*streamed, *(source.digest for source in data.sources)]


def _done(out: Path, config: TrainConfig) -> str:
    return (
        f"{out} is finished ({config.optim.epochs} epochs), its model lies in {out / 'model'}: measure it with `synapt evaluate "
        f"{out} --target ...`, or learn on from it in another run, --out NEW --with model.weights={out / 'model'}"
    )


def _planned(config: TrainConfig, model: VideoModel, extras: Sequence[str], data: Data, out: Path, team: Team) -> list[str]:
    """The lines of the plan; nothing is written, so no cache is opened for it."""
    loader = _loader(replace(config, data=replace(config.data, cache=False)), data.train, model.spec, extras, team)
    try:
        return plan(config, model, data.train, loader, out, team)
    finally:
        loader.close()


def _learn(
    objective: Objective, loader: Loader | Streamed, config: TrainConfig, out: Path, val: ClipList | None, digests: list[str],
    team: Team, console: Console | None,
) -> None:  # fmt: skip
    def after_epoch(epoch: int, measured: nn.Module) -> Mapping[str, float]:
        return {} if val is None else {"val_top1": top1(measured, val, config, objective.model, team)}

    fit(objective, loader, config, run=out, progress=console, after_epoch=after_epoch, identity={"data": digests})


def _check_classes(config: TrainConfig, lists: Sequence[ClipList]) -> None:
    """UserError where a head would learn to always say the one class that there is, and nothing else is learned."""
    if config.objective.kind == "masked" or config.objective.auxiliary:
        return
    for clips in lists:
        n = len(clips.classes) if config.stream.actions else len({item.label for item in clips.items})
        if n < 2:
            raise UserError(
                f"{clips.name} has training clips of {n} class: name more, as at least two are needed, or "
                "train without classes (--objective masked)"
            )


def _check_labels(objective: Objective, config: TrainConfig, lists: Sequence[ClipList]) -> None:
    """UserError where free labels are wanted and no clip has any, or where one lacks them that may not."""
    items = [item for clips in lists for item in clips.items]
    without = [item for item in items if item.labels is None]
    some = len(without) < len(items) or bool(config.stream.actions)
    if objective.extras and without and (objective.extras_of_all or not some):
        wanted = " and ".join(objective.extras)
        raise UserError(f"{without[0].path} has no labels, and {wanted} are to be learned from: use a dataset of `synapt render`")


def _loader(
    config: TrainConfig, lists: Sequence[ClipList], spec: ModelSpec, extras: Sequence[str], team: Team
) -> Loader | Streamed:
    """What gives the batches; its processes start with the first."""
    if not config.stream.actions:
        return Loader(lists, config, spec, team.rank, team.world, extras)
    own_heads = len(lists) > 1
    disk = lists[1:] if own_heads else [clips for clips in lists if len(clips)]
    return Streamed(config, spec, disk, team.rank, team.world, extras, own_heads)


def _stream(config: TrainConfig, loader: Loader | Streamed) -> list[DataSource]:
    """The stream that batches come from, if they do."""
    if not isinstance(loader, Streamed):
        return []
    return [stream_source(loader.settings, config.optim.epochs * loader.steps_per_epoch * loader.streamed)]


def top1(measured: nn.Module, clips: ClipList, config: TrainConfig, model: VideoModel, team: Team) -> float:
    """Share of clips that `measured` puts into their class, views averaged; each process takes its part of the clips.

    All parts are equally long (the last clips may come twice but count once), for with split weights all must step together.
    """
    each = -(-len(clips) // team.world)
    own = [k % len(clips) for k in range(team.rank * each, (team.rank + 1) * each)]
    counted = np.arange(team.rank * each, (team.rank + 1) * each) < len(clips)
    mine = clips.pick(own)
    probability = predict(measured, model.spec, test_batches(mine, config, model.spec), each, config.engine, team.device)
    right = probability.argmax(1) == np.array([item.label for item in mine.items])
    return team.sums([float((right & counted).sum())])[0] / len(clips)
