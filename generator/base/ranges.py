"""Ranges of numbers that come from files and people, as types: finite everywhere, and no larger than can be meant.

A field of one of these types is checked wherever msgspec reads its class (NaN fails every bound, and each type has two); a single
number is checked by `checked`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, TypeVar

import msgspec

from .errors import UserError
from .reasons import found_by_msgspec, reason_of
from .shown import shown

T = TypeVar("T")

MOST = 1e9
"""No metre, pixel, second, weight or rate that anybody means is larger."""

Number = Annotated[float, msgspec.Meta(ge=-MOST, le=MOST)]
"""Any that can be reckoned with."""

NotBelow = Annotated[float, msgspec.Meta(ge=0.0, le=MOST)]
Above = Annotated[float, msgspec.Meta(gt=0.0, le=MOST)]
Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Portion = Annotated[float, msgspec.Meta(ge=-1e-6, le=1.0 + 1e-6)]
"""A share that was reckoned: sums of parts end some bits beside 0 and 1."""

PartShare = Annotated[float, msgspec.Meta(ge=0.0, lt=1.0)]
"""Of something of which a rest must stay."""

Modest = Annotated[float, msgspec.Meta(ge=-1e3, le=1e3)]
"""What a place, a body or a performance is made with: metres, shares, repetitions."""

Tempo = Annotated[float, msgspec.Meta(ge=0.05, le=20.0)]
Pause = Annotated[float, msgspec.Meta(ge=0.0, le=60.0)]
"""Seconds before and after an action."""

Moment = Annotated[float, msgspec.Meta(ge=0.0, le=1e5)]
"""Seconds into a recording; a day of it and more."""

MOST_TAKE_S = 60.0
"""Of recorded movement in one clip."""

MOST_PHASES = 200
"""Labelled stretches of one clip's recorded movement."""

Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
"""SHA-256 in hex digits."""

Angle = Annotated[float, msgspec.Meta(ge=-1e4, le=1e4)]
"""Radians; more turns than that leave few digits of the place they end at."""

Stops = Annotated[float, msgspec.Meta(ge=-30.0, le=30.0)]
"""Exposure: each is a factor of two."""

Gain = Annotated[float, msgspec.Meta(ge=0.0, le=16.0)]
"""A factor on light or colour."""

Bend = Annotated[float, msgspec.Meta(ge=-0.2, le=0.2)]
"""Of a lens: further, what is far out would come to lie nearer in than what isn't."""

BlurPx = Annotated[float, msgspec.Meta(ge=0.0, le=8.0)]

Crf = Annotated[int, msgspec.Meta(ge=0, le=51)]
"""H.264's constant rate factor."""

Natural = Annotated[int, msgspec.Meta(ge=0, le=10**9)]
Positive = Annotated[int, msgspec.Meta(ge=1, le=10**9)]

Seed = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]

MOST_CLIPS = 1_000_000
"""Of one action: file names have six digits."""

ClipIndex = Annotated[int, msgspec.Meta(ge=0, le=MOST_CLIPS - 1)]
ClipCount = Annotated[int, msgspec.Meta(ge=0, le=MOST_CLIPS)]

LEAST_SIZE_PX, MOST_SIZE_PX = 16, 4096
"""All frames of a clip and its labels are in memory at once; H.264 of common players ends at the larger, too."""

SizePx = Annotated[int, msgspec.Meta(ge=LEAST_SIZE_PX, le=MOST_SIZE_PX)]

MOST_FRAMES = 20_000
"""Of a clip of ours: more than a minute at the highest rate."""

LEAST_FPS, MOST_FPS = 1.0, 240.0

MOST_PEOPLE = 12
"""In one clip, bystanders included."""

ROLES = (*"abcd", *(f"bystander-{k}" for k in range(1, 9)))
"""Who somebody can be in a clip; part of file names."""

Role = Annotated[str, msgspec.Meta(pattern=r"^([a-d]|bystander-[1-8])\Z")]
"""One of ROLES."""

Fps = Annotated[float, msgspec.Meta(ge=LEAST_FPS, le=MOST_FPS)]


def checked(value: Any, kind: Any, what: str) -> Any:
    """`value` as the type `kind` has it, by the same rule as in a file. UserError, which calls it `what`, for one outside."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise UserError(f"{what} is {shown(value)[:60]}: {reason_of(error)}") from error


def converted(table: Any, kind: type[T], what: str) -> T:
    """Plain data as a value of the class `kind`, every number of it in its range. UserError: `what`, the entry, what it is."""
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        said, entry = found_by_msgspec(error)
        got = _at(table, entry)
        told = f"{entry} is {shown(got)[:60]}, " if entry and not said.startswith(entry) else ""  # a class's own words say it all
        raise UserError(f"{what}: {told}{said}") from error


def _at(table: Any, entry: str) -> Any:
    """What lies at an entry as msgspec names it, e.g. "augment.tempo[1]"; of "auxiliary[...]" all of it."""
    for name, number in re.findall(r"([^.\[\]]+)|\[(\d+)\]", entry.partition("[...]")[0]):
        table = table[int(number)] if number else table.get(name)
    return table


def not_finite(values: Mapping[str, Any] | Iterable[Any], where: str = "") -> list[str]:
    """Places, below `where`, of the numbers in plain data that are NaN, infinite or beyond MOST: "light.lamps[0].power_w"."""
    if isinstance(values, Mapping):
        inside = [(f"{where}.{key}" if where else str(key), value) for key, value in values.items()]
    else:
        inside = [(f"{where}[{k}]", value) for k, value in enumerate(values)]
    found = []
    for place, value in inside:
        if isinstance(value, Mapping | list | tuple):
            found += not_finite(value, place)
        elif isinstance(value, float) and not (math.isfinite(value) and abs(value) <= MOST):
            found.append(place)
    return found
