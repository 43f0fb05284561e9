"""What lies in a dataset's folder by the names of its files, and how far what was asked for has come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ..base.places import entries
from ..base.shards import Shares
from ..base.standing import Standing, holders, pace
from .format import Header, is_index
from .read import read_header


def complete(root: Path, action: str, dense: tuple[str, ...] = ()) -> set[int]:
    """Indices of the action's clips whose files are all there (whatever is in them), by three listings."""
    stem = len(action) + 1
    videos = listing(root / "clips" / action)
    specs, labels = listing(root / "specs" / action), listing(root / "labels" / action)
    found = set()
    for name in videos:
        base, _, kind = name.rpartition(".")
        wanted = [f"{base}.npz", *(f"{base}.{label}.npz" for label in dense)]
        if kind == "mp4" and f"{base}.json" in specs and labels.issuperset(wanted) and is_index(base[stem:]):
            found.add(int(base[stem:]))
    return found


def listing(folder: Path) -> set[str]:
    """Names of the files in a folder; another folder in it, whatever its name, is none."""
    with suppress(FileNotFoundError, NotADirectoryError), entries(folder) as found:
        return {entry.name for entry in found if entry.is_file()}
    return set()


def standing(root: Path, now_s: float) -> Standing:
    """How far the render of the dataset at `root` has come; `now_s` in seconds since 1970. UserError where there is none.

    Where it doesn't say what was asked for, as older ones don't, `total` is None.
    """
    header = read_header(root)
    held = holders(root)
    clips = {action: complete(root, action, header.dense) for action in header.classes}
    total, done = None, sum(map(len, clips.values()))
    if header.asked:
        shares = Shares(header.shards)
        total = sum(shares.count(action, n) for action, n in header.asked.items())
        done = 0
        for action, found in clips.items():
            done += sum(index < header.asked.get(action, 0) and shares.holds(action, index) for index in found)
    per_hour = pace([*_made_s(root, header)], held, now_s)
    return Standing("dataset", "clips", done, total, per_hour, held, dict(header.quarantined))


def _made_s(root: Path, header: Header) -> Iterator[float]:
    """When the videos there were finished, in seconds since 1970."""
    for action in header.classes:
        with suppress(OSError), entries(root / "clips" / action) as found:
            for entry in found:
                if entry.name.endswith(".mp4") and entry.name[0] != ".":
                    with suppress(OSError):
                        yield entry.stat().st_mtime
