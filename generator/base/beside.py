"""Modules of the user's own in the working directory: found there once a person has named them, never instead of others."""

from __future__ import annotations

import importlib
import sys
import traceback
from importlib.machinery import PathFinder
from importlib.util import find_spec
from pathlib import Path

from .reasons import words_for_author
from .shown import shown

_OURS = str(Path(__file__).parents[1])


def reach(module_name: str) -> str:
    """Make a module importable that is nowhere else but in the working directory; "", or a hint for when it can't be loaded.

    The folder goes to the end of the search path, so nothing in it takes the place of what is installed. Child processes work
    in the same folder, and come to the same answer.
    """
    top, here = module_name.partition(".")[0], str(Path.cwd())
    there = PathFinder.find_spec(top, [here])
    found = find_spec(top) if top not in sys.modules else sys.modules[top].__spec__
    if found is None and there is not None:
        sys.path.append(here)
        importlib.invalidate_caches()  # the file may be newer than what was listed of its folder
        return ""
    if found is None:
        return f": it is not installed, and no {top}.py lies in {here}; go to its folder, or name that in PYTHONPATH"
    if there is not None and there.origin and not (found.origin or "").startswith(here):
        return f": {found.origin or 'Python itself'} is called so, too; give your file another name than {top}.py"
    return ""


def told(error: Exception) -> str:
    """What an import raised, in one line, with file and line where it is in a module of the user's own."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{shown(error.filename)}:{error.lineno}: {shown(error.msg)}"
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.startswith(("<", _OURS, sys.base_prefix))
    ]
    said = words_for_author(error)
    return f"{shown(frames[-1].filename)}:{frames[-1].lineno}: {said}" if frames else said
