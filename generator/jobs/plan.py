"""What a render is going to do, in a few lines, before it does it; nothing is written for it."""

from __future__ import annotations

from dataclasses import replace

from ..actions import class_name
from ..base.files import folder_to_write
from ..dataset.format import header_path
from ..dataset.listing import complete
from .request import Request
from .restore import header_of
from .shelf import check_folder
from .workplace import HERE


def plan(request: Request) -> list[str]:
    """Lines on how many clips are there and to be made, how they are rendered, by how many processes, and where they go.

    UserError where `render_many` would refuse the folder: it holds other things, clips of other settings, or can't be written.
    """
    root, settings = request.root, request.settings
    check_folder(root)
    folder_to_write(root)
    if header_path(root).is_file():
        header = header_of(root, settings)
        request = replace(request, dense=tuple(dict.fromkeys((*header.dense, *request.dense))))
    there = 0
    for name in map(class_name, request.actions):
        there += len(complete(root, name, request.dense).intersection(request.shard.indices(name, request.n)))
    total = request.n_clips
    n, workplace = len(request.actions), request.workplace or HERE
    workers = request.workers or workplace.count(request)
    shard = "" if request.shard.is_whole else f", {total:,} of them in shard {request.shard}"
    labels = f", labels per pixel: {', '.join(request.dense)}" if request.dense else ""
    return [
        f"plan: {n} action{'s' if n > 1 else ''} x {_clips(request)} = {request.n * n:,}{shard}; {there:,} there, "
        f"{total - there:,} to make",
        f"{settings.quality} by {settings.backend}, {settings.width_px}x{settings.height_px} at {settings.fps:g} frames/s, "
        f"recipe {settings.recipe}, seed {settings.seed}{labels}",
        f"{workplace.words(workers)}; writes to {root}",
    ]


def _clips(request: Request) -> str:
    """Clips of an action, in words."""
    grouping = request.settings.grouping
    if grouping.size == 1:
        return f"{request.n:,} clips"
    parts = [f"{number} of {name}" for name, number in grouping.twins]
    parts += [f"{grouping.views} views"] if grouping.views > 1 else []
    return f"{request.n // grouping.size:,} performances x {' x '.join(parts)}"
