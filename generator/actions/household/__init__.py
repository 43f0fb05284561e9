"""At home and at work: desks, kitchens, cleaning, doors, and heavy things."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "desk_work": ("handwriting", "typing_on_a_keyboard", "using_a_computer"),
}
"""Module of this folder -> the actions it defines, each as a constant of the same name in capitals."""
