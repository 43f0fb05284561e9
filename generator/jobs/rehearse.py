"""Actions of the user's own are tried before anything is made: a slip is one line, and not one set-aside clip after another."""

from __future__ import annotations

from collections.abc import Collection

from ..actions import action_of, source_of
from ..base.errors import UserError
from ..base.reasons import reason_of
from ..checks.redraw import draw
from ..dataset import Settings
from ..labels.captions import deed
from ..pipeline import make_scene
from ..recordings.classes import is_motion


def rehearse(actions: Collection[str], settings: Settings) -> None:
    """Perform the first clip of each action (canonical names) that is the user's own, and of the first recorded class, without
    pixels. UserError for a slip."""
    recorded = [name for name in actions if is_motion(name)]
    for name in (*(name for name in actions if source_of(name) and name not in recorded), *recorded[:1]):
        spec = draw(settings, name, 0)
        make_scene(spec)
        shown = action_of(spec)
        for words in (shown.caption, *shown.wordings):
            try:
                deed(words, spec)
            except (LookupError, ValueError) as error:
                raise UserError(
                    f"action '{spec.action}': its caption '{words}' cannot be filled ({reason_of(error)}): in braces stand "
                    "side, possessive, reflexive and the names of its parameters and objects"
                ) from error
