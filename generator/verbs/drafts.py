"""Actions at a glance: clips drafted in this process, as they are drawn or from views that are asked for."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ..base.errors import UserError, nearest
from ..values import ClipSpec
from .overlay import passes, titled
from .sheets import LABEL_PX, MOST_LABELLED, TILE_PX, Strip, check_count, kept, write_both

VIEWS = {"front": 0.0, "side": math.pi / 2, "back": math.pi, "left": math.pi / 2, "right": -math.pi / 2}
"""Name of a view -> azimuth from which it is filmed, in radians; left and right are the person's own, side is from the left."""


def views(text: str) -> tuple[str, ...]:
    """Names of views from "front,side". UserError for an unknown one."""
    words = tuple(dict.fromkeys(word.strip().lower() for word in text.split(",") if word.strip()))
    for word in words:
        if word not in VIEWS:
            raise UserError(f"unknown view '{word}': {nearest(word, VIEWS)}")
    return words


def seen_from(spec: ClipSpec, view: str) -> ClipSpec:
    """The same clip filmed by a level camera that stands still on this side of it."""
    camera = replace(
        spec.camera, azimuth_rad=VIEWS[view], elevation_rad=0.0, roll_rad=0.0, offset=(0.0, 0.0), movement="static",
        movement_params={}, other_azimuths_rad=(),
    )  # fmt: skip
    return replace(spec, camera=camera)


def preview_actions(
    actions: Sequence[str],
    n: int,
    seed: int,
    recipe: str,
    out: Path,
    size_px: tuple[int, int] = (192, 192),
    seen: Sequence[str] = (),
    labels: Collection[str] = (),
) -> list[Path]:
    """Sheet and animation of `n` draft clips of each action, or of each from every view of `seen`; `size_px`: width, height.

    With `labels`, names that `overlay` knows, they are drawn on the frames, a row each.
    """
    from ..pipeline import make_clip
    from ..recipes import load_recipe
    from ..sampling import sample

    check_count(n)
    shown = n * len(actions) * max(1, len(seen))
    if labels and shown > MOST_LABELLED:
        raise UserError(f"{shown} clips with their labels: a sheet shows up to {MOST_LABELLED}, lower --n or name fewer actions")
    fps = 15.0
    drawn = (
        sample(action, load_recipe(recipe), seed, index, width_px=size_px[0], height_px=size_px[1], fps=fps)
        for action in actions
        for index in range(n)
    )
    strips: list[Strip] = []
    for each in drawn:
        for title, spec in _filmed(each, seen):
            clip = make_clip(spec, backend="raster", quality="draft", dense=passes(labels))
            strips += kept(titled(clip, labels, LABEL_PX, title), len(strips)) if labels else [(title, clip.frames)]
    return write_both(strips, out, fps, LABEL_PX if labels else TILE_PX)


def _filmed(spec: ClipSpec, seen: Sequence[str]) -> Iterator[tuple[str, ClipSpec]]:
    """A clip as it is, or from each view, with its title."""
    if not seen:
        yield spec.name, spec
    for view in seen:
        yield f"{spec.name} {view}", seen_from(spec, view)
