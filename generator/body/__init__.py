"""Body models: who performs."""

from __future__ import annotations

from typing import cast

from ..base.errors import resolve
from .protocol import BODIES, BodyModel, ShapedBody

__all__ = ["BodyModel", "ShapedBody", "load_body"]


def load_body(name: str) -> BodyModel:
    """The body model called `name` (or a dotted "module:function"), loaded once per process.

    Raises `errors.UserError` for an unknown name, and where the model's data is missing.
    """
    return cast(BodyModel, resolve("body", name, BODIES)())
