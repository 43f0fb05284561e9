"""Pickles of numpy arrays, dicts and numbers, read by a machine of our own: it can build plain data, and nothing else.

Python's unpickler imports what a file names and calls it, and numpy's own `__setstate__` trusts what it is told. Here the file
is only taken apart (`pickletools`); the few names of arrays and dicts have stand-ins in a table, any other ends it.
joblib's files (a pickle with raw arrays in between) are read, too.
"""

from __future__ import annotations

import pickletools
import struct
import warnings
from collections.abc import Callable
from io import BytesIO
from typing import Any

from ..base.errors import UserError
from ..base.reasons import reason_of
from ..base.shown import shown
from .pickled_arrays import NAMES, Build, JoblibArray, Named, Pending

MOST_STEPS = 1_000_000
"""Of a pickle; an array takes some twenty."""

MOST_DEEP = 16
"""Containers within containers."""

BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, EOFError, struct.error)
"""What taking a damaged pickle apart can raise."""

_UNDER_WAY = object()
_NUMBERS = {"INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT"}
_TEXTS = {"STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8"}
_BYTES = {"BINBYTES", "SHORT_BINBYTES", "BINBYTES8", "BYTEARRAY8"}
_LITERALS = _NUMBERS | _TEXTS | _BYTES
_CONSTANTS: dict[str, Any] = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False}
_EMPTY: dict[str, Callable[[], Any]] = {"EMPTY_DICT": dict, "EMPTY_LIST": list, "EMPTY_TUPLE": tuple}
_SKIPPED = {"PROTO", "FRAME", "STOP"}


def unpickled(raw: bytes, what: str) -> Any:
    """Plain data: dicts, lists, tuples, text, bytes, numbers, None, and read-only numpy arrays of numbers or text.

    UserError for a pickle that names anything else, has too many steps, or is broken; `what` names it in the line.
    """
    machine = _Machine(BytesIO(raw), what)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's, of backslashes in texts of protocol 0
            for count, (operation, argument, _) in enumerate(pickletools.genops(machine.file)):
                if count == MOST_STEPS:
                    raise UserError(f"{what} is a pickle of more than {MOST_STEPS:,} steps: save its arrays as .npz")
                machine.step(operation.name, argument)
        (result,) = machine.stack
        if machine.below:
            raise ValueError("it ends within a container")
        return _plain(result, 0, {})
    except BROKEN as error:
        raise UserError(
            f"{what} is not a readable pickle ({reason_of(error)[:80]}): give the right file, or save its arrays as .npz"
        ) from error


class _Machine:
    """Stack and memo of one reading."""

    def __init__(self, file: BytesIO, what: str) -> None:
        self.file, self.what = file, what
        self.stack: list[Any] = []
        self.below: list[list[Any]] = []  # what lies under each mark
        self.memo: dict[int, Any] = {}

    def step(self, name: str, argument: Any) -> None:
        """Carry out one operation. UserError for one that would run something."""
        if name in _LITERALS:
            self.stack.append(bytes(argument) if name in _BYTES else argument)
        elif name in _CONSTANTS:
            self.stack.append(_CONSTANTS[name])
        elif name in _EMPTY:
            self.stack.append(_EMPTY[name]())
        elif name not in _SKIPPED:
            act = _ACTS.get(name)
            if act is None:
                raise UserError(_refused(self.what, f"has an operation '{name}'"))
            act(self, argument)

    def mark(self) -> None:
        """What is pushed from now on lies above a mark."""
        self.below.append(self.stack)
        self.stack = []

    def above_mark(self) -> list[Any]:
        """What lies above the last mark, taken off with it."""
        found, self.stack = self.stack, self.below.pop()
        return found

    def named(self, module: str, name: str) -> None:
        """Push what the table has under a name; UserError for one that it lacks."""
        if module.split(".")[0] == "torch":
            raise UserError(f"{self.what} holds torch tensors: save them as numpy arrays (tensor.cpu().numpy()), best as .npz")
        if (found := NAMES.get((module, name))) is None:
            raise UserError(_refused(self.what, f"would run '{shown(module)[:60]}.{shown(name)[:60]}'"))
        self.stack.append(found)


def _refused(what: str, found: str) -> str:
    return f"{what} is a pickle that {found}: only numpy arrays, dicts, lists, text and numbers are read, save those as .npz"


def _global(machine: _Machine, argument: Any) -> None:
    module, _, name = argument.partition(" ")
    machine.named(module, name)


def _stack_global(machine: _Machine, _: Any) -> None:
    name, module = machine.stack.pop(), machine.stack.pop()
    machine.named(str(module), str(name))


def _call(machine: _Machine, _: Any) -> None:
    arguments, function = machine.stack.pop(), machine.stack.pop()
    if not isinstance(function, Named) or not isinstance(arguments, tuple):
        raise ValueError("it calls what is no function")
    machine.stack.append(function.call(*arguments))


def _build(machine: _Machine, _: Any) -> None:
    state, target = machine.stack.pop(), machine.stack[-1]
    if not isinstance(target, Build):
        raise ValueError("it gives a state to what has none")
    target.build(state)
    if isinstance(target, JoblibArray):
        target.read(machine.file)


def _put(machine: _Machine, argument: Any) -> None:
    machine.memo[len(machine.memo) if argument is None else int(argument)] = machine.stack[-1]


def _get(machine: _Machine, argument: Any) -> None:
    machine.stack.append(machine.memo[int(argument)])


def _extend(machine: _Machine, values: list[Any]) -> None:
    if not isinstance(machine.stack[-1], list):
        raise ValueError("it appends to what is no list")
    machine.stack[-1].extend(values)


def _update(machine: _Machine, pairs: list[Any]) -> None:
    if not isinstance(machine.stack[-1], dict):
        raise ValueError("it sets an item of what is no dict")
    machine.stack[-1].update(_pairs(pairs))


def _pairs(values: list[Any]) -> dict[Any, Any]:
    found = {}
    for key, value in zip(values[::2], values[1::2], strict=True):
        key = key.decode("latin-1") if isinstance(key, bytes) else key
        key = key.finished().item() if isinstance(key, Pending) else key
        if not (isinstance(key, str) or (isinstance(key, int) and abs(key) < 1 << 53)):  # larger ones could be chosen to collide
            raise ValueError(f"a key is a {type(key).__name__}")
        found[key] = value
    return found


def _drop(_: Any) -> None: ...


def _push(machine: _Machine, value: Any) -> None:  # the stack is another one once a mark is off
    machine.stack.append(value)


def _last(machine: _Machine, count: int) -> None:
    machine.stack[-count:] = [tuple(machine.stack[-count:])]


_ACTS: dict[str, Callable[[_Machine, Any], None]] = {
    "MARK": lambda machine, _: machine.mark(),
    "POP": lambda machine, _: _drop(machine.stack.pop()),
    "POP_MARK": lambda machine, _: _drop(machine.above_mark()),
    "DUP": lambda machine, _: machine.stack.append(machine.stack[-1]),
    "TUPLE": lambda machine, _: _push(machine, tuple(machine.above_mark())),
    "TUPLE1": lambda machine, _: _last(machine, 1),
    "TUPLE2": lambda machine, _: _last(machine, 2),
    "TUPLE3": lambda machine, _: _last(machine, 3),
    "LIST": lambda machine, _: _push(machine, machine.above_mark()),
    "DICT": lambda machine, _: _push(machine, _pairs(machine.above_mark())),
    "APPEND": lambda machine, _: _extend(machine, [machine.stack.pop()]),
    "APPENDS": lambda machine, _: _extend(machine, machine.above_mark()),
    "SETITEM": lambda machine, _: _update(machine, [machine.stack.pop(-2), machine.stack.pop()]),
    "SETITEMS": lambda machine, _: _update(machine, machine.above_mark()),
    **dict.fromkeys(("PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"), _put),
    **dict.fromkeys(("GET", "BINGET", "LONG_BINGET"), _get),
    "GLOBAL": _global,
    "STACK_GLOBAL": _stack_global,
    "REDUCE": _call,
    "NEWOBJ": _call,
    "BUILD": _build,
}


def _plain(value: Any, depth: int, done: dict[int, Any]) -> Any:
    """`value` with arrays in the place of what stood for them. A container within itself, or too deep, is a ValueError."""
    if depth > MOST_DEEP:
        raise ValueError(f"more than {MOST_DEEP} containers within one another")
    if id(value) in done:  # the containers that are still being made are in there as none
        if done[id(value)] is _UNDER_WAY:
            raise ValueError("something holds itself")
        return done[id(value)]
    if isinstance(value, Pending):
        return _plain(value.finished(), depth + 1, done)
    if isinstance(value, dict | list | tuple):
        done[id(value)] = _UNDER_WAY
        if isinstance(value, dict):
            found: Any = {key: _plain(each, depth + 1, done) for key, each in value.items()}
        else:
            found = [_plain(each, depth + 1, done) for each in value]
        done[id(value)] = found
        return found
    if isinstance(value, Named | Build):
        raise ValueError("it holds the name of a function, or a type")
    return value
