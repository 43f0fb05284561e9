"""Aches and ailments: where it hurts, and what the body does about it."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "aches": ("headache", "neck_pain"),
    "trunk_aches": ("chest_pain", "back_pain"),
    "unwell": ("nausea_vomiting", "sneezing"),
    "warm": ("fan_self",),
    "unsteady": ("staggering",),
}
"""Module of this folder -> the actions it defines, each as a constant of the same name in capitals."""
