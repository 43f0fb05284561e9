"""Loose hair falls: beside the face of who bows, off the back in a run, up in a fall, and lies on the floor."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import made_bodies
import numpy as np
import pytest
from scipy.spatial.transform import Rotation
from synapt.generator.body.dress import dress
from synapt.generator.body.skinning import skin
from synapt.generator.motion.hair_bones import hair_bones
from synapt.generator.motion.kinematics import UPRIGHT, joint_transforms, skin_transforms
from synapt.generator.motion.rotations import between
from synapt.generator.sampling import look
from synapt.generator.skeletons import HAIR_BONES, JOINT, N_BONES, SURFACE
from synapt.generator.values import FIRST, Array, HairSpec, Mesh, Performer, Skeleton

FPS, SEEDS = 30.0, (0, 3, 5)
STANDING: dict[str, tuple[float, float, float]] = {}
BOW = {"spine1": (30, 0, 0), "spine2": (30, 0, 0), "spine3": (25, 0, 0), "neck": (10, 0, 0), "head": (5, 0, 0)}


@cache
def person(style: str, seed: int) -> tuple[Mesh, Skeleton]:
    spec, body = made_bodies.anny_body(seed)
    outfit = look.draw(np.random.default_rng(seed), look.Ranges(), spec.sex, spec.age_years)
    return dress(body, replace(outfit, hair=HairSpec(style, (0.3, 0.2, 0.1), 0.6)))


def moving(skeleton: Skeleton, degrees: dict[str, tuple[float, float, float]], pelvis_m: Array, root: Any = UPRIGHT) -> Performer:
    """One pose along a path (T, 3) of the pelvis."""
    rotations = np.tile(np.eye(3), (len(pelvis_m), 55, 1, 1))
    for name, vector in degrees.items():
        rotations[:, JOINT[name]] = Rotation.from_rotvec(np.radians(vector)).as_matrix()
    rotations[:, 0] = root
    return Performer(FIRST, skeleton, rotations, pelvis_m)


def at(x: float = 0.0, y: float = 0.0, z: float = 1.0) -> Array:
    return np.tile([x, y, z], (4, 1))


def lock(performer: Performer, name: str) -> tuple[Array, Array]:
    """Root and tip of a lock (T, 3) in the world."""
    bone, place = skin_transforms(performer, FPS)[:, HAIR_BONES[name]].astype(float), list(HAIR_BONES).index(name)
    root, tip = (bone @ np.append(performer.skeleton.locks_m[place, k], 1.0) for k in (0, 1))
    return root, tip


def down(performer: Performer, name: str) -> Array:
    """Cosine (T,) between a lock and straight down."""
    root, tip = lock(performer, name)
    return -(tip - root)[:, 2] / np.linalg.norm(tip - root, axis=1)


def back_plane(performer: Performer, points: Array) -> Array:
    """(T,) m: how far points (T, 3) are behind the back, positive outside."""
    mark = performer.skeleton.landmarks["back"]
    joints = joint_transforms(performer)
    back = joints[:, mark.joint, :3, :3] @ mark.offset_m + joints[:, mark.joint, :3, 3]
    return -((points - back) * joints[:, JOINT["spine3"], :3, 2]).sum(axis=1)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("style", ["long", "bob"])
def test_hair_of_who_stands_lies_as_it_was_combed(style: str, seed: int) -> None:
    mesh, skeleton = person(style, seed)
    hair = np.unique(mesh.faces[mesh.surface_of_face == SURFACE["hair"]])
    stands = skin(mesh.vertices_m, mesh.weights, skin_transforms(moving(skeleton, STANDING, at()), FPS))[0]
    lower = UPRIGHT @ -skeleton.joints_m[0] + [0.0, 0.0, 1.0]
    moved = np.linalg.norm(stands - mesh.vertices_m @ UPRIGHT.T - lower, axis=1)
    assert moved[hair].max() < 0.04
    assert np.delete(moved, hair).max() < 1e-5


@pytest.mark.parametrize("seed", SEEDS)
def test_long_hair_falls_beside_the_face_of_who_bows_and_stays_on_the_back(seed: int) -> None:
    _, skeleton = person("long", seed)
    performer = moving(skeleton, BOW, at())
    assert (down(performer, "left") > 0.9).all() and (down(performer, "right") > 0.9).all()
    _, tip = lock(performer, "behind")
    np.testing.assert_allclose(
        back_plane(performer, tip),
        back_plane(moving(skeleton, STANDING, at()), lock(moving(skeleton, STANDING, at()), "behind")[1]),
        atol=0.03,
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("degrees", [BOW, {**BOW, "left_hip": (-80, 0, 0)}])
def test_a_tail_of_who_bows_falls_over_the_shoulder(seed: int, degrees: dict[str, Any]) -> None:
    """Rigid on the head it would stand straight up."""
    _, skeleton = person("ponytail", seed)
    performer = moving(skeleton, degrees, at())
    root, tip = lock(performer, "behind")
    assert (tip[:, 2] < root[:, 2] - 0.02).all()
    assert (np.abs(tip - root)[:, 0] > 0.08).all()  # beside the neck, not through it


@pytest.mark.parametrize("style", ["long", "ponytail"])
def test_hair_lies_on_the_floor_and_not_under_it(style: str) -> None:
    _, skeleton = person(style, SEEDS[0])
    on_the_back = Rotation.from_euler("x", -90, degrees=True).as_matrix() @ UPRIGHT
    performer = moving(skeleton, STANDING, at(z=0.13), on_the_back)
    for name in HAIR_BONES:
        root, tip = lock(performer, name)
        assert (root[:, 2] < 0.3).all() and (tip[:, 2] > -0.02).all(), name


def test_hair_streams_back_from_who_runs_and_flies_up_from_who_falls() -> None:
    _, skeleton = person("ponytail", SEEDS[0])
    t = np.arange(40)[:, None] / FPS
    runs = moving(skeleton, STANDING, np.array([0.0, 0.0, 1.0]) + t * [0.0, -4.0, 0.0])
    root, tip = lock(runs, "behind")
    still = down(moving(skeleton, STANDING, at()), "behind")[-1]
    assert (tip - root)[-1, 1] > 0.3 * np.linalg.norm((tip - root)[-1])
    falls = moving(skeleton, STANDING, np.array([0.0, 0.0, 20.0]) - 0.5 * 9.81 * t**2 * [0.0, 0.0, 1.0])
    sinking = down(falls, "behind")
    assert sinking[-1] < 0.3 < 0.9 < still


def test_hair_follows_a_jerk_of_the_head_late_and_comes_to_rest_without_swinging_back() -> None:
    _, skeleton = person("ponytail", SEEDS[0])
    x = np.where(np.arange(60) < 20, 0.0, 0.1)
    performer = moving(skeleton, STANDING, np.stack([x, 0 * x, 0 * x + 1.0], axis=1))
    root, tip = lock(performer, "behind")
    swing = (tip - root)[:, 0] - (tip - root)[0, 0]
    assert np.abs(swing[:18]).max() < 1e-6 < 0.02 < np.abs(swing[20:26]).max()
    assert np.abs(swing[-1]) < 0.005
    np.testing.assert_array_equal(skin_transforms(performer, FPS), skin_transforms(performer, FPS))


def test_hair_without_locks_goes_with_the_head() -> None:
    _, skeleton = person("afro", SEEDS[0])
    assert skeleton.locks_m is None
    moved = skin_transforms(moving(skeleton, BOW, at()), FPS)
    for bone in HAIR_BONES.values():
        np.testing.assert_array_equal(moved[:, bone], moved[:, JOINT["head"]])


def test_locks_are_sound_transforms_in_any_pose() -> None:
    """Of one frame too, and where gravity, the lock and the body are in line."""
    _, skeleton = person("long", SEEDS[0])
    rng = np.random.default_rng(0)
    for n in (1, 2, 5):
        roots = Rotation.random(n, random_state=n).as_matrix()
        moved = skin_transforms(moving(skeleton, BOW, rng.normal(size=(n, 3)), roots), FPS)
        assert moved.shape == (n, N_BONES, 3, 4) and np.isfinite(moved).all()
    upside_down = skin_transforms(
        moving(skeleton, STANDING, at(), Rotation.from_euler("x", 180, degrees=True).as_matrix() @ UPRIGHT), FPS
    )
    assert np.isfinite(hair_bones(skeleton, upside_down[:, :55].astype(float), FPS)).all()


def test_between_is_the_smallest_turn_from_one_direction_to_another() -> None:
    a, b = (v / np.linalg.norm(v, axis=1, keepdims=True) for v in np.random.default_rng(1).normal(size=(2, 50, 3)))
    for end in (b, a, -a):
        turn = between(a, end)
        np.testing.assert_allclose((turn @ a[..., None])[..., 0], end, atol=1e-9)
        np.testing.assert_allclose(turn @ turn.transpose(0, 2, 1), np.tile(np.eye(3), (50, 1, 1)), atol=1e-12)
        angle = np.arccos(np.clip((np.trace(turn, axis1=1, axis2=2) - 1) / 2, -1, 1))
        np.testing.assert_allclose(np.cos(angle), (a * end).sum(axis=1), atol=1e-9)
