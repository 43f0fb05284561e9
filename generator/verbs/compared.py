"""A sheet of motion files: the skeleton of each take, and below it our person who does the same, from one camera."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from ..base.errors import UserError
from ..measure.side_by_side import side_by_side
from ..pipeline import make_scene
from ..recipes import load_recipe
from ..recordings import shelf
from ..recordings.gathering import Looked, all_of
from ..sampling import sample
from ..values import Array, ClipSpec, TakeSpec
from .sheets import Strip, contact_sheet, write_png

FPS, COLUMNS, TILE_PX = 10.0, 8, 160

_AZIMUTH_RAD = {1: 0.5, 2: 1.6}
"""Who is alone is seen from before, two from beside, so that both are."""

_STAND_INS = {1: "waiting", 2: "shaking_hands"}
"""How many people a take has -> an action of so many, for bodies, clothes, light and place."""


def write_comparison(looked: Looked, out: Path, n: int) -> Path:
    """Write a PNG of the first `n` takes; returns its path. UserError where none can be shown."""
    takes = islice((each for each in all_of(looked) if len(each[1].tracks) in _STAND_INS), n)
    pictures = [strip for title, take in takes for strip in _strips(title, take)]
    if not pictures:
        raise UserError("no take has anything to show: each is a pose that never moves, or of more than two people")
    return write_png(out, contact_sheet(pictures, COLUMNS, TILE_PX))


def _strips(title: str, take: TakeSpec) -> Iterator[Strip]:
    """Two rows of one take."""
    spec = _spec(take)
    scene = make_scene(spec)
    tracks, fps = shelf.tracks(take)
    frames = np.clip((take.start_s + np.arange(scene.n_frames) / FPS) * fps, 0, tracks[0].n_frames - 1)
    both = side_by_side(scene, tracks, frames, columns=COLUMNS)
    yield title, _cut(both[: len(both) // 2])
    yield "performed", _cut(both[len(both) // 2 :])


def _cut(row: Array) -> Array:
    """(COLUMNS, H, W, 3) of a row of pictures (H, COLUMNS W, 3)."""
    return np.stack(np.split(row, COLUMNS, axis=1))


def _spec(take: TakeSpec) -> ClipSpec:
    """A take as it is, by somebody, before a camera that stands still."""
    drawn = sample(_STAND_INS[len(take.tracks)], load_recipe("standard"), 0, 0, width_px=TILE_PX, height_px=TILE_PX, fps=FPS)
    performance = replace(
        drawn.performance, params={}, tempo=1.0, side="right", idle_before_s=0.0, idle_after_s=0.0, heading_rad=0.4, take=take
    )
    people = tuple(replace(one, style="neutral", amplitude=1.0) for one in drawn.performers)
    camera = replace(
        drawn.camera, azimuth_rad=_AZIMUTH_RAD[len(people)], elevation_rad=0.1, roll_rad=0.0, offset=(0.0, 0.0), fill=0.85,
        movement="static", movement_params={},
    )  # fmt: skip
    return replace(drawn, action="motion", performance=performance, performers=people, props=(), bystanders=(), camera=camera)
