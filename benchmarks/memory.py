"""How much memory one worker holds over many clips, or while it caches a long film.

    python benchmarks/memory.py [--n 500] [--action waving] [--backend blender] [--every 25]
    python benchmarks/memory.py --film 2 20

Short, small clips of one action, made and rendered in turn: prints resident megabytes every few clips; the second half of the
run must not hold more than the first. With --film, films of so many minutes are put into the cache of frames, each by a process
of its own: prints the most that it held beyond what it began with, which must not grow with the film.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil
from synapt.generator.base.errors import UserError
from synapt.generator.pipeline import make_clip
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample


def cache_film(minutes: float) -> None:
    """Cache a film of 160 x 128 pixels, 25 frames/s, and report."""
    from synapt.generator.video.write import write_video
    from synapt.training.data.cache import FrameCache
    from synapt.training.data.reading import stretch
    from synapt.training.values import Item

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "film.mp4")
        frame = np.random.default_rng(0).integers(0, 255, (128, 160, 3), np.uint8)
        write_video(path, np.broadcast_to(frame, (int(minutes * 60 * 25), *frame.shape)), 25.0)
        item, begun = Item("film", path, 0), psutil.Process().memory_info().rss / 2**20
        cache = FrameCache.opened(128, Path(folder, "frames"), max_bytes=10**11)
        frames = cache.frames(item, np.arange(8), stretch(item))
        size_mb = sum(file.stat().st_size for file in Path(folder, "frames").iterdir()) / 2**20
    assert len(frames) == 8
    print(f"{minutes:5g} minutes  {size_mb:7.1f} MB of frames  {held_mb() - begun:7.1f} MB held at most")


def held_mb() -> float:
    """The most that this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def main() -> None:
    """Make the clips, or cache films, and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n", type=int, default=500)
    parser.add_argument("--action", default="waving")
    parser.add_argument("--backend", default="blender")
    parser.add_argument("--every", type=int, default=25)
    parser.add_argument("--film", type=float, nargs="+", metavar="MINUTES")
    options = parser.parse_args()
    for minutes in options.film or ():
        child = multiprocessing.get_context("spawn").Process(target=cache_film, args=(minutes,))
        child.start()
        child.join()
    if options.film:
        return
    held: list[float] = []
    recipe = load_recipe("standard")
    process, start = psutil.Process(), time.perf_counter()
    for i in range(options.n):
        spec = sample(options.action, recipe, 0, i, width_px=64, height_px=64, fps=1.0)
        try:
            make_clip(spec, backend=options.backend, quality="draft", dense=("mask", "depth"))
        except UserError as error:  # `synapt render` would set it aside and go on
            print(f"clip {i + 1:4d}  {error}", flush=True)
        held.append(process.memory_info().rss / 2**20)
        if (i + 1) % options.every == 0:
            print(f"clip {i + 1:4d}  {held[-1]:7.1f} MB  {time.perf_counter() - start:7.1f} s", flush=True)
    half = len(held) // 2
    print(f"most in the first half {max(held[:half]):.1f} MB, in the second {max(held[half:]):.1f} MB", flush=True)
    os._exit(0)  # Blender may hang in Python's finalisation


if __name__ == "__main__":
    main()
