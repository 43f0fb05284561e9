"""Where a hand, a foot or the eyes shall be: a point of some frame, and how what is brought there is turned."""

from __future__ import annotations

from dataclasses import dataclass

from ..skeletons import LANDMARKS
from .written import number, one_of, vector

Vector = tuple[float, float, float]

FRAMES = ("world", "stage", "travel", "pelvis", "chest", "head", "shoulder", "hip", "right_hand", "left_hand")
"""Frames that are there in every performance; those of things are called "prop:NAME" where they first stand and
"thing:NAME" where they are at each moment, those of others "ROLE:FRAME"."""

OF_THINGS = ("prop:", "thing:")

SIDED = ("shoulder", "hip", "foot")
OTHERS_FRAMES = (*FRAMES[:6], "right_hand", "left_hand", *(f"{side}_{name}" for side in ("right", "left") for name in SIDED))
"""Frames of somebody else's body; roots of limbs are named with their side there."""

PARTNER = "partner"
"""What a choreography for two calls the other one."""

UNITS = ("m", "limb", "rest")

EFFECTORS = ("palm", "knuckles", "index_tip", "middle_tip", "thumb_tip", "wrist", "sole", "ball", "ankle", "knee")
"""What of a hand or foot is brought to its target."""

_SAID = {
    "y_axis": "the direction of fingers or toes",
    "z_axis": "the direction of palm or instep",
    "pole": "the direction of elbow or knee",
}


@dataclass(frozen=True)
class LimbTarget:
    """Where a hand's or foot's effector shall be, and how it is turned.

    `at` is in metres, or in limb lengths when `unit` is "limb". `landmark` puts the origin on a named point of the skin
    (axes stay those of `frame`). `y_axis`/`z_axis` are directions of the effector's frame: a hand's fingers and palm, a
    foot's toes and instep, a prop frame's own y and z; None leaves it to the limb. `pole`: which way elbow or knee points.
    On somebody else's frame (`owner`) `at` and directions are (right, forward, up) in that person's axes, for either side.
    `stretch`: the share of an arm's length that the wrist may be away from the shoulder; an arm that shall yield keeps a bend.
    """

    frame: str
    at: Vector
    unit: str = "m"
    landmark: str | None = None
    y_axis: Vector | None = None
    z_axis: Vector | None = None
    effector: str = "palm"
    prop_frame: tuple[str, str] | None = None
    pole: Vector | None = None
    stretch: float = 1.0

    def __post_init__(self) -> None:
        if not self.frame.startswith(OF_THINGS):
            role, frame = self.owner
            one_of("frame", frame, OTHERS_FRAMES if role else FRAMES)
        one_of("unit", self.unit, UNITS)
        one_of("effector", self.effector, EFFECTORS)
        if self.landmark is not None:
            one_of("landmark", self.landmark, LANDMARKS)
        vector("the point", self.at)
        for name in ("y_axis", "z_axis", "pole"):
            if (value := getattr(self, name)) is not None:
                vector(_SAID[name], value)
        number("stretch", self.stretch)

    @property
    def owner(self) -> tuple[str, str]:
        """Whose frame it is, "" for one's own or a thing's, and the frame."""
        if self.frame.startswith(OF_THINGS) or ":" not in self.frame:
            return "", self.frame
        role, _, frame = self.frame.partition(":")
        return role, frame
