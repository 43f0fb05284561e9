"""Music and dance."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "strings": ("playing_guitar", "playing_violin"),
    "winds": ("playing_flute", "conducting"),
    "drums_and_keys": ("playing_drums", "playing_piano"),
    "dances": ("dancing_disco", "dancing_ballet"),
    "street_dances": ("dancing_hip_hop",),
}
"""Module of this folder -> the actions it defines, each as a constant of the same name in capitals."""
