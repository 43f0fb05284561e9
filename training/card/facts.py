"""What a data card is made of: the index of a dataset as columns, and the boxes of its people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...generator.dataset import Dataset
from ..data.label_arrays import read_arrays
from ..values import Array

MOST_READ = 1500
"""Clips whose boxes are read, evenly spread over the index: more would not change a histogram."""

CELLS = 48
"""Of the map of where people are, a side."""

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Boxes:
    """Boxes of all who act. height, width (N,): shares of the picture, one for each person and frame in which they are seen.

    `where` (CELLS, CELLS): in which share of these frames somebody's box covers the place, row 0 at the top.
    """

    n_clips: int
    height: Array
    width: Array
    where: Array


def column(rows: Sequence[dict[str, Any]], name: str, everybody: bool = False) -> list[Any]:
    """What the clips that have it have in a column; of `everybody` who performs, not only the first."""
    names = [name, *(f"{role}_{name}" for role in "bcd")] if everybody else [name]
    return [row[own] for row in rows for own in names if row.get(own) is not None and row[own] == row[own]]


def boxes_of(data: Dataset, progress: Progress) -> Boxes:
    """Read from the labels. UserError for a broken file."""
    chosen = np.unique(np.linspace(0, len(data) - 1, min(len(data), MOST_READ)).round().astype(int)).tolist()
    size = np.array([data.header.settings.width_px, data.header.settings.height_px] * 2)
    sizes, where, n_frames = [np.zeros((0, 2))], np.zeros((CELLS, CELLS)), 0
    middles = (np.arange(CELLS) + 0.5) / CELLS
    for done, position in enumerate(chosen, 1):
        found = read_arrays(data.files(position).labels, ("box_px",)).get("box_px")
        if found is not None and found.size:
            box = found / size  # (T, people, 4)
            sizes.append((box[..., 2:] - box[..., :2])[np.isfinite(box).all(-1)])
            x = (box[..., :1] <= middles) & (middles <= box[..., 2:3])  # a box of NaN covers nothing
            y = (box[..., 1:2] <= middles) & (middles <= box[..., 3:])
            where += (y[..., :, None] & x[..., None, :]).any(1).sum(0)
            n_frames += len(box)
        progress(done, len(chosen), "reading labels")
    width, height = np.concatenate(sizes).T
    return Boxes(len(chosen), height, width, where / max(n_frames, 1))
