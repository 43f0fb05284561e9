"""Two or three plain English sentences about a clip, from its spec: who does what where, how, and how it is seen."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..actions import action_of
from ..body.clothes.patterns import is_of
from ..motion.kinematics import joint_transforms
from ..skeletons import JOINT
from ..values import BodySpec, ClipSpec, FabricSpec, GarmentSpec, PerformerSpec, Scene

_GARMENTS: dict[str, str] = {
    "tee": "a t-shirt", "long_sleeve": "a long-sleeved top", "tank": "a tank top", "polo": "a polo shirt",
    "shirt": "a shirt", "sweater": "a sweater", "hoodie": "a hoodie", "jacket": "a jacket", "trousers": "trousers",
    "shorts": "shorts", "leggings": "leggings", "skirt": "a skirt", "dress": "a dress",
    "swim_top": "a swim top", "swim_bottom": "swim shorts",
}  # fmt: skip
"""Garment kind -> its name with its article; kinds that are missing (shoes) are left out."""

_FABRICS: dict[str, str] = {
    "stripes": "striped", "pinstripe": "pinstriped", "checks": "checked", "plaid": "plaid", "denim": "denim",
    "knit": "knitted", "ribs": "ribbed", "dots": "dotted", "blobs": "patterned", "leaves": "leaf-print",
    "leather": "leather",
}  # fmt: skip
"""Fabric kind -> adjective; plain cloth has none."""

_PLACES = {"outdoor": "outdoors", "room": "in a room", "studio": "in a studio", "street": "in a street", "park": "in a park",
           "court": "on a sports court", "poolside": "beside a pool", "field": "in a field", "beach": "on a beach",
           "snow": "in the snow", "site": "on a building site", "living_room": "in a living room", "kitchen": "in a kitchen",
           "bedroom": "in a bedroom", "office": "in an office", "gym": "in a gym", "corridor": "in a corridor",
           "shop": "in a shop",
           "workshop": "in a workshop"}  # fmt: skip
"""Backdrop kind -> where that is."""

_MANNERS: dict[str, tuple[str, ...]] = {
    "energetic": ("with energy", "vigorously"),
    "tired": ("wearily", "as if tired"),
    "old": ("stiffly", "with a bent back"),
    "careful": ("carefully", "with care"),
}
"""Style -> how somebody moves who has it; a neutral one says nothing."""

_SLOW, _QUICK = 0.93, 1.12
"""Tempos below and above which a performance looks slow or quick."""

_SIDES = ("the front", "the front left", "the left", "the back left", "behind", "the back right", "the right", "the front right")
"""Where a camera stands, by eighths of a turn counter-clockwise from the person's front."""

_HIGH_RAD = 0.35
"""From above this elevation one looks down on people."""

_CAMERAS = {
    "static": ("by a still camera", "The camera stands still"),
    "handheld": ("by a camera held in the hand", "The camera is held in a hand"),
    "orbit": ("by a camera that goes round", "The camera goes round"),
    "follow": ("by a camera that follows", "The camera follows"),
}
"""Movement -> what the camera does, in two wordings."""

_MOST_GARMENTS = 3


@dataclass(frozen=True)
class Seen:
    """From where a clip's first performer is seen at its start: azimuth from their front, counter-clockwise from above, and
    elevation, rad."""

    azimuth_rad: float
    elevation_rad: float


def seen(scene: Scene) -> Seen:
    """From where the first frame of a scene is seen."""
    body = joint_transforms(scene.performance.performers[0])[0]
    ahead = body[JOINT["pelvis"], :2, 2]
    if np.linalg.norm(ahead) < 0.3:  # who lies faces where they would rise to
        ahead = -np.sign(body[JOINT["pelvis"], 2, 2]) * body[JOINT["pelvis"], :2, 1]
    way = np.linalg.inv(scene.camera.T_camera_world[0])[:3, 3] - body[JOINT["pelvis"], :3, 3]
    azimuth = np.arctan2(way[1], way[0]) - np.arctan2(ahead[1], ahead[0])
    return Seen(float(azimuth), float(np.arctan2(way[2], np.linalg.norm(way[:2]))))


def caption(spec: ClipSpec, view: Seen) -> str:
    """Sentences such as "An older man in jeans waves his right hand outdoors. He is seen from the left by a still camera.".

    The first performer is their subject. The wording goes by the drawn phases of that performer's sway, so that it varies over
    clips and stays with the performance. Raises UserError for an unknown action.
    """
    choose = _Chooser(spec.performers[0])
    sentences = [_who_does_what(spec, choose), _how(spec, choose), _filmed(spec, view, choose)]
    return " ".join(sentence[0].upper() + sentence[1:] + "." for sentence in sentences if sentence)


class _Chooser:
    """Picks wordings by a hash of numbers that were drawn for the clip."""

    def __init__(self, performer: PerformerSpec) -> None:
        self.drawn = hashlib.blake2b(repr(performer.phases_rad).encode(), digest_size=8).digest()

    def __call__(self, place: int, wordings: Sequence[str]) -> str:
        return wordings[self.drawn[place] % len(wordings)]


def _who_does_what(spec: ClipSpec, choose: _Chooser) -> str:
    """The person, what they wear, the deed, and the place, in one of three orders."""
    subject = spec.performers[0]
    action = action_of(spec)
    clothes = _clothes(tuple(g for g in subject.look.garments if not is_of(g, action.changes)))  # the deed tells of the others
    person, place = _person(subject.body), _PLACES.get(spec.backdrop.kind, "")
    does = deed(choose(0, (action.caption, *action.wordings)), spec)
    dressed = f"{person} in {clothes}" if clothes else person
    after = f"{dressed} {does} {place}".rstrip()
    if place and place.split()[0] == does.split()[-1]:  # "screws a leg in in a gym"
        return f"{place}, {dressed} {does}"
    if not place or not clothes:
        return after
    return choose(1, (after, f"{place}, {dressed} {does}", f"{person}, dressed in {clothes}, {does} {place}"))


def _how(spec: ClipSpec, choose: _Chooser) -> str:
    """Manner and tempo, where they show."""
    subject, *others = spec.performers
    tempo = spec.performance.tempo
    pace = "slowly" if tempo < _SLOW else "quickly" if tempo > _QUICK else ""
    if others:
        return f"both move {pace}" if pace and len(others) == 1 else ""
    manner = choose(2, _MANNERS.get(subject.style, ("",)))
    how = " and ".join(filter(None, [pace, manner]))
    pronoun = _pronouns(subject.body)["subject"]
    return f"{pronoun} {choose(3, ('moves', 'does it'))} {how}" if how else ""


def _filmed(spec: ClipSpec, view: Seen, choose: _Chooser) -> str:
    """Where the camera stands and what it does; of several people only what it does."""
    camera, (subject, *others) = spec.camera, spec.performers
    by, does = _CAMERAS.get(camera.movement, ("by a camera", ""))
    above = ", from above" if view.elevation_rad > _HIGH_RAD else ""
    if others:
        return f"they are seen{above.lstrip(',')} {by}"
    side = _SIDES[round(view.azimuth_rad / (np.pi / 4)) % 8]
    words = _pronouns(subject.body)
    one = f"{words['subject']} is seen from {side}{above}{',' if above else ''} {by}"
    return choose(4, (one, f"{does} and shows {words['object']} from {side}{above}" if does else one))


def described(performer: PerformerSpec) -> str:
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


def deed(words: str, spec: ClipSpec) -> str:
    """An action's words with their blanks filled: a prop's name stands for its kind, another's role for who they are.

    Raises LookupError or ValueError for a blank that nothing fills.
    """
    subject, *others = spec.performers
    blanks = {
        "side": spec.performance.side,
        **_pronouns(subject.body),
        **{name: str(value).replace("_", " ") for name, value in spec.performance.params.items()},
        **{prop.name: prop.kind.replace("_", " ") for prop in spec.props},
        **{other.role: described(other) for other in others},
        **{f"{other.role}_{name}": word for other in others for name, word in _pronouns(other.body).items()},
    }
    return words.format(**blanks)


def _pronouns(body: BodySpec) -> dict[str, str]:
    female = body.sex == "female"
    return {
        "subject": "she" if female else "he",
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
