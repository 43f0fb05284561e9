"""Many clips: worker processes, resuming, giving up on what cannot be made."""

from .render import render_many
from .request import Outcome, Request

__all__ = ["Outcome", "Request", "render_many"]
