"""What an action becomes when its video is played backwards."""

from __future__ import annotations

from typing import Literal

INVERSE = {"sitting": "standing_up", "standing_up": "sitting"}
"""Actions that become one another."""

ALIKE = frozenset(
    {
        "waving_a_hand", "clapping", "jumping_jack", "push_up", "squatting", "jumping", "brushing_teeth", "saluting",
        "taking_a_bow", "pointing_with_a_finger", "punching", "telephoning", "drinking_water",
    }
)  # fmt: skip
"""Actions that look about the same backwards: there and back again, or a pose that is taken and left."""

Kind = Literal["inverse", "alike", "one-way"]
"""inverse: another class; alike: the same class; one-way: a movement that no class describes (falling up)."""


def kind_of(action: str, classes: tuple[str, ...]) -> Kind:
    """What becomes of `action`; an inverse that the model doesn't know makes it one-way."""
    if INVERSE.get(action) in classes:
        return "inverse"
    return "alike" if action in ALIKE else "one-way"
