"""Results on disk: result.json, predictions.parquet, per_class.csv and the confusion matrix as a picture."""

from __future__ import annotations

import csv
import dataclasses
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ..generator.base.bounded import is_regular, read_json
from ..generator.base.errors import UserError
from ..generator.base.files import appearing
from ..generator.base.ranges import Portion, Positive, checked, converted
from ..generator.base.reasons import reason_of
from ..generator.base.shown import shown
from .drawing import save, written_name
from .metrics import Scores, confusion, per_class
from .values import Array, Predictions, Result

MOST_RESULT_BYTES = 64 << 20

MOST_VALUES = 200_000_000
"""In a Parquet file: clips times seeds times classes."""

RESULT, PREDICTIONS = "result.json", "predictions.parquet"
_NAMED_UP_TO = 64  # classes whose names fit beside a matrix
_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("group", pa.string()),
        ("fold", pa.string()),
        ("seed", pa.int64()),
        ("label", pa.int32()),
        ("predicted", pa.int32()),
        ("probability", pa.list_(pa.float32())),
    ]
)


def write_predictions(path: Path, parts: Sequence[Predictions], facts: Mapping[str, str] | None = None) -> None:
    """One row a clip, fold and seed; `facts` go into the file's metadata. The file appears whole or not at all."""
    tables = [
        pa.table(
            {
                "id": list(part.ids),
                "group": list(part.groups),
                "fold": [part.fold] * len(part.ids),
                "seed": [part.seed] * len(part.ids),
                "label": part.label,
                "predicted": part.probability.argmax(1),
                "probability": list(part.probability.astype(np.float32)),
            },
            schema=_SCHEMA,
        )
        for part in parts
    ]
    write_table(path, pa.concat_tables(tables).replace_schema_metadata(dict(facts or {})))


def write_table(path: Path, table: pa.Table) -> None:
    """A Parquet file that appears whole or not at all, whatever bytes its name is of."""
    with appearing(path) as temporary, temporary.open("wb") as file:
        pq.write_table(table, file)


def read_predictions(path: Path) -> tuple[list[Predictions], dict[str, str]]:
    """What `write_predictions` wrote: the parts in order, and the facts. UserError for a file that is something else."""
    try:
        table = read_table(path)
        facts = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
        rows = table.cast(_SCHEMA).to_pydict()
        return _parts(rows), facts
    except (OSError, ValueError, TypeError, pa.ArrowException, UserError) as error:
        raise UserError(f"{shown(path)} contains no predictions ({reason_of(error)}): delete it and evaluate again") from error


def read_table(path: Path) -> pa.Table:
    """A Parquet file that anybody may have written. UserError for no regular file and for more than MOST_VALUES.

    OSError or ArrowException where it can't be read.
    """
    if not is_regular(path):
        raise UserError("it is not a regular file")
    with path.open("rb") as raw, pq.ParquetFile(raw) as file:
        found = file.metadata
        groups = [found.row_group(k) for k in range(found.num_row_groups)]
        values = found.num_rows + sum(group.column(k).num_values for group in groups for k in range(group.num_columns))
        size = sum(group.total_byte_size for group in groups)
        if values > MOST_VALUES or size > 16 * MOST_VALUES:
            raise UserError(f"it declares {values:,} values of {size:,} bytes, at most {MOST_VALUES:,} are read")
        return file.read()


def _parts(rows: Mapping[str, list[Any]]) -> list[Predictions]:
    """Predictions by fold and seed. ValueError for numbers that can't be."""
    places: dict[tuple[str, int], list[int]] = {}
    for row, key in enumerate(zip(rows["fold"], rows["seed"], strict=True)):
        places.setdefault(key, []).append(row)
    parts = []
    for (fold, seed), where in places.items():
        ids, groups = (tuple(rows[name][row] for row in where) for name in ("id", "group"))
        label = np.array([rows["label"][row] for row in where], dtype=np.int64)
        probability = np.array([rows["probability"][row] for row in where], dtype=np.float32)
        if probability.ndim != 2 or not 0 <= label.min() <= label.max() < probability.shape[1] or seed is None:
            raise ValueError("its classes and probabilities don't belong together")
        if not (np.isfinite(probability).all() and probability.min() >= 0 and probability.max() <= 1.001):
            raise ValueError("a probability is not between 0 and 1")
        if any(not isinstance(text, str) for text in (fold, *ids, *groups)):
            raise ValueError("a clip has no name, group or fold")
        parts.append(Predictions(fold, seed, ids, groups, label, probability))
    return parts


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table as a CSV file that appears whole or not at all."""
    with appearing(path) as temporary, temporary.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)


def write_result(folder: Path, result: Result, scores: Scores, parts: Sequence[Predictions], settings: str) -> None:
    """All files of one result; `settings` is the text of config.toml. result.json comes last: with it the rest is there."""
    write_predictions(folder / PREDICTIONS, parts)
    with appearing(folder / "config.toml") as path:
        path.write_text(settings, encoding="utf-8")
    n_classes = len(result.classes)
    accuracies, counts = per_class(scores, n_classes), confusion(scores, n_classes)
    rows = []
    for k, name in enumerate(result.classes):
        wrong = np.where(np.arange(n_classes) == k, 0, counts[k])
        other = result.classes[int(wrong.argmax())] if wrong.any() else ""
        accuracy = "" if np.isnan(accuracies[k]) else f"{accuracies[k]:.4f}"
        rows.append((name, counts[k].sum() // len(scores.seeds), accuracy, other))
    write_csv(folder / "per_class.csv", ("class", "clips", "accuracy", "most_often_taken_for"), rows)
    draw_confusion(folder / "confusion.png", counts, result.classes, title(result))
    with appearing(folder / RESULT) as path:
        table = dataclasses.asdict(result)
        table["per_class"] = [None if math.isnan(value) else value for value in result.per_class]  # JSON knows no NaN
        path.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_result(folder: Path) -> Result:
    """The Result in a folder. UserError when there is none or it is damaged."""
    path = folder / RESULT
    try:
        table = read_json(path, MOST_RESULT_BYTES)
        own = converted(table.pop("per_class"), tuple[Portion | None, ...], "per_class")
        result = converted({**table, "per_class": [math.nan if value is None else value for value in own]}, Result, "result")
        _check(result)
    except FileNotFoundError as error:
        raise UserError(f"{shown(folder)} contains no result: evaluate first, with `synapt evaluate`") from error
    except (OSError, KeyError, AttributeError, TypeError, UserError) as error:
        raise UserError(f"{shown(path)} is not a result of synapt ({reason_of(error)}): delete it and evaluate again") from error
    return result


def _check(result: Result) -> None:
    """UserError where parts of a result don't belong together."""
    if not len(result.classes) == len(result.per_class) > 0 or not len(result.seeds) == len(result.top1_by_seed) > 0:
        raise UserError("it has other numbers of classes or seeds than figures for them")
    probe, folds = result.settings.get("probe", {}), result.settings.get("folds", 1)
    checked(checked(probe, dict[str, Any], "settings.probe").get("resamples", 1), Positive, "settings.probe.resamples")
    checked(folds, Positive, "settings.folds")


def title(result: Result) -> str:
    """One line for people: what was measured, and how sure it is."""
    top1 = result.top1
    return (
        f"{result.model} ({result.pretraining}) on {result.target}, {result.protocol}: "
        f"{100 * top1.value:.1f} % [{100 * top1.low:.1f}, {100 * top1.high:.1f}]"
    )


def draw_confusion(path: Path, table: Array, classes: Sequence[str], heading: str) -> None:
    """The matrix (C, C) of counts as shares of each true class: names beside it up to 64 classes, figures up to 16."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    n, classes = len(classes), list(map(written_name, classes))
    shares = table / np.maximum(table.sum(1, keepdims=True), 1)
    named = n <= _NAMED_UP_TO
    longest = max(map(len, classes)) if named else 4
    side = min(20.0, max(3.2, (0.5 if n <= 16 else 0.24) * n))
    figure = Figure(figsize=(side + 1.8 + 0.085 * longest, side + 1.2 + 0.085 * longest), dpi=100, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    image = axes.imshow(shares, vmin=0, vmax=1, cmap="Blues")
    axes.set_xlabel("predicted class")
    axes.set_ylabel("true class")
    axes.set_title(heading, fontsize=9, wrap=True)
    if named:
        axes.set_xticks(range(n), classes, rotation=90, fontsize=8)
        axes.set_yticks(range(n), classes, fontsize=8)
    if n <= 16:
        for row, column in np.ndindex(n, n):
            if table[row, column]:
                colour = "white" if shares[row, column] > 0.5 else "black"
                text = f"{100 * shares[row, column]:.0f}"
                axes.text(column, row, text, ha="center", va="center", color=colour, fontsize=8)
    figure.colorbar(image, ax=axes, shrink=0.7, label="share of the true class's clips")
    with appearing(path) as temporary:
        save(figure, temporary)
