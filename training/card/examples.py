"""Example clips that lie in the page itself: strips of frames, and a few that play."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from ...generator.base.errors import UserError
from ...generator.dataset import Dataset, read_frames
from ...generator.video.read import fitted
from ...generator.video.write import write_video
from ..values import Array

MOST_STRIPS, MOST_FILMS = 12, 4
FRAMES, TILE_PX, FILM_PX = 8, 112, 192
TALLEST = 2
"""Times its width: of a taller picture the middle is shown."""

JPEG_QUALITY = 82

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Example:
    """A clip as data URIs: `strip` of FRAMES frames from first to last, `film` "" where it doesn't play."""

    name: str
    caption: str
    about: str
    strip: str
    film: str


def examples(data: Dataset, progress: Progress) -> list[Example]:
    """Clips of as many classes as may be, spread over the dataset. UserError when none of them can be read."""
    chosen = _chosen(data)
    found: list[Example] = []
    refused: list[str] = []
    for done, position in enumerate(chosen, 1):
        try:
            found.append(_example(data, position, film=len(found) < MOST_FILMS))
        except UserError as error:  # a broken clip is for `verify` to tell of
            refused.append(str(error))
        progress(done, len(chosen), "example clips")
    if refused and not found:
        raise UserError(f"none of {len(refused)} example clips can be shown; {refused[0]}")
    return found


def _chosen(data: Dataset) -> list[int]:
    """One clip of each of MOST_STRIPS classes, of each another number, so that they are not all of one person or split."""
    positions: dict[str, list[int]] = {}
    for position, row in enumerate(data.rows):
        positions.setdefault(row["action"], []).append(position)
    names = list(positions)
    picked = np.unique(np.linspace(0, len(names) - 1, min(len(names), MOST_STRIPS)).round().astype(int))
    return [positions[names[k]][n % len(positions[names[k]])] for n, k in enumerate(picked)]


def _example(data: Dataset, position: int, film: bool) -> Example:
    row, files = data.rows[position], data.files(position)
    frames = read_frames(files.video)
    who = f"{row.get('sex', '')}, {row['age_years']:.0f}" if "age_years" in row else ""
    about = ", ".join(filter(None, (row["split"], f"{len(frames) / row['fps']:.1f} s", who, row.get("backdrop", ""))))
    return Example(
        files.name, str(row.get("caption", "")), about, _jpeg(_strip(frames)), _film(frames, row["fps"]) if film else ""
    )


def _strip(frames: Array) -> Array:
    tiles = [fitted(_cut(frames[t]), TILE_PX) for t in np.linspace(0, len(frames) - 1, FRAMES).round().astype(int)]
    strip: Array = np.concatenate(tiles, 1)
    return strip


def _cut(frame: Array) -> Array:
    height, width = frame.shape[:2]
    spare = max(0, height - TALLEST * width)
    return frame[spare // 2 : height - (spare - spare // 2)]


def _jpeg(picture: Array) -> str:
    _, data = cv2.imencode(".jpg", np.ascontiguousarray(picture[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return _uri("image/jpeg", data.tobytes())


def _film(frames: Array, fps: float) -> str:
    """As an MP4 no wider than FILM_PX, so that a page of large clips stays small."""
    small = [fitted(_cut(frame), min(FILM_PX, frame.shape[1])) for frame in frames]
    height, width = (side - side % 2 for side in small[0].shape[:2])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        write_video(path, np.stack(small)[:, :height, :width], fps)
        return _uri("video/mp4", path.read_bytes())


def _uri(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"
