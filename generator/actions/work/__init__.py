"""Work with the hands: carpentry, painting, digging, carrying, and putting furniture together."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "carpentry": ("hammering", "sawing"),
    "painting": ("painting_a_wall",),
    "digging": ("digging",),
    "carrying": ("lifting_and_carrying_a_box",),
    "assembling": ("attach_leg", "detach_leg"),
    "spinning": ("spin_in", "spin_out"),
    "table_parts": ("pick_leg", "flip_over"),
}
"""Module of this folder -> the actions it defines, each as a constant of the same name in capitals."""
