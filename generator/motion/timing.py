"""When things move: velocity profiles, and scalar channels built from overlapping movements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ..values import Array
from .written import number, one_of


def minimum_jerk(x: Array) -> Array:
    """Smoothest reach from 0 to 1 (Flash & Hogan 1985)."""
    x = np.clip(x, 0.0, 1.0)
    return x**3 * (10.0 - 15.0 * x + 6.0 * x**2)


def accelerate(x: Array) -> Array:
    """From rest to full speed at the end: strikes, throws, a body let fall."""
    return np.clip(x, 0.0, 1.0) ** 2.2


def strike(x: Array) -> Array:
    """A blow that ends at full stretch: off slowly, fastest after two thirds of its time, and stopped by the limb itself."""
    return minimum_jerk(np.clip(x, 0.0, 1.0) ** 1.4)


def decelerate(x: Array) -> Array:
    """From full speed to rest: follow-through, landing."""
    return 1.0 - (1.0 - np.clip(x, 0.0, 1.0)) ** 2.2


def linear(x: Array) -> Array:
    """Constant speed."""
    return np.clip(x, 0.0, 1.0)


def spring(x: Array) -> Array:
    """Damped spring that overshoots by about 9 % and settles: recoil, catches."""
    x = np.clip(x, 0.0, 1.0)
    return 1.0 - np.exp(-6.0 * x) * np.cos(7.8 * x) * (1.0 - x**4)


def swing(x: Array) -> Array:
    """Half a cosine: a limb swinging to and fro like a pendulum."""
    return 0.5 - 0.5 * np.cos(np.pi * np.clip(x, 0.0, 1.0))


def stride(x: Array) -> Array:
    """A foot's way from print to print: off quickly, setting down gently."""
    return swing(np.clip(x, 0.0, 1.0) ** 0.8)


def away(x: Array) -> Array:
    """The first half of a swing, up to its full speed; `home` goes on at that speed and comes to rest."""
    return 1.0 - np.cos(0.5 * np.pi * np.clip(x, 0.0, 1.0))


def home(x: Array) -> Array:
    """The second half of a swing, from its full speed to rest."""
    return np.sin(0.5 * np.pi * np.clip(x, 0.0, 1.0))


EASES: dict[str, Callable[[Array], Array]] = {
    "smooth": minimum_jerk,
    "accelerate": accelerate,
    "strike": strike,
    "decelerate": decelerate,
    "linear": linear,
    "spring": spring,
    "swing": swing,
    "stride": stride,
    "away": away,
    "home": home,
}
"""Names the choreography uses."""


@dataclass(frozen=True)
class Move:
    """A movement that arrives at `end_s` after `duration_s`; before it the former value holds.

    One without duration at or before 0 s is where the performer starts: it holds through the pause before the action too.
    """

    end_s: float
    duration_s: float
    ease: str = "smooth"

    def __post_init__(self) -> None:
        one_of("ease", self.ease, EASES)
        number("the time", self.end_s)
        number("the duration", self.duration_s)

    def weight(self, times: Array) -> Array:
        """How far along the movement is at `times` (T,), 0 before and 1 after."""
        if self.end_s <= 0.0 and self.duration_s == 0.0:
            return np.ones_like(times)
        x = (times - (self.end_s - self.duration_s)) / max(self.duration_s, 1e-6)
        return EASES[self.ease](x)


@dataclass
class Channel:
    """One number over time: a base, movements to new values, and functions of time added on top.

    A later movement may start before an earlier one ends; the two then blend, which rounds the corner as overlapping
    submovements do in people.
    """

    base: float = 0.0
    moves: list[tuple[Move, float]] = field(default_factory=list)
    added: list[Callable[[Array], Array]] = field(default_factory=list)

    def to(self, end_s: float, duration_s: float, value: float, ease: str = "smooth") -> None:
        """Arrive at `value` at `end_s`."""
        number("the value", value)
        self.moves.append((Move(end_s, duration_s, ease), value))

    def add(self, function: Callable[[Array], Array]) -> None:
        """Add function(times) to the channel."""
        self.added.append(function)

    def at(self, times: Array) -> Array:
        """Values (T,) at `times` (T,)."""
        value = np.full(times.shape, self.base)
        for move, goal in sorted(self.moves, key=lambda entry: entry[0].end_s):
            value += (goal - value) * move.weight(times)
        for function in self.added:
            value = value + function(times)
        return value


class Channels:
    """A group of named channels moved together, e.g. the trunk's bend, lean and twist."""

    def __init__(self, **bases: float) -> None:
        self.channels = {name: Channel(base) for name, base in bases.items()}

    def to(self, end_s: float, duration_s: float, ease: str = "smooth", **values: float) -> None:
        """Arrive at the named values at `end_s`; channels not named go on as they were."""
        for name, value in values.items():
            one_of("channel", name, self.channels)
            self.channels[name].to(end_s, duration_s, value, ease)

    def add(self, name: str, function: Callable[[Array], Array]) -> None:
        """Add a function of time to one channel."""
        one_of("channel", name, self.channels)
        self.channels[name].add(function)

    def at(self, times: Array) -> dict[str, Array]:
        """name -> (T,) values."""
        return {name: channel.at(times) for name, channel in self.channels.items()}


def window(times: Array, start_s: float, end_s: float, fade_s: float = 0.2) -> Array:
    """1 inside [start, end], fading smoothly to 0 outside over `fade_s`; for oscillations that start and stop."""
    rise = minimum_jerk((times - start_s) / fade_s + 1.0)
    fall = minimum_jerk((end_s - times) / fade_s + 1.0)
    return rise * fall
