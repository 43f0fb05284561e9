"""What is in a motion file, in few words: kept in the user's cache by the file's SHA-256, so that a file is looked into once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec

from ..base.bounded import read_bytes
from ..base.cache import cache_dir
from ..base.errors import UserError
from ..base.files import appearing_soon
from ..base.ranges import MOST_PHASES
from ..base.shown import shown
from ..values import PhaseSpec, Segment
from .classes import Build
from .loops import at_rest, is_loop
from .read import read, reader_of
from .takes import cut
from .values import Recording

MOST_NAME = 255

MOST_BYTES = 1 << 24
"""Of what is kept of one file."""


@dataclass(frozen=True)
class Listed:
    """One take of a file: see `Recording`; `cuts` are the stretches into which it falls at moments of rest, `at_rest` whether its
    people rest at its beginning and end, `loop` whether it goes on for ever."""

    name: str
    fps: float
    n_frames: int
    n_people: int
    caption: str
    segments: tuple[PhaseSpec, ...]
    notes: tuple[str, ...]
    builds: tuple[Build, ...]
    cuts: tuple[tuple[float, float], ...]
    at_rest: tuple[bool, bool] = (True, True)
    loop: bool = False

    @property
    def duration_s(self) -> float:
        """From the first frame to the last."""
        return (self.n_frames - 1) / self.fps


@dataclass(frozen=True)
class Contents:
    """A motion file: its digest, which reader reads it, its takes, and where a person said that up is."""

    file: str
    sha256: str
    reader: str
    takes: tuple[Listed, ...]
    up: str = ""


def contents(path: Path, digest: str, up: str = "") -> Contents:
    """What is in the file at `path`, which has this SHA-256. UserError for what is no motion of people."""
    kept = cache_dir() / "motion" / "contents" / digest[:2] / f"{digest}{up and '.'}{up}.{_sources()}.json"
    try:
        return msgspec.json.decode(read_bytes(kept, MOST_BYTES), type=Contents)
    except (OSError, UserError, msgspec.MsgspecError):
        pass  # not yet, or damaged
    found = Contents(_name(path), digest, reader_of(path), tuple(map(_listed, read(path, up))), up)
    with appearing_soon(kept) as temporary:
        temporary.write_bytes(msgspec.json.encode(found))
    return found


def _name(path: Path) -> str:
    """The file's plain name, as JSON can hold it."""
    return os.fsencode(path.name).decode("utf-8", "backslashreplace")[:MOST_NAME]


def _listed(recording: Recording) -> Listed:
    return Listed(
        recording.name[:MOST_NAME], float(recording.fps), recording.n_frames, len(recording.people), recording.caption[:1000],
        tuple(map(phase_of, recording.segments))[:MOST_PHASES],
        recording.notes, _builds(recording), cut(recording), at_rest(recording), is_loop(recording),
    )  # fmt: skip


def phase_of(segment: Segment) -> PhaseSpec:
    """A labelled stretch of a recording in the form that specs have, by a name that is one."""
    return PhaseSpec(shown(segment.name)[:MOST_NAME] or "part", max(float(segment.start_s), 0.0), min(float(segment.end_s), 1e5))


def _builds(recording: Recording) -> tuple[Build, ...]:
    """Of all people of a recording, or of none where one has no shape."""
    if any(track.betas is None for track in recording.people):
        return ()
    return tuple(
        Build(track.gender, tuple(map(float, track.betas if track.betas is not None else ())))  # type: ignore[arg-type]
        for track in recording.people
    )


@cache
def _sources() -> str:
    """Digest of our readers: what another version has found in a file is not believed."""
    digest = sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]
