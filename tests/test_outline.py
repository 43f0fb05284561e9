"""Outline contrast tells a mask that fits from one that doesn't, and knows when it can't tell."""

import cv2
import numpy as np
import pytest
from synapt.generator.checks.outline import is_misplaced, outline_contrast
from synapt.generator.skeletons import SURFACE


def scene(frames=6, size=96, seed=5, figure=(230, 231)):
    """A figure walking over a blurred ground, its own grey drawn from `figure`, and its mask."""
    rng = np.random.default_rng(seed)
    ground = cv2.GaussianBlur(rng.integers(60, 200, (size, size, 3), dtype=np.uint8), (0, 0), 2)
    skin = cv2.GaussianBlur(rng.integers(*figure, (size, size, 3), dtype=np.uint8), (0, 0), 2)
    pictures = np.repeat(ground[None], frames, 0)
    mask = np.zeros((frames, size, size), np.uint8)
    part = size / 96
    for t in range(frames):
        centre, axes = (round((30 + 6 * t) * part), round(50 * part)), (round(10 * part), round(28 * part))
        cv2.ellipse(mask[t], centre, axes, 0, 0, 360, SURFACE["skin"], -1)
        pictures[t][mask[t] > 0] = skin[mask[t] > 0]
    return pictures, mask


def test_a_fitting_mask_is_told_from_a_shifted_one():
    pictures, mask = scene()
    contrast, most = outline_contrast(pictures, mask)
    assert 1.5 < contrast < most and not is_misplaced(pictures, mask)
    for other in (np.roll(mask, 11, axis=2), mask[::-1]):
        contrast, most = outline_contrast(pictures, other)
        assert contrast < 1.15 and contrast < most
    assert is_misplaced(pictures, np.roll(mask, 11, axis=2))


@pytest.mark.parametrize("size", [16, 24, 32, 48, 64])
def test_few_pixels_condemn_nobody(size):
    """Somebody in colours of the ground: in small pictures chance alone puts the contrast below the limit now and then."""
    clips = [scene(size=size, seed=seed, figure=(40, 200)) for seed in range(100)]
    assert sum(is_misplaced(*clip) for clip in clips) <= 1
    assert sum(outline_contrast(*clip)[0] < 1.15 for clip in clips) >= (5 if size == 16 else 0)


@pytest.mark.parametrize(("size", "seen"), [(48, 0.9), (96, 0.95), (144, 0.95)])
def test_masks_of_elsewhere_are_seen_where_there_are_pixels_enough(size, seen):
    clips = [scene(size=size, seed=seed, figure=(40, 200)) for seed in range(40)]
    assert not any(is_misplaced(*clip) for clip in clips)
    for by in (size // 8, -size // 8):
        assert sum(is_misplaced(pictures, np.roll(mask, by, axis=2)) for pictures, mask in clips) >= seen * len(clips)


def test_more_of_the_same_makes_no_surer():
    """A clip that stands still shows as much in two frames as in sixty."""
    pictures, mask = scene(frames=1, size=48, figure=(40, 200))
    few, many = (outline_contrast(np.repeat(pictures, n, 0), np.repeat(mask, n, 0)) for n in (2, 60))
    assert few == pytest.approx(many, rel=1e-9)


@pytest.mark.parametrize("surface", ["none", "prop", "ground", "backdrop"])
def test_only_the_person_counts(surface):
    pictures, mask = scene()
    nobody = np.where(mask > 0, SURFACE[surface], 0).astype(np.uint8)
    assert outline_contrast(pictures, nobody) == (float("inf"), float("inf")) and not is_misplaced(pictures, nobody)
