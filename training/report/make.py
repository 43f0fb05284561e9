"""`make_report`: folders in; a page, tables and figures out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ...generator.base.console import remark
from ...generator.base.files import appearing, folder_to_write
from ..drawing import save
from . import figures
from .files import write_comparisons, write_latex, write_results
from .gather import gather
from .page import render
from .tables import Table, tables_of

Tell = Callable[[int, int, str], None]


def make_report(
    paths: Sequence[Path], out: Path, title: str = "Transfer report", tell: Tell | None = None
) -> tuple[list[Path], list[Table]]:
    """Write index.html, results.csv, comparisons.csv, table.tex and figures/*.png into `out`; returns their paths and the tables.

    What is damaged is left out, and told of on standard error and on the page. UserError where there is nothing to report, or
    `out` is no folder to write into.
    """
    folder_to_write(out)
    found = gather(paths)
    remark(*(f"left out: {line}" for line in found.unread))
    tables = tables_of(found.entries, tell)
    page = render(found, tables, title)
    paths_out = [out / "index.html"]
    with appearing(paths_out[0]) as temporary:
        temporary.write_text(page, "utf-8", "backslashreplace")
    write_results(out / "results.csv", found.entries, tables)
    paths_out.append(out / "results.csv")
    if tables:
        write_comparisons(out / "comparisons.csv", tables)
        write_latex(out / "table.tex", tables)
        paths_out += [out / "comparisons.csv", out / "table.tex"]
    for k, table in enumerate(tables, 1):
        path = out / "figures" / f"intervals-{k}.png"
        with appearing(path) as temporary:
            save(figures.forest(table), temporary, dpi=180)
        paths_out.append(path)
    return paths_out, tables
