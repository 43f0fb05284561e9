"""Every file is opened before any training; all problems are told at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from ...generator.base.errors import UserError
from ...generator.base.machine import usable_cores
from ..values import ClipList, Item
from .reading import frames_of, stretch

SHOWN = 20
"""So many problems are told one by one; the others are counted."""

Tell = Callable[[int, int], None]


def check(clips: ClipList, allow_missing: float = 0.0, tell: Tell | None = None) -> ClipList:
    """The clips that can be read: their packets are counted, and their first and last frames decoded.

    `tell(done, total)` hears of progress. UserError with all problems, when there is a clip twice, when none is left, or when
    more than the share `allow_missing` can't be read; whoever allows some finds their share by comparing lengths.
    """
    found = _problems(clips, tell or (lambda done, total: None))
    bad = [f"{problem}" for problem in found if problem]
    twice = [f"{name} is listed {n} times: list it once" for name, n in Counter(i.id for i in clips.items).items() if n > 1]
    good = [position for position, problem in enumerate(found) if not problem]
    if twice or not good or len(bad) > allow_missing * len(clips):
        problems = twice + bad or ["it is empty"]
        more = f"; and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        allowed = f" ({allow_missing:.1%} may be missing)" if allow_missing and bad else ""
        raise UserError(
            f"{len(problems)} problem{'s' * (len(problems) > 1)} with the {len(clips)} clips of {clips.name}{allowed}: "
            + "; ".join(problems[:SHOWN])
            + more
        )
    return clips if len(good) == len(clips) else clips.pick(good)


def _problems(clips: ClipList, tell: Tell) -> list[str]:
    """For each item what is wrong with it, or nothing. Threads do: decoding doesn't hold Python's lock."""
    found = []
    with ThreadPoolExecutor(usable_cores()) as pool:
        for problem in pool.map(_problem, clips.items):
            found.append(problem)
            tell(len(found), len(clips))
    return found


def _problem(item: Item) -> str:
    try:
        where = stretch(item)
        frames_of(item, [0, len(where) - 1], short_side_px=64)
    except UserError as error:
        return str(error)
    return ""
