"""Where it happens: the table of backdrops, and their making from a spec and the view that they must suit."""

from __future__ import annotations

from ..base.errors import UserError, nearest
from ..values import BackdropSpec
from . import outdoor, room, studio
from .places import PLACES
from .scenery import Builder, Surroundings
from .view import View

BACKDROPS: dict[str, Builder] = {"outdoor": outdoor.build, "room": room.build, "studio": studio.build, **PLACES,
                                 **{purpose: room.build for purpose in room.PURPOSES}}  # fmt: skip
"""Backdrop kind -> builder. A new one is a function in a file of its own and a line here, or in `places`."""


def backdrop(spec: BackdropSpec, view: View) -> Surroundings:
    """What is round the performance. Raises UserError for an unknown kind."""
    if spec.kind not in BACKDROPS:
        raise UserError(f"unknown backdrop '{spec.kind}': {nearest(spec.kind, BACKDROPS)}")
    return BACKDROPS[spec.kind](spec, view)
