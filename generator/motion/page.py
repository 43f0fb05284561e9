"""What the scores of one performance share: the clock with its events and phases, who takes part, and the things."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ..values import Array, Contact, PerformanceSpec, Segment
from .target import Vector
from .timing import Move

if TYPE_CHECKING:
    from ..props.table import Prop


@dataclass(frozen=True)
class PropEvent:
    """From `time_s` on, the prop is: "static" at `pose` (T_stage_prop), "held" by `hand` of `role`, or "flying" with `velocity`,
    turning over by `spin_radps` where that isn't 0.

    "coming" flies in so as to meet `hand` at `time_s`, having started `flight_s` before, at `velocity`, with the hand as its
    goal. "kept" stays in the hand as it lay there; "passed" flies for `flight_s` into it from where it was; "borne" goes with the
    hands of `bearers` (role, hand, frame of the prop); "strung" leads from the first of `bearers` to the second (role, hand, ""
    or a "thing:frame" there). Points and velocities are in the stage's axes. "worn" goes with `frame` of the body, on which it
    lies at `pose` (T_frame_prop), from `landmark` where one is named; "moved" goes to `pose` by `move`; "swung" turns by
    `angle_rad` about the z axis of the prop's own `frame`.
    """

    time_s: float
    mode: str
    role: str
    hand: str = "right"
    pose: Array | None = None
    velocity: Vector = (0.0, 0.0, 0.0)
    flight_s: float = 0.0
    bearers: tuple[tuple[str, str, str], ...] = ()
    frame: str = ""
    landmark: str | None = None
    move: Move | None = None
    angle_rad: float = 0.0
    spin_radps: float = 0.0


@dataclass(frozen=True)
class Pin:
    """From `time_s` on, a point of a thing that bends is at `at` of a frame of `role`'s ("" lets it go); see `bending.pin`."""

    time_s: float
    point: str
    role: str
    frame: str
    at: Vector | Callable[[Array], Array] = (0.0, 0.0, 0.0)
    y_axis: Vector = (1.0, 0.0, 0.0)
    z_axis: Vector = (0.0, 0.0, 1.0)
    width: float = 1.0
    landmark: str | None = None
    T_stage_world: Array = field(default_factory=lambda: np.eye(4))


@dataclass
class Page:
    """One performance's common page. Times are score seconds, the same for all roles; `now` is where the writing has come to."""

    spec: PerformanceSpec
    roles: tuple[str, ...]
    props: dict[str, Prop]
    now: float = 0.0
    segments: list[Segment] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    events: dict[str, float] = field(default_factory=dict)
    pins: dict[str, list[Pin]] = field(default_factory=dict)
    tears: dict[str, tuple[float, float]] = field(default_factory=dict)
    stowed: dict[str, list[tuple[float, float, str]]] = field(default_factory=dict)
    """Things out of sight: from when to when, and in whose chest."""
    prop_events: dict[str, list[PropEvent]] = field(init=False)

    def __post_init__(self) -> None:
        self.prop_events = {name: [] for name in self.props}
