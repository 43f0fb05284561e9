"""Twenty-four ways for a shape to move, told apart by their motion alone; none is another's mirror image."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ..values import Array

TAU = 2 * math.pi


@dataclass(frozen=True)
class Path:
    """One shape over T frames, each (T,): centre in [0, 1] of the picture, size factor, angle in radians, width to height, waves
    of its outline in shares of its radius."""

    x: Array
    y: Array
    size: Array
    angle: Array
    stretch: Array
    wave: Array


Motion = Callable[[np.random.Generator, Array], Path]


def _path(t: Array, x: object = 0.5, y: object = 0.5, size: object = 1.0, angle: object = 0.0, stretch: object = 1.0,
          wave: object = 0.0) -> Path:  # fmt: skip
    return Path(*(np.broadcast_to(np.asarray(value, float), t.shape) for value in (x, y, size, angle, stretch, wave)))


def _sign(rng: np.random.Generator) -> float:
    return 1.0 if rng.random() < 0.5 else -1.0


def _home(rng: np.random.Generator) -> tuple[float, float]:
    return rng.uniform(0.35, 0.65), rng.uniform(0.35, 0.65)


def _line(rng: np.random.Generator, t: Array, heading: float, progress: Array, **more: object) -> Path:
    """Along a straight line through somewhere near the middle; progress 0 to 1."""
    x, y = _home(rng)
    reach = rng.uniform(0.45, 0.7)
    along = (progress - 0.5) * reach
    return _path(t, x + along * math.cos(heading), y + along * math.sin(heading), **more)


def _any_heading(rng: np.random.Generator) -> float:
    return rng.uniform(0, TAU)


def _beats(rng: np.random.Generator, t: Array, low: float = 1.5, high: float = 3.0) -> Array:
    """A sine of so many periods, in [-1, 1]."""
    return np.sin(TAU * (rng.uniform(low, high) * t + rng.random()))


def _orbit(rng: np.random.Generator, t: Array, **more: object) -> Path:
    x, y = _home(rng)
    radius, turn = rng.uniform(0.15, 0.27), TAU * (rng.random() + _sign(rng) * rng.uniform(0.9, 1.8) * t)
    return _path(t, x + radius * np.cos(turn), y + radius * np.sin(turn), **more)


def _eight(rng: np.random.Generator, t: Array) -> Path:
    x, y = _home(rng)
    turn = TAU * (rng.random() + _sign(rng) * rng.uniform(0.9, 1.5) * t)
    return _path(t, x + 0.28 * np.sin(turn), y + rng.uniform(0.12, 0.2) * np.sin(2 * turn))


def _spiral(rng: np.random.Generator, t: Array) -> Path:
    x, y = _home(rng)
    radius = np.linspace(0.02, 0.32, len(t)) if rng.random() < 0.5 else np.linspace(0.32, 0.02, len(t))
    turn = TAU * (rng.random() + _sign(rng) * rng.uniform(1.5, 2.3) * t)
    return _path(t, x + radius * np.cos(turn), y + radius * np.sin(turn))


def _hops(rng: np.random.Generator, t: Array, travel: float) -> Path:
    """Parabolas on a floor, standing or wandering on."""
    beats = (rng.uniform(2.0, 3.5) * t + rng.random()) % 1.0
    x = _home(rng)[0] + _sign(rng) * travel * (t - 0.5)
    return _path(t, x, rng.uniform(0.7, 0.8) - rng.uniform(0.3, 0.45) * 4 * beats * (1 - beats))


def _billiard(rng: np.random.Generator, t: Array) -> Path:
    """Straight on between the picture's edges, thrown back by them."""

    def fold(start: float, way: float) -> Array:
        place = (start + way * t) % 2.0
        return 0.2 + 0.6 * np.where(place > 1, 2 - place, place)

    return _path(t, fold(2 * rng.random(), _sign(rng) * rng.uniform(1.6, 2.6)), fold(2 * rng.random(), rng.uniform(1.6, 2.6)))


def _zigzag(rng: np.random.Generator, t: Array) -> Path:
    place = (rng.uniform(2.5, 4.0) * t + rng.random()) % 1.0
    teeth = 2 * np.abs(2 * place - 1) - 1
    x, y = 0.5 + _sign(rng) * rng.uniform(0.5, 0.65) * (t - 0.5), _home(rng)[1] + rng.uniform(0.12, 0.18) * teeth
    return _path(t, x, y) if rng.random() < 0.5 else _path(t, y, x)


def _tremble(rng: np.random.Generator, t: Array) -> Path:
    x, y = _home(rng)
    return _path(t, x + rng.normal(0, 0.02, len(t)), y + rng.normal(0, 0.02, len(t)))


def _stop_and_go(rng: np.random.Generator, t: Array) -> Path:
    n = int(rng.integers(3, 5))
    within = np.clip(((t * n) % 1.0) * 2.2, 0, 1)
    return _line(rng, t, _any_heading(rng), np.minimum((np.floor(t * n) + within) / n, 1.0))


def _roll(rng: np.random.Generator, t: Array) -> Path:
    """Along the floor, turning as far as it goes."""
    way = _sign(rng)
    x = 0.5 + way * rng.uniform(0.5, 0.7) * (t - 0.5)
    return _path(t, x, rng.uniform(0.65, 0.78), angle=way * rng.uniform(5, 7) * t + _any_heading(rng))


def _turned(t: Array, rng: np.random.Generator, angle: Array | float, **more: object) -> Path:
    x, y = _home(rng)
    return _path(t, x, y, angle=_any_heading(rng) + angle, **more)


def _speed(rng: np.random.Generator) -> float:
    return _sign(rng) * rng.uniform(1.0, 2.2)


MOTIONS: Mapping[str, Motion] = {
    "move_horizontally": lambda r, t: _line(r, t, math.pi * r.integers(2), t),
    "move_vertically": lambda r, t: _line(r, t, math.pi * (0.5 + r.integers(2)), t),
    "move_diagonally": lambda r, t: _line(r, t, math.pi * (0.25 + 0.5 * r.integers(4)), t),
    "speed_up": lambda r, t: _line(r, t, _any_heading(r), t**3),
    "slow_down": lambda r, t: _line(r, t, _any_heading(r), 1 - (1 - t) ** 3),
    "stop_and_go": _stop_and_go,
    "there_and_back": lambda r, t: _line(r, t, _any_heading(r), 1 - np.abs(2 * t - 1)),
    "sway": lambda r, t: _line(r, t, 0.0, 0.5 + 0.3 * _beats(r, t)),
    "bob": lambda r, t: _line(r, t, math.pi / 2, 0.5 + 0.3 * _beats(r, t)),
    "tremble": _tremble,
    "grow": lambda r, t: _turned(t, r, 0.0, size=0.45 + r.uniform(0.9, 1.3) * t),
    "shrink": lambda r, t: _turned(t, r, 0.0, size=0.45 + r.uniform(0.9, 1.3) * (1 - t)),
    "pulse": lambda r, t: _turned(t, r, 0.0, size=0.9 + 0.4 * _beats(r, t)),
    "spin": lambda r, t: _turned(t, r, TAU * _speed(r) * t),
    "swing": lambda r, t: _turned(t, r, 0.7 * _beats(r, t)),
    "stretch": lambda r, t: _turned(t, r, 0.0, stretch=np.exp(0.6 * _beats(r, t))),
    "ripple": lambda r, t: _turned(t, r, 0.0, wave=0.3 * _beats(r, t, 2.0, 4.0)),
    "orbit": _orbit,
    "figure_eight": _eight,
    "spiral": _spiral,
    "hop_on": lambda r, t: _hops(r, t, r.uniform(0.4, 0.55)),
    "billiard": _billiard,
    "zigzag": _zigzag,
    "roll": _roll,
}
"""Class name -> what makes its path from a generator and times t (T,) from 0 to 1. A mirrored one is of the same class."""


def still(x: float, y: float, angle: float) -> Path:
    """One frame of a shape that does nothing."""
    return _path(np.zeros(1), x, y, angle=angle)
