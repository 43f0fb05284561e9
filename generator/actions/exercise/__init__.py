"""Exercises of the gym and the living room."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "calisthenics": ("jumping_jack", "push_up"),
    "arm_raises": ("front_raising", "shoulder_abduction", "shoulder_raising"),
    "circles": ("arm_circling", "elbow_circling", "wrist_circling"),
    "shoulders": ("shrugging", "pinching_back", "massaging_a_shoulder_oneself"),
    "stretches": ("overhead_stretching", "upper_back_stretching", "deltoid_muscle_stretching"),
    "bends": ("spinal_stretching", "left_stretching", "straight_forward_flexion"),
    "swings": ("rotation_clapping",),
    "dumbbells": ("single_dumbbell_raising", "dumbbell_one_arm_shoulder_pressing", "dumbbell_side_bend"),
    "expanders": ("pulling_chest_expanders",),
    "necks": ("head_anti_clockwise_circling", "doing_neck_roll_exercise", "shaking_head"),
    "yoga": ("doing_yoga",),
    "warming_up": ("stretching",),
    "floor_exercises": ("sit_up", "plank"),
}
"""Module of this folder -> the actions it defines, each as a constant of the same name in capitals."""
