"""What filming one performance from several cameras costs, against as many clips of their own: processor seconds of one core.

    python benchmarks/views.py [--views 4] [--groups 4] [--size 256] [--repeats 2]

Drafts, frames and labels without those per pixel, nothing written. All are made several times in turn, and the least time of each
counts: other work on the machine only adds to it.
"""

from __future__ import annotations

import argparse
import os
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its idle threads spin, and would be counted

import cv2
from synapt.generator.base.cache import keep_compiled_code

keep_compiled_code()

from synapt.generator.checks.redraw import draw  # noqa: E402
from synapt.generator.dataset import Settings  # noqa: E402
from synapt.generator.names import recipe  # noqa: E402
from synapt.generator.pipeline import make_clip  # noqa: E402

ACTIONS = ("waving_a_hand", "walking", "drinking_water", "handshaking")
RECIPES = {"one person": (), "with bystanders": ("bystanders.share=1",)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in (("views", 4), ("groups", 4), ("size", 256), ("repeats", 2)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    for title, changes in RECIPES.items():
        known, digest = recipe("standard", changes)
        alone = Settings(known, 0, "anny", "raster", "draft", asked.size, asked.size, 15.0, digest)
        together = Settings(known, 0, "anny", "raster", "draft", asked.size, asked.size, 15.0, digest, "", asked.views)
        for action in ACTIONS:
            made = {"views": 1e9, "clips": 1e9}
            frames = {}
            for _ in range(asked.repeats + 1):  # the first one compiles and reads
                for name, settings in (("views", together), ("clips", alone)):
                    start = time.process_time()
                    clips = [make_clip(draw(settings, action, k), backend="raster", quality="draft")
                             for k in range(asked.groups * asked.views)]  # fmt: skip
                    seconds, frames[name] = time.process_time() - start, sum(len(clip.frames) for clip in clips)
                    made[name] = min(made[name], seconds / frames[name])
            ratio = made["views"] / made["clips"]
            print(
                f"{title}, {action}: {1e3 * made['views']:.1f} ms a frame in {asked.views} views, {1e3 * made['clips']:.1f} in "
                f"clips of their own: {ratio:.2f} of it",
                flush=True,
            )


if __name__ == "__main__":
    main()
