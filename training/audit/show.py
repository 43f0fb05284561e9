"""An audit for people: the tables on the screen and the figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...generator.base.console import Grid, rows_of
from ...generator.base.files import appearing
from ..drawing import save
from ..values import Interval
from .measures import Subgroup
from .run import Audit

if TYPE_CHECKING:
    from matplotlib.figure import Figure

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


def grids(audit: Audit) -> list[Grid]:
    """What `synapt audit` prints."""
    return [_invariance(audit), _static(audit), *_conflict(audit), _backwards(audit), _subgroups(audit)]


def _invariance(audit: Audit) -> Grid:
    title = f"{audit.model}: {percent(audit.accuracy)} right (chance {100 * audit.chance:.0f}). Redraw one thing alone, and"
    heads = ("redrawn", "versions", "answer flips", "all alike", "all right", "KL, nats")
    rows = [
        (
            one.factor, str(one.versions), percent(one.flips), percent(one.consistent), percent(one.worst),
            f"{one.divergence.value:.2f} [{one.divergence.low:.2f}, {one.divergence.high:.2f}]",
        )
        for one in audit.invariance
    ]  # fmt: skip
    return Grid(title, heads, rows_of(rows), caption(audit))


def _static(audit: Audit) -> Grid:
    rows = [("the clip", percent(audit.accuracy), "")]
    rows += [(VIEWS[floor.view], percent(floor.accuracy), percent(floor.contrasted)) for floor in audit.floors]
    title = "What is right without the motion, or without the person"
    return Grid(title, ("shown", "right", "right on the clip only"), rows_of(rows))


def _conflict(audit: Audit) -> list[Grid]:
    found = audit.conflict
    if found is None:
        return []
    title = f"A motion before the background of another class's clip (from: {found.source}): the answer is"
    rows = (
        ("the motion's class", percent(found.motion)),
        ("the background's class", percent(found.background)),
        ("neither", percent(found.neither)),
        ("pull: more often the background's class than without that background", points(found.pull)),
        ("right before a background of its own class", percent(found.same)),
        ("lost by another class's background", points(found.drop)),
    )
    note = f"{found.performances} performances; {100 * found.invented:.0f} % of the backgrounds' pixels were painted in"
    return [Grid(title, ("", "share"), rows, note)]


def _backwards(audit: Audit) -> Grid:
    rows = [
        (
            BACKWARDS[one.kind], str(one.performances), percent(one.forwards), percent(one.same),
            percent(one.inverse) if one.kind == "inverse" else "",
        )
        for one in audit.backwards
    ]  # fmt: skip
    heads = ("", "performances", "right forwards", "same class answered", "inverse class answered")
    return Grid("Played backwards, an action that", heads, rows_of(rows))


def _subgroups(audit: Audit) -> Grid:
    rows = [
        (_whose(audit, one), one.group, str(one.clips), str(one.people), percent(one.accuracy), points(one.gap))
        for one in audit.subgroups
    ]
    heads = ("", "", "clips", "people", "right", "minus all others")
    return Grid("Accuracy by who performs", heads, rows_of(rows), left=2)


def _whose(audit: Audit, one: Subgroup) -> str:
    """What a group shares, and in which role where there are several."""
    several = len({group.role for group in audit.subgroups}) > 1
    return f"{one.attribute} of {one.role}" if several else one.attribute


def save_figures(audit: Audit, folder: Path) -> list[Path]:
    """invariance.png, evidence.png and subgroups.png."""
    found = []
    for name, drawn in figures(audit).items():
        with appearing(folder / f"{name}.png") as temporary:
            save(drawn, temporary, dpi=160)
        found.append(folder / f"{name}.png")
    return found


def figures(audit: Audit) -> dict[str, Figure]:
    """The figures by name."""
    known = audit.settings.factors
    invariance = [(one.factor, one.flips, BLUE if one.factor in known else GREY) for one in audit.invariance]
    evidence = [("the clip", audit.accuracy, BLUE)]
    evidence += [(VIEWS[floor.view], floor.accuracy, GREY) for floor in audit.floors]
    if audit.conflict:
        evidence += [
            ("before its own class's background", audit.conflict.same, BLUE),
            ("before another class's background", audit.conflict.motion, BLUE),
            ("... answered by that background", audit.conflict.background, ORANGE),
        ]
    groups = [(f"{_whose(audit, one)}: {one.group}", one.accuracy, BLUE) for one in audit.subgroups]
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

    drawn = Figure(figsize=(5.9, 0.95 + 0.32 * len(rows)), layout="constrained")
    axes = drawn.add_subplot()
    for y, (_, found, colour) in enumerate(rows):
        axes.plot([100 * found.low, 100 * found.high], [y, y], color=colour, lw=2, solid_capstyle="round")
        axes.plot(100 * found.value, y, "o", color=colour, ms=6)
    if chance is not None:
        axes.axvline(100 * chance, color=GREY, lw=1, ls=":")
    if line is not None:
        axes.axvline(100 * line, color=GREY, lw=1)
    axes.set_yticks(range(len(rows)), [name for name, *_ in rows])
    axes.set_ylim(len(rows) - 0.4, -0.75)
    axes.set_xlim(-2, 102)
    axes.set_xlabel(unit if chance is None else f"{unit}; dotted: chance")
    axes.set_title(title, loc="left", fontsize=11)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return drawn
