"""Ways to get from one place to another."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "traffic": ("car_hit",),
    "gaits": ("walking", "run", "jumping", "crawl"),
    "odd_gaits": ("limp", "walk_the_line"),
    "sneaking": ("sneaking",),
    "stumbling": ("stumbling",),
    "gliding": ("moonwalk",),
    "aided": ("limping_with_a_cane", "using_a_wheelchair"),
    "obstacles": ("crouching_through", "climbing_a_wall"),
    "diving": ("dive_floor",),
}
"""Module of this folder -> the actions it defines, each as a constant of the same name in capitals."""
