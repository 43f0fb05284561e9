"""Files that anybody may have written, read within bounds: what is no file, too large or too deep is refused before it costs."""

from __future__ import annotations

import json
import math
import os
import re
import stat
import threading
import tomllib
import warnings
import zipfile
import zlib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from .errors import UserError
from .places import Remote
from .reasons import reason_of
from .shown import shown

T = TypeVar("T")

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


BROKEN = (OSError, EOFError, ValueError, KeyError, NotImplementedError, zipfile.BadZipFile, zlib.error, RuntimeError)
"""What a damaged archive raises, in Python's words: an unknown packing and a password among them."""


def is_regular(path: Path) -> bool:
    """Whether there is a file that ends: no folder, pipe, socket or device."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def open_regular(path: Path, most: int | None = None) -> int:
    """A file descriptor of a regular file, opened for reading; the caller closes it.

    OSError where it can't be opened or is a folder, UserError for a pipe, socket or device, and for what lies in a store and has
    more than `most` bytes: it isn't fetched.
    """
    here = path.fetched(most) if isinstance(path, Remote) else path
    handle = os.open(here, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe without a writer would wait for one
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return handle
    os.close(handle)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(21, os.strerror(21), str(path))
    raise UserError(f"{shown(path)} is a pipe, socket or device, not a regular file: give a file")


def read_bytes(path: Path, most: int = MOST_TEXT_BYTES) -> bytes:
    """All of a regular file of at most `most` bytes. OSError where it can't be read, UserError for what is none or larger."""
    with os.fdopen(open_regular(path, most), "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > most:
            raise UserError(f"{shown(path)} has {size:,} bytes, at most {most:,} are read: give the right file")
        return file.read(size)  # a larger number would be allocated


def read_toml(path: Path, most: int = MOST_TEXT_BYTES) -> dict[str, Any]:
    """The table in a TOML file. OSError where it can't be read, UserError for what is no TOML, too large or too deep."""
    raw = read_bytes(path, most)
    try:
        text = raw.decode("utf-8-sig")
        if _LONG_KEY.search(text):
            raise UserError(f"{shown(path)} has a key of more than {MOST_KEYS} parts: write fewer dots")
        return _flat(tomllib.loads(text))
    except RecursionError:
        raise UserError(f"{shown(path)} has brackets nested too deeply: write it flatter") from None
    except ValueError as error:  # no TOML, no UTF-8, or a number of thousands of digits
        raise UserError(f"{shown(path)} is not valid TOML: {reason_of(error)}") from error


def toml_value(text: str) -> Any:
    """The value that `text` is in TOML. ValueError for what is none, UserError for one with too many brackets."""
    try:
        return _flat(tomllib.loads(f"x = {text}")["x"])
    except RecursionError:
        raise UserError(f"'{shown(text[:20])}...' has brackets nested too deeply: write it flatter") from None


def _flat(value: T) -> T:
    """`value` as it is; RecursionError where it holds more within one another than MOST_DEPTH."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MOST_DEPTH:
            raise RecursionError
        level = [
            v for each in level if isinstance(each, dict | list) for v in (each.values() if isinstance(each, dict) else each)
        ]
    return value


def read_json(path: Path, most: int = MOST_TEXT_BYTES, finite: bool = True) -> Any:
    """What a JSON file holds. OSError where it can't be read, UserError for what is no JSON, too large or too deep.

    `finite`: numbers are finite and whole ones have 64 bits; else NaN and Infinity are read as Python writes them.
    """
    return parse_json(read_bytes(path, most), shown(path), finite)


def parse_json(raw: bytes, what: str, finite: bool = True) -> Any:
    """The same of bytes; `what` names them in the line."""
    check_depth(raw, what)
    own: dict[str, Any] = {"parse_constant": _no_number, "parse_float": _finite, "parse_int": _of_64_bits} if finite else {}
    try:
        return json.loads(raw.decode("utf-8-sig"), **own)
    except (ValueError, RecursionError) as error:
        raise UserError(f"{what} is not readable JSON ({reason_of(error)}): give the right file") from error


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is not a number")


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _no_number(text)


def _of_64_bits(text: str) -> int:
    if len(text) > 20 or not -(2**63) <= int(text) < 2**64:
        raise ValueError(f"{text[:20]}... is not a number of 64 bits")
    return int(text)


def check_depth(raw: bytes, what: str) -> bytes:
    """`raw` JSON as it is, UserError where brackets lie deeper within brackets than MOST_DEPTH; `what` names it in the line."""
    depth = deepest = 0
    for step in re.finditer(r"[][{}]", _STRINGS.sub("", raw.decode("utf-8", "replace"))):
        depth += 1 if step[0] in "[{" else -1
        deepest = max(deepest, depth)
        if deepest > MOST_DEPTH:
            raise UserError(f"{what} has brackets nested more than {MOST_DEPTH} deep: give the right file")
    return raw


Names = Collection[str] | Callable[[str], bool] | None


def read_npz(path: Path, most: int, names: Names = None) -> dict[str, np.ndarray[Any, Any]]:
    """Arrays of an .npz that take at most `most` bytes together; each header is looked at first.

    `names`: which ones, or a function that says yes to a name; None is all.

    What is `BROKEN` when it is broken; UserError for no regular file, or when it would take more. Object arrays are a ValueError:
    nothing is unpickled.
    """
    if not is_regular(path):
        path.stat()  # says that it is missing
        raise UserError(f"{shown(path)} is not a regular file: give a file")
    if path.stat().st_size > most + MOST_TEXT_BYTES:  # what is packed is hardly larger than what comes out
        raise UserError(f"{shown(path)} has {path.stat().st_size:,} bytes, at most {most:,} are read: give the right file")
    found, left = {}, most
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            name = member.filename.removesuffix(".npy")
            if names is not None and not (names(name) if callable(names) else name in names):
                continue
            with archive.open(member) as file:
                head = npy_header(file)
                found[name] = npy_body(file, head, left, f"{shown(path)}: '{shown(name)}'", most)
            left -= found[name].nbytes
    return found


Header = tuple[tuple[int, ...], bool, np.dtype[Any]]
"""Shape, whether in Fortran's order, and type of a stored array."""


def npy_header(file: Any, kinds: str = "") -> Header:
    """What an .npy file or a member of an .npz declares; at most 64 KiB of it are read. ValueError where it can't be, or holds
    other than numbers, text, or the numpy `kinds`."""
    version = np.lib.format.read_magic(file)
    if version != (1, 0):  # the others are for records of very many fields, and may have a header of gigabytes
        raise ValueError(f"npy version {version} is not read")
    try:
        with _PARSING, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # numpy's, of a header that Python 2 wrote
            shape, fortran, dtype = np.lib.format.read_array_header_1_0(file)
    except Exception as error:  # Python's own parser reads it, and its tokenizer, and each has its errors
        raise ValueError("the header makes no sense") from error
    if not all(0 <= size <= _LONGEST_AXIS for size in shape):
        raise ValueError(f"the shape is said to be {shape}"[:200])
    if dtype.kind not in _KINDS + kinds or dtype.itemsize == 0 or (dtype.kind in "SU" and dtype.itemsize > MOST_TEXT_BYTES):
        raise ValueError(f"it holds {dtype}, not numbers or text"[:200])
    return shape, fortran, dtype


def npy_body(file: Any, head: Header, left: int, what: str, most: int) -> np.ndarray[Any, Any]:
    """The array after its header, of at most `left` bytes (of the `most` allowed together), to the end of `file`.

    ValueError where it has another length, UserError where it would be larger; `what` names it in the line.
    """
    shape, fortran, dtype = head
    size = math.prod(shape) * dtype.itemsize
    if size > left:
        raise UserError(f"{what} is said to take {size:,} bytes, {left:,} are left of {most:,}")
    raw = np.empty(size, np.uint8)
    for start in range(0, size, _CHUNK):
        part = file.read(min(_CHUNK, size - start))
        raw[start : start + len(part)] = np.frombuffer(part, np.uint8)
    if file.read(1) or (size and start + len(part) != size):
        raise ValueError(f"{what} has another length than the {size} bytes of its header")
    return raw.view(dtype).reshape(shape, order="F" if fortran else "C")


_PARSING = threading.Lock()
"""numpy has Python parse headers, whose parser of 3.11 counts the depth of all threads together and fails now and then."""

_CHUNK = 1 << 18

_KINDS = "biufcSU"
"""Of numpy types: truth values, numbers and text."""

_LONGEST_AXIS = 1 << 40
