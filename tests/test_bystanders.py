"""Bystanders: as often and as many whatever the class, never in the way of the act, and nobody's motion changes for them."""

from dataclasses import replace

import numpy as np
import pytest
from synapt.generator import names
from synapt.generator.actions import ACTIONS, alone, find_action
from synapt.generator.base.errors import UserError
from synapt.generator.motion.kinematics import joint_transforms
from synapt.generator.pipeline import make_scene
from synapt.generator.props.table import build_props
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from synapt.generator.scene.bystanders import APART_M, MOST_HIDDEN, _hidden, _joints
from synapt.generator.skeletons import JOINT


def crowded(*more):
    return load_recipe(names.recipe("standard", ("bystanders.share=1", *more))[0])


def drawn(action, index, recipe, **words):
    return sample(action, recipe, 7, index, width_px=48, height_px=48, fps=4.0, **words)


def test_the_standard_recipe_has_none_and_a_share_has_its_share():
    assert not any(drawn("walking", index, load_recipe("standard")).bystanders for index in range(20))
    half = load_recipe(names.recipe("standard", ("bystanders.share=0.5", "bystanders.most=2"))[0])
    counts = [len(drawn("sitting", index, half).bystanders) for index in range(200)]
    assert set(counts) == {0, 1, 2} and 70 < sum(count > 0 for count in counts) < 130


def test_they_tell_nothing_of_the_class():
    recipe, n = crowded(), 60
    found = {
        action: [drawn(action, index, recipe).bystanders for index in range(n)]
        for action in ("waving_a_hand", "run", "handshaking")
    }
    for many in found.values():
        everybody = [one for some in many for one in some]
        assert {one.action for one in everybody} == {"waiting", "walking", "sitting_by"}
        assert all(len(one.props) == (one.action == "sitting_by") for one in everybody)
        assert abs(np.mean([len(some) for some in many]) - 2.0) < 0.45
        assert abs(np.mean([one.action == "walking" for one in everybody]) - 0.4) < 0.17
        assert abs(np.mean([one.action == "sitting_by" for one in everybody]) - 0.2) < 0.14
        assert abs(np.mean([np.hypot(*one.at_m) for one in everybody]) - 3.4) < 0.35


def test_nobody_is_there_twice_and_the_rest_of_the_clip_stays():
    recipe = crowded()
    for index in range(12):
        spec = drawn("handshaking", index, recipe)
        identities = [person.body.identity for person in spec.people]
        assert len(set(identities)) == len(identities) and all(name.startswith(spec.split) for name in identities)
        plain = drawn("handshaking", index, load_recipe("standard"))
        assert replace(spec, bystanders=(), recipe=plain.recipe) == plain
    other = drawn("handshaking", 0, recipe, variants={"bystanders": 1})
    assert replace(other, bystanders=(), variants={}) == replace(drawn("handshaking", 0, recipe), bystanders=())


@pytest.mark.parametrize("action", ["waving_a_hand", "walking", "handshaking"])
def test_they_leave_the_act_to_be_seen_and_as_it_is(action):
    recipe = crowded()
    for index in range(4):
        spec = drawn(action, index, recipe)
        scene = make_scene(spec)
        performance, alone_ = scene.performance, make_scene(replace(spec, bystanders=())).performance
        for with_them, without in zip(performance.acting, alone_.performers, strict=True):
            assert np.array_equal(with_them.pelvis_m, without.pelvis_m) and np.array_equal(with_them.rotations, without.rotations)
        pick = np.arange(performance.n_frames)
        pose = scene.camera.T_camera_world
        eye = -np.einsum("tji,tj->ti", pose[:, :3, :3], pose[:, :3, 3])
        shown = np.concatenate([_joints(one, pick) for one in performance.acting], axis=1)
        for one in performance.performers:
            if not one.acting:
                joints = _joints(one, pick)
                assert _hidden(joints, shown, eye) <= MOST_HIDDEN + 0.03
                assert np.linalg.norm(shown[..., :2] - joints[:, :1, :2], axis=-1).min() > APART_M - 0.1


@pytest.mark.parametrize("action", ["waving_a_hand", "handshaking"])
def test_who_sits_by_stays_on_a_seat_of_their_own(action):
    recipe = crowded("bystanders.actions={sitting_by=1.0}", "bystanders.most=2")
    for index in range(3):
        spec = drawn(action, index, recipe)
        scene = make_scene(spec)
        for one, who in zip(spec.bystanders, [p for p in scene.performance.performers if not p.acting], strict=True):
            (thing,) = one.props
            path = scene.performance.props[f"{who.role}:{thing.name}"]
            seat = build_props(one.props, who.skeleton)[thing.name].frames["seat"]
            assert np.array_equal(path, np.broadcast_to(path[0], path.shape))
            hips = joint_transforms(who)[:, [JOINT["left_hip"], JOINT["right_hip"]], :3, 3].mean(axis=1)
            over = hips - (path[0] @ seat)[:3, 3]
            assert 0.0 < over[:, 2].min() and over[:, 2].max() < 0.18 and np.linalg.norm(over[:, :2], axis=1).max() < 0.25
            assert any(mesh.name.startswith(f"{who.role}:") or mesh.name == thing.name for mesh in scene.meshes)
    assert "sitting_by" not in ACTIONS


def test_a_body_before_another_hides_it():
    shown = np.array([[[0.0, 0.0, z] for z in (0.1, 0.9, 1.6)]])
    body = np.array([[[0.0, 2.0, 0.9], [0.0, 2.0, 1.5]]])
    assert _hidden(body, shown, np.array([[0.0, 5.0, 1.2]])) == 1.0
    assert _hidden(body, shown, np.array([[0.0, -5.0, 1.2]])) == 0.0
    assert _hidden(body, shown, np.array([[5.0, 2.0, 1.2]])) == 0.0
    assert _hidden(body, shown, np.array([[0.0, 2.3, 1.2]])) > 1.0


def test_what_they_do_needs_one_person_and_no_things():
    assert {"walking", "waiting"} <= set(alone()) <= set(ACTIONS)
    assert all(len(find_action(name).roles) == 1 and not find_action(name).props for name in alone())
    for wrong in ("handshaking", "drinking_water", "nothing"):
        with pytest.raises(UserError, match=f"unknown entry '{wrong}'"):
            names.recipe("standard", (f'bystanders.actions={{"{wrong}" = 1.0}}',))
    with pytest.raises(UserError, match=r"share is 1\.5: choose from 0 to 1"):
        names.recipe("standard", ("bystanders.share=1.5",))


def test_a_spec_cannot_make_a_bystander_do_what_takes_two_or_somebody_elses_code():
    spec = drawn("walking", 0, crowded())
    for action, said in (("handshaking", "is for 2 people"), ("http.server:test", "is not part of synapt")):
        odd = replace(spec, bystanders=(replace(spec.bystanders[0], action=action),))
        with pytest.raises(UserError, match=said):
            make_scene(odd)
