"""Specs on disk in the forms they had once: of one person whose things and the clip's were not kept apart (up to version 5),
and with places in tables instead of names: what stood there then, put in their stead.

The tables here are those of that time and never change. Works on plain JSON before it is checked: what isn't as a spec should
be is left as it is.
"""

from __future__ import annotations

import math
from typing import Any

_OUTDOORS = ("block", "wall", "hedge", "tree", "post", "fence")
_FURNITURE = ("shelf", "cabinet", "sofa", "table", "wardrobe", "plant")
_PICTURES = ("landscape", "portrait", "square", "wide")
_BEARDS = (0.0, 0.30, 0.85)
_STRIPE_SHARES = (0.5, 0.3, 0.2, 0.65)
_DRINKS = ("coffee", "tea", "water", "juice")
_PROPS: dict[str, dict[str, tuple[str, ...]]] = {
    "cup": {"shape": ("upright", "tall", "bowl"), "drink": _DRINKS},
    "mug": {"shape": ("straight", "round"), "drink": _DRINKS},
    "glass": {"shape": ("tall", "low")},
    "bottle": {"shape": ("waisted", "straight", "slender")},
    "ball": {"skin": ("seam", "panels", "patches")},
    "box": {"shape": ("low", "cube", "flat")},
    "bag": {"shape": ("plain", "wide", "upright")},
    "chair": {"shape": ("slatted", "panelled", "padded", "splayed")},
    "stool": {"shape": ("round", "square")},
    "bench": {"shape": ("open", "backed")},
}


def as_today(spec: Any) -> Any:
    """The plain data of a spec, changed in place, in the form of today; a newer one's as it is."""
    _one_performer(_table(spec))
    for performer in _list(_table(spec).get("performers")):
        look = _table(_table(performer).get("look"))
        _skin(_table(look.get("skin")))
        for garment in _list(look.get("garments")):
            _fabric(_table(_table(garment).get("fabric")))
    backdrop = _table(_table(spec).get("backdrop"))
    for prop in _list(_table(spec).get("props")):
        _prop(_table(prop))
    _backdrop(backdrop.get("kind"), _table(backdrop.get("params")))
    return spec


def _one_performer(spec: dict[str, Any]) -> None:
    """What a motion, a body and a look said, as one performance and its one performer."""
    motion = spec.get("motion")
    if "performers" in spec or not isinstance(motion, dict):
        return
    del spec["motion"]
    own: dict[str, Any] = {name: motion.pop(name) for name in ("style", "amplitude", "phases_rad") if name in motion}
    person: dict[str, Any] = {name: spec.pop(name) for name in ("body", "look") if name in spec}
    performer: dict[str, Any] = {"role": "a", **person, **own}
    spec |= {"performance": motion, "performers": [performer]}


def _skin(skin: dict[str, Any]) -> None:
    if "variant" in skin and "beard" not in skin:
        skin["beard"] = _of(_BEARDS, skin["variant"])
        skin["variant"] = _whole(skin["variant"]) // len(_BEARDS)


def _fabric(fabric: dict[str, Any]) -> None:
    if "variant" in fabric and "stripe_share" not in fabric:
        fabric["stripe_share"] = _of(_STRIPE_SHARES, fabric["variant"] if fabric.get("kind") == "stripes" else 0)


def _prop(prop: dict[str, Any]) -> None:
    if "variant" in prop and "forms" not in prop:
        parts = _PROPS.get(str(prop.get("kind")), {})
        prop["forms"] = {part: _of(names, prop["variant"]) for part, names in parts.items()}


def _backdrop(kind: Any, params: dict[str, Any]) -> None:
    forms = {"outdoor": _OUTDOORS, "room": _FURNITURE}.get(str(kind), ())
    for name, value in params.items():
        if forms and name.startswith("thing") and name.endswith("_form") and isinstance(value, float | int):
            params[name] = _of(forms, value)
    for wall in range(4):
        if kind == "room" and f"wall{wall}_picture0" not in params:
            count = min(_whole(params.get(f"wall{wall}_pictures", 0)), 100)
            params |= {f"wall{wall}_picture{k}": _of(_PICTURES, wall + k) for k in range(count)}


def _of(table: tuple[Any, ...], place: Any) -> Any:
    return table[_whole(place) % len(table)]


def _whole(value: Any) -> int:
    return int(value) if isinstance(value, float | int) and math.isfinite(value) else 0


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
