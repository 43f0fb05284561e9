"""How near drafts come to real video in what a camera does and shows: both pools measured alike, clip by clip.

    python benchmarks/realism.py REAL_VIDEOS [--recipe plain --recipe standard] [--actions 24] [--seeds 3] [--size 128]

Prints a table: medians of every folder of real clips and of every recipe, and each recipe's distance to all real clips together:
Wasserstein-1 in standard deviations of the real pool. Beside it, that of two random halves of the real pool and of its folders.
No person detector is needed: "the box" is that of what moves before the clip's median frame, in ours and real clips alike.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from scipy.stats import wasserstein_distance
from synapt.generator.actions import ACTIONS
from synapt.generator.base.cache import keep_compiled_code
from synapt.generator.base.errors import UserError
from synapt.generator.video.info import probe
from synapt.generator.video.read import decode, read_video
from synapt.generator.video.write import write_video

keep_compiled_code()

SUFFIXES = (".avi", ".mp4", ".mov", ".mkv", ".webm")
STEP_S = 1 / 6
MOST_FRAMES = 60
UNCHANGED = 1.0
"""Grey levels by which a pixel may differ and still count as unchanged."""

MOVED, LEAST_MOVED = 0.6, 10.0
"""So far from the median frame, in shares of the clip's contrast (and at least so many grey levels), something has moved there: a
flatter picture of the same person has the same box."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("real", type=Path)
    parser.add_argument("--recipe", action="append", default=[])
    parser.add_argument("--actions", type=int, default=24)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--size", type=int, default=128)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    real = {folder.name: [measured(*clip, options.size) for clip in clips_in(folder)] for folder in folders(options.real)}
    real = {name: rows for name, rows in real.items() if rows}
    ours = {
        recipe: [measured(*clip, options.size) for clip in drafts(recipe, options.actions, options.seeds, options.size)]
        for recipe in options.recipe or ["plain", "standard"]
    }
    print(table(real, ours))


def folders(root: Path) -> list[Path]:
    """The folders in `root`; of one that has none, itself."""
    return sorted(path for path in root.iterdir() if path.is_dir()) or [root]


def clips_in(folder: Path) -> Iterator[tuple[np.ndarray, float]]:
    """Frames (T, H, W, 3) and rate of every video below a folder, at most MOST_FRAMES frames from its middle."""
    for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES):
        try:
            info = probe(path)
            step = max(1, round(info.fps / 15.0))
            wanted = np.arange(0, info.n_frames, step)
            first = max(0, (len(wanted) - MOST_FRAMES) // 2)
            yield decode(path, wanted[first : first + MOST_FRAMES], 256), info.fps / step
        except UserError as error:
            print(f"left out: {error}")


def drafts(recipe: str, n_actions: int, n_seeds: int, size: int) -> Iterator[tuple[np.ndarray, float]]:
    """Draft clips of a recipe as they lie on disk, of actions spread over the library."""
    from synapt.generator.pipeline import make_clip
    from synapt.generator.recipes import load_recipe
    from synapt.generator.sampling import sample

    names = sorted(ACTIONS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        for name in (names[k * len(names) // n_actions] for k in range(n_actions)):
            for seed in range(n_seeds):
                spec = sample(name, load_recipe(recipe), seed, seed, width_px=size, height_px=size)
                write_video(path, make_clip(spec, backend="raster", quality="draft").frames, spec.fps)
                yield read_video(path), spec.fps


def measured(frames: np.ndarray, fps: float, height: int) -> dict[str, float]:
    """Every measure of one clip, at `height` px."""
    width = round(frames.shape[2] * height / frames.shape[1])
    if frames.shape[1] != height:
        frames = np.stack([cv2.resize(frame, (width, height), interpolation=cv2.INTER_AREA) for frame in frames])
    luma = frames.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    boxes = moving_boxes(luma)
    saturation = np.stack([cv2.cvtColor(frame, cv2.COLOR_RGB2HSV)[..., 1] for frame in frames])
    inside = [(t, slice(y0, y1), slice(x0, x1)) for t, (x0, y0, x1, y1) in boxes]
    found = {
        "luminance": luma.mean(),
        "contrast": np.mean([image.std() for image in luma]),
        "saturation": saturation.mean(),
        "saturation in the box": median(saturation[at].mean() for at in inside),
        "luminance in the box": median(luma[at].mean() for at in inside),
        "noise (Immerkaer)": median(immerkaer(image) for image in luma[::4]),
        "edge sharpness in the box": median(sharpness(luma[at]) for at in inside[::4]),
        "temporal noise on static ground": temporal_noise(luma),
        "pixels unchanged after 1/6 s, %": unchanged(luma, fps),
        "background flow, % of height / s": background_flow(luma, boxes, fps),
        "power spectrum, slope": median(slope(image) for image in luma[::8]),
        "box height, share of the frame": median((y1 - y0) / height for _, (_, y0, _, y1) in boxes),
    }
    return {name: float(value) for name, value in found.items()}


def median(values: Iterator[float]) -> float:
    """NaN of none."""
    every = [value for value in values if np.isfinite(value)]
    return float(np.median(every)) if every else np.nan


def moving_boxes(luma: np.ndarray) -> list[tuple[int, tuple[int, int, int, int]]]:
    """(frame, x0, y0, x1, y1) round the largest thing that moves before the median frame, where one is large enough."""
    still, found = np.median(luma, axis=0), []
    moved = max(MOVED * float(np.mean([image.std() for image in luma])), LEAST_MOVED)
    for t, image in enumerate(luma):
        mask = cv2.morphologyEx((np.abs(image - still) > moved).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
        _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
        if len(stats) > 1:
            x, y, w, h, area = max(stats[1:], key=lambda row: row[4])
            if area > 0.004 * image.size:
                found.append((t, (x, y, x + w, y + h)))
    return found


def immerkaer(image: np.ndarray) -> float:
    """Standard deviation of noise by J. Immerkaer, "Fast noise variance estimation" (1996)."""
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    return float(np.sqrt(np.pi / 2) / 6 * np.abs(cv2.filter2D(image, cv2.CV_32F, kernel)[1:-1, 1:-1]).mean())


def sharpness(image: np.ndarray) -> float:
    """The steepest edges' second difference over their first: less of softer edges, whatever their contrast."""
    if min(image.shape) < 8:
        return np.nan
    first = np.hypot(cv2.Sobel(image, cv2.CV_32F, 1, 0, scale=1 / 8), cv2.Sobel(image, cv2.CV_32F, 0, 1, scale=1 / 8))
    second = np.abs(cv2.Laplacian(image, cv2.CV_32F))
    return float(np.percentile(second, 97) / max(np.percentile(first, 97), 1.0))


def temporal_noise(luma: np.ndarray) -> float:
    """Mean change from frame to frame of the stiller half of the pixels, as a standard deviation."""
    if len(luma) < 3:
        return np.nan
    steps = np.abs(np.diff(luma, axis=0)).mean(axis=0)
    return float(np.sqrt(np.pi) / 2 * steps[steps <= np.median(steps)].mean())


def unchanged(luma: np.ndarray, fps: float) -> float:
    """Percentage of pixels that are the same a sixth of a second later, but for a grey level."""
    gap = max(1, round(STEP_S * fps))
    return float(100 * (np.abs(luma[gap:] - luma[:-gap]) < UNCHANGED).mean()) if len(luma) > gap else np.nan


def background_flow(luma: np.ndarray, boxes: list[tuple[int, tuple[int, int, int, int]]], fps: float) -> float:
    """How fast what lies outside the box moves (Farneback), percent of the height a second."""
    gap, known = max(1, round(STEP_S * fps)), dict(boxes)
    picks = list(range(0, len(luma), max(gap, len(luma) // 6)))
    found = []
    for a, b in pairwise(picks):
        b = min(b, a + gap)
        flow = cv2.calcOpticalFlowFarneback(luma[a].astype(np.uint8), luma[b].astype(np.uint8), None, 0.5, 3, 15, 3, 5, 1.2, 0)
        outside = np.ones(luma.shape[1:], bool)
        x0, y0, x1, y1 = known.get(a, (0, 0, 0, 0))
        outside[y0:y1, x0:x1] = False
        if outside.any():
            found.append(100 * np.median(np.linalg.norm(flow, axis=-1)[outside]) * fps / (b - a) / luma.shape[1])
    return median(iter(found))


def slope(image: np.ndarray) -> float:
    """Exponent of the power spectrum over spatial frequency, between 4 cycles a picture and a third of a cycle a pixel."""
    size = min(image.shape)
    patch = image[(image.shape[0] - size) // 2 :, (image.shape[1] - size) // 2 :][:size, :size]
    window = np.hanning(size)
    power = np.abs(np.fft.fftshift(np.fft.fft2((patch - patch.mean()) * np.outer(window, window)))) ** 2
    away = np.hypot(*(np.mgrid[:size, :size] - size // 2)).astype(int).ravel()
    rings = np.bincount(away, power.ravel()) / np.maximum(np.bincount(away), 1)
    cycles = np.arange(4, size // 3)
    return float(np.polyfit(np.log(cycles), np.log(rings[cycles] + 1e-6), 1)[0])


def table(real: dict[str, list[dict[str, float]]], ours: dict[str, list[dict[str, float]]]) -> str:
    """The table in Markdown."""
    pool = [row for rows in real.values() for row in rows]
    shuffled = np.random.default_rng(0).permutation(len(pool))
    half = [pool[k] for k in shuffled[::2]], [pool[k] for k in shuffled[1::2]]
    distances = {f"{recipe} - real": (rows, pool) for recipe, rows in ours.items()}
    distances |= {f"{a} - {b}": (real[a], real[b]) for a, b in pairwise(list(real)[:2])} | {"halves of real": half}
    heads = ["", *(f"{name} ({len(rows)})" for name, rows in (real | ours).items()), *distances]
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for name in pool[0]:
        spread = np.nanstd([row[name] for row in pool])
        cells = [f"{np.nanmedian([row[name] for row in rows]):.3g}" for rows in (real | ours).values()]
        cells += [f"{distance(a, b, name) / max(spread, 1e-9):.2f}" for a, b in distances.values()]
        lines.append("| " + " | ".join([name, *cells]) + " |")
    return "\n".join(lines)


def distance(one: list[dict[str, float]], other: list[dict[str, float]], name: str) -> float:
    """Wasserstein-1 between two pools' values of a measure."""
    a, b = ([row[name] for row in rows if np.isfinite(row[name])] for rows in (one, other))
    return float(wasserstein_distance(a, b)) if a and b else np.nan


if __name__ == "__main__":
    main()
