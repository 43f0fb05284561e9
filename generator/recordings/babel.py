"""BABEL (Punnakkal et al. 2021): what people do in AMASS's recordings, second by second.

A JSON file, `train.json` and such, has for each recording `feat_p`, the path of AMASS's file, `dur` in seconds, `seq_ann` with
what the whole is, and `frame_ann`, null or what its parts are: `labels` of `raw_label`, `proc_label`, `act_cat` (a list), and of
parts `start_t` and `end_t`. The "extra" files have lists of both, `seq_anns` and `frame_anns`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..base.bounded import read_json
from ..base.errors import UserError
from ..base.shown import shown
from ..values import Segment
from .labels import LATEST_S, MOST_BYTES, LabelTable, Stretch, apart, plain_class

_BETWEEN = frozenset(("transition", ""))
"""Classes that lead from one to the next."""


def read_babel(path: Path) -> LabelTable:
    """Stretches of all recordings: each labelled part, whose phases are the shorter parts within it; where a recording has none,
    the whole. Transitions are phases, never classes. UserError for a file of another form."""
    try:
        table = read_json(path, MOST_BYTES, finite=False)
    except OSError as error:
        raise UserError(f"{shown(path)} can't be read: give BABEL's JSON") from error
    if not isinstance(table, dict):
        raise UserError(f"{shown(path)} holds a {type(table).__name__}: wanted BABEL's JSON, a table of recordings with 'feat_p'")
    found: dict[str, tuple[Stretch, ...]] = {}
    for key, entry in table.items():
        if not isinstance(entry, dict) or not isinstance(entry.get("feat_p"), str):
            raise UserError(f"{shown(path)}: '{shown(key)[:40]}' has no 'feat_p': wanted BABEL's JSON")
        found[entry["feat_p"]] = _stretches(entry, f"{shown(path)}: '{shown(key)[:40]}'")
    return LabelTable(str(path), found)


def _stretches(entry: Mapping[str, Any], what: str) -> tuple[Stretch, ...]:
    duration = entry.get("dur")
    until = float(duration) if isinstance(duration, int | float) and 0 < duration <= LATEST_S else LATEST_S
    parts = [_part(label, until, what) for label in _labels(entry, "frame_ann", what)]
    classes = [(kind, caption, span) for kind, caption, span in parts if kind not in _BETWEEN]
    if not classes:
        whole = [_part(label, until, what) for label in _labels(entry, "seq_ann", what)]
        return tuple(Stretch(kind, caption) for kind, caption, _ in whole if kind not in _BETWEEN)[:1]
    found = []
    for kind, caption, (start, end) in sorted(set(classes), key=lambda each: (each[2], each[0])):
        shorter = [
            Segment(name, *span) for name, _, span in set(parts) if start <= span[0] and span[1] <= end and span != (start, end)
        ]
        found.append(Stretch(kind, caption, start, end, apart((s for s in shorter if s.name), start, end)))
    return tuple(found)


def _labels(entry: Mapping[str, Any], name: str, what: str) -> list[Mapping[str, Any]]:
    """Labels of the first annotator, in either form."""
    several = entry.get(f"{name}s")
    annotation = entry.get(name) or (several[0] if isinstance(several, list) and several else None)
    if annotation is None:
        return []
    labels = annotation.get("labels") if isinstance(annotation, dict) else None
    if not isinstance(labels, list) or not all(isinstance(label, dict) for label in labels):
        raise UserError(f"{what} has '{name}' without a list of labels: wanted BABEL's JSON")
    return labels


def _part(label: Mapping[str, Any], until: float, what: str) -> tuple[str, str, tuple[float, float]]:
    """(class, words, (start, end)); the class is the plain label where that is a category of BABEL's, else the first category."""
    categories = label.get("act_cat") or []
    plain, raw = label.get("proc_label") or "", label.get("raw_label") or ""
    if not isinstance(categories, list) or not all(isinstance(word, str) for word in (*categories, plain, raw)):
        raise UserError(f"{what} has a label whose words are no text: wanted BABEL's JSON")
    kind = plain if plain in categories or not categories or plain in _BETWEEN else categories[0]
    start, end = label.get("start_t", 0.0), label.get("end_t", until)
    if not all(isinstance(t, int | float) and -1.0 <= t <= LATEST_S for t in (start, end)) or not start < end:
        raise UserError(f"{what} has a label from {shown(start)[:20]} to {shown(end)[:20]} s: wanted start_t < end_t in seconds")
    return plain_class(kind), shown(raw)[:500], (max(float(start), 0.0), float(end))
