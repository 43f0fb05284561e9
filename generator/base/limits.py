"""How large the numbers on a command line may be: kinds of click options that name the limit before any work begins."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import click

from .errors import UserError
from .machine import usable_cores
from .places import Remote, place
from .shards import Shard, shard

MOST_CLIPS, LEAST_SIZE_PX, MOST_SIZE_PX, LEAST_FPS, MOST_FPS = 1_000_000, 16, 4096, 1, 240
"""As `ranges` has them for what stands in files (a test compares); that one loads a library, for which `--help` doesn't wait."""

PROCESSES_PER_CORE = 8
"""More than so many processes a core only wait for each other, and each takes some hundred megabytes."""

FEWEST_PROCESSES = 64
"""So many may be asked for on any machine."""

MOST_ROUNDS = 1_000_000
"""Epochs, permutations, clips of a step or a fold: with more, nothing that anybody means would ever be finished."""


MOST_FOLDS = 1_000
"""Parts of a division, and repetitions with other seeds."""

MOST_STREAMED = 1_000_000_000
"""Clips of a stream that count as an epoch."""


class Count(click.IntRange):
    """A whole number from `least` (1) to `most`."""

    def __init__(self, most: int, least: int = 1) -> None:
        super().__init__(least, most)

    def fail(self, message: str, param: click.Parameter | None = None, ctx: click.Context | None = None) -> Any:
        """UsageError that names the range with its digits in groups."""
        return super().fail(_plainer(message, self), param, ctx)


class Amount(click.FloatRange):
    """A finite number from `least` to `most`."""

    def __init__(self, least: float, most: float) -> None:
        super().__init__(least, most)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """As click does; NaN, which no comparison refuses, is refused."""
        found = super().convert(value, param, ctx)
        if math.isnan(found):
            self.fail("nan is not in the range", param, ctx)
        return found

    def fail(self, message: str, param: click.Parameter | None = None, ctx: click.Context | None = None) -> Any:
        """UsageError that names the range."""
        return super().fail(_plainer(message, self), param, ctx)


def _plainer(message: str, kind: click.IntRange | click.FloatRange) -> str:
    """What click says of a number out of range, with the ends of the range as people write them."""
    got, outside, _ = message.partition(" is not in the range")
    return f"{got} is not from {kind.min:,} to {kind.max:,}." if outside else message


CLIPS = Count(MOST_CLIPS)
SEED, NATURAL_SEED = Count(2**63 - 1, -(2**63)), Count(2**63 - 1, 0)
FPS = Amount(LEAST_FPS, MOST_FPS)
SIZE_PX = Count(MOST_SIZE_PX, LEAST_SIZE_PX)
ROUNDS = Count(MOST_ROUNDS)
SHARE = Amount(0, 1)


class Place(click.ParamType):
    """A path of this machine, or an address in a store: s3://bucket/data."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The Path; UserError for an address that is none."""
        return place(value)


class Local(Place):
    """A path of this machine."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The Path; UserError for an address in a store."""
        found = super().convert(value, param, ctx)
        if isinstance(found, Remote):
            name = param.opts[0] if param else "this"
            raise UserError(f"{name} is {found}, and must be a path of this machine: give one, and copy what comes of it")
        return found


PLACE, LOCAL = Place(), Local()


class Share(click.ParamType):
    """A share of the work, I/N."""

    name = "shard"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Shard:
        """The Shard that a person typed; UserError for what is none."""
        return value if isinstance(value, Shard) else shard(value)


class Processes(Count):
    """Processes or threads on this machine, from `least` (1) to what it could possibly serve; "auto" is what suits it (None)."""

    def __init__(self, least: int = 1) -> None:
        super().__init__(max(FEWEST_PROCESSES, PROCESSES_PER_CORE * usable_cores()), least)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number, or None for "auto"."""
        return None if value == "auto" else super().convert(value, param, ctx)
