"""Tensors to a file, and what the disk refuses as the error that everything else gives."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load, load_file, save_file
from torch import Tensor


def read_file(path: Path) -> dict[str, Tensor]:
    """Tensors of a .safetensors by name, on the CPU. OSError, SafetensorError or ValueError where it can't be read."""
    try:
        str(path).encode()
    except UnicodeEncodeError:  # the library takes no such name
        found: dict[str, Tensor] = load(path.read_bytes())
        return found
    found = load_file(path)
    return found


def write_tensors(path: Path, tensors: Mapping[str, Tensor]) -> None:
    """Write contiguous tensors by name as .safetensors. OSError, with its number, where the disk is full or closed."""
    try:
        save_file(dict(tensors), path)
    except SafetensorError as error:
        number = re.search(r"os error (\d+)", str(error))
        if number is None:
            raise
        raise OSError(int(number[1]), os.strerror(int(number[1])), str(path)) from error
