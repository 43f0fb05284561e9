"""Clothes that are seen to be clothes: none has the colour of the skin beside it.

Done when somebody is dressed, not when clothes are drawn: whose body wears them is another draw.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ..values import Array, GarmentSpec, Rgb, SkinSpec
from .clothes.garments import surface_of
from .skin import tone

FROM_SKIN = 22.0
"""CIE76 difference in Lab from the wearer's skin below which cloth can be taken for skin in a small or dim picture."""

LIFT = 0.3
"""On each channel of sRGB."""


def told_from_skin(garments: tuple[GarmentSpec, ...], skin: SkinSpec) -> tuple[GarmentSpec, ...]:
    """The garments, those whose main colour is near the wearer's skin in another hue or, where that shows little, brightness;
    shoes may have the colour of feet."""
    own = tone(skin)
    return tuple(garment if surface_of(garment) == "shoe" else _other_hue(garment, own) for garment in garments)


def _other_hue(garment: GarmentSpec, own: Array) -> GarmentSpec:
    if not garment.fabric.colors or difference(garment.fabric.colors[0], own) >= FROM_SKIN:
        return garment
    first, *others = garment.fabric.colors
    red, green, blue = first
    turned = (blue, red, green)  # a third round the circle of hues
    if difference(turned, own) < FROM_SKIN:  # both are nearly black, or white: brightness tells them apart
        lift = LIFT if sum(first) < 1.5 else -LIFT
        turned = (blue + lift, red + lift, green + lift)
    return replace(garment, fabric=replace(garment.fabric, colors=(turned, *others)))


def difference(one: Rgb | Array, other: Rgb | Array) -> float:
    """CIE76 difference of two sRGB colours (3,) in [0, 1]."""
    lab = cv2.cvtColor(np.array([[one, other]], np.float32), cv2.COLOR_RGB2LAB)[0]
    return float(np.linalg.norm(lab[0] - lab[1]))
