"""A bias report for people: the table on the screen, CSV files, and the figure."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ...generator.base.bounded import read_json
from ...generator.base.console import Grid, rows_of
from ...generator.base.errors import UserError
from ...generator.base.files import appearing
from ...generator.base.ranges import converted
from ...generator.base.reasons import reason_of
from ...generator.base.shown import shown
from ..drawing import save as save_figure
from ..results import MOST_RESULT_BYTES, write_csv
from .measure import BiasReport

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILES = ("bias.json", "bias.csv", "factors.csv", "bias.png")


def save(report: BiasReport, folder: Path) -> list[Path]:
    """Write the four FILES; returns their paths. UserError when the folder cannot be written."""
    paths = [folder / name for name in FILES]
    with appearing(paths[0]) as temporary:
        temporary.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2))
    views = (
        (v.view, v.static, *v.accuracy.cells, report.chance, *v.bias.cells, v.dimensions) for v in report.views
    )  # fmt: skip
    heads = ("accuracy", "accuracy_low", "accuracy_high", "chance", "bias", "bias_low", "bias_high", "dimensions")
    write_csv(paths[1], ("view", "static", *heads), views)
    factors = ((f.factor, f.kind, f.n, f.levels, f.nmi, f.adjusted, f.detectable, f.p, f.p_holm) for f in report.factors)
    write_csv(paths[2], ("factor", "kind", "n", "levels", "nmi", "adjusted", "detectable", "p", "p_holm"), factors)
    with appearing(paths[3]) as temporary:
        save_figure(figure(report), temporary, dpi=160)
    return paths


def load(path: Path) -> BiasReport:
    """A report as `save` wrote it. UserError when it is none."""
    try:
        found = converted(read_json(path, MOST_RESULT_BYTES), BiasReport, "report")
    except (OSError, UserError) as error:
        raise UserError(f"{shown(path)} is not a bias report ({reason_of(error)}): make one with `synapt bias`") from error
    if len(found.classes) < 2 or not found.views:
        raise UserError(f"{shown(path)} is an empty bias report: make one with `synapt bias`")
    return found


def grids(report: BiasReport) -> list[Grid]:
    """What `synapt bias` prints: views, then factors where there are some."""
    full = math.log(len(report.classes))
    heads = ("view", "accuracy", "B = log(accuracy / chance)", "of log C")
    rows = [
        (
            view.view, f"{view.accuracy.value:.3f} [{view.accuracy.low:.3f}, {view.accuracy.high:.3f}]",
            f"{view.bias.value:+.2f} [{view.bias.low:+.2f}, {view.bias.high:+.2f}]", f"{max(view.bias.value, 0) / full:.0%}",
        )
        for view in report.views
    ]  # fmt: skip
    dim = frozenset(k for k, view in enumerate(report.views) if not view.static)
    title = f"{report.name}: what a view without time or people gives away"
    found = [Grid(title, heads, rows_of(rows), caption(report), dim=dim)]
    if report.factors:
        columns = ("factor", "kind", "levels", "NMI", "above chance", "would show from", "p", "p (Holm)")
        rows_of_factors = [
            (
                test.factor, test.kind, str(test.levels), f"{test.nmi:.3f}", f"{test.adjusted:+.3f}", f"{test.detectable:.3f}",
                f"{test.p:.3f}", f"{test.p_holm:.3f}",
            )
            for test in report.factors
        ]  # fmt: skip
        dim = frozenset(k for k, test in enumerate(report.factors) if test.p_holm > 0.05)
        found.append(Grid(certificate(report), columns, rows_of(rows_of_factors), left=2, dim=dim))
    return found


def caption(report: BiasReport) -> str:
    """How the figures were got, in one line."""
    missing = f" ({report.n_missing} more could not be read)" if report.n_missing else ""
    return (
        f"{report.n_clips} clips{missing}, {len(report.classes)} classes (chance {report.chance:.3f}), {report.n_groups} groups "
        f"kept apart in {report.folds} folds; people taken out by {report.background}; features: {report.features}; "
        "95 % intervals over groups"
    )


def certificate(report: BiasReport) -> str:
    """The outcome of the independence tests in one sentence."""
    nuisances = [test for test in report.factors if test.kind == "nuisance"]
    telling = [test.factor for test in nuisances if test.p_holm <= 0.05]
    if report.independent is None:
        return "No nuisance factor is recorded: independence could not be tested"
    if report.independent:
        return f"No dependence found between the label and any of {len(nuisances)} nuisance factors (Holm, 5 %)"
    return f"{len(telling)} of {len(nuisances)} nuisance factors tell the label (Holm, 5 %): {', '.join(telling)}"


def figure(report: BiasReport) -> Figure:
    """B of every view as dots with intervals, from nothing (0) to everything (log C)."""
    from matplotlib.figure import Figure

    shown = list(report.views)[::-1]
    drawn = Figure(figsize=(5.9, 0.9 + 0.34 * len(shown)), layout="constrained")
    axes = drawn.add_subplot()
    for y, view in enumerate(shown):
        colour = "#1f6feb" if view.static else "#8a8f98"
        axes.plot([view.bias.low, view.bias.high], [y, y], color=colour, lw=2, solid_capstyle="round")
        axes.plot(view.bias.value, y, "o", color=colour, ms=6)
    full = math.log(len(report.classes))
    axes.axvline(0, color="#8a8f98", lw=1)
    axes.axvline(full, color="#8a8f98", lw=1, ls=":")
    axes.set_yticks(range(len(shown)), [view.view for view in shown])
    axes.set_ylim(-0.6, len(shown) - 0.4)
    axes.set_xlim(min(-0.1, *(view.bias.low for view in shown)) - 0.05, full * 1.05)
    axes.set_xlabel(f"B = log(accuracy / chance);  0: nothing,  {full:.2f}: everything")
    axes.set_title(f"What a static view of {report.name} gives away", loc="left", fontsize=11)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return drawn
