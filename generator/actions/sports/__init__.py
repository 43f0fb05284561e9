"""Balls and blows, clubs and rackets, wheels, floors and water."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "ball_games": ("throwing", "catch"),
    "punches": ("punching",),
    "kicks": ("kicking",),
    "swings": ("golf", "swing_baseball"),
    "basketball": ("basketball_shot", "basketball_dribble"),
    "football": ("soccer_kick", "soccer_header"),
    "aiming": ("archery", "bowling"),
    "duels": ("fencing_lunge", "boxing_a_bag"),
    "juggling": ("juggling",),
    "riding": ("rowing", "cycling_on_a_stand", "skateboarding"),
    "climbing": ("climbing_a_ladder", "climbing_stairs"),
    "jogging": ("jog",),
    "tumbling": ("handstand", "cartwheel"),
    "rolls": ("somersault",),
    "volleyball": ("volleyball_spike",),
    "tennis": ("tennis_serve", "tennis_forehand"),
    "dives": ("dive_forward", "dive_back", "dive_reverse", "dive_inward", "dive_armstand"),
    "swimming": ("swimming_front_crawl", "swimming_backstroke"),
}
"""Module of this folder -> the actions it defines, each as a constant of the same name in capitals."""
