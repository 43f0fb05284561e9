"""What is found of a dataset's leaks, as values and as leaks.json in its folder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from ...generator.base.bounded import read_json
from ...generator.base.errors import UserError
from ...generator.base.files import appearing
from ...generator.base.ranges import Natural, Number, Portion, Positive, Seed, converted
from ...generator.base.reasons import reason_of
from ...generator.base.shown import shown
from ...generator.dataset.format import metadata_path
from ..results import MOST_RESULT_BYTES
from ..values import Interval

LEAKS = "leaks.json"

LEVEL = 0.01
"""How often a dataset without a leak is said to have one, by all tests of factors and probes together (Holm)."""

Source = Literal["nuisance", "act"]
"""Nuisance must not tell the class; what belongs to how the act is done may."""


def _leaks(source: Source, p_holm: float) -> bool:
    """Whether what must not tell the class is found to, by a corrected p."""
    return source == "nuisance" and p_holm <= LEVEL


@dataclass(frozen=True)
class Factor:
    """What one recorded factor tells of the class.

    `nmi`: I(class; factor) / H(class), of `n` clips; `adjusted`: the same with what chance gives at this size taken off;
    `detectable`: from which nmi on this factor's own test would be significant at 5 %. `p` by permutations; `p_holm` is
    corrected for all that is judged, and 1 for what isn't.
    """

    name: str
    source: Source
    n: Natural
    levels: Natural
    nmi: Number
    adjusted: Number
    detectable: Number
    p: Portion
    p_holm: Portion

    @property
    def leaks(self) -> bool:
        """Whether a factor that must not tell the class does."""
        return _leaks(self.source, self.p_holm)


@dataclass(frozen=True)
class Probe:
    """How often a linear probe, cross-validated, names the class from a view of a clip: mean over classes, 95 % interval."""

    name: str
    source: Source
    n: Natural
    accuracy: Interval
    chance: Portion
    p: Portion
    p_holm: Portion

    @property
    def leaks(self) -> bool:
        """Whether a view that must not tell the class does."""
        return _leaks(self.source, self.p_holm)


@dataclass(frozen=True)
class Count:
    """Things of which there should be none; where `judged` is False, some are nothing wrong. `examples`: a few of them."""

    what: str
    number: Natural
    judged: bool
    examples: tuple[str, ...] = ()

    @property
    def leaks(self) -> bool:
        """Whether there are some of what must not be."""
        return self.judged and self.number > 0


@dataclass(frozen=True)
class LeakReport:
    """What `synapt verify --leaks` finds; lies as leaks.json.

    `digest`: SHA-256 of the metadata.parquet that it is about. `people_out`: how people were taken out of pictures (masks or
    boxes), "" where no probe was made. `remarks`: a line each on what could not be looked at, and why.
    """

    name: str
    digest: str
    n_clips: Positive
    classes: tuple[str, ...]
    level: Portion
    permutations: Natural
    seed: Seed
    factors: tuple[Factor, ...]
    probes: tuple[Probe, ...]
    counts: tuple[Count, ...]
    people_out: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def leaks(self) -> tuple[str, ...]:
        """What leaks, by name: factors, probes, counts."""
        return tuple(
            [f.name for f in self.factors if f.leaks] + [p.name for p in self.probes if p.leaks]
            + [c.what for c in self.counts if c.leaks]
        )  # fmt: skip


def digest_of(root: Path) -> str:
    """SHA-256 of a dataset's index, in hex digits."""
    with metadata_path(root).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def save(report: LeakReport, root: Path) -> Path:
    """Write leaks.json into a dataset; returns its path. UserError when the disk refuses."""
    path = root / LEAKS
    with appearing(path) as temporary:
        temporary.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
    return path


def load(root: Path) -> LeakReport | None:
    """leaks.json of a dataset; None where there is none, or it is about an index of other clips. UserError when it is broken."""
    path = root / LEAKS
    if not path.is_file():
        return None
    try:
        found = converted(read_json(path, MOST_RESULT_BYTES), LeakReport, "report")
    except (OSError, UserError) as error:
        told = f"{shown(path)} is broken ({reason_of(error)}): write it again with `synapt verify --leaks {shown(root)}`"
        raise UserError(told) from error
    return found if found.digest == digest_of(root) else None
