"""Daily life: what people do with small things, at tables, and to themselves."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "cup_and_phone": ("drinking_water", "telephoning"),
    "brushing": ("brushing_teeth",),
    "hair": ("brushing_hair", "blow_drying_hair"),
    "eating": ("eating",),
    "medicine": ("taking_medicine",),
    "smoking": ("smoking",),
    "devices": ("taking_a_selfie", "using_a_remote_control"),
    "pouring": ("pour_water", "peeling_fruit"),
    "reading": ("reading_a_newspaper",),
    "shooting": ("shooting_gun",),
    "dropping": ("dropping",),
    "makeup": ("putting_on_lipstick", "putting_on_cosmetics"),
    "linen": ("wiping_face_with_a_towel", "washing_a_towel_by_hands"),
    "laundry": ("hanging_out_laundry", "spreading_bedding_folding_bedding"),
    "putting_on": ("put_on_a_hat_cap", "take_off_a_hat_cap", "put_on_glasses", "take_off_glasses"),
    "shoes": ("put_on_a_shoe", "take_off_a_shoe"),
    "jackets": ("putting_on_a_jacket", "taking_off_a_jacket"),
    "tearing": ("tearing_up_paper",),
}
"""Module of this folder -> the actions it defines, each as a constant of the same name in capitals."""
