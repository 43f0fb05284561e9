"""How long work will go on, from how fast it went so far."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

ENOUGH, ENOUGH_S = 20, 30.0
"""Units of work, or seconds, after which an estimate is worth saying."""


class Pace:
    """The speed of work of `total` units, of which `start` were done before it began.

    The first unit is left out: workers start in it, and code is compiled. `clock` gives seconds.
    """

    def __init__(self, total: int, start: int = 0, clock: Callable[[], float] = monotonic) -> None:
        self.total, self.done, self._start, self._clock = total, start, start, clock
        self._first: tuple[int, float] | None = None
        self._now_s = 0.0
        self._told = False

    def reach(self, done: int) -> None:
        """`done` units are finished by now, those before the beginning included."""
        if done == self.done:
            return
        self.done, self._now_s = done, self._clock()
        if self._first is None:
            self._first = (done, self._now_s)

    @property
    def left_s(self) -> float | None:
        """Seconds until all is done; None before two measurements."""
        if self._first is None or self.done <= self._first[0]:
            return None
        done, since_s = self._first
        return (self._now_s - since_s) / (self.done - done) * (self.total - self.done)

    def due(self) -> bool:
        """True once: when enough has been seen to say how long it will take, and work is left."""
        if self._told or self._first is None or self.left_s is None or self.done >= self.total:
            return False
        many = self.done - self._start >= ENOUGH
        self._told = many or self._now_s - self._first[1] >= ENOUGH_S
        return self._told


def duration(seconds: float) -> str:
    """For people: "40 s", "12 min", "9 h 20 min", "3 days 4 h"."""
    if seconds < 99.5:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 100:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    days, hours = divmod(hours, 24)
    return f"{days} days {hours} h" if hours else f"{days} days"
