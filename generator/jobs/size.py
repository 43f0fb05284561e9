"""How many workers suit a request and this machine: by its cores, its memory and its cards."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ..base.machine import usable_cores, usable_memory_bytes
from ..dataset import Settings
from ..render.blender.devices import asked_for
from .request import Request

SHARE_OF_MEMORY = 0.8
"""The rest is the system's, the parent's, and for a clip longer than most."""

BASE_BYTES = 800 << 20
"""What a worker holds whatever it draws: after three clips of 256 pixels 694 MiB with Blender, 612 to 770 without it."""

CORES_OF_BLENDER = 4
"""That one worker with Blender uses."""

LONGEST_S = 8.0
"""Clips last about so long at most."""

BYTES_PER_PIXEL, BYTES_PER_LABEL = 16, 8
"""Of a clip's frames in all their stages (at 1024 pixels a draft's worker held 2.3 GiB), and of each label per pixel."""

DEVICES = Path("/dev")


def worker_count(request: Request) -> int:
    """What was asked for, else as many as cores, memory and cards bear, and one at least.

    With Blender one for four cores, which it uses itself, or one for each card where these are more (workers share cards out in
    turn); else one a core. Never more than fit into memory, frames and labels included.
    """
    if request.workers is not None:
        return request.workers
    cores = usable_cores()
    wanted = max(cores // CORES_OF_BLENDER, min(cards(), cores)) if request.settings.backend == "blender" else cores
    fit = int(SHARE_OF_MEMORY * usable_memory_bytes() // worker_bytes(request.settings, len(request.dense)))
    return max(1, min(wanted, fit))


def worker_bytes(settings: Settings, n_labels: int) -> int:
    """Memory that one worker may come to hold."""
    pixels = settings.width_px * settings.height_px * settings.fps * LONGEST_S
    return int(BASE_BYTES + pixels * (BYTES_PER_PIXEL + BYTES_PER_LABEL * n_labels))


def cards() -> int:
    """Graphics cards that this process may use, by the files that Linux has for them: those of NVIDIA, else whatever can render.

    0 where SYNAPT_DEVICE asks for the processor. `CUDA_VISIBLE_DEVICES` is heeded, as the driver heeds it.
    """
    if asked_for() == "CPU":
        return 0
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    if nvidia := _count(DEVICES, r"nvidia\d+"):
        listed = nvidia if visible is None else len([name for name in visible.split(",") if name.strip() not in ("", "-1")])
        return min(nvidia, listed)
    return _count(DEVICES / "dri", r"renderD\d+")


def _count(folder: Path, pattern: str) -> int:
    try:
        return sum(re.fullmatch(pattern, path.name) is not None for path in folder.iterdir())
    except OSError:
        return 0
