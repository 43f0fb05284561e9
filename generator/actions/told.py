"""What went wrong in a choreography, as its author wants to hear it: the file, the line, and what there is to choose from."""

from __future__ import annotations

import inspect
import re
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from ..base.errors import UserError, nearest
from ..base.reasons import words_for_author
from ..base.shown import shown
from ..motion import crawl, gait, jump, limbs, score, timing

_ENGINE = Path(score.__file__).parent
_UNKNOWN = re.compile(r"([\w.]+)\(\) got an unexpected keyword argument '(\w+)'")


def told(error: Exception, action: str) -> UserError:
    """The line to show for what a choreography raised, or what the engine raised of it."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).parent != _ENGINE and not frame.filename.startswith("<")  # what dataclasses wrote for themselves
    ]
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "its choreography"
    said = words_for_author(error)
    return UserError(f"action '{action}': {shown(place)}: {said}{_offered(said)}")


def _offered(said: str) -> str:
    """For a call with an argument that there is not, those that there are."""
    found = _UNKNOWN.search(said)
    function = _functions().get(found[1]) if found else None
    if not found or function is None:
        return ""
    known = [name for name in inspect.signature(function).parameters if name not in ("self", "s")]
    return f": {nearest(found[2], known)} ({found[1]} takes {', '.join(known)})"


def _functions() -> dict[str, Callable[..., object]]:
    """Everything that a choreography calls, by the name that Python gives it in its complaints."""
    found: dict[str, Callable[..., object]] = {}
    for module in (score, limbs, timing, gait, jump, crawl):
        found |= {name: thing for name, thing in vars(module).items() if inspect.isfunction(thing)}
        for thing in _classes(module):
            found |= {f"{thing.__name__}.{name}": method for name, method in vars(thing).items() if inspect.isfunction(method)}
    return found


def _classes(module: ModuleType) -> list[type]:
    return [thing for thing in vars(module).values() if inspect.isclass(thing) and thing.__module__ == module.__name__]
