"""Skin, eyes, hair and cloth as painted: over the whole range of tones, tiling without seams, the same every time."""

from itertools import pairwise

import numpy as np
import pytest
from synapt.generator.base.errors import UserError
from synapt.generator.body import hm08, load_body, noise, skin
from synapt.generator.body.clothes import fabrics
from synapt.generator.body.clothes.cloth_uv import metric_uv
from synapt.generator.body.fit import measure
from synapt.generator.body.hair import cut as hair
from synapt.generator.values import BodySpec, FabricSpec, HairSpec, SkinSpec

COLORS = ((0.7, 0.2, 0.2), (0.9, 0.9, 0.8), (0.1, 0.2, 0.4))


def of(melanin, redness=0.5, beard=0.0):
    return SkinSpec(melanin, redness, (0.3, 0.2, 0.1), 0.5, beard=beard)


def lightness(image):
    return float((np.asarray(image, np.float64).reshape(-1, 3) @ (0.2126, 0.7152, 0.0722)).mean())


def test_more_melanin_is_always_darker_on_body_and_face():
    steps = np.linspace(0, 1, 11)
    bald = HairSpec("none", (0.1, 0.1, 0.1))
    for paint in (skin.tone, skin.body_texture, lambda s: skin.head_texture(s, bald, 0.0)):
        values = [lightness(paint(of(m))) for m in steps]
        assert all(darker < lighter for lighter, darker in pairwise(values))
    low, high = (skin.tone(of(m)).max() for m in (1.0, 0.0))
    assert 0.85 < high < 0.92 and 0.28 < low < 0.35  # room is left for light and shadow at both ends


def test_more_blood_is_redder_at_every_tone():
    for melanin in (0.0, 0.4, 0.8, 1.0):
        share = [skin.tone(of(melanin, r))[0] / skin.tone(of(melanin, r)).sum() for r in (0.0, 0.5, 1.0)]
        assert share[0] < share[1] < share[2]


def test_a_beard_darkens_the_jaw_and_nothing_else_of_a_light_face():
    bald = HairSpec("none", (0.1, 0.1, 0.1))
    faces = [skin.head_texture(of(0.1, beard=beard), bald, 0.0).astype(int) for beard in (0.0, 0.3, 0.85)]
    _, layers = skin.face_maps()
    jaw = layers["beard"] > 0
    for less, more in pairwise(faces):
        assert (more[~jaw] == less[~jaw]).all()
        assert more[jaw].sum() < less[jaw].sum()


def test_eyes_have_a_black_pupil_a_coloured_iris_and_a_light_white():
    eye = skin.eye_texture(SkinSpec(0.3, 0.5, (0.2, 0.5, 0.8), 0.5)).astype(int)
    middle = len(eye) // 2
    assert eye[middle, middle].max() < 20
    iris = eye[middle, middle + int(0.15 * len(eye))]
    assert iris[2] > iris[1] > iris[0]
    assert eye[middle, middle + int(0.3 * len(eye))].min() > 150


@pytest.mark.parametrize("kind", sorted(fabrics.FABRICS))
@pytest.mark.parametrize("colors", [(), COLORS[:1], COLORS[:2], COLORS])
def test_cloth_tiles_without_a_seam(kind, colors):
    image = fabrics.weave(FabricSpec(kind, colors, 0.1, variant=3)).astype(int)
    assert image.shape == (fabrics.SIZE_PX, fabrics.SIZE_PX, 3)
    for axis in (0, 1):
        inner = np.abs(np.diff(image, axis=axis)).sum(axis=(1 - axis, 2))
        seam = np.abs(np.take(image, 0, axis) - np.take(image, -1, axis)).sum()
        assert seam <= inner.max() * 1.05


def test_cloth_takes_its_colours_and_its_variant():
    red, blue = (fabrics.weave(FabricSpec("plain", (c,), 0.1)) for c in ((0.8, 0.1, 0.1), (0.1, 0.1, 0.8)))
    assert red[..., 0].mean() > 3 * red[..., 2].mean() and blue[..., 2].mean() > 3 * blue[..., 0].mean()
    for kind in ("blobs", "leaves"):
        first, second = (fabrics.weave(FabricSpec(kind, COLORS, 0.1, variant=v)) for v in (1, 2))
        assert (first != second).mean() > 0.2


def test_unknown_cloth_is_answered_with_the_known():
    with pytest.raises(UserError, match="plaid"):
        fabrics.weave(FabricSpec("pliad", COLORS, 0.1))


@pytest.mark.parametrize("style", sorted(hair.STYLES))
def test_hair_takes_its_colour(style):
    grey, red = (hair.strands(HairSpec(style, c)).reshape(-1, 3).mean(axis=0) for c in ((0.5,) * 3, (0.6, 0.2, 0.1)))
    assert np.ptp(grey) < 2 and red[0] > 2 * red[1]


def test_noise_is_pinned_and_periodic():
    """The numbers that every machine must reproduce: a change here changes every clip there is."""
    corners = noise.hashed(5, np.array([1, -7]), np.array([2, 3]))
    assert (corners * 2**32).astype(np.int64).tolist() == [5637379, 530259190]
    points = np.array([[0.0, 0.0, 0.0], [1.5, -2.25, 3.75], [100.1, 0.2, -0.3]])
    lattice = noise.hashed(5, *(np.floor(points).astype(int) + 0).T)
    assert noise.solid(np.floor(points), 5) == pytest.approx(lattice, abs=1e-7)
    assert 0 <= noise.solid(points, 5).min() and noise.solid(points, 5).max() < 1
    image = noise.tile(64, (4, 8), 1)
    assert np.abs(image[0] - image[-1]).max() < 0.2 and image.std() > 0.05


def test_base_mesh_data_is_prepared_again_where_missing_or_damaged(tmp_path, monkeypatch):
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path))
    hm08.hm08.cache_clear()
    try:
        first = hm08.hm08()
        (path,) = tmp_path.glob("hm08-*.npz")
        path.write_bytes(path.read_bytes()[:1000])
        hm08.hm08.cache_clear()
        second = hm08.hm08()
        assert first.template.shape == (hm08.N_VERTICES, 3)
        assert first.place.tobytes() == second.place.tobytes()
        assert [p.name for p in tmp_path.glob("hm08*")] == [path.name]
    finally:
        hm08.hm08.cache_clear()


def test_cloth_under_the_armpit_of_a_broad_trunk_belongs_to_the_trunk():
    """A patch cut from the sleeve's cloth there shows in every check and stripe. Further out it is the sleeve's."""
    body = load_body("anny").shaped(BodySpec("anny", "b", "male", 50.0, {"weight": 0.95, "muscle": 0.9}))
    fit = measure(body)

    def along(out_m, down_m):
        """The length of cloth along its own axis that a small face 1 cm high and wide takes up, across and down."""
        x, y = fit.shoulder_x + out_m, fit.armpit_y - down_m
        points = np.array([[x, y, 0.0], [x + 0.01, y, 0.0], [x, y + 0.01, 0.0]])
        (uv,) = metric_uv(points, np.array([[0, 1, 2]]), fit)
        return uv[1, 1] - uv[0, 1], uv[2, 1] - uv[0, 1]

    assert along(0.02, 0.03) == pytest.approx((0.0, 0.01), abs=1e-3)
    assert along(0.15, 0.03)[0] == along(0.05, -0.05)[0] == pytest.approx(0.01, abs=1e-9)
