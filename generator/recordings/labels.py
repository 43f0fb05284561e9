"""What is said of recordings in files beside them: which class, which words, from when to when.

A `LabelTable` is a label file (BABEL's JSON, or a CSV) read once for many recordings; `class_in_name` is what remains where no
file says a class.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ..base.bounded import read_bytes
from ..base.errors import UserError
from ..base.shown import LONGEST_NAME, shown
from ..values import Segment

MOST_BYTES = 1 << 27
"""Of a label file; BABEL's largest has 40 MB."""

LATEST_S = 1e6


@dataclass(frozen=True)
class Stretch:
    """A labelled part of a recording, seconds from its first frame; end_s is infinite where it goes on to the end.

    kind: the class, a plain name with underscores, "" where only a caption is known. phases lie within the stretch, in order and
    apart.
    """

    kind: str
    caption: str = ""
    start_s: float = 0.0
    end_s: float = math.inf
    phases: tuple[Segment, ...] = ()


@dataclass(frozen=True)
class LabelTable:
    """Stretches by the names of the files that they are of. `entries`: path as the label file has it -> its stretches."""

    source: str
    entries: dict[str, tuple[Stretch, ...]]
    _by_stem: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.entries:
            self._by_stem.setdefault(_parts(name)[-1], []).append(name)

    def of(self, path: Path) -> tuple[Stretch, ...]:
        """The stretches of a file: those of the entry whose path has the most last parts in common with it; () for none.

        Suffixes, and AMASS's `_poses` and `_stageii`, don't count. UserError where two entries fit as well.
        """
        own = _parts(path.as_posix())
        fits = {name: _common(own, _parts(name)) for name in self._by_stem.get(own[-1], [])}
        if not fits:
            return ()
        most = max(fits.values())
        best = [name for name, length in fits.items() if length == most]
        if len({self.entries[name] for name in best}) > 1:
            said = f"{shown(self.source)}: both '{shown(best[0])}' and '{shown(best[1])}' fit {shown(path)}"
            raise UserError(f"{said}: keep the folders of the data set, or write more of the path")
        return self.entries[best[0]]


def _parts(path: str) -> tuple[str, ...]:
    """The parts of a path, the last without its suffix, as they are compared."""
    found = PurePosixPath(path.replace("\\", "/").replace(" ", "_"))
    stem = found.stem if found.suffix.lower() in _SUFFIXES else found.name
    return (*found.parts[:-1], re.sub(r"_(poses|stageii|stagei)\Z", "", stem))


_SUFFIXES = frozenset((".npz", ".npy", ".pkl", ".pickle", ".bvh", ".glb", ".gltf", ".txt", ".json", ".fbx", ".c3d", ".mp4"))


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many of their last parts two paths share."""
    return next(
        (k for k, (a, b) in enumerate(zip(reversed(one), reversed(other), strict=False)) if a != b), min(len(one), len(other))
    )


def read_csv(path: Path) -> LabelTable:
    """A table with the columns file, class and, if wanted, start, end (seconds) and caption; in any order below a header.

    Several rows of one file are several stretches. UserError, which names the line, for a row that makes no sense.
    """
    try:
        content = read_bytes(path, MOST_BYTES).decode("utf-8-sig")
        rows = [(k, [cell.strip() for cell in row]) for k, row in enumerate(csv.reader(io.StringIO(content)), start=1)]
    except (OSError, ValueError, csv.Error) as error:
        raise UserError(f"{shown(path)} is no readable CSV in UTF-8: give a table of file,class,start,end,caption") from error
    rows = [(line, row) for line, row in rows if any(row) and not row[0].startswith("#")]
    columns = list(_COLUMNS)
    if rows and _is_header(rows[0][1]):
        columns = [_column(cell, shown(path)) for cell in rows.pop(0)[1]]
    found: dict[str, list[Stretch]] = {}
    for line, row in rows:
        cells = dict(zip(columns, row, strict=False))
        if not cells.get("file") or not (cells.get("class") or cells.get("caption")):
            raise UserError(f"{shown(path)}, line {line}: '{shown(','.join(row))[:60]}', wanted file,class[,start,end[,caption]]")
        start, end = (_seconds(cells.get(name, ""), default, f"{shown(path)}, line {line}: {name}") for name, default in _ENDS)
        if not start < end:
            raise UserError(f"{shown(path)}, line {line}: from {start:g} to {end:g} s is no time, wanted start < end")
        stretch = Stretch(plain_class(cells.get("class", "")), cells.get("caption", ""), start, end)
        found.setdefault(cells["file"], []).append(stretch)
    return LabelTable(str(path), {name: tuple(stretches) for name, stretches in found.items()})


_COLUMNS = {
    "file": ("file", "path", "filename", "file_name", "motion"),
    "class": ("class", "label", "action"),
    "start": ("start", "start_s", "start_t"),
    "end": ("end", "end_s", "end_t"),
    "caption": ("caption", "text"),
}
_ENDS = (("start", 0.0), ("end", math.inf))


def _is_header(row: list[str]) -> bool:
    words = {cell.lower() for cell in row}
    return bool(words.intersection(_COLUMNS["file"]) and words.intersection((*_COLUMNS["class"], *_COLUMNS["caption"])))


def _column(cell: str, what: str) -> str:
    found = next((name for name, words in _COLUMNS.items() if cell.lower() in words), None)
    if found is None:
        raise UserError(f"{what} has a column '{shown(cell)[:40]}': wanted {', '.join(_COLUMNS)}")
    return found


def _seconds(cell: str, default: float, what: str) -> float:
    if not cell:
        return default
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not 0.0 <= value <= LATEST_S:
        raise UserError(f"{what} is '{shown(cell)[:40]}': wanted seconds from 0 to {LATEST_S:g}")
    return value


def plain_class(words: str) -> str:
    """Words as the name of a class: lower case, with underscores; "" where none are left."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", words)
    name = "_".join(part for part in re.split(r"[\W_]+", spaced.lower()) if part)
    while len(name.encode()) > LONGEST_NAME:
        name = name[:-1]
    return name


_NO_CLASS = frozenset(
    "dataset poses pose stageii humanoid3d mixamo com take clip motion anim animation sample rep smpl smplx params".split()
)
"""Words of file names that say what the file is."""

_MANNERS = frozenset(
    "active angry childish chimpira elderly exhausted feminine giant happy masculine masculinity musical normal old proud sad"
    " tired youthful".split()
)
"""Words that say how something is done, in Bandai-Namco's data set."""


def class_in_name(path: Path, manners: bool = False) -> str:
    """What the name of a file says of its class: its words, without those of numbers only, of the file's kind and of manners.

    `dataset-2_wave-left-hand_active_001.bvh` is wave_left_hand, `JumpingJacks2.glb` is jumping_jacks, `86_01_poses.npz` is "".
    `manners` keeps those: a take may be called by one.
    """
    dropped = _NO_CLASS if manners else _NO_CLASS | _MANNERS
    words = plain_class(path.stem).split("_")
    bare = (re.sub(r"\d+\Z", "", word) for word in words)
    return "_".join(word for word in bare if word and word not in dropped)


def apart(segments: Iterable[Segment], start_s: float, end_s: float) -> tuple[Segment, ...]:
    """Segments within a time, in order, each ended where the next one begins."""
    inside = sorted((s for s in segments if s.start_s < end_s and s.end_s > start_s), key=lambda s: (s.start_s, s.end_s))
    ends = [*(s.start_s for s in inside[1:]), math.inf]
    cut = (Segment(s.name, max(s.start_s, start_s), min(s.end_s, end, end_s)) for s, end in zip(inside, ends, strict=False))
    return tuple(s for s in cut if s.end_s > s.start_s)
