"""Where it happens: the table of backdrops, and their making from a spec and the view that they must suit."""

from __future__ import annotations

from ..errors import UserError, nearest
from ..values import BackdropSpec, Mesh
from . import outdoor
from .scenery import Builder
from .view import View

BACKDROPS: dict[str, Builder] = {"outdoor": outdoor.build}
"""Backdrop kind -> builder. A new one is a function in a file of its own and a line here."""

OPEN_AIR = ("outdoor",)
"""Kinds that show the environment map as their sky."""


def backdrop(spec: BackdropSpec, view: View) -> tuple[Mesh, ...]:
    """Static meshes round the performance. Raises UserError for an unknown kind."""
    if spec.kind not in BACKDROPS:
        raise UserError(f"unknown backdrop '{spec.kind}': {nearest(spec.kind, BACKDROPS)}")
    return BACKDROPS[spec.kind](spec, view)
