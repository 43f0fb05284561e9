"""What a model answered: one row per thing shown, kept in audit/predictions.parquet, from which every figure follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any

import msgspec
import numpy as np

from ...generator.base.errors import UserError
from ...generator.base.ranges import Natural, Portion, converted
from ...generator.base.reasons import reason_of
from ...generator.base.shown import shown
from ...generator.dataset import FIRST
from ..results import read_table, write_table
from ..values import Array
from .renders import Person


@dataclass(frozen=True)
class Answer:
    """One row. `performance` is what intervals are over; `label` the true class, `other` that of the lent background or of the
    partner (-1: none); `people` those who act, in order; `probability` one number per class. See `conditions.Shown` for the
    rest."""

    performance: str
    label: Natural
    other: Annotated[int, msgspec.Meta(ge=-1, le=10**9)]
    condition: str
    factor: str
    redraw: Natural
    invented: Portion
    people: Annotated[list[Person], msgspec.Meta(min_length=1)]
    probability: list[Portion] = field(repr=False)


@dataclass(frozen=True)
class Answers:
    """Rows as columns, for arithmetic."""

    rows: tuple[Answer, ...]

    def where(self, *conditions: str, factor: str | None = None) -> Answers:
        """Those of these conditions (and of this factor)."""
        return Answers(tuple(r for r in self.rows if r.condition in conditions and factor in (None, r.factor)))

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> Array:
        """(N,) of one field."""
        return np.array([getattr(row, name) for row in self.rows])

    def of_role(self, role: str) -> Answers:
        """Those of clips in which somebody has this role."""
        return Answers(tuple(r for r in self.rows if any(person.role == role for person in r.people)))

    def of_person(self, role: str, name: str) -> Array:
        """(N,) of one field of who has the role, in rows that all have it."""
        return np.array([getattr(person, name) for row in self.rows for person in row.people if person.role == role])

    @property
    def performance(self) -> list[str]:
        """(N,) names of the units that intervals are over."""
        return [row.performance for row in self.rows]

    @property
    def probability(self) -> Array:
        """(N, C)."""
        return np.array([row.probability for row in self.rows])

    @property
    def answer(self) -> Array:
        """(N,) likeliest class."""
        found: Array = self.probability.argmax(1)
        return found

    @property
    def right(self) -> Array:
        """(N,) bool."""
        found: Array = self.answer == self.column("label")
        return found


def save_answers(path: Path, rows: Sequence[Answer], about: str) -> None:
    """Write all rows; `about` (the settings, as text) goes with them. The file appears whole or not at all."""
    import pyarrow as pa

    plain = msgspec.to_builtins(list(rows))
    table = pa.table({f.name: [row[f.name] for row in plain] for f in fields(Answer)})
    write_table(path, table.replace_schema_metadata({"about": about}))


def load_answers(path: Path) -> tuple[list[Answer], str]:
    """Rows and `about` of a file. UserError when it is none."""
    import pyarrow as pa

    try:
        table = read_table(path)
        found = converted(list(map(_as_today, table.to_pylist())), list[Answer], "answers")
        return found, (table.schema.metadata or {})[b"about"].decode()
    except (OSError, pa.ArrowException, TypeError, KeyError, ValueError, UserError) as error:
        raise UserError(
            f"{shown(path)} contains no answers of an audit ({reason_of(error)}): delete it and audit again"
        ) from error


def _as_today(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a file in the form of today: older ones have the one person's fields beside the others."""
    if "identity" in row:
        names = [f.name for f in fields(Person) if f.name != "role"]
        row["people"] = [{"role": FIRST, **{name: row.pop(name, None) for name in names}}]
    return row
