"""From motion files and what is said of them to classes of takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from ..base.errors import UserError
from ..base.shown import shown
from ..values import PhaseSpec, TakeSpec, TrackSpec
from .ahead import look_ahead
from .classes import MotionClass, Take
from .contents import Contents, Listed, contents
from .finding import Files, may_be_something_else
from .shelf import digest_of
from .takes import LEAST_S

PAUSE_S = 0.4
"""No pause before or after is longer."""

MOST_PERFORMERS = 4
"""Of one recording, so many are performed together."""

Tell = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Said:
    """What is said of a stretch of a take (all of it where `end_s` is None): its class in somebody's words, and a caption."""

    name: str
    start_s: float = 0.0
    end_s: float | None = None
    caption: str = ""
    phases: tuple[PhaseSpec, ...] = ()


Sayings = Callable[[Path, Contents, Listed], Sequence[Said]]
"""What is said of a take of a file: nothing where it belongs to no class."""


@dataclass(frozen=True)
class Looked:
    """Files that were looked into, with what each of them holds, and why others were set aside, by name."""

    files: tuple[tuple[Files, tuple[Contents, ...]], ...]
    set_aside: dict[str, str] = field(default_factory=dict)


def look_into(found: Sequence[Files], tell: Tell, up: str = "") -> Looked:
    """What is in each file. One bad file among others is set aside; UserError where none is left.

    Files with a suffix that other things have, too, are silently left out when they came with others and hold no motion.
    """
    good: list[tuple[Files, tuple[Contents, ...]]] = []
    bad: dict[str, str] = {}
    no_news = ""
    look_ahead([path for files in found for path in files], up, tell)
    for k, files in enumerate(found):
        tell(k, len(found), files[0].name)
        try:
            good.append((files, tuple(contents(path, digest_of(path), up) for path in files)))
        except UserError as error:
            if len(found) > 1 and any(map(may_be_something_else, files)):
                no_news = no_news or str(error)
            else:
                bad[" + ".join(str(path) for path in files)] = str(error)
    tell(len(found), len(found), "")
    if not good:
        first = next(iter(bad.values()), no_news)
        raise UserError(
            first if len(found) == 1 else f"none of {len(found)} files holds motion that can be performed, the first: {first}"
        )
    return Looked(tuple(good), bad)


@dataclass
class Gathered:
    """Takes by class, in words of whoever named it; `too_short` and `unnamed` count what was left out, `crowded` takes of more
    people than are performed together."""

    takes: dict[str, list[Take]] = field(default_factory=dict)
    too_short: int = 0
    unnamed: int = 0
    crowded: int = 0

    def add(self, name: str, takes: Iterable[Take]) -> None:
        """Enter takes of a class."""
        self.takes.setdefault(name, []).extend(takes)


def gather(looked: Looked, sayings: Sayings, keep_shape: bool = False) -> Gathered:
    """The takes of files, by the class that is said of each."""
    found = Gathered()
    for paths, files in looked.files:
        for takes in _together(files):
            said = sayings(paths[0], files[0], takes[0])
            found.unnamed += not said
            tracks = _tracks(files, takes)
            if len(tracks) > MOST_PERFORMERS:
                found.crowded += 1
                continue
            for one in said:
                stretches = list(_stretches(takes, tracks, one, keep_shape))
                found.too_short += not stretches
                if stretches:
                    found.add(one.name, stretches)
    return found


def all_of(looked: Looked, most_s: float = 10.0) -> Iterator[tuple[str, TakeSpec]]:
    """Every take as it is, up to `most_s` of it, with a title."""
    for _, files in looked.files:
        for takes in _together(files):
            end_s = min(most_s, *(take.duration_s for take in takes))
            if takes[0].cuts:
                title = " ".join(filter(None, [" + ".join(each.file for each in files), takes[0].name]))
                yield title, TakeSpec(_tracks(files, takes), 0.0, end_s)


def _together(files: tuple[Contents, ...]) -> Iterator[tuple[Listed, ...]]:
    """The takes of a file; of several files the first take of each, which all move in one world."""
    if len(files) == 1:
        yield from ((take,) for take in files[0].takes)
    else:
        yield tuple(each.takes[0] for each in files)


def _tracks(files: tuple[Contents, ...], takes: tuple[Listed, ...]) -> tuple[TrackSpec, ...]:
    return tuple(
        TrackSpec(each.file, each.sha256, take.name if len(each.takes) > 1 or take.name else "", person, each.up)  # type: ignore[arg-type]
        for each, take in zip(files, takes, strict=True)
        for person in range(take.n_people)
    )


def _stretches(takes: tuple[Listed, ...], tracks: tuple[TrackSpec, ...], said: Said, keep_shape: bool) -> Iterator[Take]:
    """What is shown of what is said of a take: a stretch of its own as it is, a whole take as it falls into parts."""
    last_s = min(take.duration_s for take in takes)
    builds = tuple(build for take in takes for build in take.builds) if keep_shape else ()
    if keep_shape and len(builds) != len(tracks):
        raise UserError(f"{shown(tracks[0].file)} has no body shape (betas) to keep: leave out --keep-shape, or this file")
    whole = said.end_s is None and not said.start_s
    begin, end = said.start_s, last_s if said.end_s is None else min(said.end_s, last_s)
    for start_s, end_s in takes[0].cuts if whole else ((begin, end),):
        end_s = min(end_s, last_s)
        if end_s - start_s >= LEAST_S:
            phases = tuple(phase for phase in said.phases if phase.end_s > start_s and phase.start_s < end_s)
            inside = start_s > PAUSE_S, end_s < last_s - PAUSE_S
            pauses = tuple(each or all(take.at_rest[k] for take in takes) for k, each in enumerate(inside))
            loop = whole and all(take.loop for take in takes)
            yield Take(tracks, round(start_s, 4), round(end_s, 4), 0.5, said.caption, phases, builds, pauses, loop)  # type: ignore[arg-type]


def classes(whole: Mapping[str, list[Take]], layers: Mapping[str, list[Take]] = MappingProxyType({}),
            mixed: frozenset[str] = frozenset()) -> tuple[MotionClass, ...]:  # fmt: skip
    """A class for each name, of takes that are performed as they are, or that are `layers` under the action of that name. The
    files of all are shared out over [0, 1) so that each comes into one split, whatever its classes."""
    takes = {**whole, **layers}
    places = _places(takes)
    made = []
    for name, its in sorted(takes.items()):
        _check_alike(name, its)
        placed = (replace(take, place=places[_group(take)]) for take in its)
        ordered = sorted(placed, key=lambda s: (s.place, [(t.sha256, t.take, t.person) for t in s.tracks], s.start_s, s.end_s))
        made.append(MotionClass(name, tuple(ordered), name in layers, name in mixed))
    return tuple(made)


def _check_alike(name: str, takes: Sequence[Take]) -> None:
    """UserError for a class of takes of one and of several people."""
    numbers = {len(take.tracks) for take in takes}
    if len(numbers) > 1:
        alone, many = (next(s for s in takes if len(s.tracks) == n).tracks[0].file for n in (min(numbers), max(numbers)))
        raise UserError(
            f"the class '{name}' is of {min(numbers)} people in {shown(alone)} and of {max(numbers)} in {shown(many)}: give "
            "them classes of their own with --motion-labels"
        )


def _group(take: Take) -> str:
    """What comes into one split: the first file. A pair is named after it; who is in two pairs would be a file of two."""
    return take.tracks[0].sha256


def _places(takes: Mapping[str, list[Take]]) -> dict[str, float]:
    """File -> its place: those of a class (the one that most of a file's takes are of) stand at even distances."""
    main: dict[str, Counter[str]] = {}
    for name, its in takes.items():
        for take in its:
            main.setdefault(_group(take), Counter())[name] += 1
    by_class: dict[str, list[str]] = {}
    for file, counts in main.items():
        name = min(counts, key=lambda each: (-counts[each], each))
        by_class.setdefault(name, []).append(file)
    return {
        file: round((rank + 0.5) / len(files), 6)
        for name, files in by_class.items()
        for rank, file in enumerate(sorted(files, key=lambda each: sha256(f"{name}/{each}".encode()).digest()))
    }
