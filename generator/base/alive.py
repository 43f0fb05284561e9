"""Signs of life from deep within long work, so that whoever watches the process can tell slow from hung.

Nobody listens unless a worker process says so (`listen`): elsewhere a sign costs one comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

Listener = Callable[[str], None]
"""Told what is going on, in a word or two."""

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """From now on `listener` hears of every sign in this process, and nobody else does."""
    _listeners[:] = [listener]


def sign(doing: str) -> None:
    """Say that work goes on, and what is going on now."""
    for listener in _listeners:
        listener(doing)


def frames(n: int) -> Iterator[int]:
    """0 to n - 1, with a sign after each: the loop of a renderer over its frames."""
    for t in range(n):
        yield t
        sign(f"frame {t + 1} of {n}")
