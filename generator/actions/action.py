"""What an action is: a name, what varies, what it needs, and a choreography."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..base.errors import UserError
from ..recordings.classes import MotionClass
from ..values import FIRST

if TYPE_CHECKING:
    from ..motion.score import Score


SPORTS = frozenset({"sport", "exercise"})
"""Tags of what one changes one's clothes for: nobody lifts knees in a long skirt."""


@dataclass(frozen=True)
class Range:
    """A parameter drawn uniformly from [low, high]; `whole` rounds it to an integer."""

    low: float
    high: float
    whole: bool = False


@dataclass(frozen=True)
class Choice:
    """A parameter that is one of `options`, drawn with `weights` (equal when empty)."""

    options: tuple[str, ...]
    weights: tuple[float, ...] = ()


@dataclass(frozen=True)
class PropUse:
    """An object the action needs: the choreography's name for it, the kinds that will do, and its size range.

    `garment`: the layer of the first performer's clothes that it is when it is not worn, whose colours it has.
    """

    name: str
    kinds: tuple[str, ...]
    size: tuple[float, float] = (0.9, 1.1)
    garment: str = ""


@dataclass(frozen=True)
class Action:
    """One action class.

    `roles`: who performs it, each with a score of their own; the choreography is called with them in that order. `caption`
    completes "A person ..." and may use {side}, {possessive}, {reflexive}, {object} and parameter names in braces; in an action
    of several also {b}, who that is, {b_possessive} and so on. `wordings` say the same in other words.
    `phases` are the names of the segments its choreography marks, in order. `mirror_keeps_class`: performing it with
    the other side is the same class, so `side` is drawn evenly. `taxonomy`: dataset name -> its label for this action.
    `changes`: layers of clothes (outer, shoe) that its performers wear, and put on or take off.
    `outfit`: the occasion that its performers are dressed for (swimming, pockets); by default sport for what has one of
    SPORTS among its tags, and else none: as people are every day.
    `together`: the same class performed by more people, in a share of its clips that the recipe says: an action of the same name.
    `acting`: the limbs that tell the action (right_hand, left_hand, right_foot, left_foot; as a right-handed performer has
    them), or none where the whole body does; how much of them is seen is measured in every clip. `motion`: the takes of which one
    is performed, of a class of recorded movement.
    """

    name: str
    caption: str
    choreography: Callable[..., None]
    phases: tuple[str, ...]
    params: dict[str, Range | Choice] = field(default_factory=dict)
    props: tuple[PropUse, ...] = ()
    wordings: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    mirror_keeps_class: bool = True
    acting: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    outfit: str = ""
    taxonomy: dict[str, str] = field(default_factory=dict)
    roles: tuple[str, ...] = (FIRST,)
    motion: MotionClass | None = None
    together: Action | None = None

    def __post_init__(self) -> None:
        if self.together is not None and (self.together.name != self.name or len(self.together.roles) <= len(self.roles)):
            raise ValueError(f"action '{self.name}': together it must be of the same name, and of more people")

    @property
    def occasion(self) -> str:
        """What its performers are dressed for, a name of `sampling.outfits.OUTFITS`; "" as people are every day."""
        return self.outfit or ("sport" if SPORTS.intersection(self.tags) else "")

    @property
    def most_roles(self) -> tuple[str, ...]:
        """Roles of the clips with the most people."""
        return self.together.roles if self.together is not None else self.roles

    def by(self, roles: Sequence[str]) -> Action:
        """The action as it is performed by people of these roles."""
        return self.together if self.together is not None and tuple(roles) == self.together.roles else self

    def perform(self, *scores: Score) -> None:
        """Have the choreography write its scores. UserError, naming file and line, for a slip in it or an undeclared phase."""
        from .told import told

        if len(scores) != len(self.roles):
            raise UserError(
                f"action '{self.name}' is for {len(self.roles)} people ({', '.join(self.roles)}), its spec has {len(scores)}: "
                "write one for each role"
            )
        try:
            self.choreography(*scores)
        except Exception as error:
            raise told(error, self.name) from error
        for segment in scores[0].segments:
            if segment.name not in self.phases:
                raise UserError(
                    f"action '{self.name}': its choreography marks a phase '{segment.name}' that is not declared: "
                    f"phases are {', '.join(self.phases) or 'none'}; add it to `phases`"
                )
