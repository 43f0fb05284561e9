"""MakeHuman's .mhclo files: fitted by their three vertices and scaled offset, on a small asset made here."""

import os

import made_bodies
import numpy as np
import pytest
from synapt.generator.base.errors import UserError
from synapt.generator.body import mhclo
from synapt.generator.body.dress import dress
from synapt.generator.body.fit import measure
from synapt.generator.body.hair.fall import laid_over
from synapt.generator.body.piece import sparse_weights
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import look
from synapt.generator.skeletons import SURFACE
from synapt.generator.values import FabricSpec, GarmentSpec, HairSpec, LookSpec

HEADER = "# made for a test\nbasemesh hm08\ntag {tag}\nname {name}\nobj_file {name}.obj\n"
SCALES = "x_scale 5399 11998 1.4\nz_scale 962 5320 1.9\ny_scale 791 881 2.3\nz_depth 50\nverts 0\nmaterial none.mhmat\n"
OBJ = "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 1 1 0\nvt 0 0\nvt 1 0\nvt 0 1\nvt 1 1\nf 1/1 2/2 4/4 3/3\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An asset folder with one hat of a single square over vertices 791, 792 and 793."""
    place = tmp_path / "hats" / "cap"
    place.mkdir(parents=True)
    rows = "791\n 791 792 793 0.5 0.25 0.25 0.0 0.1 0.0\n792\n 791 792 793 1.2 -0.1 -0.1 0.1 0.0 0.0\n"
    text = HEADER.format(tag="Hats", name="cap") + SCALES + rows + "delete_verts\n 100 - 103 200\n"
    (place / "cap.mhclo").write_text(text)
    (place / "cap.obj").write_text(OBJ)
    monkeypatch.setenv(mhclo.FOLDER_VARIABLE, str(tmp_path))
    return tmp_path


def test_vertices_follow_their_three_and_offsets_the_bodys_size(folder):
    _, body = made_bodies.anny_body(1)
    asset = mhclo.load("mhclo:cap")
    points, weights = mhclo.fitted(asset, body, sparse_weights(body.weights))
    v = body.vertices_m.astype(float)
    assert asset.kind == "hat" and asset.faces.tolist() == [[0, 1, 3], [0, 3, 2]]
    assert points[0] == pytest.approx(v[791]) and points[2] == pytest.approx(v[792])
    tall = abs(v[791, 1] - v[881, 1]) / 2.3
    assert points[1] == pytest.approx(0.5 * v[791] + 0.25 * v[792] + 0.25 * v[793] + [0, 0.1 * tall, 0])
    wide = abs(v[5399, 0] - v[11998, 0]) / 1.4
    assert points[3] == pytest.approx(1.2 * v[791] - 0.1 * v[792] - 0.1 * v[793] + [0.1 * wide, 0, 0])
    assert np.asarray(weights.sum(axis=1)).ravel() == pytest.approx(np.ones(4)) and weights.data.min() >= 0
    assert np.flatnonzero(asset.hidden).tolist() == [100, 101, 102, 103, 200]


def test_a_loaded_hat_joins_the_look(folder):
    spec, body = made_bodies.anny_body(2)
    outfit = look.draw(np.random.default_rng(0), look.Ranges(), spec.sex, spec.age_years)
    hat = GarmentSpec("mhclo:cap", {}, FabricSpec("plain", ((0.2, 0.2, 0.2),), 0.1))
    mesh, _ = dress(body, LookSpec(outfit.skin, HairSpec("buzz", (0.1, 0.1, 0.1)), (*outfit.garments, hat)))
    assert (mesh.surface_of_face == SURFACE["hat"]).sum() == 2


def test_the_recipe_draws_loaded_clothes_besides_the_others():
    ranges = load_recipe("makehuman").look
    loaded = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        clothes = look.draw_clothes(rng, ranges, ("female", "male")[seed % 2])
        kinds = [garment.kind for garment in clothes]
        suits = [kind for kind in kinds if kind.startswith("mhclo:") and "suit" in kind]
        assert all(kind.startswith(("mhclo:female", "mhclo:male")[seed % 2]) for kind in suits)
        assert not suits or len(kinds) == 2
        loaded += len(suits)
    assert 60 < loaded < 140


def made_suit(folder, body, height_y):
    """A loaded suit of one square, whose lowest point is at a height of a body's left leg."""
    legs = np.flatnonzero((body.vertices_m[:, 0] > 0.03) & (np.abs(body.vertices_m[:, 1] - height_y) < 0.02))
    low = int(legs[np.argmin(body.vertices_m[legs, 1])])
    place = folder / "clothes" / "overall"
    place.mkdir(parents=True)
    text = HEADER.format(tag="Clothes", name="overall") + SCALES + f"{low}\n 791\n 792\n 793\n"
    (place / "overall.mhclo").write_text(text)
    (place / "overall.obj").write_text(OBJ)
    return float(body.vertices_m[low, 1])


@pytest.mark.parametrize("above_ankle_m", [-0.02, 0.04, 0.4])
def test_boots_end_under_the_legs_of_a_loaded_suit(folder, above_ankle_m):
    spec, body = made_bodies.anny_body(2)
    hem = made_suit(folder, body, measure(body).ankle_y + above_ankle_m)
    outfit = look.draw(np.random.default_rng(0), look.Ranges(), spec.sex, spec.age_years)
    plain = FabricSpec("plain", ((0.2, 0.2, 0.2),), 0.1)
    rest = [GarmentSpec(kind, {}, plain) for kind in ("shorts", "tee", "mhclo:overall", "boots")]
    mesh, _ = dress(body, LookSpec(outfit.skin, HairSpec("buzz", (0.1, 0.1, 0.1)), tuple(rest)))
    top = mesh.vertices_m[np.unique(mesh.faces[mesh.surface_of_face == SURFACE["shoe"]]), 1].max()
    assert top < hem + 0.04
    assert top > min(hem, measure(body).ankle_y + 0.10)


def test_loaded_hair_falls_over_a_hood_and_elsewhere_stays_as_it_was():
    """A lock made for a bare back, through cloth: all of it comes to lie outside, none thinner than it was."""
    angles, heights = np.linspace(2.6, 3.7, 12), np.linspace(0.10, -0.30, 40)
    around, down = (a.ravel() for a in np.meshgrid(angles, heights))

    def shell(radius):
        return np.stack([radius * np.sin(around), down, radius * np.cos(around)], axis=1)

    lock = np.concatenate([shell(0.07), shell(0.10)])
    hood = shell(0.12 + 0.0 * around)[(down < 0.0) & (down > -0.2)]
    laid = laid_over(lock, hood, np.zeros(2), 0.05)
    radius = np.hypot(laid[:, 0], laid[:, 2]).reshape(2, -1)
    beside = (down < -0.03) & (down > -0.18)
    assert radius[0][beside].min() > 0.12
    assert (radius[1] - radius[0]).min() > 0.02
    above = np.tile(down > 0.06, 2)
    np.testing.assert_array_equal(laid[above], lock[above])
    np.testing.assert_array_equal(laid_over(lock, np.empty((0, 3)), np.zeros(2), 0.05), lock)
    np.testing.assert_array_equal(laid[:, 1], lock[:, 1])


@pytest.mark.skipif(not os.environ.get(mhclo.FOLDER_VARIABLE), reason=f"{mhclo.FOLDER_VARIABLE} names no asset folder")
def test_every_outfit_of_the_recipe_dresses_people():
    ranges = load_recipe("makehuman").look
    for name in (*ranges.female_outfits, *ranges.male_outfits):
        for seed in range(4):
            spec, body = made_bodies.anny_body(seed)
            skin, hair = look.draw_person(np.random.default_rng(seed), ranges, spec.sex, spec.age_years)
            cloth = FabricSpec("plain", ((0.5, 0.5, 0.5),), 0.1)
            outfit = (GarmentSpec(name, {}, cloth), GarmentSpec("mhclo:shoes01", {}, cloth))
            mesh, _ = dress(body, LookSpec(skin, hair, outfit))
            assert np.isfinite(mesh.vertices_m).all()


def test_what_is_missing_is_said_with_what_to_do(folder, monkeypatch):
    with pytest.raises(UserError, match="did you mean cap"):
        mhclo.load("mhclo:cab")
    (folder / "hats" / "cap" / "cap.obj").unlink()
    with pytest.raises(UserError, match=r"cap\.mhclo could not be read"):
        mhclo.load("mhclo:cap")
    monkeypatch.delenv(mhclo.FOLDER_VARIABLE)
    with pytest.raises(UserError, match=mhclo.FOLDER_VARIABLE):
        mhclo.load("mhclo:cap")


def test_bodies_without_the_base_mesh_are_refused(folder):
    _, body = made_bodies.anny_body(3)
    bare = made_bodies.bare_mesh_body(body)
    with pytest.raises(UserError, match="anny"):
        mhclo.fitted(mhclo.load("mhclo:cap"), bare, sparse_weights(bare.weights))
