"""Where motion files are: found by their SHA-256 on the machine of who gave them once, wherever that was."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

from ..base.bounded import is_regular, read_bytes
from ..base.cache import cache_dir
from ..base.errors import UserError
from ..base.files import appearing_soon
from ..base.reasons import reason_of
from ..base.shown import shown
from ..motion.track import Track
from ..values import TakeSpec, TrackSpec
from .loops import going_on
from .read import companions, read
from .values import Recording

MARGIN_S = 3.0
"""Of a loop so much is there beyond what is shown: pauses, and what filters look at."""

MOST_PLACES = 16
"""Of one file, so many places are kept in mind, the last ones."""


@dataclass(frozen=True)
class _Seen:
    """A file as it was when its digest was taken: when it has changed, that is taken anew."""

    path: str
    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True)
class _Places:
    paths: tuple[str, ...]


def digest_of(path: Path) -> str:
    """SHA-256 of a file in hex digits; taken once, as long as the file stays as it is, and the place is kept in mind."""
    path = path.absolute()
    if not is_regular(path):
        raise UserError(f"{shown(path)} is not a regular file: name a motion file")
    size, mtime_ns = _state(path)
    if (digest := _seen(path, size, mtime_ns)) and _text(path) in _places(digest):
        return digest
    digest = _sha256(path)
    _keep_in_mind(digest, path)
    with appearing_soon(_seen_note(path)) as temporary:
        temporary.write_bytes(msgspec.json.encode(_Seen(_text(path), size, mtime_ns, digest)))
    return digest


def is_known(path: Path) -> bool:
    """Whether the digest of a file was taken, and it has not changed since."""
    path = path.absolute()
    return is_regular(path) and bool(_seen(path, *_state(path)))


def _state(path: Path) -> tuple[int, int]:
    """Bytes of a file and those read with it, and when they changed last, ns."""
    states = [each.stat() for each in (path, *companions(path))]
    return sum(state.st_size for state in states), max(state.st_mtime_ns for state in states)


def _seen(path: Path, size: int, mtime_ns: int) -> str:
    """The digest of a file as it was in this state; "" where that was not taken, or its note is damaged."""
    try:
        seen = msgspec.json.decode(read_bytes(_seen_note(path)), type=_Seen)
    except (OSError, UserError, msgspec.MsgspecError):
        return ""
    return seen.sha256 if (seen.size, seen.mtime_ns) == (size, mtime_ns) and len(seen.sha256) == 64 else ""


def _seen_note(path: Path) -> Path:
    return cache_dir() / "motion" / "seen" / f"{hashlib.sha256(bytes(path)).hexdigest()}.json"


def _sha256(path: Path) -> str:
    """Of a file, and of those after it that are read with it."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
        for other in companions(path):
            with other.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()
    except OSError as error:
        raise UserError(f"{shown(path)} can't be read ({reason_of(error)}): name a motion file that you may read") from error


def _keep_in_mind(digest: str, path: Path) -> None:
    known = [place for place in _places(digest) if place != _text(path)]
    with appearing_soon(_note(digest)) as temporary:
        temporary.write_bytes(msgspec.json.encode(_Places((*known, _text(path))[-MOST_PLACES:])))


def _places(digest: str) -> tuple[str, ...]:
    try:
        return msgspec.json.decode(read_bytes(_note(digest)), type=_Places).paths
    except (OSError, UserError, msgspec.MsgspecError):
        return ()


def _note(digest: str) -> Path:
    return cache_dir() / "motion" / "places" / digest[:2] / f"{digest}.json"


def _text(path: Path) -> str:
    """A path as JSON, which is UTF-8, can hold it: bytes that are none stay as they are, escaped."""
    return bytes(path).decode("utf-8", "backslashreplace")


def find(track: TrackSpec) -> Path:
    """Where the file of a track is. UserError, naming it, where it is nowhere that it was, or not the same any more."""
    for place in reversed(_places(track.sha256)):
        path = Path(place)
        if is_regular(path) and _sha256(path) == track.sha256:
            return path
    raise UserError(
        f"the motion file {shown(track.file)} (SHA-256 {track.sha256[:16]}...) is not where it was: give it to the same command "
        "with --motion PATH"
    )


@lru_cache(maxsize=4)
def _recordings(file: str, sha256: str, up: str) -> tuple[Recording, ...]:
    return read(find(TrackSpec(file, sha256)), up)


def recording(track: TrackSpec) -> Recording:
    """The take that a track is of. UserError where its file isn't there, or has none of that name."""
    found = _recordings(track.file, track.sha256, track.up)
    takes = {take.name: take for take in found}
    if track.take not in takes:
        raise UserError(f"{shown(track.file)} has no take '{shown(track.take)}': it has {shown(', '.join(takes))[:200]}")
    return takes[track.take]


def tracks(take: TakeSpec) -> tuple[list[Track], float]:
    """The tracks of a take, and their frames a second; loops as often as they are gone through until a while after its end.

    UserError where they aren't of one rate, a file lacks somebody, or is shorter than the take.
    """
    found, fps = _tracks(take.tracks)
    if take.loop:
        times = [math.ceil((take.end_s + MARGIN_S) * fps / (track.n_frames - 1)) for track in found]
        return [going_on(track, n) for track, n in zip(found, times, strict=True)], fps
    last_s = (min(track.n_frames for track in found) - 1) / fps
    if take.start_s >= last_s:
        raise UserError(f"{shown(take.tracks[0].file)} lasts {last_s:g} s, and its take would begin at {take.start_s:g} s")
    return found, fps


def _tracks(specs: tuple[TrackSpec, ...]) -> tuple[list[Track], float]:
    found, rates = [], set()
    for spec in specs:
        take = recording(spec)
        if spec.person >= len(take.people):
            raise UserError(
                f"{shown(spec.file)} has {len(take.people)} people in the take '{shown(take.name)}', and number {spec.person} "
                "was asked for: give a file of more people"
            )
        found.append(take.people[spec.person])
        rates.add(round(take.fps, 3))
    if len(rates) > 1:
        said = " and ".join(f"{rate:g}" for rate in sorted(rates))
        raise UserError(f"{shown(specs[0].file)} and its partner have {said} frames a second: give both at one rate")
    return found, take.fps
