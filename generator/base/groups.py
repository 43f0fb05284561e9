"""Groups of clips that show one performance: twins, with other values of some factors, and views, from several cameras.

Where a dataset has such groups, `size` clips in a row are one: clip `index` is member `index % size` of group `index // size`,
and all of a group are drawn by the group's number. Views change fastest, then the factor that was named last; member 0 has the
values that a clip of the group's number has anyway.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import prod

from .errors import UserError
from .shown import shown

MOST_MEMBERS = 64
"""Clips of one group."""

MOST_VIEWS = 16
"""Cameras that film one performance: a spec names all of them."""

_TWIN = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9.:-]{0,40})\s*=\s*(?P<number>[0-9]{1,6})", re.ASCII)


@dataclass(frozen=True)
class Member:
    """A clip's place: the `group` by whose number it is drawn, the streams redrawn, and which of `views` cameras it is of."""

    group: int
    redraws: dict[str, int]
    view: int = 0
    views: int = 1


@dataclass(frozen=True)
class Grouping:
    """How many values each factor has, (stream, number) in the order given, and how many cameras there are."""

    twins: tuple[tuple[str, int], ...] = ()
    views: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.views <= MOST_VIEWS:
            raise UserError(f"views is {self.views}: choose from 1 to {MOST_VIEWS}")
        if self.size > MOST_MEMBERS:
            raise UserError(f"a performance would be shown in {self.size:,} clips: twins times views may be up to {MOST_MEMBERS}")

    @property
    def size(self) -> int:
        """Clips of one group."""
        return self.views * prod(number for _, number in self.twins)

    def member(self, index: int) -> Member:
        """The place of clip `index`; a value that is not redrawn is not among its `redraws`."""
        group, rest = divmod(index, self.size)
        rest, view = divmod(rest, self.views)
        redraws: dict[str, int] = {}
        for name, number in reversed(self.twins):
            rest, redraw = divmod(rest, number)
            redraws |= {name: redraw} if redraw else {}
        return Member(group, dict(sorted(redraws.items())), view, self.views)

    def member_or_alone(self, index: int) -> Member | None:
        """As `member`; None where every clip is a group of its own, which needs no saying."""
        return self.member(index) if self.size > 1 else None


@lru_cache(maxsize=64)
def grouping(twins: str, views: int) -> Grouping:
    """What "backdrop=4,camera=2" and a number of views mean; streams are not looked up. UserError for what means nothing."""
    found: dict[str, int] = {}
    for word in filter(None, (word.strip() for word in twins.split(","))):
        match = _TWIN.fullmatch(word)
        if match is None:
            raise UserError(f"twins with '{shown(word)[:60]}': write FACTOR=NUMBER, like background=4,camera=2")
        name, number = match["name"], int(match["number"])
        if name in found:
            raise UserError(f"twins name {name} twice: give each factor once")
        if not 2 <= number <= MOST_MEMBERS:
            raise UserError(f"twins with {name}={number}: a factor has from 2 to {MOST_MEMBERS} values")
        found[name] = number
    return Grouping(tuple(found.items()), views)
