"""What stands for numpy's, joblib's and Python's own names while a pickle is read: each checks what it is told."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np

_TYPE = re.compile(r"[<>|=]?([biufcSUO])(\d{0,6})\Z|([?])\Z", re.ASCII)
_MOST_AXES = 8


@dataclass(frozen=True)
class Named:
    """A name in a file, and what a call of it gives."""

    call: Callable[..., Any]


class Build:
    """Something that a pickle makes first and fills later."""

    def build(self, state: Any) -> None:
        """Take the state. ValueError for one that makes no sense."""
        raise NotImplementedError


class Type(Build):
    """A dtype of numbers, text or objects, without fields."""

    def __init__(self, text: Any, *_: Any) -> None:
        if isinstance(text, Named):
            raise ValueError("a type that is no type of numbers")
        text = text.decode("latin-1") if isinstance(text, bytes) else str(text)
        if not _TYPE.match(text):
            raise ValueError(f"a type {text[:20]!r}")
        self.dtype = np.dtype(text)

    def build(self, state: Any) -> None:
        """(version, byte order, subarray, names, fields, ...): of these, the order is taken and the parts must be none."""
        if state[2] is not None or state[3] is not None or state[4] is not None:
            raise ValueError("a type that has parts")
        order = state[1].decode("latin-1") if isinstance(state[1], bytes) else state[1]
        if order not in ("<", ">", "|", "="):
            raise ValueError("a type without an order of bytes")
        if order in "<>":
            self.dtype = self.dtype.newbyteorder("<" if order == "<" else ">")


class Pending(Build):
    """An array (or one number) that is made when its state is known."""

    def __init__(self, *made: Any) -> None:
        self._made = made

    def build(self, state: Any) -> None:
        """(version,) shape, dtype, whether in Fortran's order, its bytes; a list of its items where they are objects."""
        shape, kind, fortran, raw = state[-4:]
        self._made = (_array(shape, kind, bool(fortran), raw),)

    def finished(self) -> Any:
        """The array, or number; of an array of objects a list of them, or the only one where it has no axes."""
        if not self._made:
            raise ValueError("an array has no content")
        (value,) = self._made
        return value[()] if isinstance(value, np.ndarray) and value.ndim == 0 else value


class JoblibArray(Pending):
    """joblib's description of an array; its bytes follow in the file."""

    def build(self, state: Any) -> None:
        """Keep the description until the bytes are read."""
        self._state = state

    def read(self, file: BytesIO) -> None:
        """Take the array's bytes, which lie behind the description, from the file."""
        kind, shape = self._state["dtype"], self._state["shape"]
        if self._state.get("numpy_array_alignment_bytes"):
            file.read(file.read(1)[0])
        if not isinstance(kind, Type) or kind.dtype.kind == "O":
            raise ValueError("an array of objects")
        raw = file.read(_size(shape) * kind.dtype.itemsize)
        self._made = (_array(shape, kind, self._state.get("order") == "F", raw),)


def _size(shape: Any) -> int:
    """Items of a shape, checked."""
    if not isinstance(shape, tuple) or len(shape) > _MOST_AXES or not all(isinstance(n, int) and 0 <= n < 1 << 40 for n in shape):
        raise ValueError(f"a shape {str(shape)[:40]}")
    return math.prod(shape)


def _array(shape: Any, kind: Any, fortran: bool, raw: Any) -> Any:
    """A read-only array over bytes of exactly its length; the objects of an array of objects as a list, or the only one."""
    size = _size(shape)
    if not isinstance(kind, Type):
        raise ValueError("an array without a type")
    if kind.dtype.kind == "O":
        if not isinstance(raw, list) or len(raw) != size:
            raise ValueError("an array of objects without its objects")
        return raw if shape else raw[0]
    raw = raw.encode("latin-1") if isinstance(raw, str) else raw  # bytes of Python 2
    if not isinstance(raw, bytes) or len(raw) != size * kind.dtype.itemsize or kind.dtype.itemsize == 0:
        raise ValueError("an array of another length than its shape says")
    return np.frombuffer(raw, kind.dtype).reshape(shape, order="F" if fortran else "C") if raw else np.zeros(shape, kind.dtype)


def _scalar(kind: Any, raw: Any = None) -> Pending:
    return Pending(_array((), kind, False, raw))


def _from_buffer(raw: Any, kind: Any, shape: Any, order: Any = "C") -> Pending:
    return Pending(_array(shape, kind, order == "F", raw))


def _encoded(text: Any, how: Any = "latin1") -> bytes:
    if how not in ("latin1", "latin-1") or not isinstance(text, str):
        raise ValueError("text that is encoded in another way than numpy does")
    return text.encode("latin-1")


def _dict(*arguments: Any) -> dict[Any, Any]:
    if not all(isinstance(each, Named) or each in ((), []) for each in arguments):  # defaultdict(list), OrderedDict([])
        raise ValueError("a dict that is made of something")
    return {}


def _never(*_: Any) -> Any:
    raise ValueError("it calls a type")


_MODULES = ("numpy.core.multiarray", "numpy._core.multiarray")
_TYPES = Named(_never)

NAMES: dict[tuple[str, str], Named] = {
    **{(module, "_reconstruct"): Named(lambda *_: Pending()) for module in _MODULES},
    **{(module, "scalar"): Named(_scalar) for module in _MODULES},
    **{(module, "_frombuffer"): Named(_from_buffer) for module in ("numpy.core.numeric", "numpy._core.numeric")},
    ("numpy", "dtype"): Named(Type),
    ("numpy", "ndarray"): _TYPES,
    ("_codecs", "encode"): Named(_encoded),
    ("collections", "OrderedDict"): Named(_dict),
    ("collections", "defaultdict"): Named(_dict),
    **{(module, name): _TYPES for module in ("builtins", "__builtin__") for name in ("dict", "list", "tuple", "float", "int")},
    **{(module, "bytes"): Named(lambda: b"") for module in ("builtins", "__builtin__")},  # of an empty array
    ("joblib.numpy_pickle", "NumpyArrayWrapper"): Named(lambda *_: JoblibArray()),
}
"""(module, name) -> its stand-in."""
