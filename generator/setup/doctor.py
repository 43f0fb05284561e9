"""What works on this machine, what is missing, and how to get it."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..base.cache import cache_dir
from ..base.errors import UserError
from ..base.machine import usable_cores, usable_memory_bytes
from ..base.reasons import reason_of

BODY = "body"


@dataclass(frozen=True)
class Check:
    """One finding; `needed` tells what rendering cannot do without from what is good to have."""

    name: str
    ok: bool
    needed: bool
    note: str


def examine() -> list[Check]:
    """All checks, the quick ones first; Blender and graphics cards are tried in child processes."""
    return [_python(), _machine(), _disk(), _cache(), _compiled(), _encoder(), _body(), *_blender(), *_extras()]


def verdict(checks: list[Check]) -> str:
    """One line: "ready: ..." with the command to begin with, or what is missing and how to get it."""
    missing = [f"{check.name}: {check.note}" for check in checks if check.needed and not check.ok]
    if missing:
        return f"not ready: {'; '.join(missing)}"
    waits = any(check.name == BODY and not check.ok for check in checks)
    return "ready: `synapt render --action waving --n 4 --out data`" + (
        " (the first render prepares the bodies, some minutes)" if waits else ""
    )


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    ok = sys.version_info[:2] == (3, 11)
    return Check("Python", ok, True, version if ok else f"{version}: bpy 4.5 needs Python 3.11")


def _machine() -> Check:
    cores, memory_gib = usable_cores(), usable_memory_bytes() / 2**30
    note = f"{cores} cores, {memory_gib:.0f} GiB of memory"
    return Check("machine", memory_gib >= 3, True, note if memory_gib >= 3 else f"{note}: at least 4 GiB are wanted")


def _disk() -> Check:
    free_gib = shutil.disk_usage(Path.cwd()).free / 2**30
    note = f"{free_gib:.0f} GiB free here; 1000 clips take about 0.5 GiB"
    return Check("disk", free_gib >= 1, True, note)


def _cache() -> Check:
    folder = cache_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Check("cache folder", False, True, f"{folder} ({reason_of(error)}): set SYNAPT_CACHE to a writable folder")
    n_bytes = 0
    for path in folder.rglob("*"):
        with suppress(OSError):  # renamed just now by a process that trains, or somebody else's
            n_bytes += path.stat().st_size
    return Check("cache folder", True, True, f"{folder}, {n_bytes / 2**30:.1f} GiB (decoded videos in frames/ may be deleted)")


def _compiled() -> Check:
    from ..base.compiled import broken_files

    broken = len(broken_files())
    note = f"{broken} broken files: run `synapt prepare`, which compiles them anew (`synapt render` does it when needed)"
    return Check("compiled code", not broken, False, note if broken else "what there is can be read")


def _encoder() -> Check:
    from ..video.read import read_video
    from ..video.write import write_video

    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "probe.mp4")
            write_video(path, np.full((3, 32, 32, 3), 128, np.uint8), 15.0)
            ok = read_video(path).shape == (3, 32, 32, 3)
    except Exception as error:  # whatever it is, it is the finding
        return Check("H.264", False, True, f"{reason_of(error)}: reinstall PyAV, pip install --force-reinstall av")
    return Check("H.264", ok, True, "x264 encodes and decodes")


def _body() -> Check:
    from .prepare import is_ready

    try:
        ready = is_ready("anny")
    except UserError as error:
        return Check(BODY, False, True, str(error))
    note = "prepared" if ready else "not prepared yet: run `synapt prepare` (`synapt render` does it when needed)"
    return Check(BODY, ready, False, note)


def _blender() -> list[Check]:
    from ..render.blender.devices import APT_LINE, may_have_gpu, probe

    if importlib.util.find_spec("bpy") is None:
        return [Check("Blender", False, True, "the package bpy is not installed: pip install 'bpy==4.5.*'")]
    checks = []
    for report in probe():
        processor = report.kind == "CPU"
        said = not processor or APT_LINE in report.note
        cure = report.note if said else f"{report.note}; on Debian or Ubuntu: {APT_LINE}"
        note = report.name if report.works else cure
        checks.append(Check(f"Blender on {report.kind}", report.works, processor, note))
    if not may_have_gpu():
        checks.append(Check("graphics card", False, False, "none seen: Cycles renders on the processor"))
    return checks


def _extras() -> list[Check]:
    wanted = {"smplx": "SMPL-X bodies", "pyrender": "OpenGL backend"}
    checks = []
    for package, what in wanted.items():
        there = importlib.util.find_spec(package) is not None
        note = what if there else f"{what}: pip install -e '.[{package}]' in the repository"
        checks.append(Check(f"extra {package}", there, False, note))
    try:
        from ..body import load_body

        load_body("smplx")
        checks.append(Check("SMPL-X model file", True, False, "found"))
    except (UserError, OSError) as error:
        checks.append(Check("SMPL-X model file", False, False, reason_of(error)))
    return checks
