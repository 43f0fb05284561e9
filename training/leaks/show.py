"""A leak report for people: one page of tables."""

from __future__ import annotations

from collections.abc import Sequence

from ...generator.base.console import Grid, rows_of
from .report import Factor, LeakReport

MOST_SHOWN = 12
"""Nuisance factors in the table, those first that tell most; leaks.json has all."""


def grids(report: LeakReport) -> list[Grid]:
    """What `synapt verify --leaks` prints."""
    found = [_factors(report), _counts(report), _act(report)]
    return [_probes(report), *found] if any(probe.source == "nuisance" for probe in report.probes) else found


def verdict(report: LeakReport) -> str:
    """The outcome in a line."""
    if report.leaks:
        return f"{report.name} leaks: {', '.join(report.leaks)}"
    tests = [one.source for one in report.factors] + [one.source for one in report.probes]
    looked = f"{tests.count('nuisance')} tests and {len(report.counts)} counts"
    return f"{report.name}: no leak in {_several(report.n_clips, 'clip')}, by {looked}"


def advice(report: LeakReport) -> list[str]:
    """A line each on what to do about the kinds of leaks that were found, and on what was not looked at."""
    told = list(report.remarks)
    if any(one.leaks for one in report.factors) or any(one.leaks for one in report.probes):
        told.append(
            "a factor or picture without people tells the class: draw it without looking at the action, or leave clips out"
        )
    if any(one.leaks for one in report.counts):
        told.append("splits or takes share what they must not: leave the clips named in leaks.json out of one of them")
    return told


def _probes(report: LeakReport) -> Grid:
    rows = [
        (
            probe.name, str(probe.n), f"{probe.accuracy.value:.3f} [{probe.accuracy.low:.3f}, {probe.accuracy.high:.3f}]",
            f"{probe.chance:.3f}", f"{probe.p:.4f}", f"{probe.p_holm:.3f}", _word(probe.leaks),
        )
        for probe in report.probes if probe.source == "nuisance"
    ]  # fmt: skip
    heads = ("a probe sees", "clips", "names the class", "chance", "p", "p (Holm)", "")
    note = (
        f"cross-validated by person, people and things taken out by {report.people_out}; 95 % intervals"
        if report.people_out
        else ""
    )
    return Grid("Pictures without people", heads, rows_of(rows), note)


def _factors(report: LeakReport) -> Grid:
    judged = [factor for factor in report.factors if factor.source == "nuisance"]
    shown = [factor for k, factor in enumerate(judged) if factor.leaks or k < MOST_SHOWN]
    more = f"; {len(judged) - len(shown)} more tell no more" if len(judged) > len(shown) else ""
    note = (
        f"NMI: share of the class's entropy; p by {report.permutations} permutations; Holm over all tests, a leak is "
        f"{report.level:g} or less{more}"
    )
    rows = [(*_row(factor), f"{factor.p:.4f}", f"{factor.p_holm:.3f}", _word(factor.leaks)) for factor in shown]
    heads = ("factor", "clips", "levels", "NMI", "above chance", "p", "p (Holm)", "")
    dim = frozenset(k for k, factor in enumerate(shown) if not factor.leaks)
    return Grid(f"What the class must not depend on ({len(judged)} factors)", heads, rows_of(rows), note, dim=dim)


def _counts(report: LeakReport) -> Grid:
    rows = [
        (one.what, str(one.number), ", ".join(one.examples), _word(one.leaks) if one.judged else "told only")
        for one in report.counts
    ]
    return Grid("What must not be there twice", ("", "found", "such as", ""), rows_of(rows))


def _act(report: LeakReport) -> Grid:
    """What may depend on the class, most telling first."""
    own = sorted((one for one in report.factors if one.source == "act"), key=lambda one: -one.adjusted)
    rows = [_row(one) for one in own[:MOST_SHOWN]]
    probes = [one for one in report.probes if one.source == "act"]
    note = "; ".join(f"from the {one.name} alone {one.accuracy.value:.3f} are named (chance {one.chance:.3f})" for one in probes)
    more = f"{len(own) - len(rows)} more tell less" if len(own) > len(rows) else ""
    heads = ("told by the act itself", "clips", "levels", "NMI", "above chance")
    return Grid("What may depend on the class", heads, rows_of(rows), "; ".join(filter(None, (note, more))))


def _row(one: Factor) -> Sequence[str]:
    return one.name, str(one.n), str(one.levels), f"{one.nmi:.3f}", f"{one.adjusted:+.3f}"


def _word(leaks: bool) -> str:
    return "LEAK" if leaks else "ok"


def _several(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
