"""The videos below a folder, found by one walk that says what it left out: links are followed, no folder is taken twice."""

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..base.places import entries
from ..base.shown import shown

SUFFIXES = (
    ".mp4", ".m4v", ".mov", ".qt", ".3gp", ".3gpp", ".3g2", ".f4v", ".ismv", ".mj2",
    ".avi", ".divx", ".mkv", ".mk3d", ".webm", ".flv", ".wmv", ".asf",
    ".mpg", ".mpeg", ".mpe", ".mpv", ".m1v", ".m2v", ".vob", ".ts", ".mts", ".m2ts", ".m2t", ".tp", ".trp", ".tod",
    ".ogv", ".ogg", ".ogm", ".gif", ".apng", ".mxf", ".y4m", ".nut", ".dv", ".rm", ".rmvb", ".wtv", ".ivf",
    ".h264", ".264", ".avc", ".h265", ".265", ".hevc", ".mjpg", ".mjpeg",
)  # fmt: skip
"""Names of videos end like this, in small letters or large: all that the decoder reads and people keep moving pictures in."""

_SILENT = frozenset(("thumbs.db", "desktop.ini", "__macosx"))
"""What systems leave in folders unasked."""

FOLDER_TWICE, FOLDER_ABOVE, FOLDER_CLOSED = "folder linked twice", "link to a folder above", "folder closed to you"

LINK_BROKEN, NO_SUFFIX = "link to nothing", "file without a suffix"

_SPECIAL = ((stat.S_ISFIFO, "pipe"), (stat.S_ISSOCK, "socket"), (stat.S_ISCHR, "device"), (stat.S_ISBLK, "device"))

_MOST_KINDS = 8
"""So many kinds of what was left out are told one by one."""


@dataclass(frozen=True)
class LeftOut:
    """A file or folder that was not taken, and its kind: its suffix, or in words what else it is, the noun first."""

    path: Path
    kind: str

    @property
    def is_plain(self) -> bool:
        """Whether it is an ordinary file that is called like no video."""
        return self.kind.startswith(".") or self.kind == NO_SUFFIX


@dataclass(frozen=True)
class Walk:
    """Videos below a folder in order of path, and all else that lies there and isn't hidden."""

    videos: tuple[Path, ...]
    left_out: tuple[LeftOut, ...]


def is_video_name(name: str) -> bool:
    """Whether a file of this name is taken for a video."""
    return not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES


def walk(folder: Path) -> Walk:
    """What lies below `folder`, at any depth; links lead on, but never to a folder above, nor to one that was seen.

    A folder counts where it lies, and by a link only when it lies nowhere below. Videos are regular files; one that a link names
    and that isn't there is a video, too, for whoever opens it to miss. Hidden files and folders are not seen.
    """
    videos: list[Path] = []
    others: list[LeftOut] = []
    kind_of = type(folder)  # of paths: local or remote
    home, seen = os.path.realpath(str(folder)), set[str]()
    near, links = deque([str(folder)]), deque[str]()
    while near or links:
        linked = not near
        place = links.popleft() if linked else near.popleft()
        true = os.path.realpath(place)
        if true in seen or (linked and _holds(true, home)):
            others.append(LeftOut(kind_of(place), FOLDER_TWICE if true in seen else FOLDER_ABOVE))
            continue
        seen.add(true)
        try:
            with entries(kind_of(place)) as found:
                visible = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)
        except OSError:
            others.append(LeftOut(kind_of(place), FOLDER_CLOSED))
            continue
        for entry in visible:
            if _is_folder(entry):
                (links if entry.is_symlink() else near).append(entry.path)
            elif kind := _kind(entry):
                others.append(LeftOut(kind_of(entry.path), kind))
            else:
                videos.append(kind_of(entry.path))
    return Walk(tuple(sorted(videos)), tuple(sorted(others, key=lambda one: one.path)))


def _holds(outer: str, inner: str) -> bool:
    """Whether the true path `inner` is `outer` or lies in it."""
    return inner == outer or inner.startswith(outer.rstrip(os.sep) + os.sep)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _kind(entry: os.DirEntry[str]) -> str:
    """What something other than a folder is left out as, "" for a video."""
    try:
        mode = stat.S_IFREG if entry.is_file() else entry.stat().st_mode
    except OSError:  # a link to what isn't there, or to itself
        return "" if is_video_name(entry.name) else LINK_BROKEN
    if not stat.S_ISREG(mode):
        return next((name for is_one, name in _SPECIAL if is_one(mode)), "device")
    return "" if is_video_name(entry.name) else Path(entry.name).suffix.lower() or NO_SUFFIX


def worth_telling(left_out: Iterable[LeftOut], videos: Iterable[Path]) -> list[LeftOut]:
    """`left_out` without what is evidently beside the point: labels beside their video, and what systems leave behind."""
    stems = {path.with_suffix("") for path in videos}
    return [one for one in left_out if not is_silent(one.path) and not (one.kind == ".npz" and _labels(one.path, stems))]


def is_silent(path: Path) -> bool:
    """Whether a file or folder is one that systems put there unasked."""
    return path.name.startswith(".") or path.name.lower() in _SILENT


def _labels(path: Path, stems: set[Path]) -> bool:
    """Whether an .npz is named like a video beside it: clip.npz, clip.mask.npz."""
    stem = path.with_suffix("")
    return stem in stems or stem.with_suffix("") in stems


def told(left_out: Iterable[LeftOut], root: Path) -> str:
    """How many of which kind were left out, with the first of each, in one line: "3 .txt (walk/a.txt), 1 pipe (walk/b.mp4)"."""
    kinds: dict[str, list[Path]] = {}
    for one in left_out:
        kinds.setdefault(one.kind, []).append(one.path)
    most = sorted(kinds, key=lambda kind: -len(kinds[kind]))
    firsts = {kind: shown(os.path.relpath(str(kinds[kind][0]), str(root))) for kind in most[:_MOST_KINDS]}
    words = [f"{_counted(len(kinds[kind]), shown(kind))} ({first})" for kind, first in firsts.items()]
    rest = sum(len(kinds[kind]) for kind in most[_MOST_KINDS:])
    return ", ".join([*words, *([f"{rest} of {len(most) - _MOST_KINDS} other kinds"] if rest else [])])


def _counted(n: int, kind: str) -> str:
    """ "2 pipes", "2 folders without a video", "2 .txt"."""
    if n == 1 or kind.startswith("."):
        return f"{n} {kind}"
    noun, *rest = kind.split(" ")
    return " ".join([str(n), f"{noun}s", *rest])
