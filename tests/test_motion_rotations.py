"""The compiled rows of generator.motion.rotations against scipy's and numpy's own."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation
from synapt.generator.motion import rotations as own

T = 400
RNG = np.random.default_rng(5)
VECTORS, OTHERS = RNG.normal(size=(2, T, 3))
AXES = VECTORS / np.linalg.norm(VECTORS, axis=-1, keepdims=True)
ANGLES = RNG.uniform(-np.pi, np.pi, T)
HALF_TURNS = Rotation.from_rotvec(np.pi * np.concatenate([np.eye(3), AXES[:20]])).as_matrix()
TURNS = np.concatenate([Rotation.from_rotvec(ANGLES[:, None] * AXES).as_matrix(), [np.eye(3)], HALF_TURNS])


def close(found, wanted):
    assert np.asarray(found).shape == np.asarray(wanted).shape
    assert np.allclose(found, wanted, rtol=0, atol=1e-12)


def test_vectors_are_numpys() -> None:
    close(own.length(VECTORS), np.linalg.norm(VECTORS, axis=-1))
    close(own.unit(VECTORS), AXES)
    close(own.dot(VECTORS, OTHERS), (VECTORS * OTHERS).sum(axis=-1))
    close(own.cross(VECTORS, OTHERS), np.cross(VECTORS, OTHERS))
    close(own.turned(TURNS[:T], VECTORS), np.einsum("tij,tj->ti", TURNS[:T], VECTORS))
    close(own.unturned(TURNS[:T], VECTORS), np.einsum("tji,tj->ti", TURNS[:T], VECTORS))
    assert not own.unit(np.zeros(3)).any()


def test_they_broadcast_and_take_strided_memory_like_numpys() -> None:
    strided = np.asfortranarray(RNG.normal(size=(4, 7, 6)))[:, :, ::2]
    close(own.cross(strided, np.array([0.0, 0.0, 1.0])), np.cross(strided, [0.0, 0.0, 1.0]))
    close(own.turned(TURNS[:7], strided), np.einsum("tij,ktj->kti", TURNS[:7], strided))
    close(
        own.about_vector(AXES[:5], ANGLES[:35].reshape(7, 5))[3], Rotation.from_rotvec(ANGLES[15:20, None] * AXES[:5]).as_matrix()
    )


def test_frames_are_right_handed_and_keep_their_first_axis() -> None:
    frames = own.frame_from(VECTORS, OTHERS)
    close(np.swapaxes(frames, -1, -2) @ frames, np.tile(np.eye(3), (T, 1, 1)))
    close(np.linalg.det(frames), np.ones(T))
    close(frames[..., 0], AXES)
    assert (own.dot(frames[..., 1], OTHERS) > 0).all()


def test_quaternions_are_scipys_half_turns_too() -> None:
    found, wanted = own.quaternions(TURNS), Rotation.from_matrix(TURNS).as_quat()
    assert (found[:, 3] >= 0).all()
    close(np.abs(np.sum(found * wanted, axis=-1)), np.ones(len(TURNS)))
    close(own.matrices(3.0 * found), TURNS)
    close(own.about_vector(AXES, ANGLES), TURNS[:T])


@pytest.mark.parametrize("weight", [0.0, 0.3, 1.0])
def test_mixing_turns_scipys_way(weight: float) -> None:
    a, b = TURNS[:200], TURNS[200:T]
    turn = Rotation.from_matrix(np.swapaxes(a, -1, -2) @ b).as_rotvec()
    close(own.mix(a, b, np.full(200, weight)), a @ Rotation.from_rotvec(weight * turn).as_matrix())
    close(own.mix(a, a, np.full(200, weight)), a)
    close(own.mix(np.eye(3), HALF_TURNS, 1.0), HALF_TURNS)


@pytest.mark.parametrize("most_rad", [0.5, 2.0, 4.0])
def test_limited_turns_keep_their_axis(most_rad: float) -> None:
    vectors = Rotation.from_matrix(TURNS).as_rotvec()
    angle = np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-300)
    close(own.limited(TURNS, most_rad), Rotation.from_rotvec(vectors * np.minimum(1.0, most_rad / angle)).as_matrix())


def test_a_twist_is_what_is_left_when_the_swing_is_taken_away() -> None:
    swings = Rotation.from_rotvec(0.9 * own.unit(own.cross(AXES, OTHERS)))  # about an axis across the first
    turns = (swings * Rotation.from_rotvec(ANGLES[:, None] * AXES)).as_matrix()
    close(own.twist_about(AXES, turns), ANGLES)
