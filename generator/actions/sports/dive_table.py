"""The dives that competitions know, by take-off: somersaults, twists and position, in words that a parameter can be."""

from __future__ import annotations

from dataclasses import dataclass

COUNTS: dict[float, str] = {
    0.5: "half a", 1.0: "one", 1.5: "one and a half", 2.0: "two", 2.5: "two and a half", 3.0: "three", 3.5: "three and a half",
    4.0: "four", 4.5: "four and a half",
}  # fmt: skip
"""Numbers of somersaults and twists in words."""


@dataclass(frozen=True)
class Dive:
    """Half and whole turns about the lateral axis (`somersaults`) and the long one (`twists`), and the body's position.

    `back`: an armstand dive that turns backward. Other dives turn as their take-off says.
    """

    somersaults: float
    position: str
    twists: float = 0.0
    back: bool | None = None

    @property
    def words(self) -> str:
        """What completes "does": the option of an action's parameter."""
        way = "" if self.back is None else "back " if self.back else "forward "
        turns = f"{COUNTS[self.somersaults]} {way}{_plural('somersault', self.somersaults)}"
        spins = f" with {COUNTS[self.twists]} {_plural('twist', self.twists)}" if self.twists else ""
        return f"{turns}{spins} in the {self.position} position"


def _plural(noun: str, count: float) -> str:
    return noun if count <= 1.0 else f"{noun}s"


def _each(position: str, *counts: float) -> tuple[Dive, ...]:
    return tuple(Dive(count, position) for count in counts)


def _twisting(position: str, *pairs: tuple[float, float]) -> tuple[Dive, ...]:
    return tuple(Dive(somersaults, position, twists) for somersaults, twists in pairs)


FORWARD: tuple[Dive, ...] = (
    *_each("straight", 0.5), *_each("pike", 0.5, 1.0, 1.5, 2.0, 2.5, 3.5), *_each("tuck", 0.5, 1.0, 1.5, 2.0, 2.5, 3.5, 4.5),
    *_twisting("free", (1.5, 1.0), (1.5, 2.0), (1.5, 3.0)), *_twisting("pike", (2.5, 1.0), (2.5, 2.0), (2.5, 3.0)),
)  # fmt: skip

BACK: tuple[Dive, ...] = (
    *_each("straight", 0.5, 1.0), *_each("pike", 0.5, 1.5, 2.5, 3.5), *_each("tuck", 0.5, 1.0, 1.5, 2.5, 3.5),
    *_twisting("free", (1.5, 0.5), (1.5, 1.5), (1.5, 2.5)), *_twisting("pike", (2.5, 1.5), (2.5, 2.5)),
)  # fmt: skip

REVERSE: tuple[Dive, ...] = (
    *_each("straight", 0.5), *_each("pike", 0.5, 1.5, 2.5), *_each("tuck", 0.5, 1.0, 1.5, 2.5, 3.5),
    *_twisting("free", (1.5, 0.5), (1.5, 1.5), (1.5, 2.5), (1.5, 3.5)), *_twisting("pike", (2.5, 1.5)),
)  # fmt: skip

INWARD: tuple[Dive, ...] = (*_each("pike", 0.5, 1.5, 2.5), *_each("tuck", 0.5, 1.0, 1.5, 2.5, 3.5))

ARMSTAND: tuple[Dive, ...] = (
    Dive(1.0, "pike", back=False), Dive(2.0, "pike", back=False), Dive(2.0, "tuck", back=False), Dive(2.0, "tuck", back=True),
    Dive(3.0, "pike", back=True), Dive(3.0, "tuck", back=True), Dive(2.0, "free", 1.5, back=True),
    Dive(2.0, "free", 2.5, back=True),
)  # fmt: skip


def by_words(dives: tuple[Dive, ...]) -> dict[str, Dive]:
    """Words -> dive."""
    return {dive.words: dive for dive in dives}
