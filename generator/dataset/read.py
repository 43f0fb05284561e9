"""The one reader: a dataset's header, its rows, and single clips."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from ..base.bounded import BROKEN, read_bytes
from ..base.errors import UserError
from ..base.machine import usable_memory_bytes
from ..base.places import place
from ..base.reasons import reason_of
from ..base.shown import plain_name
from ..values import Array, Clip, ClipSpec, Labels
from ..video.read import read_video
from .format import (
    DENSE,
    MOST_HEADER_BYTES,
    MOST_SPEC_BYTES,
    PASS_KINDS,
    READABLE,
    ClipFiles,
    Header,
    header_path,
    is_left_over,
    metadata_path,
    parsed_header,
)
from .index import read_rows
from .labels_file import MOST_BYTES, check_person, from_arrays, load_arrays, roles_in
from .old_specs import as_today

_SPECS = msgspec.json.Decoder(ClipSpec)
"""Made once, here: msgspec 0.22 crashes where two threads are the first to look at a dataclass."""


class HeaderLost(UserError):
    """A dataset whose dataset.json is missing or can't be read: `what` says which, in half a line."""

    def __init__(self, what: str, root: Path) -> None:
        super().__init__(f"{what}: run `synapt verify --fix {root}`, which restores it")
        self.what = what


def read_header(root: Path) -> Header:
    """dataset.json of the dataset at `root`. Raises UserError when there is none, HeaderLost when that of a dataset is broken."""
    path = header_path(root)
    try:
        raw = read_bytes(path, MOST_HEADER_BYTES)
    except OSError as error:
        if is_left_over(root):
            raise HeaderLost(f"{path} is missing", root) from error
        raise UserError(f"{root} is not a dataset (it has no dataset.json): make one with `synapt render`") from error
    try:
        schema = _schema(raw)
        header = parsed_header(raw) if schema in (None, *READABLE) else None
    except ValueError as error:
        raise HeaderLost(f"{path} is broken ({reason_of(error)})", root) from error
    if header is None:
        ours = " and ".join(map(str, READABLE))
        raise UserError(f"{root} has dataset schema {schema}, this version reads {ours}: use the right one")
    return header


class _Schema(msgspec.Struct):
    schema: int | None = None


def _schema(raw: bytes) -> int | None:
    try:
        return msgspec.json.decode(raw, type=_Schema).schema
    except (RecursionError, msgspec.MsgspecError) as error:
        raise ValueError(reason_of(error)) from error


def read_spec(files: ClipFiles) -> ClipSpec:
    """The ClipSpec of one clip, an old one in the form of today.

    Raises UserError when it is missing or broken, or has numbers or names that none of ours has.
    """
    try:
        plain = as_today(msgspec.json.decode(read_bytes(files.spec, MOST_SPEC_BYTES)))
        spec = _SPECS.decode(msgspec.json.encode(plain))
    except (RecursionError, msgspec.MsgspecError, OSError) as error:
        raise _broken(files.spec, reason_of(error)) from error
    plain_name(spec.action, f"the action in {files.spec}")
    return spec


def read_labels(files: ClipFiles, dense: Collection[str] = DENSE) -> Labels:
    """The labels of one clip, with the `dense` ones that are on disk. Raises UserError when broken, or when a label per pixel has
    another size than the clip of which its spec and the other labels tell."""
    path = files.labels
    try:
        arrays, others = load_arrays(path, most=MOST_BYTES), {}
        for role in roles_in(arrays)[1:]:
            path = files.person(role)
            others[role] = load_arrays(path, most=MOST_BYTES)
            check_person(others[role])
        path = files.labels
        labels = from_arrays(arrays, others, {})
        for name in dense:
            path = files.dense(name)
            if path.is_file():
                labels.dense[name] = _pass(files, name, len(labels.phase))
        return labels
    except BROKEN as error:
        raise _broken(path, reason_of(error)) from error


def _pass(files: ClipFiles, name: str, n_frames: int) -> Array:
    """A label per pixel. `bounded.BROKEN` when its file is broken, UserError where it isn't of the clip's size."""
    spec = read_spec(files)
    kind, channels = PASS_KINDS[name]
    one = spec.height_px * spec.width_px * np.dtype(kind).itemsize * (channels or 1)
    room = usable_memory_bytes()
    if (needed := n_frames * one) > room:
        raise UserError(f"{files.dense(name)} would take {needed:,} bytes, and this machine grants {room:,}: use a larger one")
    array = load_arrays(files.dense(name), (name,), most=(n_frames + 1) * one)[name]
    if array.dtype != kind or array.shape[1:] != (spec.height_px, spec.width_px, *([channels] if channels else [])):
        raise ValueError(f"{name} is {array.dtype} {array.shape}, for pictures of {spec.width_px}x{spec.height_px}")
    return array


def read_clip(root: Path, action: str, index: int, dense: Collection[str] = DENSE) -> Clip:
    """Spec, decoded frames and labels of one clip. Raises UserError when a file is missing or broken."""
    files = ClipFiles(root, action, index)
    spec, labels = read_spec(files), read_labels(files, dense)
    return Clip(spec, read_frames(files.video), labels)


def read_frames(path: Path, expected: tuple[int, int, int] | None = None) -> Array:
    """Frames (T, H, W, 3) uint8 of a clip's video; `expected` as in `read_video`. UserError when it is missing or broken."""
    try:
        return read_video(path, expected)
    except UserError as error:
        raise UserError(f"{str(error).rpartition(': ')[0]}: run `synapt verify --fix` on its dataset") from error


def _broken(path: Path, why: str) -> UserError:
    return UserError(f"{path} is missing or broken ({why.partition(chr(10))[0]}): run `synapt verify --fix` on its dataset")


@dataclass(frozen=True)
class Dataset:
    """A dataset opened for reading: iterate for the rows of its index, ask for a clip by position."""

    root: Path
    header: Header
    rows: list[dict[str, Any]]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def files(self, position: int) -> ClipFiles:
        """Where the clip of row `position` lies."""
        return ClipFiles(self.root, self.rows[position]["action"], self.rows[position]["index"])

    def clip(self, position: int, dense: Collection[str] = DENSE) -> Clip:
        """The clip of row `position`."""
        files = self.files(position)
        return read_clip(self.root, files.action, files.index, dense)


def open_dataset(root: Path | str) -> Dataset:
    """Open the dataset at `root`, rows in order of action and index. Raises UserError when it is none."""
    root = place(root)
    header = read_header(root)
    path = metadata_path(root)
    if not path.exists():
        raise UserError(f"{path} is missing: run `synapt verify --fix {root}`")
    rows = read_rows(path)
    if strange := {row["action"] for row in rows} - header.classes.keys():
        raise UserError(f"{path} has clips of '{min(strange)}', no class of dataset.json: run `synapt verify --fix {root}`")
    return Dataset(root, header, rows)
