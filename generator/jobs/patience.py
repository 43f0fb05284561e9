"""How long a worker may be silent before it counts as hung: learned from those that went on."""

from __future__ import annotations

LEAST_S = 60.0
"""A busy disk, or a machine that others use, too, may hold up a frame of any tier for so long."""

TIMES = 10.0
"""A frame may take so many times as long as the slowest one so far: crowds, large rooms, neighbours on the same cores."""


class Patience:
    """Seconds without a sign of life that are granted.

    `first_s` until anybody knows better, and to each worker's first sign, in which it starts and compiles; afterwards TIMES the
    longest silence that ended by itself, at least LEAST_S and never more than `first_s`. So a draft's worker is given up within
    minutes, and one that traces large pictures has the time these take here.
    """

    def __init__(self, first_s: float) -> None:
        self.first_s = first_s
        self.longest_s = 0.0

    def learn(self, silence_s: float) -> None:
        """A worker was silent for so long and went on; not to be told of its first sign."""
        self.longest_s = max(self.longest_s, silence_s)

    def seconds(self, warm: bool) -> float:
        """What is granted to a worker; `warm`: it has given a sign before."""
        if not warm or not self.longest_s:
            return self.first_s
        return min(self.first_s, max(LEAST_S, TIMES * self.longest_s))
