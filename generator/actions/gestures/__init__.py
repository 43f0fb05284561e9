"""Signs made with arms, hands and head."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "signs": ("waving_a_hand", "clapping", "pointing_with_a_finger", "saluting", "taking_a_bow"),
    "two_hands": ("put_palms_together", "rub_two_hands", "rubbing_face_with_hands"),
    "stop_signs": ("cross_hands_in_front", "flapping_a_hand_up_and_down"),
    "raised": ("cheering_up", "surrender"),
    "oneself": ("check_time", "reach_into_pocket"),
    "hand_signs": ("thumbs_up", "ok_sign"),
    "beckoning": ("come_here", "stop", "swipe"),
    "coin": ("toss_a_coin",),
    "finger_signs": ("thumb_down", "victory_sign", "counting_on_fingers"),
    "at_the_face": ("hush", "yawning", "blow_nose"),
    "moods": ("shake_fist", "cross_arms", "nod_head", "snapping_fingers"),
    "searching": ("looking_around_for_something",),
}
"""Module of this folder -> the actions it defines, each as a constant of the same name in capitals."""
