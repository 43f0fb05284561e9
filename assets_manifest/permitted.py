"""Licences that a person allows: what a recipe may draw from, looked at before anything is drawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..generator.base.errors import UserError, nearest
from .assets import MHCLO_PREFIX, USER_PREFIX
from .tables import table

KINDS = ("bodies", "garments", "hdris")


def known_licences() -> tuple[str, ...]:
    """All licences (SPDX) in the manifest."""
    rows = [row for kind in KINDS for row in table(kind).values()]
    return tuple(sorted({row.get(key, row["licence"]) for row in rows for key in ("licence", "data_licence")}))


def permitted(text: str) -> frozenset[str]:
    """The licences that "CC0-1.0,Apache-2.0" names, in any case. UserError for one that no asset has."""
    known = {name.lower(): name for name in known_licences()}
    words = [word.strip() for word in text.split(",") if word.strip()]
    for word in words:
        if word.lower() not in known:
            raise UserError(f"no asset has the licence '{word[:60]}': {nearest(word, known.values())}")
    return frozenset(known[word.lower()] for word in words)


def maps_of(hdris: Mapping[str, float], allowed: Collection[str]) -> dict[str, float]:
    """The environment maps that are allowed, with their shares; of the user's own nobody knows, so they are not. UserError where
    none is left."""
    left = {n: share for n, share in hdris.items() if not n.startswith(USER_PREFIX) and table("hdris")[n]["licence"] in allowed}
    if not any(left.values()):
        raise UserError(
            f"the recipe's environment maps have other licences than {_said(allowed)}: allow theirs (`synapt licenses`)"
        )
    return left


def check_others(body: str, worn: Collection[str], allowed: Collection[str]) -> None:
    """UserError for a body, or garments or hair, that are not allowed; a body that the manifest doesn't know isn't."""
    row = table("bodies").get(body, {})
    needed = {"bodies/" + body: {row.get("licence", ""), row.get("data_licence", "")}}
    for kind in {"makehuman" if name.startswith(MHCLO_PREFIX) else "cut" for name in worn} | {"cut"}:
        needed[f"garments/{kind}"] = {table("garments")[kind]["licence"]}
    for asset, licences in sorted(needed.items()):
        if lacking := sorted(licences - set(allowed)):
            raise UserError(
                f"{asset} has the licence {lacking[0] or 'unknown'}, and allowed are {_said(allowed)}: allow it or take another"
            )


def _said(allowed: Collection[str]) -> str:
    return ", ".join(sorted(allowed))
