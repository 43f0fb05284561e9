"""Classes of recorded movement: which takes of which files there are to be performed, kept in the user's cache by their digest.

A class is called "motion:DIGEST" wherever an action is named: the digest is of all that it says, so that a dataset, a stream or
a training that names one draws the same clips wherever the class and its files are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from ..base.bounded import read_bytes
from ..base.cache import cache_dir
from ..base.errors import UserError
from ..base.files import appearing
from ..base.ranges import MOST_PEOPLE, MOST_PHASES, Modest, Moment, Share
from ..base.reasons import reason_of
from ..values import PhaseSpec, TrackSpec

MOST_TAKES = 200_000
"""Of one class."""

MOST_CLASS_BYTES = 1 << 28

_SOURCE = re.compile(r"motion:([0-9a-f]{32})\Z", re.ASCII)


@dataclass(frozen=True)
class Build:
    """Whose body was recorded, where a file of a body model says it."""

    gender: Literal["neutral", "female", "male"]
    betas: Annotated[tuple[Modest, ...], msgspec.Meta(max_length=400)]


@dataclass(frozen=True)
class Take:
    """Recorded movement that clips may be cut from: a track for each performer, of which [start_s, end_s] may be shown.

    `place` in [0, 1): where its file stands among all files that were given; takes of one file have the same, and so come
    into the same split. `builds`: of each track, or none where bodies are drawn as for any action. `pauses`: whether people may
    stay a while as they are before and after, for they rest there, or the recording says what they do. `loop`: it goes on after
    its end as it began.
    """

    tracks: Annotated[tuple[TrackSpec, ...], msgspec.Meta(min_length=1, max_length=MOST_PEOPLE)]
    start_s: Moment
    end_s: Moment
    place: Share = 0.5
    caption: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    phases: Annotated[tuple[PhaseSpec, ...], msgspec.Meta(max_length=MOST_PHASES)] = ()
    builds: tuple[Build, ...] = ()
    pauses: tuple[bool, bool] = (True, True)
    loop: bool = False


@dataclass(frozen=True)
class MotionClass:
    """A class: its name, its takes (each of the same number of people), and the action of the library that is performed on top of
    them (`layer`), or in every other clip in their stead (`mixed`)."""

    name: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_]*\Z", max_length=100)]
    takes: Annotated[tuple[Take, ...], msgspec.Meta(min_length=1, max_length=MOST_TAKES)]
    layer: bool = False
    mixed: bool = False

    @property
    def places(self) -> tuple[float, ...]:
        """Of its files, each once, in order."""
        return tuple(sorted({take.place for take in self.takes}))


def is_motion(name: str) -> bool:
    """Whether this names a class of recorded movement."""
    return _SOURCE.match(name) is not None


def keep(made: MotionClass) -> str:
    """Write a class into the cache; returns its name for everybody, "motion:DIGEST"."""
    raw = msgspec.json.encode(made)
    source = f"motion:{sha256(raw).hexdigest()[:32]}"
    path = _path(source)
    if not path.is_file():
        with appearing(path) as temporary:
            temporary.write_bytes(raw)
    return source


@lru_cache(maxsize=4096)
def class_of(source: str) -> MotionClass:
    """The class that "motion:DIGEST" names. UserError where it isn't in the cache, or damaged."""
    try:
        return _read(_path(source), source)
    except OSError as error:
        raise UserError(
            f"the recorded class {source} is not known on this machine: give its files to the same command with --motion PATH"
        ) from error


def _read(path: Path, source: str) -> MotionClass:
    raw = read_bytes(path, MOST_CLASS_BYTES)
    if f"motion:{sha256(raw).hexdigest()[:32]}" != source:
        raise UserError(f"{path} was changed: delete it, and give its files with --motion PATH")
    try:
        return msgspec.json.decode(raw, type=MotionClass)
    except msgspec.MsgspecError as error:
        raise UserError(
            f"{path} is of another version ({reason_of(error)}): delete it, and give its files with --motion PATH"
        ) from error


def lend(sources: Iterable[str], folder: Path) -> None:
    """Put classes into a dataset's own folder beside its clips, so that who gets it knows what was drawn from."""
    for source in filter(is_motion, sources):
        path = folder / _path(source).name
        if not path.is_file() and _path(source).is_file():
            with appearing(path) as temporary:
                temporary.write_bytes(_path(source).read_bytes())


def borrow(sources: Iterable[str], folder: Path) -> None:
    """Take classes that the cache lacks over from a dataset's folder; what is damaged there, or missing, isn't."""
    for source in filter(is_motion, sources):
        theirs = folder / _path(source).name
        if _path(source).is_file() or not theirs.is_file():
            continue
        try:
            keep(_read(theirs, source))
        except (OSError, UserError):
            continue


def _path(source: str) -> Path:
    found = _SOURCE.match(source)
    if found is None:
        raise UserError(f"'{source[:60]}' names no class of recorded movement: it would be motion: and 32 hex digits")
    return cache_dir() / "motion" / "classes" / f"{found[1]}.json"
