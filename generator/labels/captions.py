"""One plain English sentence about a clip, from its spec."""

from __future__ import annotations

from ..actions import action_of
from ..values import BodySpec, ClipSpec, FabricSpec, GarmentSpec

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

    Raises UserError for an unknown action.
    """
    clothes = _clothes(spec.look.garments)
    place = _PLACES.get(spec.backdrop.kind)
    words = [_person(spec.body), f"in {clothes}" if clothes else None, _deed(spec), place]
    sentence = " ".join(word for word in words if word)
    return sentence[0].upper() + sentence[1:] + "."


def _person(body: BodySpec) -> str:
    noun = "woman" if body.sex == "female" else "man"
    if body.age_years < 30:
        return f"a young {noun}"
    if body.age_years < 50:
        return f"a {noun}"
    return f"a middle-aged {noun}" if body.age_years < 65 else f"an older {noun}"


def _deed(spec: ClipSpec) -> str:
    """The action's caption with its blanks filled: a prop's name stands for its kind."""
    female = spec.body.sex == "female"
    blanks = {
        "side": spec.motion.side,
        "possessive": "her" if female else "his",
        "reflexive": "herself" if female else "himself",
        **{name: str(value).replace("_", " ") for name, value in spec.motion.params.items()},
        **{prop.name: prop.kind.replace("_", " ") for prop in spec.props},
    }
    return action_of(spec).caption.format(**blanks)


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
