"""Exercises of the gym and the living room."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "calisthenics": ("jumping_jack", "push_up"),
    "rope": ("rope_skipping",),
}
"""Module of this folder -> the actions it defines, each as a constant of the same name in capitals."""
