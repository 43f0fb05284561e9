"""What two people do together."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "greeting": ("handshaking", "high_five"),
    "closeness": ("hugging_each_other", "pat_on_back"),
    "whispers": ("whispering",),
    "conversation": ("point_finger_interaction", "talking_to_each_other"),
    "helping": ("helping_up",),
    "combat": ("punch_slap",),
    "kicking_another": ("kicking_another",),
    "fighting": ("fighting_each_other",),
    "shoving": ("pushing_interaction", "bump_into_each_other", "flee"),
    "together": ("walking_towards", "walking_apart", "walk_hold_hands", "following"),
    "coupled": ("carrying_with_another", "dancing_as_a_pair"),
    "handing": ("giving_object",),
    "exchanging": ("exchanging_things",),
    "tossing": ("throwing_and_catching_between_two",),
    "between_two": ("touch_pocket", "rock_paper_scissors"),
    "photographing": ("taking_a_photo_of_other",),
}
"""Module of this folder -> the actions it defines, each as a constant of the same name in capitals."""
