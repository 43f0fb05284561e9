"""A report for other programs and papers: CSV files and a LaTeX table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...generator.base.files import appearing
from ..results import write_csv
from .gather import Entry
from .published import published
from .tables import Column, Name, Table

RESULTS = (
    "target", "protocol", "pretraining", "model", "run", "top1", "top1_low", "top1_high", "top5", "mean_class", "mean_class_low",
    "mean_class_high", "chance", "n_clips", "missing_share", "seeds", "resamples", "top1_by_seed",
    "protocol_id", "published", "source",
)  # fmt: skip


def write_results(path: Path, entries: Sequence[Entry], tables: Sequence[Table]) -> None:
    """One row a result, shares in [0, 1]; then what is published for the same targets, tagged as such."""
    rows: list[Sequence[Any]] = []
    for entry in entries:
        r = entry.result
        seeds = " ".join(map(str, entry.seeds))
        rows.append(
            (r.target, r.protocol, r.pretraining, r.model, r.run, *r.top1.cells, r.top5.value, *r.mean_class.cells, r.chance,
             r.n_clips, r.missing_share, seeds, entry.resamples, " ".join(f"{v:.6f}" for v in entry.top1_by_seed),
             r.protocol_id, "no", "")
        )  # fmt: skip
    known = published()
    for target, protocol in dict.fromkeys((c.target, c.protocol) for table in tables for c in table.columns):
        for row in known.rows:
            figure = row.figure(target, protocol)
            if figure is not None:
                source = known.sources[row.source]
                lead = (target, protocol, row.pretraining, row.model, "", round(figure / 100, 6))
                rows.append((*lead, *[""] * 12, source.protocol, "yes", f"{source.title} [{source.tag}]"))
    write_csv(path, RESULTS, rows)


def write_comparisons(path: Path, tables: Sequence[Table]) -> None:
    """One row for each two results that were compared: a minus b in top-1, and p values."""
    head = ("target", "protocol", "protocol_id", "a", "b", "difference", "low", "high", "p_permutation", "p_mcnemar", "p_holm")
    rows = [
        (
            column.target, column.protocol, column.protocol_id, " / ".join(c.a), " / ".join(c.b), *c.found.difference.cells,
            c.found.p_permutation, c.found.p_mcnemar, c.p,
        )
        for table in tables for column in table.columns for c in column.comparisons
    ]  # fmt: skip
    write_csv(path, head, rows)


def write_latex(path: Path, tables: Sequence[Table]) -> None:
    """One tabular for each table, in booktabs style."""
    with appearing(path) as temporary:
        temporary.write_text("\n".join(latex(table) for table in tables), encoding="utf-8")


def latex(table: Table) -> str:
    """A tabular: what leads is bold, published rows stand apart, protocols are spelled out in comments."""
    n = len(table.columns)
    spans = " & ".join(rf"\multicolumn{{{k}}}{{c}}{{{tex(target)}}}" for target, k in table.targets)
    heads = " & ".join(tex(column.heading) for column in table.columns)
    lines = [f"% {column.target} {column.heading}: {column.protocol_id}" for column in table.columns]
    lines += [
        "% top-1 in per cent [95 % interval over clips and seeds]; bold: the best, and what a paired test cannot tell from it",
        rf"\begin{{tabular}}{{ll{'r' * n}}}", r"\toprule", rf"pre-training & model & {spans} \\", rf" & & {heads} \\",
        r"\midrule",
    ]  # fmt: skip
    for name in table.names:
        cells = [_cell(column, name) for column in table.columns]
        lines.append(rf"{tex(name[0])} & {tex(name[1])} & {' & '.join(cells)} \\")
    if table.published:
        lines += [r"\midrule", rf"\multicolumn{{{n + 2}}}{{l}}{{\emph{{published, by protocols of their own}}}} \\"]
        for row in table.published:
            figures = [row.figure(column.target, column.protocol) for column in table.columns]
            cells = ["" if figure is None else f"{figure:.1f}" for figure in figures]
            tag = published().sources[row.source].evidence
            lines.append(rf"{tex(row.pretraining)} & {tex(row.model)} ({tag}) & {' & '.join(cells)} \\")
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}", ""])


def tex(text: str) -> str:
    """Text with LaTeX's special characters made safe."""
    special = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(special.get(c, f"\\{c}" if c in "&%$#_{}" else c) for c in text)


def _cell(column: Column, name: Name) -> str:
    entry = column.entries.get(name)
    if entry is None:
        return ""
    top1 = entry.result.top1
    figure = f"{100 * top1.value:.1f}"
    figure = rf"\textbf{{{figure}}}" if column.leads(name) else figure
    return rf"{figure} {{\scriptsize[{100 * top1.low:.1f}, {100 * top1.high:.1f}]}}"
