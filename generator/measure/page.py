"""The table as a page to look at: one HTML file without scripts, with the confusion matrix drawn."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from ..base.files import appearing
from .classify import Confusion
from .limits import LIMITS, RANGES_DEG, Limit, Row
from .summary import Summary

CELL_PX = 13
LABEL_PX = 210

STYLE = """
body { font: 14px/1.4 system-ui, sans-serif; margin: 1.5em; color: #222; background: #fff }
.wide { overflow-x: auto } table { border-collapse: collapse; font-size: 12px }
th, td { padding: 2px 6px; border-bottom: 1px solid #ddd; text-align: right; white-space: nowrap }
th { vertical-align: bottom; white-space: normal; max-width: 8em } td:first-child, th:first-child, .words { text-align: left }
td:first-child { position: sticky; left: 0; background: #fff } .over { background: #ffd9d2; font-weight: 600 }
svg text { font: 9px system-ui, sans-serif } small { color: #666 }
"""


def write_page(path: Path, found: Summary, title: str) -> None:
    """Write the page; the file is there whole or not at all."""
    with appearing(path) as temporary:
        temporary.write_text("\n".join(_page(found, title)), encoding="utf-8")


def _page(found: Summary, title: str) -> Iterator[str]:
    yield f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    yield f"<h1>{escape(title)}</h1>"
    over = sum(bool(row["over"]) for row in found.rows)
    clips = sum(row["clips"] for row in found.rows)
    yield f"<p>{len(found.rows)} actions, {clips} clips; {over} actions are over some limit (red).</p>"
    yield from _failed(found.failed)
    yield from _table(found.rows)
    yield from _pairs(found.confusion)
    yield from _matrix(found.confusion)
    yield from _sources()


def _failed(failed: dict[str, str]) -> Iterator[str]:
    if failed:
        lines = "".join(f"<li>{escape(clip)}: {escape(reason)}</li>" for clip, reason in failed.items())
        yield f"<h2>Clips that can't be performed</h2><ul>{lines}</ul>"


def _table(rows: tuple[Row, ...]) -> Iterator[str]:
    heads = "".join(
        f"<th>{escape(limit.words)}<br><small>{limit.unit}, ≤ {limit.most * limit.scale:.4g}</small></th>" for limit in LIMITS
    )
    more = (
        "clips in which the acting limb is seen", "two clips of the class apart<br><small>legs</small>",
        "nearest other class apart<br><small>legs</small>", "told rightly", "taken for", "where",
    )  # fmt: skip
    yield "<h2>Measures</h2><p>Worst clip, and below it the mean of all. A leg is a thigh and a shin.</p>"
    yield f'<div class="wide"><table><tr><th>action</th>{heads}{"".join(f"<th>{words}</th>" for words in more)}</tr>'
    for row in rows:
        cells = "".join(_cell(limit, row) for limit in LIMITS)
        near = f"{_number(row['nearest_distance'])}<br><small>{escape(row['nearest_class'])}</small>"
        words = [_percent(row["seen_share"]), _number(row["diversity"]), near, _percent(row["told_share"])]
        last = "".join(f"<td>{word}</td>" for word in words)
        texts = "".join(f'<td class="words">{escape(row[key])}</td>' for key in ("taken_for", "notes"))
        yield f"<tr><td>{escape(row['action'])}</td>{cells}{last}{texts}</tr>"
    yield "</table></div>"


def _cell(limit: Limit, row: Row) -> str:
    worst, mean = row[f"{limit.key}_worst"], row[f"{limit.key}_mean"]
    if worst is None:
        return "<td></td>"
    kind = ' class="over"' if limit.key in row["over"].split() else ""
    return f"<td{kind}>{worst * limit.scale:.3g}<br><small>{mean * limit.scale:.3g}</small></td>"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.0f} %"


def _pairs(told: Confusion) -> Iterator[str]:
    yield "<h2>What the skeleton classifier can't tell</h2>"
    yield f"<p>{100 * told.accuracy:.0f} % of {told.counts.sum()} clips were told rightly.</p>"
    lines = "".join(f"<li>{escape(a)} and {escape(b)}: {100 * share:.0f} %</li>" for a, b, share in told.pairs())
    yield f"<ol>{lines}</ol>" if lines else "<p>No pair is confused.</p>"


def _matrix(told: Confusion) -> Iterator[str]:
    """An SVG: rows are what was performed, columns what it was taken for."""
    size = LABEL_PX + CELL_PX * len(told.classes)
    yield '<h2>Confusion matrix</h2><div class="wide">'
    yield f'<svg width="{size}" height="{size}" role="img" aria-label="confusion matrix">'
    for k, name in enumerate(told.classes):
        at = LABEL_PX + CELL_PX * k + CELL_PX - 3
        yield f'<text x="{LABEL_PX - 4}" y="{at}" text-anchor="end">{escape(name)}</text>'
        yield f'<text transform="translate({at},{LABEL_PX - 4}) rotate(-90)">{escape(name)}</text>'
    for row, name in enumerate(told.classes):
        asked = max(int(told.counts[row].sum()), 1)
        for column, other in enumerate(told.classes):
            share = told.counts[row, column] / asked
            if share > 0 or row == column:
                colour = "42,110,187" if row == column else "208,64,32"
                yield (
                    f'<rect x="{LABEL_PX + CELL_PX * column}" y="{LABEL_PX + CELL_PX * row}" width="{CELL_PX - 1}" '
                    f'height="{CELL_PX - 1}" fill="rgba({colour},{0.08 + 0.92 * share:.2f})"><title>{escape(name)} taken for '
                    f"{escape(other)}: {100 * share:.0f} %</title></rect>"
                )
    yield "</svg></div>"


def _sources() -> Iterator[str]:
    lines = "".join(
        f"<li>{escape(limit.words)}: {limit.most * limit.scale:.4g} {limit.unit}"
        f"{', of the mean of clips' if limit.typical else ''} ({escape(limit.source)})</li>"
        for limit in LIMITS
    )
    joints = "".join(
        f"<li>{name.replace('_', ' ')}: {most:g}° ({escape(source)})</li>" for name, (most, source) in RANGES_DEG.items()
    )
    yield f"<h2>Limits and their sources</h2><ul>{lines}</ul><h2>Ranges of joints</h2><ul>{joints}</ul>"
