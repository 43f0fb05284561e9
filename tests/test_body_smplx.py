"""SMPL-X bodies, on a small made model file that has the real file's keys and layouts."""

from dataclasses import replace

import numpy as np
import pytest
from made_performer import made_performance
from synapt.generator.base.errors import UserError
from synapt.generator.body import load_body
from synapt.generator.body.skinning import dense_weights
from synapt.generator.body.smplx import N_VERTICES
from synapt.generator.labels.amass import amass_body
from synapt.generator.sampling.body import Ranges, draw
from synapt.generator.skeletons import JOINT, LANDMARKS, SMPLX_PARENTS
from synapt.generator.values import BodySpec


def made_model(n_directions: int = 20, n_vertices: int = 55 * 8) -> dict[str, np.ndarray]:
    """Little cubes around the joints of a made skeleton; every array the published file has and we or smplx read."""
    rng = np.random.default_rng(11)
    anny = load_body("anny").shaped(BodySpec("anny", "x", "male", 40.0, {})).skeleton
    corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)])
    cubes = anny.joints_m[:, None, :] + 0.01 * corners[None]
    vertices = np.concatenate([cubes.reshape(-1, 3), np.zeros((n_vertices - 440, 3))])
    weights = np.zeros((n_vertices, 55))
    weights[np.arange(440), np.repeat(np.arange(55), 8)] = 1.0
    weights[440:, 0] = 1.0
    parents = np.array(SMPLX_PARENTS)
    weights[:440] = 0.75 * weights[:440] + 0.25 * weights[np.maximum(parents, 0)[np.arange(440) // 8] * 8]
    regressor = np.zeros((55, n_vertices))
    regressor[np.repeat(np.arange(55), 8), np.arange(440)] = 1 / 8
    square = np.array([[0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5]])
    return {
        "v_template": vertices,
        "shapedirs": 0.01 * rng.normal(size=(n_vertices, 3, n_directions)),
        "posedirs": np.zeros((n_vertices, 3, 486)),
        "J_regressor": regressor,
        "weights": weights,
        "f": (square[None] + 8 * np.arange(55)[:, None, None]).reshape(-1, 3).astype(np.uint32),
        "kintree_table": np.stack([np.where(parents < 0, 2**32 - 1, parents), np.arange(55)]).astype(np.uint32),
        "vt": rng.random((30, 2)),
        "ft": rng.integers(30, size=(220, 3)).astype(np.uint32),
        "lmk_faces_idx": np.arange(51),
        "lmk_bary_coords": np.full((51, 3), 1 / 3),
        **{f"hands_mean{s}": np.zeros(45) for s in "lr"},
        **{f"hands_components{s}": np.eye(45) for s in "lr"},
    }


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SYNAPT_SMPLX_DIR", str(tmp_path))
    return tmp_path


def spec(sex="female", **shape) -> BodySpec:
    return BodySpec("smplx", "x", sex, 40.0, shape)


@pytest.mark.parametrize(("n_directions", "n_betas"), [(20, 10), (400, 300)])
def test_betas_move_vertices_and_joints_linearly(folder, n_directions, n_betas):
    model = made_model(n_directions)
    np.savez(folder / "SMPLX_NEUTRAL.npz", **model)
    body = load_body("smplx").shaped(spec(beta0=1.5, **{f"beta{n_betas - 1}": -0.5}))
    wanted = model["v_template"] + model["shapedirs"][..., [0, n_betas - 1]] @ (1.5, -0.5)
    np.testing.assert_allclose(body.vertices_m, wanted, atol=1e-6)
    np.testing.assert_allclose(body.skeleton.joints_m, model["J_regressor"] @ wanted, atol=1e-12)
    np.testing.assert_allclose(dense_weights(body.weights, 55), model["weights"], atol=1e-6)
    np.testing.assert_array_equal(body.faces, model["f"])
    np.testing.assert_allclose(body.uv, model["vt"][model["ft"]], atol=1e-7)
    assert body.betas[0] == 1.5 and len(body.betas) == n_betas
    with pytest.raises(UserError, match=f"beta{n_betas}"):
        load_body("smplx").shaped(spec(**{f"beta{n_betas}": 1.0}))


def test_landmarks_and_eyes_lie_at_their_joints(folder):
    np.savez(folder / "SMPLX_NEUTRAL.npz", **made_model())
    body = load_body("smplx").shaped(spec())
    assert tuple(body.skeleton.landmarks) == LANDMARKS
    for mark in body.skeleton.landmarks.values():
        assert np.abs(mark.offset_m) == pytest.approx(0.01, abs=1e-9)  # a corner of its joint's cube
    assert body.skeleton.landmarks["nose"].offset_m[2] > 0 > body.skeleton.landmarks["left_heel"].offset_m[1]
    assert body.skeleton.landmarks["left_ear"].offset_m[0] > 0 > body.skeleton.landmarks["right_ear"].offset_m[0]
    eye = body.faces[body.regions["left_eye_of_faces"]]
    np.testing.assert_array_equal(np.unique(eye), JOINT["left_eye"] * 8 + np.arange(8))


def test_published_vertex_numbers_are_used_on_a_mesh_of_the_published_size(folder):
    model = made_model(n_vertices=N_VERTICES)
    model["v_template"][9120] = (0.0, 0.55, 0.2)
    np.savez(folder / "SMPLX_NEUTRAL.npz", **model)
    skeleton = load_body("smplx").shaped(spec()).skeleton
    nose = skeleton.landmarks["nose"]
    np.testing.assert_allclose(skeleton.joints_m[nose.joint] + nose.offset_m, (0.0, 0.55, 0.2), atol=1e-12)


def test_each_sex_has_its_file_and_else_the_neutral_one(folder):
    for shift, name in enumerate(("NEUTRAL", "FEMALE")):
        model = made_model()
        model["v_template"] = model["v_template"] + shift
        np.savez(folder / f"SMPLX_{name}.npz", **model)
    body = load_body("smplx")
    gap = body.shaped(spec("female")).vertices_m - body.shaped(spec("male")).vertices_m
    np.testing.assert_allclose(gap, 1.0, atol=1e-6)
    for sex, gender in (("female", "female"), ("male", "neutral")):  # who follows it builds this body
        person, (performer,) = spec(sex, beta0=0.5), made_performance().performers
        amass = amass_body(replace(performer, skeleton=body.shaped(person).skeleton), person, 15.0)
        assert str(amass["gender"]) == gender and amass["betas"][0] == 0.5


def test_a_drawn_person_can_be_shaped(folder):
    np.savez(folder / "SMPLX_NEUTRAL.npz", **made_model())
    person = draw(np.random.default_rng(0), Ranges(), "smplx", "p")
    body = load_body("smplx").shaped(person)
    np.testing.assert_array_equal(body.betas, [person.shape[f"beta{k}"] for k in range(10)])


def test_a_missing_model_is_answered_with_where_to_get_it_and_where_to_put_it(folder):
    with pytest.raises(UserError) as error:
        load_body("smplx")
    text = str(error.value)
    assert "smpl-x.is.tue.mpg.de" in text and "non-commercial" in text and str(folder) in text and "\n" not in text


@pytest.mark.parametrize("damage", ["cut", "keys", "joints"])
def test_a_wrong_model_file_is_refused_in_one_line(folder, damage):
    path = folder / "SMPLX_NEUTRAL.npz"
    model = made_model()
    if damage == "keys":
        del model["J_regressor"]
    if damage == "joints":
        model["kintree_table"] = model["kintree_table"][:, :24]
    np.savez(path, **model)
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(UserError) as error:
        load_body("smplx").shaped(spec())
    assert str(path) in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["gamma0", "beta", "beta-1", "beta10"])
def test_unknown_parameters_are_refused(folder, name):
    np.savez(folder / "SMPLX_NEUTRAL.npz", **made_model())
    with pytest.raises(UserError, match="beta0 to beta9"):
        load_body("smplx").shaped(spec(**{name: 1.0}))


def test_it_agrees_with_the_smplx_package(folder):
    smplx = pytest.importorskip("smplx")
    torch = pytest.importorskip("torch")
    path = folder / "SMPLX_NEUTRAL.npz"
    np.savez(path, **made_model(n_vertices=N_VERTICES))
    betas = np.random.default_rng(2).normal(size=10)
    theirs = smplx.create(str(path), model_type="smplx", num_betas=10, use_pca=False, flat_hand_mean=True)
    out = theirs(betas=torch.tensor(betas[None], dtype=torch.float32))
    ours = load_body("smplx").shaped(spec(**{f"beta{k}": float(b) for k, b in enumerate(betas)}))
    np.testing.assert_allclose(ours.vertices_m, out.vertices[0].detach().numpy(), atol=1e-5)
    np.testing.assert_allclose(ours.skeleton.joints_m, out.joints[0, :55].detach().numpy(), atol=1e-5)
