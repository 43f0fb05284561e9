"""`.npy`, `.npz` and `.pkl` files as plain data: headers are looked at before memory is taken, and nothing in them can run."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from ..base.bounded import BROKEN, npy_body, npy_header, open_regular, read_bytes
from ..base.errors import UserError
from ..base.reasons import reason_of
from ..base.shown import shown
from .pickles import unpickled

MOST_BYTES = 1 << 29
"""Of what is read of one file, unpacked: more than an hour of a body at 120 frames/s."""

MOST_MEMBERS = 1000
"""Of an .npz."""

_CHUNK = 1 << 18

_ZIP, _NPY, _ZLIB = b"PK\x03\x04", b"\x93NUMPY", b"\x78"


def load(path: Path, names: Collection[str]) -> Any:
    """What a file holds: an array, or for an .npz a dict of those of its arrays that `names` has, or a pickle's plain data.

    What it is follows from its first bytes. UserError, one line, for what is broken, too large, or would run something.
    """
    try:
        with os.fdopen(open_regular(path), "rb") as file:
            start = file.read(8)
            if start.startswith(_ZIP):
                return _npz(path, names)
            if start.startswith(_NPY):
                file.seek(0)
                return _npy(file, shown(path), MOST_BYTES)
        return unpickled(_unpacked(read_bytes(path, MOST_BYTES), shown(path)), shown(path))
    except BROKEN as error:
        raise UserError(f"{shown(path)} can't be read ({reason_of(error)}): give a whole .npz, .npy or .pkl") from error


def _npz(path: Path, names: Collection[str]) -> dict[str, Any]:
    """The members of those names."""
    found: dict[str, Any] = {}
    left = MOST_BYTES
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise UserError(f"{shown(path)} has {len(members):,} members, at most {MOST_MEMBERS:,} are read: give an .npz")
        if any(
            member.filename in ("data.pkl", "archive/data.pkl") or member.filename.endswith("/data.pkl") for member in members
        ):
            raise UserError(f"{shown(path)} is a file of torch: save its tensors as numpy arrays (tensor.cpu().numpy()) in .npz")
        for member in members:
            name = member.filename.removesuffix(".npy")
            if name in names:
                with archive.open(member) as file:
                    found[name] = _npy(file, f"{shown(path)}: '{shown(name)}'", left)
                left -= member.file_size
    return found


def _npy(file: Any, what: str, left: int) -> Any:
    """The array of an open .npy of at most `left` bytes; an array of objects is unpickled as plain data."""
    head = npy_header(file, kinds="O")
    if head[2].kind != "O":
        return npy_body(file, head, left, what, MOST_BYTES)
    parts, size = [], 0
    while part := file.read(_CHUNK):  # a larger number would be allocated
        parts.append(part)
        size += len(part)
        if size > left:
            raise UserError(f"{what} has objects of more than {left:,} bytes: save its arrays as .npz")
    return unpickled(b"".join(parts), what)


def _unpacked(raw: bytes, what: str) -> bytes:
    """The bytes of a pickle that joblib may have packed with zlib."""
    if not raw.startswith(_ZLIB):
        return raw
    unpacking = zlib.decompressobj()
    found = unpacking.decompress(raw, MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise UserError(f"{what} takes more than {MOST_BYTES:,} bytes unpacked: give a shorter recording")
    return found
