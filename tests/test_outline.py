"""Outline contrast tells a mask that fits from one that doesn't."""

import cv2
import numpy as np
import pytest
from synapt.generator.checks.outline import ALIGNED, outline_contrast
from synapt.generator.skeletons import SURFACE


def scene(frames=6, size=96):
    """A grey figure walking over noise, and its mask."""
    rng = np.random.default_rng(5)
    ground = cv2.GaussianBlur(rng.integers(60, 200, (size, size, 3), dtype=np.uint8), (0, 0), 2)
    pictures = np.repeat(ground[None], frames, 0)
    mask = np.zeros((frames, size, size), np.uint8)
    for t in range(frames):
        cv2.ellipse(mask[t], (30 + 6 * t, 50), (10, 28), 0, 0, 360, SURFACE["skin"], -1)
        pictures[t][mask[t] > 0] = 230
    return pictures, mask


def test_a_fitting_mask_is_told_from_a_shifted_one():
    pictures, mask = scene()
    assert outline_contrast(pictures, mask) > 1.5
    assert outline_contrast(pictures, np.roll(mask, 11, axis=2)) < ALIGNED
    assert outline_contrast(pictures, mask[::-1]) < ALIGNED


@pytest.mark.parametrize("surface", ["none", "prop", "ground", "backdrop"])
def test_only_the_person_counts(surface):
    pictures, mask = scene()
    assert outline_contrast(pictures, np.where(mask > 0, SURFACE[surface], 0).astype(np.uint8)) == float("inf")
