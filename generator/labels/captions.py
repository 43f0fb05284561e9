"""One plain English sentence about a clip, from its spec."""

from __future__ import annotations

from collections.abc import Sequence

from ..actions import action_of
from ..values import BodySpec, ClipSpec, FabricSpec, GarmentSpec, PerformerSpec

_GARMENTS: dict[str, str] = {
    "tee": "a t-shirt", "long_sleeve": "a long-sleeved top", "tank": "a tank top", "polo": "a polo shirt",
    "shirt": "a shirt", "sweater": "a sweater", "hoodie": "a hoodie", "jacket": "a jacket", "trousers": "trousers",
    "shorts": "shorts", "leggings": "leggings", "skirt": "a skirt", "dress": "a dress",
}  # fmt: skip
"""Garment kind -> its name with its article; kinds that are missing (shoes) are left out."""

_FABRICS: dict[str, str] = {
    "stripes": "striped", "pinstripe": "pinstriped", "checks": "checked", "plaid": "plaid", "denim": "denim",
    "knit": "knitted", "ribs": "ribbed", "dots": "dotted", "blobs": "patterned", "leaves": "leaf-print",
    "leather": "leather",
}  # fmt: skip
"""Fabric kind -> adjective; plain cloth has none."""

_PLACES = {"outdoor": "outdoors", "room": "in a room", "studio": "in a studio"}
"""Backdrop kind -> where that is."""

_MOST_GARMENTS = 3


def caption(spec: ClipSpec) -> str:
    """A sentence such as "An older man in a striped t-shirt and jeans waves his right hand outdoors.".

    The first performer is its subject. Raises UserError for an unknown action.
    """
    subject, *others = spec.performers
    words = [_described(subject), _deed(spec, subject, others), _PLACES.get(spec.backdrop.kind)]
    sentence = " ".join(word for word in words if word)
    return sentence[0].upper() + sentence[1:] + "."


def _described(performer: PerformerSpec) -> str:
    """Who it is and what they wear."""
    clothes = _clothes(performer.look.garments)
    return f"{_person(performer.body)} in {clothes}" if clothes else _person(performer.body)


def _person(body: BodySpec) -> str:
    noun = "woman" if body.sex == "female" else "man"
    if body.age_years < 30:
        return f"a young {noun}"
    if body.age_years < 50:
        return f"a {noun}"
    return f"a middle-aged {noun}" if body.age_years < 65 else f"an older {noun}"


def _deed(spec: ClipSpec, subject: PerformerSpec, others: Sequence[PerformerSpec]) -> str:
    """The action's caption with its blanks filled: a prop's name stands for its kind, another's role for who they are."""
    blanks = {
        "side": spec.performance.side,
        **_pronouns(subject.body),
        **{name: str(value).replace("_", " ") for name, value in spec.performance.params.items()},
        **{prop.name: prop.kind.replace("_", " ") for prop in spec.props},
        **{other.role: _described(other) for other in others},
        **{f"{other.role}_{name}": word for other in others for name, word in _pronouns(other.body).items()},
    }
    return action_of(spec).caption.format(**blanks)


def _pronouns(body: BodySpec) -> dict[str, str]:
    female = body.sex == "female"
    return {
        "possessive": "her" if female else "his",
        "reflexive": "herself" if female else "himself",
        "object": "her" if female else "him",
    }


def _clothes(garments: tuple[GarmentSpec, ...]) -> str:
    """The outermost of what is worn on trunk and legs, from the outside in."""
    named = [g for g in sorted(garments, key=lambda g: -g.layer) if g.kind in _GARMENTS][:_MOST_GARMENTS]
    phrases = [_garment(g.kind, g.fabric) for g in named]
    if len(phrases) < 2:
        return "".join(phrases)
    return ", ".join(phrases[:-1]) + " and " + phrases[-1]


def _garment(kind: str, fabric: FabricSpec) -> str:
    if kind == "trousers" and fabric.kind == "denim":
        return "jeans"
    name = _GARMENTS[kind]
    article, noun = ("a", name[2:]) if name.startswith("a ") else ("", name)
    adjective = _FABRICS.get(fabric.kind, "")
    return " ".join(word for word in (article, adjective, noun) if word)
