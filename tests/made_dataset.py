"""A small dataset of made-up clips, written in this process; and what is in a dataset, to be compared."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec
import numpy as np
from made_up import maker
from synapt.generator.dataset import ClipFiles, Header, Settings, open_dataset, write_clip, write_header
from synapt.generator.dataset.format import SCHEMA, header_path, metadata_path
from synapt.generator.dataset.index import read_rows, write_rows
from synapt.generator.dataset.labels_file import load_arrays, save_arrays
from synapt.generator.values import SPEC_VERSION

SETTINGS = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)
DENSE = ("mask",)


def write_dataset(root: Path, n: int = 3) -> Header:
    """Clips 0 to n - 1 of class "calm", with masks."""
    rows = [write_clip(root, maker(root, SETTINGS, "calm", index, DENSE), 0) for index in range(n)]
    header = Header(SCHEMA, SPEC_VERSION, SETTINGS, {"calm": 0}, DENSE, counts={"calm": n})
    write_rows(metadata_path(root), rows, header)
    write_header(root, header)
    return header


def edit_header(root: Path, **changes: object) -> None:
    """dataset.json with other values, "settings__body" for one of the settings, whatever our own writer would say to them."""
    table = msgspec.json.decode(header_path(root).read_bytes())
    edited(table, changes)
    header_path(root).write_bytes(msgspec.json.encode(table))


def edit_spec(root: Path, number: int, **changes: object) -> None:
    """The spec of a clip with other values, "camera__fill" for one of a part, "performers__0__style" for one of a person."""
    path = ClipFiles(root, "calm", number).spec
    table = msgspec.json.decode(path.read_bytes())
    edited(table, changes)
    path.write_bytes(msgspec.json.encode(table))


def edit_labels(root: Path, index: int, **arrays: np.ndarray) -> None:
    """The labels of a clip with other arrays."""
    path = ClipFiles(root, "calm", index).labels
    save_arrays(path, {**load_arrays(path), **arrays})


def forget_hashes(root: Path) -> None:
    """The index as versions before wrote it: of each clip the video's alone."""
    rows = [{k: v for k, v in row.items() if not k.startswith("sha256_")} for row in read_rows(metadata_path(root))]
    write_rows(metadata_path(root), rows)


def edited(table: dict, changes: Mapping[str, object]) -> dict:
    """Plain data, changed in place: "camera__fill" is a value of a part, "performers__0__style" one of a list's."""
    for place, value in changes.items():
        *parts, name = place.split("__")
        where = table
        for part in parts:
            where = where[int(part) if part.isdigit() else part]
        where[name] = value
    return table


def contents(root: Path) -> dict[str, str]:
    """Every file of a dataset but the parquet (checked by its rows) by its hash."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and path.name != "metadata.parquet"
    }


def rows(root: Path) -> list[str]:
    """The index, row by row; as text, for NaN equals itself there."""
    return [repr(sorted(row.items())) for row in open_dataset(root)]
