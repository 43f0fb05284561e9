"""An audit for people: the tables on the screen and the figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...generator.dataset.atomic import appearing
from ..values import Interval
from .run import Audit

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.table import Table

BLUE, GREY, ORANGE = "#1f6feb", "#8a8f98", "#d1632a"

VIEWS = {
    "frozen": "its middle frame, standing still",
    "background": "the background alone",
    "person": "the person alone, on grey",
    "shuffled": "its frames in another order",
}
"""View -> in words."""

BACKWARDS = {
    "inverse": "becomes another class (sitting down, standing up)",
    "alike": "looks about the same",
    "one-way": "becomes something no class describes",
}


def percent(found: Interval) -> str:
    """A share with its interval, in per cent."""
    return f"{100 * found.value:.0f} [{100 * found.low:.0f}, {100 * found.high:.0f}]"


def points(found: Interval) -> str:
    """A difference of shares with its interval, in percentage points."""
    return f"{100 * found.value:+.0f} [{100 * found.low:+.0f}, {100 * found.high:+.0f}]"


def caption(audit: Audit) -> str:
    """What the figures rest on, in one line."""
    s = audit.settings
    return (
        f"{audit.performances} performances of {len(audit.actions)} actions by people of the test split, {s.redraws} redraws a "
        f"factor, {s.size_px} px, {s.fps:g} frames a second, draft renderer, recipe {s.recipe}, seed {s.seed}; "
        "in per cent, 95 % intervals over performances"
    )


def tables(audit: Audit) -> list[Table]:
    """What `synapt audit` prints."""
    found = [_invariance(audit), _static(audit)]
    if audit.conflict:
        found.append(_conflict(audit))
    return [*found, _backwards(audit), _subgroups(audit)]


def _table(title: str, *heads: str) -> Table:
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for k, head in enumerate(heads):
        table.add_column(head, justify="right" if k else "left")
    return table


def _invariance(audit: Audit) -> Table:
    title = f"{audit.model}: {percent(audit.accuracy)} right (chance {100 * audit.chance:.0f}). Redraw one thing alone, and"
    table = _table(title, "redrawn", "versions", "answer flips", "all alike", "all right", "KL, nats")
    for one in audit.invariance:
        kl = one.divergence
        table.add_row(
            one.factor, str(one.versions), percent(one.flips), percent(one.consistent), percent(one.worst),
            f"{kl.value:.2f} [{kl.low:.2f}, {kl.high:.2f}]",
        )  # fmt: skip
    table.caption, table.caption_justify = caption(audit), "left"
    return table


def _static(audit: Audit) -> Table:
    table = _table("What is right without the motion, or without the person", "shown", "right", "right only on the clip")
    table.add_row("the clip", percent(audit.accuracy), "")
    for floor in audit.floors:
        table.add_row(VIEWS[floor.view], percent(floor.accuracy), percent(floor.contrasted))
    return table


def _conflict(audit: Audit) -> Table:
    found = audit.conflict
    assert found is not None
    table = _table(f"A motion before the background of another class's clip ({found.source}): the answer is", "", "share")
    table.add_row("the motion's class", percent(found.motion))
    table.add_row("the background's class", percent(found.background))
    table.add_row("neither", percent(found.neither))
    table.add_row("the background's pull", points(found.pull))
    table.add_row("right before its own class's background", percent(found.same))
    table.add_row("lost by the other background", points(found.drop))
    return table


def _backwards(audit: Audit) -> Table:
    table = _table(
        "Played backwards, an action that", "", "performances", "right forwards", "same answer right", "inverse answered"
    )
    for one in audit.backwards:
        inverse = percent(one.inverse) if one.kind == "inverse" else ""
        table.add_row(BACKWARDS[one.kind], str(one.performances), percent(one.forwards), percent(one.same), inverse)
    return table


def _subgroups(audit: Audit) -> Table:
    table = _table("Accuracy by who performs", "", "", "clips", "people", "right", "minus all others")
    for one in audit.subgroups:
        table.add_row(one.attribute, one.group, str(one.clips), str(one.people), percent(one.accuracy), points(one.gap))
    return table


def save_figures(audit: Audit, folder: Path) -> list[Path]:
    """invariance.png, evidence.png and subgroups.png."""
    found = []
    for name, drawn in figures(audit).items():
        with appearing(folder / f"{name}.png") as temporary:
            drawn.savefig(temporary, format="png", dpi=160)
        found.append(folder / f"{name}.png")
    return found


def figures(audit: Audit) -> dict[str, Figure]:
    """The figures by name."""
    invariance = [(one.factor, one.flips, BLUE if one.versions > 2 or one.factor in audit.settings.factors else GREY)
                  for one in audit.invariance]  # fmt: skip
    evidence = [("the clip", audit.accuracy, BLUE)]
    evidence += [(VIEWS[floor.view], floor.accuracy, GREY) for floor in audit.floors]
    if audit.conflict:
        evidence += [
            ("before its own class's background", audit.conflict.same, BLUE),
            ("before another class's background", audit.conflict.motion, BLUE),
            ("... answered by that background", audit.conflict.background, ORANGE),
        ]
    groups = [(f"{one.attribute}: {one.group}", one.accuracy, BLUE) for one in audit.subgroups]
    chance = audit.chance
    return {
        "invariance": _dots(invariance, "Answers that flip when one thing alone is redrawn", "% of twins", None),
        "evidence": _dots(evidence, "What the model needs to see", "% answered with the class", chance),
        "subgroups": _dots(groups, "Right, by who performs", "% right", chance, audit.accuracy.value),
    }


def _dots(
    rows: Sequence[tuple[str, Interval, str]], title: str, unit: str, chance: float | None, line: float | None = None
) -> Figure:
    """Shares as dots with intervals, one a row, from the top."""
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(6.6, 0.95 + 0.32 * len(rows)), layout="constrained")
    axes = drawn.add_subplot()
    for y, (_, found, colour) in enumerate(rows):
        axes.plot([100 * found.low, 100 * found.high], [y, y], color=colour, lw=2, solid_capstyle="round")
        axes.plot(100 * found.value, y, "o", color=colour, ms=6)
    if chance is not None:
        axes.axvline(100 * chance, color=GREY, lw=1, ls=":")
        axes.text(100 * chance, -0.75, " chance", color=GREY, fontsize=8, va="bottom")
    if line is not None:
        axes.axvline(100 * line, color=GREY, lw=1)
    axes.set_yticks(range(len(rows)), [name for name, *_ in rows])
    axes.set_ylim(len(rows) - 0.4, -0.75)
    axes.set_xlim(-2, 102)
    axes.set_xlabel(unit)
    axes.set_title(title, loc="left", fontsize=11)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return drawn
