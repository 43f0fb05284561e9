"""What lies in the folders that a report is made of: results, audits, bias reports, logs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ...generator.base.errors import UserError
from ...generator.base.reasons import reason_of
from ...generator.base.shown import readable, shown
from ..audit.run import AUDIT, Audit, load_audit
from ..bias.measure import BiasReport
from ..bias.show import load as load_bias
from ..engine.log import read_log
from ..metrics import Scores, stack
from ..results import PREDICTIONS, RESULT, read_predictions, read_result
from ..values import Result

BIAS = "bias.json"


@dataclass(frozen=True)
class Entry:
    """One result with its folder; predictions are read when they are needed."""

    result: Result
    folder: Path

    @cached_property
    def scores(self) -> Scores:
        """All predictions. UserError when they are missing or damaged."""
        path = self.folder / PREDICTIONS
        try:
            found = stack(read_predictions(path)[0])
        except ValueError as error:
            raise UserError(f"{shown(path)}: {reason_of(error)}: delete it and evaluate again") from error
        if (found.seeds, found.probability.shape[-1]) != (tuple(sorted(self.result.seeds)), len(self.result.classes)):
            raise UserError(f"{shown(path)} is of other seeds or classes than its result.json: delete it and evaluate again")
        return found

    @property
    def resamples(self) -> int:
        """How many draws of few clips there are to a seed; 1 where nothing is drawn."""
        return int(self.result.settings.get("probe", {}).get("resamples", 1))

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds that a user asked for: a result of few-shot counts each of their draws as one of its own."""
        return tuple(dict.fromkeys(seed // self.resamples for seed in self.result.seeds))

    @property
    def top1_by_seed(self) -> tuple[float, ...]:
        """One figure for each of `seeds`, over its draws."""
        by_draw = zip(self.result.seeds, self.result.top1_by_seed, strict=True)
        own: dict[int, list[float]] = {}
        for seed, value in by_draw:
            own.setdefault(seed // self.resamples, []).append(value)
        return tuple(sum(values) / len(values) for values in own.values())

    @property
    def name(self) -> tuple[str, str, str]:
        """(pretraining, model, run): whose result it is."""
        return self.result.pretraining, self.result.model, self.result.run


@dataclass
class Gathered:
    """All that a report tells. `logs`: run -> lines of its log.jsonl. `unread`: why each damaged file was left out, in a line."""

    entries: list[Entry] = field(default_factory=list)
    audits: list[tuple[str, Audit]] = field(default_factory=list)
    biases: list[BiasReport] = field(default_factory=list)
    logs: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def gather(paths: Sequence[Path]) -> Gathered:
    """Everything below the folders: of runs, of single results, audits and bias reports, or folders of such.

    What is damaged is left out, and in `unread`. UserError for a path that isn't there, or when nothing to report was found.
    """
    found = Gathered()
    seen: set[Path] = set()
    for root in paths:
        if not root.is_dir():
            raise UserError(f"{root} is not a folder: name runs, or folders that `synapt evaluate`, `audit` or `bias` wrote")
        for path in sorted(root.rglob("*.json*")):
            real = path.resolve()
            if real in seen or any(part.startswith(".") for part in path.relative_to(root).parts):
                continue
            seen.add(real)
            try:
                _take(path, found)
            except UserError as error:
                found.unread.append(str(error))
    if not (found.entries or found.audits or found.biases):
        if found.unread:
            raise UserError(found.unread[0])
        names = ", ".join(map(str, paths))
        raise UserError(f"nothing to report in {names}: run `synapt evaluate`, `synapt audit` or `synapt bias` first")
    found.entries = _once(found.entries)
    return found


def _take(path: Path, found: Gathered) -> None:
    if path.name == RESULT:
        entry = Entry(read_result(path.parent), path.parent)
        _ = entry.scores  # read here, where damage to them is that of one result
        found.entries.append(entry)
    elif path.name == AUDIT:
        audit = load_audit(path.parent)
        home = readable(path.parent.parent.resolve().name if path.parent.name == "audit" else path.parent.resolve().name)
        found.audits.append((home, audit))
    elif path.name == BIAS:
        found.biases.append(load_bias(path))
    elif path.name == "log.jsonl":
        lines = read_log(path.parent)
        if lines:
            found.logs[readable(path.parent.resolve().name)] = lines


def _once(entries: Sequence[Entry]) -> list[Entry]:
    """One entry per model and protocol: a baseline that was measured beside several runs counts once."""
    kept: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        kept.setdefault((*_owner(entry), entry.result.target, entry.result.protocol_id), entry)
    return list(kept.values())


def _owner(entry: Entry) -> tuple[object, ...]:
    """Who a result is of: for scratch and alike, which belong to no run, the figures tell."""
    result = entry.result
    if result.pretraining == result.run:
        return entry.name
    return result.pretraining, result.model, result.top1_by_seed
