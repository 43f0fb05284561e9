"""Balls and blows."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "ball_games": ("throwing", "catch"),
    "punches": ("punching",),
    "kicks": ("kicking",),
    "swings": ("golf", "swing_baseball"),
}
"""Module of this folder -> the actions it defines, each as a constant of the same name in capitals."""
