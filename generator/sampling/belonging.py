"""Where things belong: an action that needs a stove is done in a kitchen. The one way in which an action has a say in its place.

What isn't listed belongs anywhere, and actions without such things are set anywhere, whatever they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..actions.action import PropUse

HOMES: tuple[str, ...] = ("living_room", "bedroom")
OPEN: tuple[str, ...] = ("field", "park")

BELONGS: dict[str, tuple[str, ...]] = {
    "stove": ("kitchen",),
    "counter": ("kitchen",),
    "fridge": ("kitchen",),
    "bed": ("bedroom",),
    "quilt": ("bedroom",),
    "vacuum": (*HOMES, "office", "corridor"),
    "iron": HOMES,
    "piano": ("living_room",),
    "snare": ("living_room", "workshop"),
    "keyboard": ("office", *HOMES),
    "screen": ("office", *HOMES),
    "pool": ("poolside",),
    "climbing_wall": ("gym",),
    "ergometer": ("gym",),
    "exercise_bike": ("gym",),
    "punching_bag": ("gym",),
    "pull_up_bar": ("gym", "park"),
    "basketball": ("court", "gym"),
    "volleyball": ("court", "gym", "beach"),
    "football": ("court", *OPEN),
    "racket": ("court",),
    "golf_club": OPEN,
    "bat": ("court", *OPEN),
    "bow": OPEN,
    "skateboard": ("street", "court", "park"),
    "car": ("street",),
    "soil": (*OPEN, "site"),
    "clothes_line": (*OPEN, "poolside"),
    "sawhorse": ("workshop", "site"),
    "workbench": ("workshop", "site"),
    "wall_panel": ("workshop", "site"),
}
"""Kind of thing -> the kinds of places where it belongs."""


def places_for(props: Sequence[PropUse], weights: Mapping[str, float]) -> tuple[str, tuple[str, ...]]:
    """The first thing of an action's that belongs somewhere, and the places of a recipe's where it does; ("", ()) for none.

    Of things that come in several kinds the first one's counts; a recipe without such a place has the action anywhere.
    """
    for use in props:
        found = tuple(name for name in BELONGS.get(use.kinds[0], ()) if weights.get(name, 0.0) > 0.0)
        if found:
            return use.kinds[0], found
    return "", ()
