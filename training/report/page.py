"""One page that holds a whole report: no script, no other file, readable on a phone, by day and by night."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup
from matplotlib.figure import Figure

from ...generator.base.console import Grid, rows_of
from ..audit import show as audit_show
from ..bias import show as bias_show
from ..values import Result
from . import figures
from .gather import Gathered
from .published import published
from .svg import inline
from .tables import Column, Name, Table, model_of


@dataclass(frozen=True)
class Drawn:
    """A figure as the page has it."""

    svg: Markup
    caption: str


def render(found: Gathered, tables: Sequence[Table], title: str) -> str:
    """The page as HTML."""
    curves = figures.curves(found.logs)
    told = {
        "title": title,
        "css": css(),
        "lead": _lead(found),
        "tables": [_table(table, k) for k, table in enumerate(tables)],
        "details": [_detail(c, table, k, f"d{k}-{j}") for k, table in enumerate(tables) for j, c in enumerate(table.columns)],
        "curves": drawn(curves, "curves", "What the runs logged while they trained, by step.") if curves else None,
        "audits": [_audit(name, audit, f"a{k}") for k, (name, audit) in enumerate(found.audits)],
        "biases": [_bias(report, f"b{k}") for k, report in enumerate(found.biases)],
        "protocols": [_protocol(column) for table in tables for column in table.columns],
        "missing": _missing(found),
        "sources": _sources(tables),
        "software": _software(found),
    }
    return template("page.html.jinja").render(**told, sections=_sections(told))


def template(name: str, folder: Traversable | None = None) -> Template:
    """A page's template, of this package or of another `folder`; it may import parts.html.jinja, which all pages share."""
    here = files(__package__)

    def read(asked: str) -> str:
        found = folder if folder is not None and asked == name else here
        return found.joinpath(asked).read_text(encoding="utf-8")

    return Environment(autoescape=True, undefined=StrictUndefined, loader=FunctionLoader(read)).get_template(name)


def css() -> Markup:
    """The look of all pages."""
    return Markup(files(__package__).joinpath("page.css").read_text(encoding="utf-8"))


def drawn(figure: Figure, name: str, caption: str) -> Drawn:
    """A figure with its caption, which is also what a screen reader says."""
    return Drawn(Markup(inline(figure, name, caption)), caption)


def _sections(told: dict[str, Any]) -> list[tuple[str, str]]:
    all_of_them = [
        ("results", "Transfer", "tables"), ("classes", "Class by class", "details"), ("training", "Training", "curves"),
        ("audit", "What the models look at", "audits"), ("bias", "What static views give away", "biases"),
    ]  # fmt: skip
    return [(key, name) for key, name, of in all_of_them if told[of]] + [("notes", "Notes")]


def _lead(found: Gathered) -> str:
    results = [entry.result for entry in found.entries]
    parts = []
    if results:
        models = len({entry.name for entry in found.entries})
        targets = sorted({result.target for result in results})
        seeds = sorted({len(entry.seeds) for entry in found.entries})
        parts.append(
            f"{_count(models, 'model')} on {_and([f'{target} ({_clips(results, target)})' for target in targets])}, "
            f"{' or '.join(map(str, seeds))} {'seed' if seeds == [1] else 'seeds'} each"
        )
    if found.audits:
        parts.append(_count(len(found.audits), "audit") + " with counterfactual twins")
    if found.biases:
        parts.append("the static bias of " + _and([report.name for report in found.biases]))
    text = "; ".join(parts) + "."
    return text[0].upper() + text[1:]


def _clips(results: Sequence[Result], target: str) -> str:
    """How many clips a target was tested on; folds test on all, zero-shot on those of shared classes."""
    counts = sorted({result.n_clips for result in results if result.target == target})
    return f"{counts[0]} to {counts[-1]} test clips" if len(counts) > 1 else _count(counts[0], "test clip")


def _table(table: Table, number: int) -> dict[str, Any]:
    legend = ", ".join(f"{c.heading}: {c.words}" for c in {c.protocol: c for c in table.columns}.values())
    rows = [
        {"pretraining": name[0], "model": model_of(name), "cells": [_cell(column, name) for column in table.columns]}
        for name in table.names
    ]
    known = published()
    others = [
        {
            "pretraining": row.pretraining, "model": row.model, "source": row.source,
            "people": {"yes": "real people", "replaced": "real video"}.get(row.people, ""),
            "evidence": known.sources[row.source].evidence, "tag": known.sources[row.source].tag,
            "cells": ["" if (v := row.figure(c.target, c.protocol)) is None else f"{v:.1f}" for c in table.columns],
        }
        for row in table.published
    ]  # fmt: skip
    caption = (
        "Top-1 with 95 % intervals; fine strokes are single seeds, dotted is chance. In colour: the best, and what a paired "
        "test cannot tell from it."
    )
    return {
        "legend": legend, "targets": table.targets, "rows": rows, "published": others,
        "columns": [
            {"heading": c.heading, "protocol": c.words, "chance": f"{100 * c.any_result.chance:.1f}"} for c in table.columns
        ],
        "forest": drawn(figures.forest(table), f"f{number}", caption), "comparisons": _comparisons(table),
    }  # fmt: skip


def _cell(column: Column, name: Name) -> dict[str, Any] | None:
    entry = column.entries.get(name)
    if entry is None:
        return None
    value, low, high = (f"{100 * v:.1f}" for v in (entry.result.top1.value, entry.result.top1.low, entry.result.top1.high))
    return {"value": value, "low": low, "high": high, "leads": column.leads(name)}


def _comparisons(table: Table) -> Grid | None:
    rows = []
    for column in table.columns:
        for one in column.comparisons:
            gap = one.found.difference
            flip = gap.value < 0  # the better one is named first
            a, b = (one.b, one.a) if flip else (one.a, one.b)
            value, low, high = (-gap.value, -gap.high, -gap.low) if flip else (gap.value, gap.low, gap.high)
            rows.append(
                (
                    f"{column.target}, {column.heading}", figures.label(a), figures.label(b),
                    f"{100 * value:+.1f} [{100 * low:+.1f}, {100 * high:+.1f}]", _p(one.p), _p(one.found.p_mcnemar),
                )
            )  # fmt: skip
    heads = ("on", "model", "against", "difference in top-1", "p (Holm)", "p (McNemar, uncorrected)")
    return Grid("Differences on the same clips", heads, rows_of(rows), left=3) if rows else None


def _p(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def _detail(column: Column, table: Table, number: int, key: str) -> dict[str, Any]:
    order = [column.best, *(name for name in table.names if name != column.best)]
    best = column.entries[column.best]
    shown = len(best.result.classes)
    part = f" The {figures.MANY // 2} best and worst of {shown} classes are shown." if shown > figures.MANY else ""
    where = f"{column.target}, {column.words}" + (f" (protocols, set {number + 1})" if number else "")
    caption = f"Accuracy of each class of {where}.{part}"
    confused = f"Answers of {figures.label(column.best)} on {where}: rows are true classes, stronger is more often."
    return {
        "name": where, "best": figures.label(column.best),
        "bars": drawn(figures.per_class(column, order), f"{key}b", caption),
        "confusion": drawn(figures.confusions(best), f"{key}c", confused),
    }  # fmt: skip


CAPTIONS = {
    "invariance": "Share of twins that are answered otherwise than the original when one thing alone is drawn anew; for "
    "comparison, how often two different performances of one class are answered differently.",
    "evidence": "How often the true class is answered when the motion, the person or the background is taken away or swapped.",
    "subgroups": "Accuracy by who performs; the line is all performances.",
}


def _audit(name: str, audit: Any, key: str) -> dict[str, Any]:
    pictures = audit_show.figures(audit)
    return {
        "name": name, "grids": audit_show.grids(audit),
        "figures": [drawn(figure, f"{key}{k[0]}", CAPTIONS[k]) for k, figure in pictures.items()],
    }  # fmt: skip


def _bias(report: Any, key: str) -> dict[str, Any]:
    full = math.log(len(report.classes))
    caption = f"{bias_show.caption(report)}. {bias_show.certificate(report)}. B is at most log C = {full:.2f}."
    return {"name": report.name, "grids": bias_show.grids(report), "figure": drawn(bias_show.figure(report), key, caption)}


def _protocol(column: Column) -> dict[str, str]:
    result = column.any_result
    seeds = sorted({len(entry.seeds) for entry in column.entries.values()})
    resamples = sorted({entry.resamples for entry in column.entries.values() if entry.resamples > 1})
    drawn_anew = f" of {' or '.join(map(str, resamples))} draws" if resamples else ""
    missing = f", {100 * result.missing_share:.1f} % of the clips missing" if result.missing_share else ""
    alike = f"; {result.told_joined}" if result.joined else ""
    about = (
        f"{result.n_clips} test clips, {len(result.classes)} classes, {_count(result.settings.get('folds', 1), 'fold')}, "
        f"{' or '.join(map(str, seeds))} {'seed' if seeds == [1] else 'seeds'}{drawn_anew}{missing}{alike}"
    )
    return {"name": f"{column.target}, {column.heading}", "id": column.protocol_id, "about": about}


def _missing(found: Gathered) -> str:
    lacking = sorted({entry.result.target for entry in found.entries if entry.result.missing_share})
    told = [f"Clips of {_and(lacking)} were missing: these figures compare with no others."] if lacking else []
    told += [f"Left out: {line}." for line in found.unread]
    remarks = dict.fromkeys(f"{e.result.target}: {remark}." for e in found.entries for remark in e.result.remarks)
    return " ".join([*told, *remarks])


def _sources(tables: Sequence[Table]) -> list[dict[str, str]]:
    rows = [row for table in tables for row in table.published]
    known = published().sources
    found = []
    for key in dict.fromkeys(row.source for row in rows):
        notes = "; ".join(dict.fromkeys(f"{row.pretraining}: {row.note}" for row in rows if row.source == key and row.note))
        source = known[key]
        found.append({"key": key, "title": source.title, "url": source.url, "tag": source.tag, "protocol": source.protocol,
                      "notes": f"{notes}." if notes else ""})  # fmt: skip
    return found


def _software(found: Gathered) -> str:
    names = ("synapt-video", "torch", "python")
    tables = [entry.result.software for entry in found.entries] + [audit.software for _, audit in found.audits]
    return ", ".join(f"{name} {tables[0][name]}" for name in names if tables and name in tables[0])


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _count(n: int, word: str) -> str:
    return f"{n} {word}{'' if n == 1 else 's'}"
