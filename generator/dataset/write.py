"""The one writer of clips, of dataset.json and of the index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import msgspec

from ..base.files import appearing, readable_refusal
from ..values import Clip, ClipSpec
from ..video.write import write_video
from .card import write_card
from .format import ClipFiles, Header, header_path, metadata_path
from .index import Row, hashed, row, write_rows
from .labels_file import of_others, save_arrays, to_arrays


def write_clip(root: Path, clip: Clip, class_id: int) -> dict[str, Any]:
    """Put one clip into the dataset at `root` and return its row of the index.

    The video comes last, and an older one goes first: a clip whose video exists is complete, and of one piece. Raises UserError
    when the disk refuses.
    """
    files = ClipFiles(root, clip.spec.action, clip.spec.index)
    labels = replace(clip.labels, class_id=class_id)
    others = of_others(labels)
    digests = dict.fromkeys(files.all(labels.dense, others), "")

    @contextmanager
    def putting(column: str, path: Path) -> Iterator[Path]:
        with appearing(path) as temporary:
            yield temporary
            digests.update(hashed({column: temporary}))

    with readable_refusal(files.video):
        files.video.unlink(missing_ok=True)
    with putting("sha256_spec", files.spec) as path:
        path.write_bytes(spec_json(clip.spec))
    for name, array in labels.dense.items():
        with putting(f"sha256_{name}", files.dense(name)) as path:
            save_arrays(path, {name: array})
    for role, arrays in others.items():
        with putting(f"sha256_labels_{role}", files.person(role)) as path:
            save_arrays(path, arrays)
    with putting("sha256_labels", files.labels) as path:
        save_arrays(path, to_arrays(labels))
    with putting("sha256", files.video) as path:
        write_video(path, clip.frames, clip.spec.fps)
    return row(clip.spec, labels, digests)


def spec_json(spec: ClipSpec) -> bytes:
    """A spec as it lies on disk."""
    return msgspec.json.format(msgspec.json.encode(plain_spec(spec)), indent=1)


def plain_spec(spec: ClipSpec) -> dict[str, Any]:
    """A spec as plain data. That nothing recorded is performed, or that it stands alone, isn't said, as older versions
    couldn't say it.

    By way of `asdict`: what a file leaves out has its default in the class, where msgspec doesn't look.
    """
    plain: dict[str, Any] = msgspec.to_builtins(asdict(spec))
    if plain["group"] is None:
        del plain["group"]
    for performance in (plain["performance"], *(one["performance"] for one in plain["bystanders"])):
        if performance["take"] is None:
            del performance["take"]
    return plain


def write_index(root: Path, rows: Mapping[tuple[str, int], Row], header: Header) -> Header:
    """Write the index of the clips there are, dataset.json and the card; returns the header with their counts and licences.

    Raises UserError when the disk refuses.
    """
    counts = dict.fromkeys(header.classes, 0)
    for action, _ in rows:
        counts[action] += 1
    used = {entry for found in rows.values() for entry in found["licences"].split("; ")}
    header = replace(header, counts=counts, licences=dict(sorted(entry.rsplit(" ", 1) for entry in used)))
    if rows:
        write_rows(metadata_path(root), rows.values(), header)
    write_header(root, header)
    write_card(root, header)
    return header


def write_header(root: Path, header: Header) -> None:
    """Write dataset.json. Raises UserError when the disk refuses."""
    with appearing(header_path(root)) as path:
        path.write_bytes(msgspec.json.format(msgspec.json.encode(header), indent=2))
