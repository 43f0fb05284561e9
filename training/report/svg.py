"""A figure of matplotlib's as SVG that lies in a page: its colours follow the page's theme, its text the page's font."""

from __future__ import annotations

import io
import re
from html import escape
from typing import TYPE_CHECKING

from ..drawing import as_it_is, fitted

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, ACCENT, MUTED, WARN, THIRD, FOURTH = "#000000", "#1f6feb", "#8a8f98", "#d1632a", "#2a9d6f", "#8f5bd6"
SERIES = (ACCENT, WARN, THIRD, FOURTH, MUTED)
"""Colours that figures are drawn in; those of a page stand in for them."""

_VARIABLES = {INK: "ink", ACCENT: "accent", MUTED: "muted", WARN: "warn", THIRD: "third", FOURTH: "fourth"}


def inline(drawn: Figure, name: str, says: str) -> str:
    """An <svg> element of `drawn`; `name` keeps its ids apart from those of other figures, `says` is read to who can't see it."""
    import matplotlib

    text = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}), fitted(drawn, as_it_is, as_it_is):
        drawn.savefig(text, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    body = text.getvalue()
    body = body[body.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>\s*|<style.*?</style>|\s*font-family: [^;\"]*;?", "", body, flags=re.S)
    used = set(re.findall(r'(?:url\(|xlink:href=")#([^)"]+)', body))
    body = re.sub(r' id="([^"]+)"', lambda m: f' id="{name}-{m[1]}"' if m[1] in used else "", body)
    body = re.sub(r'(url\(|xlink:href=")#', rf"\1#{name}-", body)
    for colour, variable in _VARIABLES.items():
        body = body.replace(f": {colour}", f": var(--{variable})")
    width = re.search(r'width="([\d.]+)pt"', body)
    style = f"max-width:{float(width[1]) * 4 / 3:.0f}px" if width else ""
    head = f'<svg role="img" aria-label="{escape(says, quote=True)}" style="{style}"'
    body = re.sub(r'<svg(.*?) width="[\d.]+pt" height="[\d.]+pt"', lambda m: head + m[1], body, count=1, flags=re.S)
    return re.sub(r"\s*\n\s*", " ", body)
