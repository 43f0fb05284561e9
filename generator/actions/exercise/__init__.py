"""Exercises of the gym and the living room."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "calisthenics": ("jumping_jack", "push_up"),
    "crunches": ("knee_to_chest", "standing_opposite_elbow_to_knee_crunch"),
    "knee_circles": ("knee_circling",),
    "lunges": ("forward_lunging", "left_lunging", "standing_gastrocnemius_calf"),
    "hops": ("raising_hand_and_jumping", "single_leg_lateral_hopping", "hopping"),
    "leg_swings": ("left_kicking",),
    "bar": ("pull_up",),
    "freehand": ("doing_freehand_excercise",),
    "gallops": ("side_gallop", "jump_forward", "jump_in_place"),
    "splits": ("leg_split",),
    "twists": ("standing_rotation", "bent_over_twist", "standing_toe_touches"),
    "knees": (
        "marking_time_and_knee_lifting",
        "alternate_knee_lifting",
        "high_knees_running",
        "punching_and_knee_lifting",
    ),
}
"""Module of this folder -> the actions it defines, each as a constant of the same name in capitals."""
