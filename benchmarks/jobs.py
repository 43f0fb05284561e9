"""Whole commands: clips and frames per second of `render_many` with one worker and with several, start-up included.

python benchmarks/jobs.py [--n 24] [--workers 1 2] [--backend raster] [--quality draft]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from synapt.generator.base.cache import keep_compiled_code
from synapt.generator.dataset import Settings, open_dataset
from synapt.generator.jobs import Request, render_many


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=24)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--backend", default="raster")
    parser.add_argument("--quality", default="draft")
    parser.add_argument("--size", type=int, default=256)
    options = parser.parse_args()
    keep_compiled_code()
    settings = Settings("standard", 0, "anny", options.backend, options.quality, options.size, options.size, 15.0)
    for workers in options.workers:
        with tempfile.TemporaryDirectory() as folder:
            request = Request(Path(folder, "data"), settings, ("waving_a_hand",), options.n, workers=workers)
            start = time.perf_counter()
            first: list[float] = []

            def note(done: int, total: int, word: str, start: float = start, first: list[float] = first) -> None:
                if done and not first:
                    first.append(time.perf_counter() - start)

            outcome = render_many(request, note)
            end = time.perf_counter() - start
            frames = sum(row["frames"] for row in open_dataset(request.root))
            # from the first clip on: what a long run costs
            rate = (outcome.made - 1) / (end - first[0])
            print(
                f"{workers} workers: first clip after {first[0]:.1f} s, {outcome.made} clips in {end:.1f} s, "
                f"then {rate:.2f} clips/s = {rate * frames / outcome.made:.0f} frames/s"
            )


if __name__ == "__main__":
    main()
