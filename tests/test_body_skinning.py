"""Skinning equals its definition, and weights keep their meaning through every packing."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from synapt.generator.body.skinning import csr_weights, dense_weights, select_vertices, skin


def _made(seed: int, n_vertices: int = 40, n_joints: int = 7, n_frames: int = 3):
    rng = np.random.default_rng(seed)
    dense = np.where(rng.random((n_vertices, n_joints)) < 0.4, rng.random((n_vertices, n_joints)), 0.0)
    dense[np.arange(n_vertices), rng.integers(n_joints, size=n_vertices)] += 0.5
    vertices = rng.normal(size=(n_vertices, 3)).astype(np.float32)
    return vertices, dense / dense.sum(axis=1, keepdims=True), rng.normal(size=(n_frames, n_joints, 3, 4))


@given(st.integers(0, 10_000))
def test_skin_is_the_weighted_sum_of_joint_transforms(seed):
    vertices, dense, transforms = _made(seed)
    points = np.concatenate([vertices, np.ones((len(vertices), 1))], axis=1)
    wanted = np.einsum("vj,tjab,vb->tva", dense, transforms, points)
    got = skin(vertices, csr_weights(dense, 0.0), transforms)
    assert got.dtype == np.float32
    np.testing.assert_allclose(got, wanted, atol=2e-5)


@given(st.integers(0, 10_000))
def test_one_frame_is_the_same_as_the_frame_among_many(seed):
    vertices, dense, transforms = _made(seed)
    weights = csr_weights(dense)
    np.testing.assert_array_equal(skin(vertices, weights, transforms[1]), skin(vertices, weights, transforms)[1])


def test_identity_leaves_every_vertex_where_it_is():
    vertices, dense, _ = _made(3)
    identity = np.broadcast_to(np.eye(3, 4), (2, dense.shape[1], 3, 4))
    np.testing.assert_allclose(skin(vertices, csr_weights(dense), identity), np.stack([vertices] * 2), atol=1e-6)


@given(st.integers(0, 10_000))
def test_weights_survive_packing_and_selection(seed):
    _, dense, _ = _made(seed)
    weights = csr_weights(dense, 0.0)
    np.testing.assert_allclose(dense_weights(weights, dense.shape[1]), dense, atol=1e-7)
    some = np.random.default_rng(seed).integers(len(dense), size=11)
    np.testing.assert_allclose(dense_weights(select_vertices(weights, some), dense.shape[1]), dense[some], atol=1e-7)


def test_small_weights_are_dropped_and_the_rest_sums_to_one():
    weights = csr_weights(np.array([[0.9985, 0.0005, 0.001], [0.5, 0.5, 0.0]]), 1e-3)
    np.testing.assert_array_equal(weights.indptr, [0, 2, 4])
    np.testing.assert_array_equal(weights.joint, [0, 2, 0, 1])
    np.testing.assert_allclose(weights.weight, [0.9985 / 0.9995, 0.001 / 0.9995, 0.5, 0.5], rtol=1e-6)
