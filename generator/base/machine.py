"""What of the machine this process may use: a container or a scheduler often grants less than there is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from math import ceil
from pathlib import Path

OWN_GROUPS = Path("/proc/self/cgroup")
"""The groups that this process is in: one, or one of each older hierarchy (man 7 cgroups)."""

MOUNTS = Path("/proc/self/mountinfo")
"""What is mounted where (man 5 proc), hierarchies of groups among it."""


def usable_cores() -> int:
    """Cores that this process may run on, or, where it is granted less time than these have, as many as that is worth."""
    cores = pinned_cores()
    for (text,) in _said("", "cpu.max"):  # microseconds of so many, or "max"
        quota, period = text.split()
        if quota != "max":
            cores = min(cores, ceil(int(quota) / int(period)))
    for quota, period in _said("cpu", "cpu.cfs_quota_us", "cpu.cfs_period_us"):
        if int(quota) > 0:
            cores = min(cores, ceil(int(quota) / int(period)))
    return max(1, cores)


def pinned_cores() -> int:
    """Cores that the scheduler lets this process run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def usable_memory_bytes() -> int:
    """Memory that this process and its children may hold together."""
    import psutil  # here, for `--help` asks for the cores and not for the memory

    texts = [*_said("", "memory.max"), *_said("memory", "memory.limit_in_bytes")]
    granted = [int(text) for (text,) in texts if text != "max"]
    return min([int(psutil.virtual_memory().total), *granted])


def _said(controller: str, *names: str) -> Iterator[tuple[str, ...]]:
    """What files say in this process' group and in those around it, for each group that has them all.

    `controller` names the hierarchy, one of version 1 or, by "", that of version 2 (docs.kernel.org, cgroup-v1 and cgroup-v2).
    """
    for group in _groups(controller):
        with suppress(OSError):
            yield tuple((group / name).read_text(encoding="ascii").strip() for name in names)


def _groups(controller: str) -> Iterator[Path]:
    """Folders of this process' group in a hierarchy and of all those around it, as far as they can be seen from here."""
    own = next((path for controllers, path in _own_groups() if controller in controllers), None)
    if own is None:
        return
    for root, place, kind, options in _mounts():
        if kind == ("cgroup" if controller else "cgroup2") and (not controller or controller in options):
            # in a container with a look at its own groups only, the outermost of these is where the hierarchy is mounted
            below = own.relative_to(root) if own.is_relative_to(root) and ".." not in own.parts else Path()
            yield from (place / group for group in (below, *below.parents))


def _own_groups() -> Iterator[tuple[list[str], Path]]:
    """(controllers, group) of each hierarchy; that of version 2 has none but ""."""
    with suppress(OSError):
        for line in OWN_GROUPS.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
            _, controllers, path = line.split(":", 2)
            yield controllers.split(","), Path(path)


def _mounts() -> Iterator[tuple[Path, Path, str, list[str]]]:
    """(what of the file system is mounted, where, its kind, its options) of everything mounted."""
    with suppress(OSError):
        for line in MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
            mount, _, system = line.partition(" - ")
            _, _, _, root, place, *_ = mount.split()
            kind, _, options = system.split(" ", 2)
            yield _plain(root), _plain(place), kind, options.split(",")


def _plain(text: str) -> Path:
    """A path of which the kernel has written blanks, line breaks and backslashes as three octal digits."""
    return Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), text))
