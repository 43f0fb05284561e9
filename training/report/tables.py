"""Tables like the papers': models by targets and protocols; a column holds results of one protocol, never of two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from ...generator.base.console import Grid, rows_of
from ..bias.independence import holm
from ..significance import Paired, paired
from ..values import Result
from .gather import Entry
from .published import Row as PublishedRow
from .published import published

PROTOCOLS = {
    "finetune": ("FT", "fine-tuning"), "linear": ("LP", "linear probe"), "attentive": ("AP", "attentive probe"),
    "knn": ("kNN", "nearest neighbours"), "fewshot": ("few", "few-shot"), "zeroshot": ("zero", "zero-shot"),
}  # fmt: skip
"""Protocol -> heading and words, in the order of columns."""

LEVEL = 0.05

Name = tuple[str, str, str]
"""(pretraining, model, run)."""


@dataclass(frozen=True)
class Comparison:
    """Two results of one column: a minus b, and p corrected (Holm) for all comparisons of the column."""

    a: Name
    b: Name
    found: Paired
    p: float


@dataclass
class Column:
    """One target by one protocol, all of whose results may be compared."""

    target: str
    protocol: str
    protocol_id: str
    entries: dict[Name, Entry] = field(default_factory=dict)
    comparisons: list[Comparison] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """Of the protocol, short."""
        return PROTOCOLS.get(self.protocol, (self.protocol, self.protocol))[0]

    @property
    def words(self) -> str:
        """What the protocol is called."""
        return PROTOCOLS.get(self.protocol, (self.protocol, self.protocol))[1]

    @property
    def any_result(self) -> Result:
        """For what all of them share."""
        return next(iter(self.entries.values())).result

    @property
    def best(self) -> Name:
        """Of the highest top-1."""
        return max(self.entries, key=lambda name: self.entries[name].result.top1.value)

    def leads(self, name: Name) -> bool:
        """Whether a result is the best, or could not be told from it by the paired test."""
        if name == self.best or name not in self.entries:
            return name == self.best
        against = [c.p for c in self.comparisons if {c.a, c.b} == {name, self.best}]
        return bool(against) and against[0] > LEVEL


@dataclass
class Table:
    """Columns of different targets or protocols side by side; `names` are the rows, in order."""

    columns: list[Column]
    names: list[Name]
    published: list[PublishedRow]

    @property
    def targets(self) -> list[tuple[str, int]]:
        """(target, how many columns it spans), in order."""
        spans: dict[str, int] = {}
        for column in self.columns:
            spans[column.target] = spans.get(column.target, 0) + 1
        return list(spans.items())


def tables_of(entries: Sequence[Entry], tell: Callable[[int, int, str], None] | None = None) -> list[Table]:
    """As few tables as keep results of different protocols out of one column.

    The commonest protocol of each target and kind goes into the first table, the next into the second, and so on; of
    those equally common first the one that is measured on the clips on which most of the target's results are.
    """
    columns = _columns(entries)
    for done, column in enumerate(columns):
        if tell:
            tell(done, len(columns), f"paired tests, {column.target} {column.protocol}")
        column.comparisons = compared(column)
    if tell:
        tell(len(columns), len(columns), "")
    places: dict[tuple[str, str], int] = {}
    tables: list[list[Column]] = []
    for column in columns:
        place = places.get((column.target, column.protocol), 0)
        places[column.target, column.protocol] = place + 1
        if place == len(tables):
            tables.append([])
        tables[place].append(column)
    return [_table(own) for own in tables]


def compared(column: Column) -> list[Comparison]:
    """Every result with every other, where there are up to eight; else each with the best. Clips must be the same."""
    names = list(column.entries)
    pairs = list(combinations(names, 2)) if len(names) <= 8 else [(column.best, name) for name in names if name != column.best]
    found = []
    for a, b in pairs:
        first, second = column.entries[a].scores, column.entries[b].scores
        if (first.folds, first.ids) == (second.folds, second.ids):
            found.append((a, b, paired(first, second)))
    found.sort(key=lambda one: one[2].p_permutation)
    corrected = holm([one[2].p_permutation for one in found])
    return [Comparison(a, b, test, p) for (a, b, test), p in zip(found, corrected, strict=True)]


def _columns(entries: Sequence[Entry]) -> list[Column]:
    """In order of target, protocol, how many results a protocol_id has, and how many the target has on the same clips."""
    shared = Counter((entry.result.target, entry.result.target_digest) for entry in entries)
    found: dict[tuple[str, str, str], Column] = {}
    for entry in entries:
        result = entry.result
        key = (result.target, result.protocol, result.protocol_id)
        column = found.setdefault(key, Column(*key))
        name, k = entry.name, 2
        while name in column.entries:  # e.g. two runs of the same name from different folders
            name, k = (entry.name[0], entry.name[1], f"{entry.name[2]} ({k})"), k + 1
        column.entries[name] = entry
    kinds = list(PROTOCOLS)

    def place(column: Column) -> tuple[str, int, int, int, str]:
        kind = kinds.index(column.protocol) if column.protocol in kinds else len(kinds)
        beside = shared[column.target, column.any_result.target_digest]
        return column.target, kind, -len(column.entries), -beside, column.protocol_id

    return sorted(found.values(), key=place)


def _table(columns: list[Column]) -> Table:
    names = {name for column in columns for name in column.entries}

    def strength(name: Name) -> float:
        own = [column.entries[name].result.top1.value for column in columns if name in column.entries]
        return -sum(own) / len(own)

    rows = [row for row in published().rows if any(row.figure(c.target, c.protocol) is not None for c in columns)]
    return Table(columns, sorted(names, key=lambda name: (strength(name), name)), rows)


def grids_of(tables: Sequence[Table]) -> list[Grid]:
    """For a terminal, one grid a column, named after its protocol; published rows last, marked with a P."""
    grids = [_grid(column, table) for table in tables for column in table.columns]
    note = (
        "top-1 in per cent [95 % interval] over clips and seeds; * best, or not significantly below it (paired test, Holm, 5 %)"
    )
    note += "; P: published results, each by a protocol of its own" if any(table.published for table in tables) else ""
    return [*grids[:-1], replace(grids[-1], note=note)] if grids else []


def _grid(column: Column, table: Table) -> Grid:
    names = sorted(column.entries, key=lambda name: -column.entries[name].result.top1.value)
    rows = [(name[0], model_of(name), *_cells(column, name)) for name in names]
    for row in table.published:
        figure = row.figure(column.target, column.protocol)
        if figure is not None:
            rows.append((f"P {row.pretraining}", row.model, f"{figure:.1f} ", ""))
    title = f"{column.target}, {column.words}: {column.protocol_id}"
    dim = frozenset(range(len(names), len(rows)))
    return Grid(title, ("pre-training", "model", "top-1", "95 % interval"), rows_of(rows), left=2, dim=dim)


def model_of(name: Name) -> str:
    """The model, and the run where it isn't the pretraining's name already."""
    pretraining, model, run = name
    return model if run in (pretraining, "") or pretraining == "scratch" else f"{model}, {run}"


def _cells(column: Column, name: Name) -> tuple[str, str]:
    top1 = column.entries[name].result.top1
    star = "*" if column.leads(name) else " "
    return f"{100 * top1.value:.1f}{star}", f"[{100 * top1.low:.1f}, {100 * top1.high:.1f}]"
