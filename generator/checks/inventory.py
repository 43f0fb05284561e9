"""What a dataset's folder should hold by its own account, and what lies there besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from ..base.places import entries, walked
from ..base.ranges import ROLES
from ..base.shards import Shares
from ..dataset import ClipFiles, Header
from ..dataset.format import DENSE, is_index, key_of

FOLDERS = ("clips", "labels", "specs")
Key = tuple[str, int]


MOST_UNFOUND = 50_000
"""Of more clips without a trace than these, dataset.json and file names say what nobody made."""


def clips_of(root: Path, header: Header, indexed: Iterable[Key]) -> tuple[list[ClipFiles], int]:
    """Every clip that left a trace in files, index, header or quarantine, and those missing below the last of their action.

    Of a dataset of some shards (`Header.shards`), only clips of these are missing.
    Of these none where they are more than MOST_UNFOUND; their number comes second, else 0.
    """
    traces: dict[str, set[int]] = {action: set(_on_disk(root, action)) for action in header.classes}
    named = [*indexed, *(key for name in header.quarantined if (key := key_of(name)))]
    for action, index in named:
        if action in traces:
            traces[action].add(index)
    last = {action: max(header.counts.get(action, 0), max(found, default=-1) + 1) for action, found in traces.items()}
    shares = Shares(header.shards)
    here = {action: sum(shares.holds(action, index) for index in found) for action, found in traces.items()}
    unfound = sum(shares.count(action, last[action]) - here[action] for action in traces)
    few = unfound <= MOST_UNFOUND
    clips = []
    for action, found in traces.items():
        wanted = found.union(shares.indices(action, last[action])) if few else found
        clips += [ClipFiles(root, action, index) for index in sorted(wanted)]
    return clips, 0 if few else unfound


def _on_disk(root: Path, action: str) -> Iterator[int]:
    for folder in FOLDERS:
        with suppress(OSError), entries(root / folder / action) as found:
            for entry in found:
                digits = entry.name.removeprefix(f"{action}-").partition(".")[0]
                if entry.name.startswith(f"{action}-") and is_index(digits):
                    yield int(digits)


def strays(root: Path, clips: Iterable[ClipFiles]) -> list[str]:
    """Paths inside the dataset's three folders that are no file of its clips; hidden ones are nobody's business."""
    ours: set[Path] = set()
    for files in clips:
        ours |= {files.video, files.labels, files.spec, *map(files.dense, DENSE), *map(files.person, ROLES)}
    found = []
    for folder in FOLDERS:
        for where, folders, names in walked(root / folder):
            paths = [where / name for name in names if not name.startswith(".")]
            paths += [path for name in folders if (path := where / name) in ours]  # called like a file of ours
            found += [str(path.relative_to(root)) for path in paths if path not in ours or path.is_dir()]
    return sorted(found)
