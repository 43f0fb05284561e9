"""How much memory one worker holds over many clips: short, small clips of one action, made and rendered in turn.

    python benchmarks/memory.py [--n 500] [--action waving] [--backend blender] [--every 25]

Prints resident megabytes every few clips; the second half of the run must not hold more than the first.
"""

from __future__ import annotations

import argparse
import os
import time

import psutil
from synapt.generator.base.errors import UserError
from synapt.generator.pipeline import make_clip
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample


def main() -> None:
    """Make the clips and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n", type=int, default=500)
    parser.add_argument("--action", default="waving")
    parser.add_argument("--backend", default="blender")
    parser.add_argument("--every", type=int, default=25)
    options = parser.parse_args()
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
