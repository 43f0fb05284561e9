"""The one reader: a dataset's header, its rows, and single clips."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from ..base.errors import UserError
from ..values import Array, Clip, ClipSpec, Labels
from ..video.read import read_video
from .format import DENSE, SCHEMA, ClipFiles, Header, header_path, is_left_over, metadata_path
from .index import read_rows
from .labels_file import from_arrays, load_arrays
from .old_specs import with_names

_SPECS = msgspec.json.Decoder(ClipSpec)
"""Made once, here: msgspec 0.22 crashes where two threads are the first to look at a dataclass."""


class HeaderLost(UserError):
    """A dataset whose dataset.json is missing or can't be read."""


def read_header(root: Path) -> Header:
    """dataset.json of the dataset at `root`. Raises UserError when there is none, HeaderLost when that of a dataset is broken."""
    path = header_path(root)
    cure = f"run `synapt verify --fix {root}`, which restores it"
    try:
        raw = path.read_bytes()
    except OSError as error:
        if is_left_over(root):
            raise HeaderLost(f"{path} is missing: {cure}") from error
        raise UserError(f"{root} is no dataset (no dataset.json): make one with `synapt render`") from error
    try:
        schema = msgspec.json.decode(raw).get("schema")
        if schema is not None and schema != SCHEMA:
            raise UserError(f"{root} has dataset schema {schema}, this version reads {SCHEMA}: use the right one")
        return msgspec.json.decode(raw, type=Header)
    except (msgspec.MsgspecError, AttributeError) as error:
        raise HeaderLost(f"{path} is broken ({error}): {cure}") from error


def read_spec(files: ClipFiles) -> ClipSpec:
    """The ClipSpec of one clip, an old one with names for places in tables. Raises UserError when it is missing or broken."""
    try:
        plain = with_names(msgspec.json.decode(files.spec.read_bytes()))
        return _SPECS.decode(msgspec.json.encode(plain))
    except (OSError, msgspec.MsgspecError) as error:
        raise _broken(files.spec, error) from error


def read_labels(files: ClipFiles, dense: Collection[str] = DENSE) -> Labels:
    """The labels of one clip, with the `dense` ones that are on disk. Raises UserError when broken."""
    path = files.labels
    try:
        arrays = load_arrays(path)
        passes = {}
        for name in dense:
            path = files.dense(name)
            if path.is_file():
                passes[name] = load_arrays(path)[name]
        path = files.labels
        return from_arrays(arrays, passes)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, zlib.error) as error:
        raise _broken(path, error) from error


def read_clip(root: Path, action: str, index: int, dense: Collection[str] = DENSE) -> Clip:
    """Spec, decoded frames and labels of one clip. Raises UserError when a file is missing or broken."""
    files = ClipFiles(root, action, index)
    return Clip(read_spec(files), read_frames(files.video), read_labels(files, dense))


def read_frames(path: Path) -> Array:
    """Frames (T, H, W, 3) uint8 of a clip's video. Raises UserError when it is missing or broken."""
    try:
        return read_video(path)
    except UserError as error:
        raise UserError(f"{str(error).rpartition(': ')[0]}: run `synapt verify --fix` on its dataset") from error


def _broken(path: Path, error: Exception) -> UserError:
    reason = str(error).split("\n", 1)[0]
    return UserError(f"{path} is missing or broken ({reason}): run `synapt verify --fix` on its dataset")


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
    root = Path(root)
    header = read_header(root)
    path = metadata_path(root)
    if not path.is_file():
        raise UserError(f"{path} is missing: run `synapt verify --fix {root}`")
    return Dataset(root, header, read_rows(path))
