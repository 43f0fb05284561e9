"""The sRGB curve, against its standard's own words, both ways."""

import numpy as np
import pytest
from synapt.generator.base.colour import to_linear, to_srgb


@pytest.mark.parametrize(
    ("srgb", "linear"), [(0.0, 0.0), (1.0, 1.0), (0.04045, 0.0031308), (0.5, 0.21404114), (0.02, 0.02 / 12.92)]
)
def test_known_values(srgb, linear):
    assert to_linear(srgb) == pytest.approx(linear, abs=1e-7) and to_srgb(linear) == pytest.approx(srgb, abs=2e-6)


def test_the_curve_is_its_own_inverse_and_rises_throughout():
    grey = np.linspace(0.0, 1.0, 4001)
    np.testing.assert_allclose(to_srgb(to_linear(grey)), grey, atol=1e-6)
    assert (np.diff(to_linear(grey)) > 0).all() and (np.diff(to_srgb(grey)) > 0).all()
    assert to_linear(np.full((2, 3), 0.5)).shape == (2, 3) and to_linear((0.1, 0.2, 0.3)).dtype == np.float64
