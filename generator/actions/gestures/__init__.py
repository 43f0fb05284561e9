"""Signs made with arms, hands and head."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "signs": ("waving_a_hand", "clapping", "pointing_with_a_finger", "saluting", "taking_a_bow"),
}
"""Module of this folder -> the actions it defines, each as a constant of the same name in capitals."""
