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
    "heels": ("butt_kicks",),
    "rope": ("rope_skipping",),
    "floor_gymnastics": ("burpee",),
    "skipping": ("skip",),
}
"""Module of this folder -> the actions it defines, each as a constant of the same name in capitals."""
