"""Renderers: the table of those there are, and the one instance of each per process."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from ..base.named import look_up
from ..values import Array, Quality, Scene

BACKENDS: dict[str, str] = {
    "blender": "synapt.generator.render.blender.backend:Blender",
    "raster": "synapt.generator.render.raster.backend:Raster",
    "pyrender": "synapt.generator.render.pyrender_gl:Pyrender",
}
"""Backend name -> "module:class"."""


class Backend(Protocol):
    """Paints the frames of a scene."""

    name: str

    def render(self, scene: Scene, quality: Quality) -> Array:
        """Frames (T, H, W, 3) uint8 sRGB."""
        ...


@cache
def find_backend(name: str) -> Backend:
    """The backend called `name` (or at a dotted "module:class" that a person named); UserError names the nearest for a typo."""
    backend: Backend = look_up("backend", name, BACKENDS)()
    return backend
