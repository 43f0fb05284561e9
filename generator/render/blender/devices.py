"""What Cycles can render on: found and proven by rendering a tiny picture in a child process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ...base.errors import UserError, nearest
from ...base.interpreter import python

GPU_KINDS: tuple[str, ...] = ("OPTIX", "CUDA", "HIP", "ONEAPI", "METAL")
"""Every kind of GPU that Cycles knows, best first where one card answers to two."""

APT_LINE = "apt-get install libgl1 libsm6 libxi6 libxfixes3 libxrender1 libxkbcommon0"
"""What bpy needs on a bare Debian or Ubuntu (found by installing it there)."""

CHILD_CODE = "from synapt.generator.render.blender import probe; probe.{}"

TIMEOUT_S = 300.0
"""A card without ready-made kernels compiles them at first use, which takes minutes."""

_PROVEN = "SYNAPT_DEVICE_PROVEN"
"""Environment variable that spares children the proof of the kind that their parent proved."""

PLACE = "SYNAPT_PLACE"
"""Environment variable that tells a worker its number among those that work at once, from 0."""

_REFUSED = "synapt.generator.base.errors.UserError: "

_GPU_FILES = ("/dev/nvidiactl", "/dev/nvidia0", "/dev/kfd", "/dev/dri", "/dev/dxg")


@dataclass(frozen=True)
class DeviceReport:
    """One way to render: `kind` CPU or one of GPU_KINDS, names of the devices, whether it works, why not."""

    kind: str
    name: str
    works: bool
    note: str


def probe() -> list[DeviceReport]:
    """Every kind that Blender finds, each tried in a child process of its own (a bad driver may crash it)."""
    found = _child("print_devices()")
    if not found.ok:
        return [DeviceReport("CPU", "Blender", False, found.why)]
    names: dict[str, list[str]] = {"CPU": ["processor"], **json.loads(found.text)}
    return [_try(kind, ", ".join(names[kind])) for kind in names]


def asked_for() -> str:
    """What SYNAPT_DEVICE says, in capitals; UserError for an unknown kind."""
    wanted = os.environ.get("SYNAPT_DEVICE", "auto").upper()
    if wanted not in ("CPU", "AUTO", *GPU_KINDS):
        raise UserError(f"unknown SYNAPT_DEVICE '{wanted.lower()}': {nearest(wanted, ('AUTO', 'CPU', *GPU_KINDS))}")
    return wanted


@lru_cache(maxsize=1)
def choose() -> str:
    """CPU or the GPU kind to render on, from SYNAPT_DEVICE: cpu, auto (the default) or a kind.

    The answer is left in the environment, so children started afterwards needn't find it again. Raises
    UserError for an unknown kind, or one that was asked for and doesn't work. Call before bpy is imported.
    """
    wanted = kind = asked_for()
    if wanted == "AUTO":
        working = [r.kind for r in probe() if r.works and r.kind != "CPU"] if may_have_gpu() else []
        kind = working[0] if working else "CPU"
    elif wanted != "CPU" and os.environ.get(_PROVEN) != wanted:
        report = _try(wanted, wanted)
        if not report.works:
            raise UserError(f"SYNAPT_DEVICE={wanted.lower()} doesn't work here ({report.note}): set it to auto or cpu")
    os.environ["SYNAPT_DEVICE"] = os.environ[_PROVEN] = kind
    return kind


def may_have_gpu() -> bool:
    """False where Linux shows no graphics device file, so that asking Blender (a second) would be in vain."""
    return not sys.platform.startswith("linux") or any(Path(file).exists() for file in _GPU_FILES)


def card_of(n_cards: int) -> int:
    """Which of the machine's cards, all of one kind, this process renders on: workers share them out in turn.

    All of them on one small picture would wait for each other.
    """
    return int(os.environ.get(PLACE, "0")) % n_cards


@dataclass(frozen=True)
class _Answer:
    ok: bool
    text: str
    why: str


def _try(kind: str, name: str) -> DeviceReport:
    """Render the test picture on one kind."""
    answer = _child(f"print_proof({kind!r})")
    return DeviceReport(kind, name, answer.ok, answer.why)


def _child(call: str) -> _Answer:
    """Run one function of `blender_probe` in a fresh process; its last line of output is the answer."""
    code = CHILD_CODE.format(call)
    try:
        done = subprocess.run(python("-c", code), capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        return _Answer(False, "", f"no answer within {TIMEOUT_S:.0f} s")
    lines = done.stdout.strip().splitlines()
    if done.returncode == 0 and lines:
        return _Answer(True, lines[-1], "")
    last = (done.stderr.strip().splitlines() or ["no message"])[-1]
    refused = last.startswith(_REFUSED)
    return _Answer(False, "", last[len(_REFUSED) :] if refused else f"{last} (code {done.returncode})")
