"""The figures of a report: intervals side by side, classes, confusions, training curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..drawing import narrowed
from ..metrics import confusion
from .gather import Entry
from .svg import ACCENT, INK, MUTED, SERIES
from .tables import Column, Name, Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 5.9
"""Inches: small enough to be read on a phone, where it is shrunk to the screen."""

MANY = 36
"""More classes than this are shown in part only."""


LONG = 32
"""Names of more characters lose their middle in figures, which would have no room left for anything else."""


def label(name: Name) -> str:
    """How a row is called in words."""
    pretraining, model, run = name
    return f"{pretraining}, {model}" + (f" ({run})" if pretraining not in (run, "scratch") and run else "")


def short(text: str) -> str:
    """A name for a figure: as it is, or its beginning and end."""
    return narrowed(text, LONG)


def forest(table: Table) -> Figure:
    """Top-1 with intervals, seeds as fine dots, one block a column of the table; chance dotted."""
    rows = sum(len(column.entries) for column in table.columns) + 1.5 * len(table.columns)
    drawn, axes = _figure(0.8 + 0.27 * rows)
    y, ticks, names = 0.0, [], []
    for column in table.columns:
        axes.text(0.0, y - 0.1, f"{column.target}, {column.heading}", fontsize=9, weight="bold", va="center", color=INK,
                  transform=axes.get_yaxis_transform())  # fmt: skip
        top = y
        for name in [n for n in table.names if n in column.entries]:
            y += 1
            result = column.entries[name].result
            colour = ACCENT if column.leads(name) else MUTED
            axes.plot([100 * result.top1.low, 100 * result.top1.high], [y, y], color=colour, lw=2, solid_capstyle="round")
            by_seed = column.entries[name].top1_by_seed
            axes.plot([100 * v for v in by_seed], [y] * len(by_seed), "|", color=colour, ms=7, mew=0.8)
            axes.plot(100 * result.top1.value, y, "o", color=colour, ms=5.5)
            ticks.append(y)
            names.append(short(label(name)))
        chance = 100 * column.any_result.chance
        axes.plot([chance, chance], [top + 0.5, y + 0.5], color=MUTED, lw=1, ls=":")
        y += 1.5
    axes.set_yticks(ticks, names)
    axes.set_ylim(y - 0.7, -0.8)
    axes.set_xlim(0, 100)
    axes.set_xlabel("top-1, %")
    return drawn


def per_class(column: Column, order: Sequence[Name]) -> Figure:
    """Accuracy of each class: bars for the first result, marks for up to four others."""
    names = [name for name in order if name in column.entries][:5]
    first = column.entries[names[0]].result
    values = {name: np.array(column.entries[name].result.per_class, float) for name in names}
    where = np.argsort(-np.nan_to_num(values[names[0]], nan=-1), kind="stable")
    where = np.array([k for k in where if np.isfinite(values[names[0]][k])])
    if len(where) > MANY:
        where = np.concatenate([where[: MANY // 2], where[-(MANY // 2) :]])
    drawn, axes = _figure(0.9 + 0.235 * len(where))
    y = np.arange(len(where))
    axes.barh(y, 100 * values[names[0]][where], color=ACCENT, height=0.62, label=short(label(names[0])), alpha=0.85)
    for name, colour, marker in zip(names[1:], SERIES[1:], "dsv^", strict=False):
        axes.plot(100 * values[name][where], y, marker, color=colour, ms=5, label=short(label(name)), ls="")
    axes.set_yticks(y, [short(first.classes[k]) for k in where])
    axes.set_ylim(len(where) - 0.5, -0.6)
    axes.set_xlim(0, 100)
    axes.set_xlabel("right, % of the class's test clips")
    if len(names) > 1:
        handles, labels = axes.get_legend_handles_labels()
        ordered = sorted(zip(handles, labels, strict=True), key=lambda one: one[1] != short(label(names[0])))  # the bars first
        axes.legend(*zip(*ordered, strict=True), frameon=False, fontsize=8, loc="lower left", bbox_to_anchor=(0, 1),
                    ncols=2 if max(map(len, labels)) <= LONG // 2 else 1,
                    borderaxespad=0.2)  # fmt: skip
    return drawn


def confusions(entry: Entry) -> Figure:
    """Shares of each true class by answer, all seeds; darker is more, on any ground."""
    from matplotlib.colors import to_rgb

    classes = [short(name) for name in entry.result.classes]
    n, longest = len(classes), max(map(len, classes))
    counts = confusion(entry.scores, n)
    share = counts / counts.sum(1, keepdims=True).clip(1)
    picture = np.zeros((n, n, 4))
    picture[..., :3] = to_rgb(ACCENT)
    picture[..., 3] = share**0.7  # weak confusions stay visible
    named = n <= MANY
    side = min(6.4, 1.6 + 0.24 * n + 0.07 * max(0, longest - 8)) if named else 5.2
    drawn, axes = _figure(side)
    axes.imshow(picture, interpolation="nearest")
    axes.set_xlabel("answered")
    axes.set_ylabel("true class")
    if named:
        size = 8 if n <= 26 else 6
        axes.set_xticks(range(n), classes, rotation=90, fontsize=size)
        axes.set_yticks(range(n), classes, fontsize=size)
    else:
        axes.set_xticks([])
        axes.set_yticks([])
    if n <= 14:
        for row, column in np.ndindex(n, n):
            if counts[row, column]:
                text = f"{100 * share[row, column]:.0f}"
                axes.text(column, row, text, ha="center", va="center", color=INK, fontsize=8)
    axes.spines[["top", "right", "left", "bottom"]].set_visible(True)
    return drawn


SKIPPED = {"clips_per_s", "waiting", "epoch", "step", "kind", "lr", "grad_norm"}


def curves(logs: Mapping[str, Sequence[Mapping[str, Any]]]) -> Figure | None:
    """Every figure that runs logged, by epoch where they told epochs; None where there is nothing to draw."""
    series: dict[str, dict[str, tuple[list[float], list[float]]]] = {}
    for run, lines in logs.items():
        kind = "epoch" if any(line.get("kind") == "epoch" for line in lines) else "step"
        for line in lines:
            if line.get("kind") != kind:
                continue
            for name, value in line.items():
                if name not in SKIPPED and isinstance(value, int | float) and np.isfinite(value):
                    x, y = series.setdefault(name, {}).setdefault(run, ([], []))
                    x.append(float(line["step"]))
                    y.append(float(value))
    series = {name: runs for name, runs in series.items() if any(len(x) > 1 for x, _ in runs.values())}
    if not series:
        return None
    return _curves(series)


def _curves(series: Mapping[str, Mapping[str, tuple[list[float], list[float]]]]) -> Figure:
    from matplotlib.figure import Figure

    rows = (len(series) + 1) // 2
    columns = min(2, len(series))
    drawn = Figure(figsize=(WIDTH, 0.5 + 1.9 * rows), layout="constrained")
    grid = drawn.subplots(rows, columns, squeeze=False).ravel()
    for axes, (name, runs) in zip(grid, series.items(), strict=False):
        for (run, (x, y)), colour in zip(runs.items(), SERIES * (1 + len(runs) // len(SERIES)), strict=False):
            axes.plot(x, y, color=colour, lw=1.5, label=short(run))
        axes.set_title(name, loc="left", fontsize=9)
        axes.tick_params(labelsize=8)
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_xlabel("step", fontsize=8)
    for axes in grid[len(series) :]:
        axes.set_visible(False)
    handles, labels = grid[0].get_legend_handles_labels()
    drawn.legend(handles, labels, frameon=False, fontsize=8, loc="outside upper left",
                 ncols=3 if max(map(len, labels)) <= LONG // 2 else 2)  # fmt: skip
    return drawn


def _figure(height: float) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(WIDTH, height), layout="constrained")
    axes = drawn.add_subplot()
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return drawn, axes
