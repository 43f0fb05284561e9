"""What a run learns from: datasets, folders and the stream, listed and then read through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from ..generator.base.console import bar, silent
from ..generator.base.errors import UserError
from ..generator.base.shown import shown
from ..generator.dataset import open_dataset
from ..generator.stream import named
from .config import TrainConfig
from .data.clips import list_clips, mixed
from .data.preflight import check
from .data.streamed import stream_list
from .models.provenance import DataSource
from .values import ClipList


@dataclass(frozen=True)
class Data:
    """Lists to learn from (one, unless there is a head for each), one to measure on, and what is on disk.

    The stream's classes come first, as a list without clips or in the one list.
    """

    train: tuple[ClipList, ...]
    val: ClipList | None
    sources: tuple[DataSource, ...]


@dataclass(frozen=True)
class Listed:
    """Clips of each path as they are listed, no file of them opened: to learn from, and those set apart where there are some."""

    paths: tuple[Path, ...]
    learned: tuple[ClipList, ...]
    measured: tuple[ClipList | None, ...]


def list_data(config: TrainConfig, paths: Sequence[Path]) -> Listed:
    """List datasets and folders, which takes a moment. UserError for what isn't one, is named twice, or if nothing is named."""
    twice = [path for k, path in enumerate(paths) if path.resolve() in [other.resolve() for other in paths[:k]]]
    if twice:
        raise UserError(f"{twice[0]} is named twice: name it once")
    if not paths and not config.stream.actions:
        raise UserError("nothing to train on: name a dataset or a folder of class/clip.mp4, or ask for --stream")
    learned = tuple(list_clips(path, "train").first_of_each(config.data.clips_per_class) for path in paths)
    return Listed(tuple(paths), learned, tuple(map(_val, paths)))


def read_through(config: TrainConfig, listed: Listed, allow_missing: float, console: Console | None = None) -> Data:
    """Open every file that is listed. UserError for what can't be read, beyond the share `allow_missing`."""
    said, paths = _remarks(listed.learned), listed.paths
    tell_people(console, said)
    with bar() if console and console.is_terminal else nullcontext(silent) as tell:
        learned = [check(c, allow_missing, _telling(tell, path)) for c, path in zip(listed.learned, paths, strict=True)]
        measured = [c and check(c, allow_missing, _telling(tell, path)) for c, path in zip(listed.measured, paths, strict=True)]
    tell_people(console, [remark for remark in _remarks([*learned, *measured]) if remark not in said])
    return as_listed(config, replace(listed, learned=tuple(learned), measured=tuple(measured)))


def as_listed(config: TrainConfig, listed: Listed) -> Data:
    """The lists put together as the objective learns from them."""
    streamed = [stream_list(named(config.stream.actions, ()))] if config.stream.actions else []
    sources = tuple(
        DataSource(clips.name, clips.digest, len(clips), _licences(path), _remarks([clips, val]))
        for clips, val, path in zip(listed.learned, listed.measured, listed.paths, strict=True)
    )
    lists, apart = [*streamed, *listed.learned], [clips for clips in listed.measured if clips]
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


def tell_people(console: Console | None, remarks: Sequence[str]) -> None:
    """Lines on the console, where there is one."""
    if console:
        for remark in remarks:
            console.print(f"synapt: {shown(remark)}", highlight=False, soft_wrap=True, markup=False)


Tell = Callable[[int, int, str], None]


def _telling(tell: Tell, path: Path) -> Callable[[int, int], None]:
    return lambda done, total: tell(done, total, f"reading the clips of {path}")


def _val(path: Path) -> ClipList | None:
    """The clips set apart, where a source has some."""
    try:
        return list_clips(path, "val")
    except UserError:
        return None


def _licences(path: Path) -> dict[str, str]:
    """What a dataset of ours says of the assets in it."""
    return open_dataset(path).header.licences if (path / "dataset.json").is_file() else {}
