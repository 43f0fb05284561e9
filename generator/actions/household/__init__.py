"""At home and at work: desks, kitchens, cleaning, doors, and heavy things."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "cooking": ("cutting_vegetable_on_the_cutting_board", "trimming_vegetables"),
    "stoves": ("using_a_gas_stove",),
    "cleaning": ("wipping_off_the_dinning_table", "rubbing_up_furniture"),
    "scrubbing": ("scrubbing_the_floor_with_a_rag",),
    "opening": ("putting_food_in_the_fridge_taking_food_from_the_fridge", "opening_the_door_and_walking_in"),
    "washing_up": ("washing",),
    "pushing_along": ("vacuumming_the_floor", "push"),
    "mopping_up": ("mopping",),
    "stirring": ("cooking_and_stirring",),
    "folding": ("folding_clothes",),
    "chores": ("sweeping_the_floor", "ironing"),
    "desk_work": ("handwriting", "typing_on_a_keyboard", "using_a_computer"),
}
"""Module of this folder -> the actions it defines, each as a constant of the same name in capitals."""
