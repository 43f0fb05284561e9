"""Files that anybody may have written, read within bounds: what is no file, too large or too deep is refused before it costs."""

from __future__ import annotations

import os
import re
import stat
import tomllib
import zipfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np

from .errors import UserError
from .shown import shown

MOST_TEXT_BYTES = 1 << 20
"""Of a file that people write by hand."""

MOST_KEYS = 32
"""Parts of a dotted TOML key; each costs a table."""

MOST_DEPTH = 64
"""Brackets within brackets, in TOML or JSON."""

_LONG_KEY = re.compile(
    rf"""(?<![A-Za-z0-9_"'-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{MOST_KEYS}}}""", re.ASCII
)
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*+"')


def is_regular(path: Path) -> bool:
    """Whether there is a file that ends: no folder, pipe, socket or device."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def open_regular(path: Path) -> int:
    """A file descriptor of a regular file, opened for reading; the caller closes it.

    OSError where it can't be opened or is a folder, UserError for a pipe, socket or device.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe without a writer would wait for one
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return handle
    os.close(handle)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(21, os.strerror(21), str(path))
    raise UserError(f"{shown(path)} is no regular file but a pipe, socket or device: give a file")


def read_bytes(path: Path, most: int = MOST_TEXT_BYTES) -> bytes:
    """All of a regular file of at most `most` bytes. OSError where it can't be read, UserError for what is none or larger."""
    with os.fdopen(open_regular(path), "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > most:
            raise UserError(f"{shown(path)} has {size:,} bytes, at most {most:,} are read: give the right file")
        return file.read(most)


def read_toml(path: Path, most: int = MOST_TEXT_BYTES) -> dict[str, Any]:
    """The table in a TOML file. OSError where it can't be read, UserError for what is no TOML, too large or too deep."""
    raw = read_bytes(path, most)
    try:
        text = raw.decode("utf-8-sig")
        if _LONG_KEY.search(text):
            raise UserError(f"{shown(path)} has a key of more than {MOST_KEYS} parts: write fewer dots")
        return tomllib.loads(text)
    except RecursionError:
        raise UserError(f"{shown(path)} has more brackets within brackets than can be read: write it flatter") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{shown(path)} is not valid TOML: {shown(error)}") from error


def check_depth(raw: bytes, what: str) -> bytes:
    """`raw` JSON as it is, UserError where brackets lie deeper within brackets than MOST_DEPTH; `what` names it in the line."""
    depth = deepest = 0
    for step in re.finditer(r"[][{}]", _STRINGS.sub("", raw.decode("utf-8", "replace"))):
        depth += 1 if step[0] in "[{" else -1
        deepest = max(deepest, depth)
        if deepest > MOST_DEPTH:
            raise UserError(f"{what} has brackets more than {MOST_DEPTH} deep: give the right file")
    return raw


def read_npz(path: Path, most: int, names: Collection[str] | None = None) -> dict[str, np.ndarray[Any, Any]]:
    """Arrays of an .npz (all, or those of `names`) that take at most `most` bytes together; each header is looked at first.

    OSError, ValueError, EOFError, zipfile.BadZipFile or zlib.error when it is broken; UserError for no regular file, or when it
    would take more. Object arrays are a ValueError: nothing is unpickled.
    """
    if not is_regular(path):
        path.stat()  # says that it is missing
        raise UserError(f"{shown(path)} is no regular file: give a file")
    found, left = {}, most
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            name = member.filename.removesuffix(".npy")
            if names is not None and name not in names:
                continue
            with archive.open(member) as file:
                shape, fortran, dtype = _header(file)
                size = int(np.prod(shape, dtype=object)) * dtype.itemsize
                if size > left:
                    said = f"'{shown(name)}' is said to take {size:,} bytes"
                    raise UserError(f"{shown(path)}: {said}, {left:,} are left of {most:,}: give the right file")
                if dtype.hasobject or dtype.itemsize == 0:
                    raise ValueError(f"'{shown(name)}' holds {dtype}, not numbers or text")
                raw = file.read(size + 1)
                if len(raw) != size:
                    raise ValueError(f"'{shown(name)}' has {len(raw)} bytes, not the {size} of its header")
            left -= size
            found[name] = np.frombuffer(bytearray(raw), dtype).reshape(shape, order="F" if fortran else "C")
    return found


def _header(file: Any) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    version = np.lib.format.read_magic(file)
    if version == (1, 0):
        return np.lib.format.read_array_header_1_0(file)
    if version == (2, 0):
        return np.lib.format.read_array_header_2_0(file)
    raise ValueError(f"npy version {version} is not read")
