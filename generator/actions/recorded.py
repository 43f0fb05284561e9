"""Recorded movement as an action: what a file's person does, followed by the body that performs it, under our names."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ..base.errors import UserError
from ..base.ranges import ROLES
from ..motion.recorded import follow, under
from ..recordings import shelf, words
from ..recordings.classes import class_of
from ..values import FIRST, PerformanceSpec, PhaseSpec, Segment, TakeSpec
from .action import Action

if TYPE_CHECKING:
    from ..motion.score import Score

WHOLE = "motion"
"""The phase that all of a take is that has no labelled parts."""

TAG = "recorded"
"""Of every action whose movement comes from a file."""

_KNOWN_BLANKS = {"possessive", "reflexive", "object"}
"""Of a caption's blanks those that a recording fills: nobody knows which hand it is that waves in it."""

Find = Callable[[str], Action | None]
"""Finds an action of the library by its name."""


@lru_cache(maxsize=4096)
def of_class(source: str, find: Find) -> Action:
    """The action that "motion:DIGEST" names. UserError where this machine doesn't know it."""
    made = class_of(source)
    phases = tuple(dict.fromkeys(name for take in made.takes for name in _phases(take.phases)))
    library = find(made.name)
    if made.layer:
        return replace(_layered(made.name, library), motion=made)
    keeps = library.mirror_keeps_class if library else not words.names_a_side(made.name)
    return replace(_recorded(made.name, library, len(made.takes[0].tracks), ""), phases=phases, mirror_keeps_class=keeps,
                   motion=made)  # fmt: skip


def performed(name: str, performance: PerformanceSpec, take: TakeSpec, find: Find) -> Action:
    """The action of a clip in which `take` is performed, as its spec says it."""
    library = find(name)
    if take.layer:
        return _layered(name, library)
    caption = words.mirrored(take.caption) if performance.side == "left" else take.caption
    return replace(_recorded(name, library, len(take.tracks), caption), phases=_phases(take.phases))


def _phases(said: tuple[PhaseSpec, ...]) -> tuple[str, ...]:
    """Names of the segments that a take is marked with."""
    return tuple(dict.fromkeys(phase.name for phase in said)) or (WHOLE,)


def _recorded(name: str, library: Action | None, n_people: int, caption: str) -> Action:
    """A class of recorded movement: what the library says of the action of that name, as far as it holds for any recording."""
    if n_people > 1:
        said = words.together(caption, name)
    elif caption:
        said = words.escaped(words.deed_of(caption))
    elif library and _blanks(library.caption) <= _KNOWN_BLANKS:
        said = library.caption
    else:
        said = words.deed_called(name)
    return Action(name, said, perform_take, (WHOLE,), tags=(TAG,), roles=ROLES[:n_people])


def _layered(name: str, library: Action | None) -> Action:
    """An action of the library, done on the legs of a recording."""
    if library is None:
        raise UserError(f"'{name}' is no action of the library: name one that is done on top of the recorded legs")
    if library.roles != (FIRST,):
        raise UserError(f"'{name}' is an action of two, and a recording of one can't go under it: name an action of one person")
    return replace(library, choreography=_Over(library.choreography), tags=(*library.tags, TAG), changes=())


def _blanks(caption: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(caption) if name}


def perform_take(*scores: Score) -> None:
    """The choreography of every recorded action: each follows their own track of the spec's take."""
    take = _take(scores[0])
    tracks, fps = shelf.tracks(take)
    segments = [Segment(phase.name, phase.start_s, phase.end_s) for phase in take.phases]
    segments = segments or [Segment(WHOLE, take.start_s, take.end_s)]
    follow(scores, tracks, fps, take.start_s, take.end_s, segments)


@dataclass(frozen=True)
class _Over:
    """The choreography of an action of the library, with hips and legs from the spec's take."""

    choreography: Callable[..., None]

    def __call__(self, *scores: Score) -> None:
        take = _take(scores[0])
        tracks, fps = shelf.tracks(take)
        under(self.choreography, tracks, fps, take.start_s, take.end_s)(*scores)


def _take(score: Score) -> TakeSpec:
    take = score.spec.take
    if take is None:
        raise UserError("the spec of a recorded action names no take: draw it again")
    return take
