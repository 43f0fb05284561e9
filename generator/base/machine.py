"""What of the machine this process may use: a container or a scheduler often grants less than there is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from math import ceil
from pathlib import Path

import psutil

CGROUPS = Path("/sys/fs/cgroup")
"""Where Linux says what a group of processes is granted (docs.kernel.org, cgroup-v2 and cgroup-v1/memory)."""

OWN_GROUP = Path("/proc/self/cgroup")


def usable_cores() -> int:
    """Cores that this process may run on, or, where it is granted less time than these have, as many as that is worth."""
    cores = pinned_cores()
    for text in _said("cpu.max"):  # microseconds of so many, or "max"
        quota, period = text.split()
        if quota != "max":
            cores = min(cores, ceil(int(quota) / int(period)))
    for quota, period in zip(_said("cpu/cpu.cfs_quota_us"), _said("cpu/cpu.cfs_period_us"), strict=False):
        if int(quota) > 0:
            cores = min(cores, ceil(int(quota) / int(period)))
    return max(1, cores)


def pinned_cores() -> int:
    """Cores that the scheduler lets this process run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def usable_memory_bytes() -> int:
    """Memory that this process and its children may hold together."""
    granted = [int(text) for name in ("memory.max", "memory/memory.limit_in_bytes") for text in _said(name) if text != "max"]
    return min([int(psutil.virtual_memory().total), *granted])


def _said(name: str) -> Iterator[str]:
    """What a file says in this process' group and in those around it; in a container its own group is the outermost."""
    own = Path("/")
    with suppress(OSError):
        lines = OWN_GROUP.read_text(encoding="utf-8").splitlines()
        own = next((Path(line[3:]) for line in lines if line.startswith("0::/")), own)
    for group in (own, *own.parents):
        with suppress(OSError):
            yield (CGROUPS / group.relative_to("/") / name).read_text(encoding="ascii").strip()
