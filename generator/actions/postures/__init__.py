"""From one posture into another: seats, floors, beds."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "picking": ("picking",),
    "seats": ("sitting", "standing_up"),
    "squatting": ("squatting",),
    "lying": ("lying_down",),
    "to_the_floor": ("kneeling", "sitting_down_on_the_floor"),
    "getting_up": ("getting_up_from_a_fall",),
    "falling": ("falling_down",),
    "fainting": ("fainting",),
    "fallen": ("fallen_on_the_floor",),
    "standing": ("waiting",),
}
"""Module of this folder -> the actions it defines, each as a constant of the same name in capitals."""
