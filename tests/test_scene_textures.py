"""Surface pictures: they tile without a seam, repeat bit for bit, and answer to their colours."""

import numpy as np
import pytest
from synapt.generator.base.errors import UserError
from synapt.generator.props.textures import fractal, hashed, noise
from synapt.generator.sampling.palette import BASES, SCALE_M, draw_surface
from synapt.generator.scene.surfaces import PAINTERS, surface_material
from synapt.generator.values import SurfaceSpec

HAS_EDGES = {"tiles", "checkers", "planks", "bricks", "concrete", "picture", "abstract", "facade", "striped", "shingles"}
"""Pictures whose own lines run along the seam."""


def spec(kind, variant=5):
    return SurfaceSpec(kind, BASES[kind][0], 1.0, 0.8, variant)


def test_every_painter_has_colours_and_scale():
    assert set(PAINTERS) == set(BASES) == set(SCALE_M)


@pytest.mark.parametrize("kind", sorted(PAINTERS))
def test_form(kind):
    albedo = surface_material(spec(kind)).albedo
    h, w, c = albedo.shape
    assert albedo.dtype == np.uint8 and c == 3 and h == w and h & (h - 1) == 0 and h <= 512
    np.testing.assert_array_equal(albedo, surface_material(spec(kind)).albedo)
    mean = albedo.reshape(-1, 3).mean(axis=0) / 255
    low, high = np.min(BASES[kind][0], axis=0) - 0.3, np.max(BASES[kind][0], axis=0) + 0.3
    assert ((mean > low) & (mean < high)).all()


@pytest.mark.parametrize("kind", sorted(set(PAINTERS) - HAS_EDGES))
def test_no_seam(kind):
    """The step across the border is like the steps inside, both ways."""
    albedo = surface_material(spec(kind)).albedo.astype(float)
    for axis in (0, 1):
        inside = np.abs(np.diff(albedo, axis=axis)).mean()
        seam = np.abs(np.take(albedo, 0, axis) - np.take(albedo, -1, axis)).mean()
        assert seam < 2.0 * inside + 1.0


@pytest.mark.parametrize("kind", sorted(PAINTERS))
def test_variants_differ(kind):
    assert (surface_material(spec(kind, 1)).albedo != surface_material(spec(kind, 2)).albedo).any()


def test_the_hash_is_pinned():
    """The numbers that every machine must reproduce: a change here changes every clip there is."""
    corners = hashed(np.array([1, -7]), np.array([2, 3]), 5)
    assert (corners * 2**32).astype(np.int64).tolist() == [756163155, 3498270972]


def test_noise_is_even_and_periodic():
    field = noise(128, 16, 3)
    assert 0.0 <= field.min() and field.max() < 1.0 and abs(field.mean() - 0.5) < 0.1
    doubled = noise(128, 8, 3)
    # Eight cells over 128 pixels: shifting by a whole picture changes nothing, so the ends meet smoothly.
    assert np.abs(doubled[:, 0] - doubled[:, -1]).max() < 3 * np.abs(np.diff(doubled, axis=1)).max()
    assert np.corrcoef(noise(128, 16, 3).ravel(), noise(128, 16, 4).ravel())[0, 1] < 0.2
    assert abs(fractal(128, 4, 1).mean() - 0.5) < 0.12


def test_unknown_surface_is_answered():
    with pytest.raises(UserError, match="grass"):
        surface_material(SurfaceSpec("gras", ((0.1, 0.2, 0.3),), 1.0, 0.9))


def test_drawn_surfaces_can_be_painted():
    rng = np.random.default_rng(0)
    for kind in PAINTERS:
        drawn = draw_surface(rng, (kind,))
        low, high = SCALE_M[kind]
        assert low <= drawn.scale_m <= high
        surface_material(drawn)
