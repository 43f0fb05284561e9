"""The plots of a data card. They show what is in the index and the labels, and nothing is reckoned from models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..drawing import narrowed
from ..report.svg import ACCENT, INK, MUTED, THIRD, WARN
from .facts import Boxes, column

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Rows = Sequence[dict[str, Any]]

WIDTH = 7.2
"""Inches."""

SPLITS = {"train": ACCENT, "val": THIRD, "test": WARN}
SEXES = {"female": ACCENT, "male": WARN}

MANY = 40
"""More classes than this are told by the table alone."""

MOST_BARS = 10

SECTORS = 24
"""Of the rose of camera directions, 15 degrees each."""


def classes(rows: Rows, names: Sequence[str]) -> Figure | None:
    """Clips of each class, by split; None for more than MANY."""
    if len(names) > MANY:
        return None
    drawn, (axes,) = _panels(1, 0.9 + 0.24 * len(names))
    left = np.zeros(len(names))
    for split, colour in SPLITS.items():
        counts = Counter(row["action"] for row in rows if row["split"] == split)
        values = np.array([counts[name] for name in names], float)
        if values.any():
            axes.barh(range(len(names)), values, left=left, color=colour, height=0.72, label=split)
            left += values
    axes.set_yticks(range(len(names)), [narrowed(name.replace("_", " "), 30) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlabel("clips")
    _legend(axes)
    return drawn


def people(rows: Rows) -> Figure:
    """Age by sex, skin, and height and weight where the body model has such numbers, of everybody who performs."""
    drawn, axes = _panels(4, 4.4)
    ages, sexes = np.array(column(rows, "age_years", True), float), np.array(column(rows, "sex", True))
    groups = [ages[sexes == sex] for sex in SEXES] if len(ages) == len(sexes) else [ages]
    labels = [f"{sex}, {len(group)}" for sex, group in zip(SEXES, groups, strict=False)]
    axes[0].hist(groups, bins=_edges(ages).tolist(), stacked=True, color=list(SEXES.values())[: len(groups)], label=labels)
    axes[0].set_xlabel("age, years")
    _legend(axes[0])
    _skin(axes[1], np.array(column(rows, "skin_melanin", True), float))
    for place, (name, ends) in zip(axes[2:], {"height": "short to tall", "weight": "light to heavy"}.items(), strict=True):
        values = np.array(column(rows, f"shape_{name}", True), float)
        if len(values):
            _histogram(place, values, f"{name} of the body model, {ends}")
        else:
            place.set_axis_off()
            place.text(0.5, 0.5, f"this body model has no number for {name}", ha="center", color=MUTED, transform=place.transAxes)
    axes[0].set_ylabel("performers")
    axes[2].set_ylabel("performers")
    return drawn


def _skin(axes: Axes, melanin: np.ndarray) -> None:
    """Each bar in about the colour that it stands for."""
    count, edges = np.histogram(melanin, bins=np.linspace(0, 1, 13))
    light, dark = np.array([0.96, 0.83, 0.73]), np.array([0.22, 0.13, 0.09])
    shades = [tuple(light + (dark - light) * k / 11) for k in range(12)]
    axes.bar(edges[:-1], count, width=1 / 12, align="edge", color=shades, edgecolor=MUTED, lw=0.6)
    axes.set_xlabel("skin: melanin, light to dark (0 to 1)")
    axes.set_xlim(0, 1)


def cameras(rows: Rows) -> Figure:
    """Directions as a rose, elevations, lenses and movements; how much of the act is seen."""
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(WIDTH, 4.8), layout="constrained")
    grid = drawn.add_gridspec(2, 3, width_ratios=(1.35, 1, 1))
    rose: Any = drawn.add_subplot(grid[:, 0], projection="polar")
    azimuth = np.array(column(rows, "camera_azimuth_rad"), float) % (2 * np.pi)
    count, edges = np.histogram(azimuth, bins=np.linspace(0, 2 * np.pi, SECTORS + 1))
    rose.bar(edges[:-1], count, width=2 * np.pi / SECTORS, align="edge", color=ACCENT, edgecolor="none", alpha=0.85)
    rose.set_theta_zero_location("S")  # the camera that looks at the front stands below, as on a plan
    rose.set_xticks(np.arange(4) * np.pi / 2, ["front", "left", "behind", "right"])
    rose.set_title("where the camera stands", fontsize=10, pad=14)
    rose.tick_params(labelsize=8)
    rose.grid(color=MUTED, lw=0.5, alpha=0.5)
    rose.spines["polar"].set_color(MUTED)
    others = [_clean(drawn.add_subplot(grid[k // 2, 1 + k % 2])) for k in range(4)]
    _histogram(others[0], np.degrees(column(rows, "camera_elevation_rad")), "elevation, degrees")
    _histogram(others[1], np.array(column(rows, "camera_focal_mm"), float), "lens, mm")
    _bars(others[2], column(rows, "camera_movement"), "movement")
    seen = np.array(column(rows, "measure_acting_visible"), float)
    _histogram(others[3], seen, "act seen, share", np.linspace(0, 1, 11))
    return drawn


def pictures(rows: Rows, boxes: Boxes) -> Figure:
    """How long clips are, how large people are in them, and where."""
    from matplotlib.colors import LinearSegmentedColormap

    drawn, axes = _panels(4, 4.8)
    _histogram(axes[0], np.array([row["frames"] / row["fps"] for row in rows]), "duration, seconds")
    axes[0].set_ylabel("clips")
    share = np.linspace(0, 1, 21)
    _histogram(axes[1], boxes.height, "height of a person's box, share of the picture", share)
    _histogram(axes[2], boxes.width, "width of a person's box, share of the picture", share)
    for place in axes[1:3]:
        place.set_ylabel("frames")
    ramp = LinearSegmentedColormap.from_list("presence", [(*_rgb(ACCENT), 0.0), (*_rgb(ACCENT), 1.0)])
    shown = axes[3].imshow(boxes.where, cmap=ramp, vmin=0, vmax=max(float(boxes.where.max()), 1e-9), extent=(0, 1, 1, 0))
    axes[3].set_xticks([0, 1], ["left", "right"])
    axes[3].set_yticks([0, 1], ["top", "bottom"])
    for spine in axes[3].spines.values():
        spine.set_visible(True)
        spine.set_color(MUTED)
    bar = drawn.colorbar(shown, ax=axes[3], shrink=0.8)
    bar.outline.set_visible(False)
    ticks = np.linspace(0, shown.get_clim()[1], 4).tolist()
    bar.set_ticks(ticks, labels=[f"{100 * tick:.0f} %" for tick in ticks])
    bar.set_label("frames within a box", fontsize=8)
    bar.ax.tick_params(labelsize=8)
    return drawn


def places(rows: Rows) -> Figure:
    """Backdrops, surroundings, light, and other people nearby."""
    drawn, axes = _panels(4, 5.0)
    _bars(axes[0], column(rows, "backdrop"), "backdrop")
    _bars(axes[1], column(rows, "hdri"), "surroundings")
    _histogram(axes[2], np.array(column(rows, "light_exposure_ev"), float), "exposure, stops")
    axes[2].set_ylabel("clips")
    nearby = Counter(len(row["bystanders"].split("+")) if row.get("bystanders") else 0 for row in rows)
    axes[3].bar([str(n) for n in sorted(nearby)], [nearby[n] for n in sorted(nearby)], color=ACCENT, width=0.72)
    axes[3].set_xlabel("bystanders")
    axes[3].set_ylabel("clips")
    return drawn


def _panels(n: int, height: float) -> tuple[Figure, list[Axes]]:
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(WIDTH, height), layout="constrained")
    grid = drawn.subplots(max(1, n // 2), min(2, n), squeeze=False)
    return drawn, [_clean(axes) for axes in grid.flat]


def _clean(axes: Axes) -> Axes:
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)
    axes.xaxis.label.set_fontsize(9)
    axes.yaxis.label.set_fontsize(9)
    return axes


def _histogram(axes: Axes, values: np.ndarray, what: str, bins: np.ndarray | None = None) -> None:
    axes.set_xlabel(what)
    if len(values):
        axes.hist(values, bins=(_edges(values) if bins is None else bins).tolist(), color=ACCENT)


def _edges(values: np.ndarray) -> np.ndarray:
    """Fourteen bins from the least to the greatest; one round a value that is always the same."""
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    return np.linspace(low, high, 15) if high - low > 1e-9 else np.array([low - 0.5, low + 0.5])


def _bars(axes: Axes, names: Sequence[Any], what: str) -> None:
    """Counts of words, the commonest first; the rest together."""
    counts = Counter(map(str, names)).most_common()
    shown = [(narrowed(name.replace("_", " "), 22), count) for name, count in counts[:MOST_BARS]]
    if rest := sum(count for _, count in counts[MOST_BARS:]):
        shown.append((f"{len(counts) - MOST_BARS} others", rest))
    axes.barh(range(len(shown)), [count for _, count in shown], color=ACCENT, height=0.72)
    axes.set_yticks(range(len(shown)), [name for name, _ in shown])
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xlabel(f"{what}, clips")


def _legend(axes: Axes) -> None:
    """Above the plot, where nothing lies under it."""
    axes.legend(
        loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncol=3, frameon=False, fontsize=8, labelcolor=INK, handlelength=1.0
    )


def _rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
