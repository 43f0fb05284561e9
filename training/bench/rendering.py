"""A process that renders clips for a while and says where the time went: `python -m synapt.training.bench.rendering`.

On standard input comes a JSON list of jobs, for each of which a line of JSON goes out. The pipeline is the one that `synapt
render` uses, unchanged; its signs of life tell the stages apart. A renderer that is slow is stopped in the middle of a clip.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from ...generator.base.alive import listen, sign
from ...generator.base.cache import keep_compiled_code
from ...generator.values import Quality

FPS = 15.0
SLOW_FPS = 1.0
"""Frames a second of clips by renderers of which a whole clip would take too long; a frame costs what it costs at 15."""

ACTIONS = ("waving", "walking", "drinking", "jumping_jack")
"""Performed in turn: standing and travelling, with and without a thing."""


@dataclass(frozen=True)
class Job:
    """What to render for how many seconds, and with which numbers of clips (`first`, and every `step`-th from there)."""

    tier: Quality
    backend: str
    size_px: int
    recipe: str
    seconds: float
    first: int
    step: int


@dataclass
class Times:
    """Sums over the clips of a job."""

    clips: int = 0
    scene_s: float = 0.0
    clip_frames: int = 0
    loads: int = 0
    load_s: float = 0.0
    frames: int = 0
    frame_s: float = 0.0
    after_frames: int = 0
    after_s: float = 0.0
    written: int = 0
    written_bytes: int = 0


class Enough(Exception):
    """The time is over, and a clip may be left as it is."""


@dataclass
class _Watch:
    """Notes when signs came; ends a clip after `end_s` once a frame is there."""

    end_s: float
    marks: list[tuple[str, float]] = field(default_factory=list)

    def __call__(self, doing: str) -> None:
        now_s = time.perf_counter()
        self.marks.append((doing, now_s))
        if now_s > self.end_s and self.frames_s:
            raise Enough

    def at(self, doing: str) -> float | None:
        return next((moment for word, moment in self.marks if word == doing), None)

    @property
    def frames_s(self) -> list[float]:
        return [moment for word, moment in self.marks if word.startswith("frame ")]


def run(job: Job) -> Times:
    """Render clips until the time is over, one at least (or a frame of it)."""
    times, end_s = Times(), time.perf_counter() + job.seconds
    with tempfile.TemporaryDirectory(prefix="synapt-bench-") as folder:
        for k in count():
            _clip(job, k, end_s, Path(folder), times)
            if time.perf_counter() > end_s:
                return times
    raise AssertionError


def _clip(job: Job, k: int, end_s: float, folder: Path, times: Times) -> None:
    from ...generator.dataset import write_clip
    from ...generator.names import actions
    from ...generator.pipeline import film, make_scene
    from ...generator.recipes import load_recipe
    from ...generator.sampling import sample

    (action,) = actions((ACTIONS[k % len(ACTIONS)],), ())
    draw = partial(
        sample, action, load_recipe(job.recipe), 0, job.first + k * job.step, width_px=job.size_px, height_px=job.size_px
    )
    spec = draw(fps=FPS)
    begun_s = time.perf_counter()
    scene = make_scene(spec)
    times.clips += 1
    times.scene_s += time.perf_counter() - begun_s
    times.clip_frames += scene.n_frames
    if job.backend == "blender":
        spec = draw(fps=SLOW_FPS)
        scene = make_scene(spec)
    watch = _Watch(end_s if job.backend == "blender" else float("inf"))
    listen(watch)
    try:
        clip = film(scene, spec, backend=job.backend, quality=job.tier)
        write_clip(folder, clip, 0)
        sign("written")
        if job.backend != "blender":  # those have as many frames as they should
            times.written += 1
            times.written_bytes += sum(path.stat().st_size for path in folder.rglob(f"{spec.name}*"))
    except Enough:
        pass
    finally:
        listen(lambda _: None)
    _enter(times, watch)


def _enter(times: Times, watch: _Watch) -> None:
    """Add what was seen of a clip: a frame's time is that between two signs, and what the first took beyond that is loading."""
    begun_s, frames_s = watch.at("rendering"), watch.frames_s
    if begun_s is None or not frames_s:
        return
    if len(frames_s) == 1:  # so slow that loading is a small part of it
        times.frames += 1
        times.frame_s += frames_s[0] - begun_s
        return
    between_s = frames_s[-1] - frames_s[0]
    times.frames += len(frames_s) - 1
    times.frame_s += between_s
    times.loads += 1
    times.load_s += max(0.0, frames_s[0] - begun_s - between_s / (len(frames_s) - 1))
    labels_s, written_s = watch.at("labels"), watch.at("written")
    if labels_s is not None and written_s is not None:
        times.after_frames += len(frames_s)
        times.after_s += written_s - labels_s


def main() -> None:
    """Serve, and end without finalisation, where Blender hangs."""
    code = 70
    try:
        keep_compiled_code()
        from ...generator.body import load_body

        load_body("anny")
        jobs = [Job(**each) for each in json.load(sys.stdin)]
        for backend in dict.fromkeys(job.backend for job in jobs):
            _warm(backend)
        for job in jobs:
            told: dict[str, Any] = asdict(run(job))
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()
        code = 0
    finally:
        if code:
            import traceback

            traceback.print_exc()
        sys.stderr.flush()
        os._exit(code)


def _warm(backend: str) -> None:
    """Compile and load everything once, by a small clip."""
    run(Job("draft", backend, 32, "standard", 0.0, 10_000, 1))


if __name__ == "__main__":
    main()
