"""What each place of a crew does at the moment, in lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_LINES = 12
"""Of workers: a terminal has room for some lines, a large machine for hundreds of processes."""


@dataclass
class Lane:
    """One place of a crew: how many clips its workers have made, when the first and the last (seconds of a clock that never
    jumps), and what it does now: the clip ("" for none) and how far that is."""

    made: int = 0
    first_s: float = 0.0
    last_s: float = 0.0
    clip: str = ""
    doing: str = ""

    def begin(self, clip: str) -> None:
        """A clip is in hand."""
        self.clip, self.doing = clip, "starting"

    def rest(self) -> None:
        """None is."""
        self.clip = self.doing = ""

    def finish(self, now_s: float) -> None:
        """A clip was made."""
        self.made += 1
        self.first_s = self.first_s or now_s
        self.last_s = now_s
        self.rest()

    @property
    def per_hour(self) -> float | None:
        """Clips an hour from the first one on (a worker starts and compiles in it); None before two."""
        return 3600 * (self.made - 1) / (self.last_s - self.first_s) if self.made > 1 and self.last_s > self.first_s else None


def lines(lanes: Sequence[Lane]) -> Iterator[str]:
    """A line on each place, of the first MOST_LINES."""
    wide = max((len(lane.clip) for lane in lanes), default=0)
    for k, lane in enumerate(lanes[:MOST_LINES]):
        speed = f", {lane.per_hour:,.0f} clips an hour" if lane.per_hour else ""
        yield f"worker {k + 1}: {lane.clip or 'no clip in hand':<{wide}}  {lane.doing}{speed}"
    if len(lanes) > MOST_LINES:
        yield f"and {len(lanes) - MOST_LINES} more workers"


def total_per_hour(lanes: Sequence[Lane]) -> float | None:
    """Clips an hour of all places together; None until one has a pace."""
    return sum(lane.per_hour or 0.0 for lane in lanes) or None
