"""Clips to a trained model: open the data, build the model, train it, measure it on clips set apart, keep it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from torch import nn

from ..generator.base.console import bar, silent
from ..generator.base.errors import UserError
from ..generator.base.lock import only_one
from ..generator.base.shown import shown
from ..generator.dataset import open_dataset
from ..generator.stream import named
from .config import TrainConfig, as_table
from .data.clips import mixed, open_clips
from .data.loader import Loader, test_batches
from .data.preflight import check
from .data.streamed import Streamed, stream_list, stream_source
from .data.transforms import settled
from .engine.dist import Team, joined, whole_state
from .engine.fit import check_batch, fit
from .engine.predict import predict
from .models import ModelSpec, VideoModel, build, save_model
from .models.provenance import DataSource, Provenance
from .objectives import Objective, build_objective
from .runs import check_place, open_run
from .values import ClipList


def pretrain(
    config: TrainConfig,
    paths: Sequence[Path],
    out: Path,
    *,
    recipe: str = "",
    allow_missing: float = 0.0,
    console: Console | None = None,
) -> Path:
    """Train what `config` says on datasets or folders of class/clip.mp4, a stream, or both; returns the model, `out`/model.

    Clips of the split "val" are measured on after every epoch. With torchrun every process calls this. The same call goes on
    with a run that was stopped. Raises UserError for data that cannot be read (at most the share `allow_missing` is left out),
    a folder that holds another run or is written into just now, and whatever `fit` refuses; KeyboardInterrupt when it was asked
    to stop, after saving.
    """
    with joined(config.engine) as team, ExitStack() as held:
        console = console if team.main else None
        check_batch(config, team)
        check_place(out)
        data = open_data(config, paths, allow_missing, console)
        _check_classes(config, data.train)
        classes = [clips.classes for clips in data.train]
        model = build(config.model, len(classes[0]), config.data, config.seed, classes[0])
        if console and config.model.weights:
            console.print(shown(f"starts from {model.started_from}"), markup=False, highlight=False, soft_wrap=True)
        config = replace(config, data=settled(config.data, model.spec))
        objective = build_objective(model, config, classes)
        _check_labels(objective, config, data.train)
        loader, stream = _loader(config, data.train, model.spec, objective.extras, team)
        sources = [*stream, *data.sources]
        if team.main:
            held.enter_context(only_one(out))
            open_run(out, config, [asdict(source) for source in sources])
        team.wait()
        if not (out / "model" / "config.json").is_file():
            if console and loader.cache:
                console.print(shown(loader.cache), markup=False, highlight=False, soft_wrap=True)
            try:
                _learn(objective, loader, config, out, data.val, [source.digest for source in sources], team, console)
            finally:
                loader.close()
            tensors = whole_state(model)
            if team.main:
                save_model(out / "model", model, classes[0], Provenance(tuple(sources), recipe, as_table(config)), tensors)
        team.wait()
    return out / "model"


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
                f"{clips.name} has clips of {n} class to learn from: name more, as there must be at least two to tell apart, or "
                "learn without classes (--objective masked)"
            )


def _check_labels(objective: Objective, config: TrainConfig, lists: Sequence[ClipList]) -> None:
    """UserError where free labels are wanted and no clip has any, or where one lacks them that may not."""
    items = [item for clips in lists for item in clips.items]
    without = [item for item in items if item.labels is None]
    some = len(without) < len(items) or bool(config.stream.actions)
    if objective.extras and without and (objective.extras_of_all or not some):
        wanted = " and ".join(objective.extras)
        raise UserError(f"{without[0].path} has no labels, and {wanted} shall be learned from: use a dataset of `synapt render`")


def _loader(
    config: TrainConfig, lists: Sequence[ClipList], spec: ModelSpec, extras: Sequence[str], team: Team
) -> tuple[Loader | Streamed, list[DataSource]]:
    """What gives the batches, and the stream that they come from, if they do."""
    if not config.stream.actions:
        return Loader(lists, config, spec, team.rank, team.world, extras), []
    own_heads = len(lists) > 1
    disk = lists[1:] if own_heads else [clips for clips in lists if len(clips)]
    loader = Streamed(config, spec, disk, team.rank, team.world, extras, own_heads)
    return loader, [stream_source(loader.settings, config.optim.epochs * loader.steps_per_epoch * loader.streamed)]


@dataclass(frozen=True)
class Data:
    """Lists to learn from (one, unless there is a head for each), one to measure on, and what is on disk.

    The stream's classes come first, as a list without clips or in the one list.
    """

    train: tuple[ClipList, ...]
    val: ClipList | None
    sources: tuple[DataSource, ...]


def open_data(config: TrainConfig, paths: Sequence[Path], allow_missing: float, console: Console | None = None) -> Data:
    """Open datasets and folders, and every file in them. UserError for what can't be read."""
    streamed = [stream_list(named(config.stream.actions, ()))] if config.stream.actions else []
    twice = [path for k, path in enumerate(paths) if path.resolve() in [other.resolve() for other in paths[:k]]]
    if twice:
        raise UserError(f"{twice[0]} is named twice: name it once")
    if not paths and not streamed:
        raise UserError("nothing to learn from: name a dataset or a folder of class/clip.mp4, or ask for --stream")
    learned = [open_clips(path, "train").first_of_each(config.data.clips_per_class) for path in paths]
    listed = _remarks(learned)
    _say(console, listed)
    with bar() if console and console.is_terminal else nullcontext(silent) as tell:
        stored = [check(c, allow_missing, _telling(tell, path)) for c, path in zip(learned, paths, strict=True)]
        measured = [(clips := _val(path)) and check(clips, allow_missing, _telling(tell, path)) for path in paths]
    sources = tuple(
        DataSource(clips.name, clips.digest, len(clips), _licences(path), _remarks([clips, val]))
        for clips, val, path in zip(stored, measured, paths, strict=True)
    )
    _say(console, [remark for remark in _remarks([*stored, *measured]) if remark not in listed])
    lists, apart = [*streamed, *stored], [clips for clips in measured if clips]
    kind = config.objective.kind
    if kind == "aligned":
        same = [clips for clips in apart if clips.classes == lists[0].classes]
        return Data(tuple(lists), same[0] if same else None, sources)
    one = mixed(lists) if len(lists) > 1 else lists[0]
    # a masked autoencoder says nothing about classes
    val = None if kind == "masked" or not apart else mixed([replace(one, items=()), *apart])
    return Data((one,), val, sources)


def _remarks(lists: Sequence[ClipList | None]) -> tuple[str, ...]:
    """What was left out of these lists, each line once."""
    return tuple(dict.fromkeys(remark for clips in lists if clips for remark in clips.remarks))


def _say(console: Console | None, remarks: Sequence[str]) -> None:
    if console:
        for remark in remarks:
            console.print(f"synapt: {shown(remark)}", highlight=False, soft_wrap=True, markup=False)


Tell = Callable[[int, int, str], None]


def _telling(tell: Tell, path: Path) -> Callable[[int, int], None]:
    return lambda done, total: tell(done, total, f"reading the clips of {path}")


def _val(path: Path) -> ClipList | None:
    """The clips set apart, where a source has some."""
    try:
        return open_clips(path, "val")
    except UserError:
        return None


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
    probability = predict(measured, model.spec, test_batches(mine, config, model.spec), each, config.engine, team.device)
    right = probability.argmax(1) == np.array([item.label for item in mine.items])
    return team.sums([float((right & counted).sum())])[0] / len(clips)
