"""Contact sheets and animations: what a dataset or an action looks like at a glance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from ..base.errors import UserError
from ..base.files import appearing, fitting
from ..base.fonts import runs
from ..base.shown import shown
from ..dataset import open_dataset, read_frames
from ..dataset.folders import collection, is_dataset
from ..values import Array
from ..video.read import fitted, glance

COLUMNS = 8
"""Frames of a clip on a sheet, evenly spread over its length."""

TILE_PX = 160
"""Width of a frame on sheets and in animations."""

LABEL_PX = 256
"""Width of a frame that a label is drawn on: large enough to see joints."""

MOST_LABELLED = 12
"""Clips whose labels are drawn on one sheet, up to nine rows each."""

MOST_FRAMES = 96
"""Of a video that isn't ours, which may last hours."""

TALLEST = 4
"""Times its width, a tile is no higher."""

MOST_PROBLEMS = 8
"""Videos that can't be shown are told one by one, so many of them."""

ANIMATED = 16
"""Clips in an animation; of the others only the frames on the sheet are kept."""

_CAPTION_PX = 18
_INK, _PAPER = (20, 20, 20), 245

Strip = tuple[str, Array]
"""Caption and frames (T, H, W, 3) uint8 of one clip."""


def contact_sheet(strips: Sequence[Strip], columns: int = COLUMNS, tile_px: int = TILE_PX) -> Array:
    """(H, W, 3) uint8: one row per clip, frames from first to last, its caption above."""
    rows = []
    for caption, frames in strips:
        tiles = [_tile(frames[t], tile_px) for t in spread(len(frames), columns)]
        picture = np.concatenate(tiles, axis=1)
        rows += [_caption(caption, picture.shape[1]), picture]
    width = max(row.shape[1] for row in rows)
    return np.concatenate([np.pad(r, ((0, 0), (0, width - r.shape[1]), (0, 0)), constant_values=_PAPER) for r in rows])


def spread(n_frames: int, columns: int) -> Array:
    """Numbers of frames, evenly spread from the first to the last."""
    return np.linspace(0, n_frames - 1, columns).round().astype(int)


def _tile(frame: Array, tile_px: int) -> Array:
    """A frame at the width of a tile; one that would be TALLEST times as high is made to fit, on paper."""
    height, width = frame.shape[:2]
    if height <= TALLEST * width:
        return fitted(frame, tile_px)
    narrow = fitted(frame, max(1, TALLEST * tile_px * width // height))[: TALLEST * tile_px]
    left = (tile_px - narrow.shape[1]) // 2
    return np.pad(narrow, ((0, 0), (left, tile_px - narrow.shape[1] - left), (0, 0)), constant_values=_PAPER)


def animation(strips: Sequence[Strip], tile_px: int = TILE_PX) -> Array:
    """(T, H, W, 3) uint8: the clips playing side by side; shorter ones start again."""
    columns = min(len(strips), 4)
    length = max(len(frames) for _, frames in strips)
    tile_h = max(_tile(frames[0], tile_px).shape[0] for _, frames in strips) + _CAPTION_PX
    empty = np.full((tile_h, tile_px, 3), _PAPER, np.uint8)
    pictures = []
    for t in range(length):
        tiles = []
        for caption, frames in strips:
            tile = np.concatenate([_caption(caption, tile_px), _tile(frames[t % len(frames)], tile_px)])
            tiles.append(np.pad(tile, ((0, tile_h - len(tile)), (0, 0), (0, 0)), constant_values=_PAPER))
        tiles += [empty] * (-len(tiles) % columns)
        rows = [np.concatenate(tiles[i : i + columns], axis=1) for i in range(0, len(tiles), columns)]
        pictures.append(np.concatenate(rows))
    return np.stack(pictures)


@cache
def _caption(text: str, width_px: int) -> Array:
    from PIL import Image, ImageDraw

    bar = Image.new("RGB", (width_px, _CAPTION_PX), (_PAPER,) * 3)
    pen, x = ImageDraw.Draw(bar), 4.0
    for part, file in runs(shown(text)):
        pen.text((x, 13), part, font=_font(file), fill=_INK, anchor="ls")
        x += _font(file).getlength(part)
    return np.asarray(bar)


@cache
def _font(file: str) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(file, 12)


def write_png(path: Path, picture: Array) -> Path:
    """Write (H, W, 3) uint8 sRGB; returns the path."""
    _, data = cv2.imencode(".png", np.ascontiguousarray(picture[..., ::-1]))
    with appearing(path) as temporary:
        temporary.write_bytes(data.tobytes())
    return path


def write_gif(path: Path, frames: Array, fps: float) -> Path:
    """Write frames (T, H, W, 3) uint8 as a GIF that loops; returns the path."""
    from PIL import Image

    # one palette for all frames: colours don't flicker, and the file is smaller
    palette = Image.fromarray(np.concatenate(list(frames[:: max(1, len(frames) // 6)]))).quantize(256, dither=Image.Dither.NONE)
    images = [Image.fromarray(frame).quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    with appearing(path) as temporary:
        images[0].save(temporary, format="GIF", save_all=True, append_images=images[1:], duration=round(1000 / fps), loop=0)
    return path


def preview_dataset(path: Path, n: int, out: Path | None, say: Callable[[str], None] = lambda line: None) -> list[Path]:
    """Sheet and animation of the first `n` clips of each class of a dataset or a folder of CLASS/CLIP.mp4, or of one video.

    They go to `out` (.png and .gif; by default `preview` in the dataset, NAME-preview beside the video, or here for a folder).
    `say` is told what was left out, and which videos cannot be shown. Raises UserError when there is nothing to show.
    """
    check_count(n)
    if path.is_file():
        try:
            strip = (path.stem, glance(path, TILE_PX, MOST_FRAMES))
        except UserError as error:
            raise UserError(
                f"{path} is not a video that can be shown: name one, a folder of CLASS/CLIP.mp4 or a dataset ({error})"
            ) from error
        return write_both([strip], out or path.with_name(_beside(path.stem)), 15.0)
    if not path.is_dir():
        what = "is a pipe, socket or device, not a regular file" if path.exists() else "is not there"
        raise UserError(f"{path} {what}: name a dataset, a video, or a folder of CLASS/CLIP.mp4")
    if not is_dataset(path):
        strips = _shown(_first_of_classes(path, n, say), lambda video: glance(video, TILE_PX, MOST_FRAMES), path, say)
        return write_both(strips, out or Path(_beside(path.resolve().name)), 15.0)
    data = open_dataset(path)
    chosen = [(Path(row["file_name"]).stem, path / row["file_name"]) for row in data if row["index"] < n]
    if not chosen:
        raise UserError(f"{path} has no clips with an index below {n}: render some with `synapt render`")
    strips = _shown(chosen, read_frames, path, say)
    return write_both(strips, out or path / "preview", data.header.settings.fps)


def _beside(name: str) -> str:
    """What a sheet and an animation of something called `name` are called, without their suffixes."""
    return fitting(name, "-preview.gif").removesuffix(".gif")


def _shown(
    videos: Iterable[tuple[str, Path]], read: Callable[[Path], Array], root: Path, say: Callable[[str], None]
) -> list[Strip]:
    """The strips of titled videos that can be read; `say` is told of each that can't. UserError when none can."""
    strips: list[Strip] = []
    problems: list[str] = []
    for title, video in videos:
        try:
            frames = read(video)
            strips.append((title, frames if len(strips) < ANIMATED else frames[spread(len(frames), COLUMNS)]))
        except UserError as error:
            problems.append(str(error))
    if not strips:
        told = [f"none of the {len(problems)} videos of {root} can be shown", *problems[:MOST_PROBLEMS]]
        raise UserError("; ".join(told))
    for line in problems[:MOST_PROBLEMS]:
        say(f"not shown: {line}")
    if len(problems) > MOST_PROBLEMS:
        say(f"not shown: {len(problems) - MOST_PROBLEMS} more that cannot be read")
    return strips


def check_count(n: int) -> None:
    """Raise UserError unless there is a clip to show."""
    if n < 1:
        raise UserError(f"n is {n}: ask for at least 1 clip")


def _first_of_classes(root: Path, n: int, say: Callable[[str], None]) -> Iterator[tuple[str, Path]]:
    """Title and path of the first `n` videos of each class, also where the classes lie in train, val and test."""
    found = collection(root)
    if not found.classes:
        told = f"; left out: {found.left_out}" if found.left_out else ""
        raise UserError(f"{root} is neither a dataset nor a folder of CLASS/CLIP.mp4{told}: name one of these, or a video")
    if found.left_out:
        say(f"left out of {root}: {found.left_out}")
    for name in found.classes:
        videos = [video for classes in found.parts.values() for video in classes.get(name, ())]
        for video in videos[:n]:
            yield video.stem if video.stem.startswith(name) else f"{name}: {video.stem}", video


def kept(strips: Iterable[Strip], before: int) -> list[Strip]:
    """Strips as they are to be kept after `before` others: whole in the animation, else only the frames on the sheet."""
    return [
        (title, frames if before + k < ANIMATED else frames[spread(len(frames), COLUMNS)])
        for k, (title, frames) in enumerate(strips)
    ]


def write_both(strips: Sequence[Strip], out: Path, fps: float, tile_px: int = TILE_PX) -> list[Path]:
    """Write animation and sheet of clips as `out`.gif and `out`.png; returns their paths."""
    stem = out.with_suffix("") if out.suffix in (".png", ".gif") else out
    film = write_gif(stem.with_name(fitting(stem.name, ".gif")), animation(strips[:ANIMATED], tile_px), fps)
    return [film, write_png(stem.with_name(fitting(stem.name, ".png")), contact_sheet(strips, tile_px=tile_px))]
