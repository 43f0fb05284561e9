"""This machine, measured: renderers by as many processes as `synapt render` would start, then loading and training."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from ...generator.base.errors import UserError
from ...generator.base.interpreter import python
from ...generator.base.machine import usable_cores, usable_memory_bytes
from ...generator.dataset import Settings
from ...generator.jobs import Request
from ...generator.jobs.child import environment
from ...generator.jobs.size import cards, worker_count
from ...generator.jobs.workplace import cores_of
from ...generator.names import recipe
from ...generator.render.blender.devices import choose
from ...generator.values import Quality
from .rendering import FPS, Job, Times
from .values import Bench, Cell, Learning, Machine

PLACES = {"indoors": "backdrop.kinds={room=1}", "outdoors": "backdrop.kinds={outdoor=1}"}
MODULE = "synapt.training.bench.rendering"
START_S = 20.0
"""Of the whole time, what starting and warming up takes."""

Tell = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Kind:
    """A tier by the renderer that it has by default, at a size."""

    tier: Quality
    backend: str
    size_px: int


KINDS = (
    Kind("draft", "raster", 128), Kind("draft", "raster", 256), Kind("standard", "blender", 128),
    Kind("standard", "blender", 256), Kind("high", "blender", 256),
)  # fmt: skip


def measure(seconds: float, kinds: Sequence[Kind], tell: Tell) -> Bench:
    """Measure in about `seconds`, longer where a single frame of each kind takes longer. UserError where nothing renders."""
    from .learning import measure as learn

    begun_s, total = time.perf_counter(), len(kinds) + 1
    each_s = max(0.5, (seconds - START_S) / (len(PLACES) * len(kinds) + 2))
    cells: list[Cell] = []
    for backend in dict.fromkeys(kind.backend for kind in kinds):
        same = [kind for kind in kinds if kind.backend == backend]
        tell(len(cells) // len(PLACES), total, f"rendering by {backend}")
        cells += _rendered(same, each_s)
    tell(len(kinds), total, "learning")
    learned: list[Learning] = learn(2 * each_s, lambda what: tell(len(kinds), total, what))
    tell(total, total, "")
    took_s = time.perf_counter() - begun_s
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Bench(_machine(), _with_after(cells), learned, round(took_s, 1), now, version("synapt-video"))


def _machine() -> Machine:
    return Machine(_processor(), usable_cores(), round(usable_memory_bytes() / 2**30, 1), cards())


def _processor() -> str:
    """The processor's name, as Linux tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())[:200]


def _rendered(kinds: Sequence[Kind], each_s: float) -> Iterator[Cell]:
    """Cells of kinds by one renderer: one process for each worker, all doing the same kinds at the same time."""
    backend = kinds[0].backend
    if backend == "blender":
        choose()
    settings = Settings("standard", 0, "anny", backend, kinds[0].tier, max(kind.size_px for kind in kinds), 256, FPS)
    workers = worker_count(Request(Path(), settings, ("walking",), 1))
    wanted = [(kind, place) for kind in kinds for place in PLACES]
    children = []
    try:
        for k in range(workers):
            jobs = [_job(kind, PLACES[place], each_s, k, workers) for kind, place in wanted]
            children.append(_start(jobs, k, workers))
        answers = [_answers(child, len(wanted)) for child in children]
    finally:
        for child in children:
            child.kill()
            child.wait()
    for (kind, place), times in zip(wanted, zip(*answers, strict=True), strict=True):
        yield _cell(kind, place, times)


def _job(kind: Kind, change: str, each_s: float, k: int, workers: int) -> Job:
    return Job(kind.tier, kind.backend, kind.size_px, recipe("standard", [change])[0], each_s, k, workers)


def _start(jobs: Sequence[Job], place: int, places: int) -> subprocess.Popen[str]:
    cores = cores_of(place, places) if places > 1 else ()
    child = subprocess.Popen(
        python("-m", MODULE), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment(place, single_thread=places > 1),
    )  # fmt: skip
    if cores and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(child.pid, cores)
    assert child.stdin is not None
    with child.stdin as pipe:
        json.dump([asdict(job) for job in jobs], pipe)
    return child


def _answers(child: subprocess.Popen[str], n: int) -> list[Times]:
    assert child.stdout is not None and child.stderr is not None
    lines = child.stdout.read().splitlines()
    if len(lines) < n:
        said = child.stderr.read().strip().splitlines() or [f"it ended with code {child.wait()}"]
        raise UserError(f"clips could not be rendered ({said[-1][:200]}): `synapt doctor` says what is missing")
    return [Times(**json.loads(line)) for line in lines[-n:]]


def _cell(kind: Kind, place: str, times: Sequence[Times]) -> Cell:
    """One cell of what several workers have seen."""
    whole = Times(**{each.name: sum(getattr(one, each.name) for one in times) for each in fields(Times)})
    return Cell(
        kind.tier, kind.backend, kind.size_px, place, len(times),
        whole.scene_s / whole.clips, whole.load_s / max(1, whole.loads), whole.frame_s / max(1, whole.frames),
        whole.after_s / whole.after_frames if whole.after_frames else 0.0, whole.clip_frames / whole.clips, max(1, whole.frames),
        whole.written_bytes / max(1, whole.written),
    )  # fmt: skip


def _with_after(cells: Sequence[Cell]) -> list[Cell]:
    """The cells; those of clips that were never finished get labels and encoding from a clip of that size and place that was.

    These come from the geometry, whichever renderer paints.
    """
    known = {(cell.size_px, cell.place): cell.after_s for cell in reversed(cells) if cell.after_s}
    return [cell if cell.after_s else _replaced(cell, known.get((cell.size_px, cell.place), cell.after_s)) for cell in cells]


def _replaced(cell: Cell, after_s: float) -> Cell:
    from msgspec.structs import replace

    return replace(cell, after_s=after_s)
