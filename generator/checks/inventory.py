"""What a dataset's folder should hold by its own account, and what lies there besides."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..dataset import ClipFiles, Header
from ..dataset.format import DENSE

FOLDERS = ("clips", "labels", "specs")
Key = tuple[str, int]


def clips_of(root: Path, header: Header, indexed: Iterable[Key]) -> list[ClipFiles]:
    """Every clip that left a trace in files, index, header or quarantine, and those missing below the last of their action."""
    last = {action: header.counts.get(action, 0) - 1 for action in header.classes}
    traces = [*indexed, *((name[:-7], int(name[-6:])) for name in header.quarantined if name[-6:].isdigit())]
    traces += [(action, index) for action in header.classes for index in _on_disk(root, action)]
    for action, index in traces:
        if action in last:
            last[action] = max(last[action], index)
    return [ClipFiles(root, action, index) for action in header.classes for index in range(last[action] + 1)]


def _on_disk(root: Path, action: str) -> Iterator[int]:
    for folder in FOLDERS:
        for path in (root / folder / action).glob(f"{action}-*"):
            digits = path.name.removeprefix(f"{action}-").split(".")[0]
            if digits.isdigit() and len(digits) == 6:
                yield int(digits)


def strays(root: Path, clips: Iterable[ClipFiles]) -> list[str]:
    """Paths inside the dataset's three folders that are no file of its clips; hidden ones are nobody's business."""
    ours: set[Path] = set()
    for files in clips:
        ours |= {files.video, files.labels, files.spec, *map(files.dense, DENSE)}
    found = []
    for folder in FOLDERS:
        for where, folders, names in os.walk(root / folder):
            paths = [Path(where, name) for name in names if not name.startswith(".")]
            paths += [path for name in folders if (path := Path(where, name)) in ours]  # called like a file of ours
            found += [str(path.relative_to(root)) for path in paths if path not in ours or path.is_dir()]
    return sorted(found)
