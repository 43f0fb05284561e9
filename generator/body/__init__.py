"""Body models: who performs."""

from __future__ import annotations

from typing import cast

from ..base.named import look_up
from .protocol import BODIES, BodyModel, ShapedBody

__all__ = ["BodyModel", "ShapedBody", "load_body"]


def load_body(name: str) -> BodyModel:
    """The body model called `name` (or at a dotted "module:function" that a person named), loaded once per process.

    Raises `errors.UserError` for an unknown name, and where the model's data is missing.
    """
    return cast(BodyModel, look_up("body", name, BODIES)())
