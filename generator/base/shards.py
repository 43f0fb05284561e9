"""Shares of work that several machines divide among themselves without a word between them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from .errors import UserError

MOST_SHARDS = 100_000
"""What Kubernetes takes as completions of an indexed job with a back-off limit for each (kubernetes.io, batch/v1 JobSpec)."""

_WRITTEN = re.compile(r"([0-9]{1,6})/([0-9]{1,6})\Z", re.ASCII)


@dataclass(frozen=True)
class Shard:
    """Share `number` of `of`, from 1 on; 1 of 1 is the whole.

    Clip `index` of an action belongs to share (index + CRC-32 of the action's name) mod `of` + 1: of each action every share has
    as many as every other, or one more, and whose a clip is depends on nothing else that is asked for. By the name, actions of
    few clips begin with different shares.
    """

    number: int = 1
    of: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.number <= self.of <= MOST_SHARDS:
            raise UserError(f"the shard is {self}: give I/N with I from 1 to N, and N up to {MOST_SHARDS:,}, e.g. 1/8")

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    @property
    def is_whole(self) -> bool:
        """Whether it is everything."""
        return self.of == 1

    @property
    def file_name(self) -> str:
        """Itself as a part of file names: 2-of-8."""
        return f"{self.number}-of-{self.of}"

    def indices(self, action: str, n: int) -> range:
        """Which of clips 0 to n - 1 of an action are in it."""
        return range((self.number - 1 - crc32(action.encode("utf-8", "surrogatepass"))) % self.of, n, self.of)

    def holds(self, action: str, index: int) -> bool:
        """Whether clip `index` of an action (its plain name) is in it."""
        return (index + crc32(action.encode("utf-8", "surrogatepass"))) % self.of == self.number - 1

    def holds_place(self, place: int) -> bool:
        """Whether the work at `place` (from 0) of a list is in it: every `of`-th, from its own number on."""
        return place % self.of == self.number - 1


WHOLE = Shard()


def shard(text: str) -> Shard:
    """The share that "2/8" names. UserError for what names none."""
    found = _WRITTEN.match(text.strip())
    if found is None:
        raise UserError(f"the shard is '{text[:40]}': give I/N with I from 1 to N, e.g. 1/8")
    return Shard(int(found[1]), int(found[2]))


class Shares:
    """Several shares together, as files name them: everything where they name none."""

    def __init__(self, shards: Iterable[str]) -> None:
        self._numbers: dict[int, set[int]] = {}
        for one in map(shard, shards):
            self._numbers.setdefault(one.of, set()).add(one.number)
        self._numbers = self._numbers or {1: {1}}

    def holds(self, action: str, index: int) -> bool:
        """Whether clip `index` of an action is in one of them."""
        place = index + crc32(action.encode("utf-8", "surrogatepass"))
        return any(place % of + 1 in numbers for of, numbers in self._numbers.items())

    def count(self, action: str, n: int) -> int:
        """How many of clips 0 to n - 1 are in them; a few too many where they are of several divisions, which overlap."""
        return min(n, sum(len(Shard(k, of).indices(action, n)) for of, numbers in self._numbers.items() for k in numbers))

    def indices(self, action: str, n: int) -> list[int]:
        """Which of them."""
        return [index for index in range(n) if self.holds(action, index)]


def simplest(shards: Iterable[str]) -> tuple[str, ...]:
    """Shares of one whole in order, each once; none where together they are the whole."""
    found = sorted({shard(text) for text in shards}, key=lambda one: (one.of, one.number))
    complete = any(sum(one.of == of for one in found) == of for of in {one.of for one in found})
    return () if complete else tuple(map(str, found))
