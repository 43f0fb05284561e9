"""How fast the raster backend and the labels are on one core: milliseconds per frame, stage by stage.

    python benchmarks/raster.py [--clips 6] [--action waving_a_hand] [--size 256] [--recipe standard]

Counts processor time, after one clip to warm up, so that other work on the machine matters little.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its idle threads spin, and would be counted

import cv2
from synapt.generator.base.cache import keep_compiled_code

keep_compiled_code()

from synapt.generator.labels.label import label  # noqa: E402
from synapt.generator.labels.passes import PASSES, trace  # noqa: E402
from synapt.generator.pipeline import make_scene  # noqa: E402
from synapt.generator.recipes import load_recipe  # noqa: E402
from synapt.generator.render.raster.backend import Raster  # noqa: E402
from synapt.generator.sampling import sample  # noqa: E402
from synapt.generator.sensor.develop import develop, passes_needed  # noqa: E402
from synapt.generator.video.write import write_video  # noqa: E402

STAGES = ("scene", "render", "labels", "labels, all passes", "trace for the camera", "camera's traces", "encode")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=6)
    parser.add_argument("--action", default="waving_a_hand")
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--recipe", default="standard")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    spent: dict[str, float] = defaultdict(float)
    frames = faces = 0
    for index in range(options.clips + 1):
        spec = sample(options.action, load_recipe(options.recipe), 0, index, width_px=options.size, height_px=options.size)
        with timed(spent, "scene"):
            scene = make_scene(spec)
        with timed(spent, "render"):
            pictures = Raster().render(scene, "draft")
        with timed(spent, "labels"):
            label(scene, spec)
        with timed(spent, "labels, all passes"):
            label(scene, spec, PASSES)
        camera = scene.camera
        with timed(spent, "trace for the camera"):
            traced = trace(scene, passes_needed(camera, spec.sensor))
        with timed(spent, "camera's traces"):
            pictures = develop(pictures, traced, camera, spec.sensor, scene.fps)
        with timed(spent, "encode"), tempfile.TemporaryDirectory() as folder:
            write_video(Path(folder) / "clip.mp4", pictures, spec.fps)
        if index == 0:
            spent.clear()
            continue
        frames += len(pictures)
        faces += len(pictures) * sum(len(mesh.faces) for mesh in scene.meshes)
    print(f"{options.clips} clips of {options.action}: {frames} frames of {options.size} px, {faces / frames:.0f} faces")
    for stage in STAGES:
        print(f"{stage:20s} {1000 * spent[stage] / frames:7.2f} ms/frame {frames / spent[stage]:8.0f} frames/s")
    drawn = spent["render"] + spent["labels, all passes"] + spent["camera's traces"]  # with all labels, traced once for both
    for name, total in (
        ("render + all labels", drawn),
        ("... + encode", drawn + spent["encode"]),
        ("... + scene", drawn + spent["encode"] + spent["scene"]),
    ):
        print(f"{name:20s} {1000 * total / frames:7.2f} ms/frame {frames / total:8.0f} frames/s per core")


@contextmanager
def timed(spent: dict[str, float], stage: str) -> Iterator[None]:
    """Add the processor time spent to a stage."""
    start = time.process_time()
    yield
    spent[stage] += time.process_time() - start


if __name__ == "__main__":
    main()
