"""A person is always dressed: no draw of looks and bodies leaves torso, hips or feet bare."""

from dataclasses import replace

import made_bodies
import numpy as np
import pytest
from scipy.spatial import cKDTree
from synapt.generator.base.errors import UserError
from synapt.generator.body.dress import dress
from synapt.generator.body.fit import measure
from synapt.generator.sampling import look
from synapt.generator.skeletons import JOINT, PART, SURFACE
from synapt.generator.values import FabricSpec, GarmentSpec, HairSpec, LookSpec, SkinSpec

LIMBS = [PART[f"{side}_{limb}"] for side in ("left", "right") for limb in ("upper_arm", "forearm", "hand")]


PLAD = FabricSpec("plad", (), 0.1)


def drawn(seed):
    spec, body = made_bodies.anny_body(seed)
    return body, look.draw(np.random.default_rng(seed), look.Ranges(), spec.sex, spec.age_years)


def bare_where_covered_is_promised(body, mesh):
    """Number of skin faces between crotch and bust that are no part of an arm, and on the feet."""
    fit = measure(body)
    middle = mesh.vertices_m[mesh.faces].mean(axis=1)
    skin = mesh.surface_of_face == SURFACE["skin"]
    trunk = (middle[:, 1] > fit.crotch_y - 0.03) & (middle[:, 1] < fit.armpit_y - 0.06) & ~np.isin(mesh.part_of_face, LIMBS)
    sole = middle[:, 1] < fit.sole_y + 0.02
    return int((skin & (trunk | sole)).sum())


@pytest.mark.parametrize("with_helpers", [True, False])
def test_every_drawn_look_dresses_every_drawn_body(with_helpers):
    for seed in range(40 if with_helpers else 8):
        body, outfit = drawn(seed)
        body = body if with_helpers else made_bodies.bare_mesh_body(body)
        mesh, skeleton = dress(body, outfit)
        assert bare_where_covered_is_promised(body, mesh) == 0, outfit
        assert SURFACE["shoe"] in mesh.surface_of_face
        assert {SURFACE["top"], SURFACE["dress"]} & set(mesh.surface_of_face.tolist())
        assert skeleton.sole_drop_m > 0


@pytest.mark.parametrize("kinds", [(), ("tee",), ("trousers", "trainers"), ("tee", "trousers"), ("tee", "shorts", "flats")])
def test_a_look_that_leaves_something_bare_is_refused(kinds):
    body, outfit = drawn(3)
    cropped = {"length": 0.1, "rise": 0.1}
    garments = tuple(
        GarmentSpec(kind, cropped if kind in ("shorts",) else {}, FabricSpec("plain", ((0.5, 0.5, 0.5),), 0.2)) for kind in kinds
    )
    if kinds == ("tee", "shorts", "flats"):
        garments = (replace(garments[0], params={"length": -0.2}), *garments[1:])
    with pytest.raises(UserError, match="bare"):
        dress(body, replace(outfit, garments=garments))


def test_the_mesh_is_sound():
    for seed in range(8):
        body, outfit = drawn(seed)
        mesh, _ = dress(body, outfit)
        n = len(mesh.vertices_m)
        assert np.isfinite(mesh.vertices_m).all() and np.isfinite(mesh.uv).all()
        assert mesh.faces.min() >= 0 and mesh.faces.max() == n - 1
        assert mesh.weights.indptr[-1] == len(mesh.weights.weight) and len(mesh.weights.indptr) == n + 1
        sums = np.add.reduceat(mesh.weights.weight.astype(np.float64), mesh.weights.indptr[:-1])
        assert np.abs(sums - 1).max() < 1e-6 and mesh.weights.weight.min() >= 0
        for per_face in (mesh.uv, mesh.material_of_face, mesh.part_of_face, mesh.surface_of_face):
            assert len(per_face) == len(mesh.faces)
        assert mesh.material_of_face.max() < len(mesh.materials)
        assert (mesh.part_of_face > 0).all() and (mesh.surface_of_face > 0).all()
        assert all(m.albedo.dtype == np.uint8 and m.albedo.shape[2] == 3 for m in mesh.materials)
        assert len(mesh.faces) < 40000


def test_cloth_faces_outwards_and_lies_outside_the_body():
    from scipy.spatial import cKDTree
    from synapt.generator.body.sheet import normals

    body, outfit = drawn(5)
    mesh, _ = dress(body, outfit)
    outward = normals(body.vertices_m.astype(np.float64), body.faces)
    cloth = np.isin(mesh.surface_of_face, [SURFACE["top"], SURFACE["bottom"], SURFACE["dress"]])
    turned = [k for k, material in enumerate(mesh.materials) if material.name.endswith(" inside")]  # hems lead to the skin
    cloth &= ~np.isin(mesh.material_of_face, turned)
    a, b, c = (mesh.vertices_m[mesh.faces[cloth, k]].astype(np.float64) for k in range(3))
    used = np.unique(body.faces)
    _, near = cKDTree(body.vertices_m[used]).query((a + b + c) / 3)
    towards = (np.cross(b - a, c - a) * outward[used][near]).sum(axis=1)
    assert (towards > 0).mean() > 0.97  # the rest are folds and hollows, where the nearest skin faces elsewhere
    gap = (((a + b + c) / 3 - body.vertices_m[used][near]) * outward[used][near]).sum(axis=1)
    assert (gap > 0).mean() > 0.99


def test_same_look_same_mesh_bit_for_bit():
    body, outfit = drawn(7)
    first, second = dress(body, outfit)[0], dress(body, outfit)[0]
    for name in ("vertices_m", "faces", "uv", "material_of_face", "part_of_face", "surface_of_face"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes()
    assert [m.albedo.tobytes() for m in first.materials] == [m.albedo.tobytes() for m in second.materials]


@pytest.mark.parametrize(
    "change",
    [
        {"garments": (GarmentSpec("tea", {}, PLAD),)},
        {"garments": (GarmentSpec("tee", {"lenght": 1.0}, PLAD),)},
        {"garments": (GarmentSpec("dress", {}, PLAD), GarmentSpec("boots", {}, PLAD))},
        {"hair": HairSpec("mullet", (0.1, 0.1, 0.1))},
    ],
)  # fmt: skip
def test_misspelt_names_are_answered_with_the_right_ones(change):
    body, outfit = drawn(1)
    with pytest.raises(UserError, match=r"tee|length|plaid|choose one of"):
        dress(body, replace(outfit, **change))


def test_shoes_raise_the_person_by_their_soles():
    body, outfit = drawn(2)
    for kind in ("trainers", "flats", "boots"):
        shoes = GarmentSpec(kind, {}, FabricSpec("leather", ((0.2, 0.1, 0.1),), 0.1))
        mesh, skeleton = dress(body, replace(outfit, garments=(*outfit.garments[:-1], shoes)))
        lowest = mesh.vertices_m[:, 1].min()
        bare = body.vertices_m[np.unique(body.faces), 1].min()
        assert bare - lowest == pytest.approx(skeleton.sole_drop_m, abs=1e-4)


def test_the_look_is_what_was_asked_for():
    body, outfit = drawn(4)
    plain = LookSpec(SkinSpec(0.5, 0.5, (0.2, 0.1, 0.1), 0.5), HairSpec("none", (0.1, 0.1, 0.1)), outfit.garments)
    mesh, _ = dress(body, plain)
    assert SURFACE["hair"] not in mesh.surface_of_face
    assert SURFACE["eye"] in mesh.surface_of_face
    assert SURFACE["hair"] in dress(body, replace(plain, hair=HairSpec("afro", (0.1, 0.1, 0.1))))[0].surface_of_face


@pytest.mark.parametrize("kind", ["hoodie", "jacket"])
def test_long_hair_falls_over_a_hood_also_where_the_head_tilts_back(kind):
    for seed in range(0, 12, 2):
        body, outfit = drawn(seed)
        coat = GarmentSpec(kind, {"loose": 0.7}, FabricSpec("plain", ((0.2, 0.3, 0.5),), 0.2), 2)
        garments = (*(g for g in outfit.garments if g.layer < 2), coat)
        mesh, skeleton = dress(body, replace(outfit, hair=HairSpec("long", (0.3, 0.2, 0.1), 0.6), garments=garments))
        neck_y = skeleton.joints_m[JOINT["neck"], 1]
        for tilt_rad in (0.0, 0.35):
            vertices = tilted(mesh, skeleton, tilt_rad)
            for y in np.linspace(neck_y - 0.12, neck_y + 0.10, 12):
                assert mesh.surface_of_face[hindmost(vertices, mesh.faces, y)] == SURFACE["hair"], (seed, tilt_rad, y - neck_y)


def tilted(mesh, skeleton, angle_rad):
    """The mesh's vertices with the head turned back about its joint."""
    about = skeleton.joints_m[JOINT["head"]]
    weights = mesh.weights
    share = np.zeros(len(mesh.vertices_m))
    rows = np.repeat(np.arange(len(share)), np.diff(weights.indptr))
    below = [JOINT["head"], JOINT["jaw"], JOINT["left_eye"], JOINT["right_eye"]]
    np.add.at(share, rows, weights.weight * np.isin(weights.joint, below))
    c, s = np.cos(angle_rad), np.sin(angle_rad)
    turned = (mesh.vertices_m - about) @ np.array([[1, 0, 0], [0, c, -s], [0, s, c]]) + about
    return mesh.vertices_m + share[:, None] * (turned - mesh.vertices_m)


def hindmost(vertices, faces, y, x=0.0):
    """The face that is seen first from behind (-z) at (x, y)."""
    a, b, c = (vertices[faces[:, k]].astype(np.float64) for k in range(3))
    det = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    det[det == 0] = np.inf
    u = ((x - a[:, 0]) * (c[:, 1] - a[:, 1]) - (y - a[:, 1]) * (c[:, 0] - a[:, 0])) / det
    v = ((b[:, 0] - a[:, 0]) * (y - a[:, 1]) - (b[:, 1] - a[:, 1]) * (x - a[:, 0])) / det
    z = a[:, 2] + u * (b[:, 2] - a[:, 2]) + v * (c[:, 2] - a[:, 2])
    hit = np.isfinite(det) & (u >= 0) & (v >= 0) & (u + v <= 1)
    return int(np.flatnonzero(hit)[np.argmin(z[hit])])


def test_soles_are_closed_and_carry_the_whole_foot():
    """Seen from beside, an open slab shows its inside under the arch."""
    import trimesh

    body, outfit = drawn(5)
    mesh, skeleton = dress(body, outfit)
    (sole,) = [k for k, material in enumerate(mesh.materials) if material.name.endswith(" sole")]
    slabs = trimesh.Trimesh(mesh.vertices_m.astype(float), mesh.faces[mesh.material_of_face == sole], process=False).split()
    assert len(slabs) == 2 and all(slab.is_watertight and slab.volume > 1e-4 for slab in slabs)
    low = min(slab.vertices[:, 1].min() for slab in slabs)
    assert low == pytest.approx(measure(body).sole_y - skeleton.sole_drop_m, abs=1e-4)


def boots_and(bottom, loose, layer):
    """Shoe points, trouser points, the leg's axis and the boots' top, of a person in boots and trousers (or leggings)."""
    plain = FabricSpec("plain", ((0.5, 0.5, 0.5),), 0.2)
    body, outfit = drawn(5)
    params = {"loose": loose} if bottom == "trousers" else {}
    kinds = (GarmentSpec(bottom, params, plain, layer), GarmentSpec("tee", {}, plain, 1 - layer), GarmentSpec("boots", {}, plain))
    mesh, _ = dress(body, replace(outfit, garments=kinds))
    shoe, legs = (
        mesh.vertices_m[np.unique(mesh.faces[mesh.surface_of_face == SURFACE[name]])].astype(float) for name in ("shoe", "bottom")
    )
    return shoe, legs, measure(body)


def always_inside(inner, outer, fit):
    """Whether in each eighth of the circle round the leg's axis the inner points (N, 3) are nearer to it than the outer."""

    def polar(points):
        x, z = fit.leg_axis(points[:, 1])
        out, ahead = np.abs(points[:, 0]) - x, points[:, 2] - z
        return np.floor(np.arctan2(ahead, out) / (np.pi / 4)) % 8, np.hypot(out, ahead)

    (eighth, near), (other, far) = polar(inner), polar(outer)
    both = [k for k in range(8) if (eighth == k).any() and (other == k).any()]
    assert len(both) > 3
    return all(np.median(near[eighth == k]) < np.median(far[other == k]) for k in both)


@pytest.mark.parametrize(("loose", "layer"), [(0.97, 0), (0.4, 0), (0.97, 1), (0.1, 1)])
def test_boots_stay_within_wide_trousers_and_those_of_an_outer_layer(loose, layer):
    shoe, legs, fit = boots_and("trousers", loose, layer)
    assert shoe[:, 1].max() < legs[:, 1].min() + 0.06
    assert always_inside(shoe[shoe[:, 1] > legs[:, 1].min() + 0.01], legs[legs[:, 1] < shoe[:, 1].max()], fit)


@pytest.mark.parametrize(("bottom", "loose"), [("trousers", 0.2), ("leggings", 0.0)])
def test_narrow_trousers_go_into_boots(bottom, loose):
    shoe, legs, fit = boots_and(bottom, loose, 0)
    assert shoe[:, 1].max() == pytest.approx(fit.ankle_y + 0.12, abs=0.015)
    assert legs[:, 1].min() > shoe[:, 1].max() - 0.06
    assert always_inside(legs[legs[:, 1] < shoe[:, 1].max() - 0.015], shoe[shoe[:, 1] > legs[:, 1].min()], fit)


@pytest.mark.parametrize("kind", ["tank", "dress"])
def test_straps_lie_on_the_shoulders(kind):
    """The sheet they are cut from stands off broad shoulders by two centimetres, and draped cloth by one more."""
    plain = FabricSpec("plain", ((0.2, 0.3, 0.5),), 0.2)
    for seed in (0, 1, 4, 5):
        body, outfit = drawn(seed)
        top = GarmentSpec(kind, {"sleeve": -0.06}, plain, 1)
        below = [GarmentSpec(k, {}, plain) for k in ("trousers", "flats")]
        mesh, _ = dress(body, replace(outfit, garments=(top, *below)))
        hems = [k for k, material in enumerate(mesh.materials) if material.name.endswith(" inside")]  # lead to the skin
        own = mesh.surface_of_face == SURFACE["top" if kind == "tank" else "dress"]
        cloth = mesh.faces[own & ~np.isin(mesh.material_of_face, hems)]
        edges = np.sort(np.concatenate([cloth[:, [0, 1]], cloth[:, [1, 2]], cloth[:, [2, 0]]]), axis=1)
        edges, count = np.unique(edges, axis=0, return_counts=True)
        rim = mesh.vertices_m[np.unique(edges[count == 1])].astype(float)
        rim = rim[rim[:, 1] > measure(body).armpit_y + 0.06]
        corners = body.vertices_m[body.faces].astype(float)
        shares = np.array([(i, j, 6 - i - j) for i in range(7) for j in range(7 - i)]) / 6.0
        flesh = (shares @ corners).reshape(-1, 3)
        distance, _ = cKDTree(flesh).query(rim)
        assert len(rim) > 60 and distance.max() < 0.013
