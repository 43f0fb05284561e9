"""How much more a clip of two people costs than one of one: processor milliseconds per frame, stage by stage, and their ratio.

All that a clip costs is counted, from its spec to its files, with the labels that are always written.

    python benchmarks/people.py [--clips 3] [--repeats 2] [--size 128] [--fps 15] [--backend raster] [--quality draft]

For the standard tier: --backend blender --quality standard --fps 2. Each clip is made several times, and the least time of each
stage counts: other work on the machine only adds to it.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar, get_args

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its idle threads spin, and would be counted

import cv2
from synapt.generator.base.cache import keep_compiled_code

keep_compiled_code()

from synapt.generator.dataset import write_clip  # noqa: E402
from synapt.generator.labels.label import label, passes_needed  # noqa: E402
from synapt.generator.labels.passes import trace  # noqa: E402
from synapt.generator.pipeline import make_scene  # noqa: E402
from synapt.generator.recipes import load_recipe  # noqa: E402
from synapt.generator.render import find_backend  # noqa: E402
from synapt.generator.sampling import sample  # noqa: E402
from synapt.generator.sensor.develop import develop  # noqa: E402
from synapt.generator.sensor.develop import passes_needed as for_the_sensor  # noqa: E402
from synapt.generator.values import Clip, ClipSpec, Quality  # noqa: E402

ONE = ("waving_a_hand", "drinking_water", "walking")
TWO = ("talking_to_each_other", "handshaking", "hugging_each_other", "walk_hold_hands")
STAGES = ("scene", "render", "develop", "labels", "write")

T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in (("clips", 3), ("repeats", 2), ("size", 128)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--fps", type=float, default=15.0)
    parser.add_argument("--backend", default="raster")
    parser.add_argument("--quality", default="draft", choices=get_args(Quality))
    options = parser.parse_args()
    cv2.setNumThreads(1)
    means = {}
    for name, actions in (("one", ONE), ("two", TWO)):
        rows = {action: per_frame(action, options) for action in actions}
        for action, row in rows.items():
            print(f"{action:24s}" + "".join(f"{stage:>9s} {1e3 * row[stage]:6.2f}" for stage in (*STAGES, "all")), flush=True)
        means[name] = {stage: sum(row[stage] for row in rows.values()) / len(rows) for stage in (*STAGES, "all")}
    for stage in (*STAGES, "all"):
        one, two = means["one"][stage], means["two"][stage]
        print(f"{stage:8s} one {1e3 * one:8.2f} ms/frame, two {1e3 * two:8.2f}: {two / one:.2f} times")


def per_frame(action: str, options: argparse.Namespace) -> dict[str, float]:
    """Seconds of the processor per frame: the mean over clips of the least of several times."""
    recipe, total, frames = load_recipe("standard"), dict.fromkeys(STAGES, 0.0), 0
    for index in range(options.clips):
        spec = sample(action, recipe, 0, index, width_px=options.size, height_px=options.size, fps=options.fps)
        runs = [timed(spec, options) for _ in range(options.repeats + (index == 0))]  # the first of all warms up
        frames += runs[0][1]
        for stage in STAGES:
            total[stage] += min(run[0][stage] for run in runs)
    return {stage: total[stage] / frames for stage in STAGES} | {"all": sum(total.values()) / frames}


def timed(spec: ClipSpec, options: argparse.Namespace) -> tuple[dict[str, float], int]:
    """Seconds by stage of one making of a clip, and its frames."""
    scene, scene_s = spent(lambda: make_scene(spec))
    painted, render_s = spent(lambda: find_backend(options.backend).render(scene, options.quality))
    traced, trace_s = spent(lambda: trace(scene, {*passes_needed(scene.camera, ()), *for_the_sensor(scene.camera, spec.sensor)}))
    frames, develop_s = spent(lambda: develop(painted, traced, scene.camera, spec.sensor, scene.fps))
    labels, labels_s = spent(lambda: label(scene, spec, (), traced))
    with TemporaryDirectory() as folder:
        _, write_s = spent(lambda: write_clip(Path(folder), Clip(spec, frames, labels), 0))
    seconds = (scene_s, render_s, trace_s + develop_s, labels_s, write_s)
    return dict(zip(STAGES, seconds, strict=True)), scene.n_frames


def spent(make: Callable[[], T]) -> tuple[T, float]:
    """What it makes, and the processor time it took."""
    start = time.process_time()
    made = make()
    return made, time.process_time() - start


if __name__ == "__main__":
    main()
