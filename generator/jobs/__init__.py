"""Many clips: worker processes, resuming, giving up on what cannot be made."""

from .render import remake, render_many
from .request import Outcome, Request
from .restore import restore

__all__ = ["Outcome", "Request", "remake", "render_many", "restore"]
