"""Arms stay out of other people's clothes; actions of one that are done to somebody; a kick that is caught."""

from dataclasses import replace
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest
import trimesh
from synapt.generator import names
from synapt.generator.actions import action_of, find_action
from synapt.generator.actions.action import Action
from synapt.generator.base.errors import UserError
from synapt.generator.base.outside import Outside
from synapt.generator.labels.captions import Seen, caption
from synapt.generator.measure.touch import Body
from synapt.generator.motion.dressed import landmark_over_clothes
from synapt.generator.motion.kinematics import forward
from synapt.generator.motion.outside import ARM, FAR_M, MOST_M, SOLID, TOUCH_M, Way, led_out
from synapt.generator.pipeline import make_scene
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from synapt.generator.skeletons import JOINT, SMPLX_JOINTS
from synapt.generator.values import Landmark, Skeleton

RECIPE = load_recipe("standard")
FPS = 15.0
T = 5


# ---------------------------------------------------------------- led out


def posed(at, surface=None, joint="spine3"):
    """A body with all joints at one place (T, 3), its surface (points, normals) round one of them."""
    points, normals = surface or (np.zeros((0, 3)), np.zeros((0, 3)))
    outside = Outside(points, normals, np.full(len(points), JOINT[joint]))
    skeleton = SimpleNamespace(outside=outside, joints_m=np.zeros((55, 3)))
    joints = range(len(SMPLX_JOINTS))
    rotations = {j: np.tile(np.eye(3), (T, 1, 1)) for j in joints}
    return SimpleNamespace(skeleton=skeleton, rotations=rotations, positions={j: at for j in joints}, others={})


def ball(radius_m, level=4):
    shape = trimesh.creation.icosphere(subdivisions=level, radius=radius_m)
    return shape.vertices, shape.vertices / radius_m


def arm(depth_m, joint="left_wrist"):
    """A hand's surface, so deep in somebody's trunk: a ball in a ball, straight before it."""
    trunk, hand = 0.15, 0.03
    own = posed(np.tile([0.0, trunk + hand - depth_m, 0.0], (T, 1)), ball(hand, 2), joint)
    own.others = {"b": posed(np.zeros((T, 3)), ball(trunk))}
    return own


def ways():
    return {side: Way.none(T) for side in ("left", "right")}


@pytest.mark.parametrize("depth_m", [0.01, 0.03, 0.05])
def test_a_hand_in_a_trunk_is_led_straight_out(depth_m):
    led = led_out(ways(), arm(depth_m), FPS)
    np.testing.assert_allclose(led["left"].wrist, np.tile([0.0, depth_m - TOUCH_M, 0.0], (T, 1)), atol=0.004)
    assert not led["left"].elbow.any() and not led["right"].wrist.any() and not led["right"].elbow.any()


def test_an_upper_arm_in_a_trunk_leads_the_elbow():
    led = led_out(ways(), arm(0.04, "right_shoulder"), FPS)
    np.testing.assert_allclose(led["right"].elbow, np.tile([0.0, 0.04 - TOUCH_M, 0.0], (T, 1)), atol=0.004)
    assert 0.0 < np.linalg.norm(led["right"].wrist, axis=1).max() < 0.01 and not led["left"].elbow.any()


@pytest.mark.parametrize("depth_m", [0.0, -0.02, -0.5])
def test_who_only_touches_stays(depth_m):
    led = led_out(ways(), arm(depth_m), FPS)
    assert not any(way.wrist.any() or way.elbow.any() for way in led.values())


def test_what_is_led_stays_within_reach_of_where_it_should_be():
    led = ways()
    for _ in range(8):
        led = led_out(led, arm(0.05), FPS)
        led = led_out(led, arm(0.05, "left_elbow"), FPS)
    assert np.linalg.norm(led["left"].wrist, axis=1).max() == pytest.approx(FAR_M)
    assert np.linalg.norm(led["left"].elbow, axis=1).max() == pytest.approx(MOST_M)


def test_hands_may_meet():
    hands = {joint for side in ARM.values() for joint in side["hand"]}
    assert not hands & set(SOLID)


@cache
def scene_of(action, index, seed=3, fps=FPS):
    return make_scene(sample(action, RECIPE, seed, index, width_px=48, height_px=48, fps=fps))


@pytest.mark.parametrize("cloth_m", [0.0, 0.02, 0.05])
def test_a_landmark_of_the_trunk_is_on_what_is_worn_over_it_and_others_are_bare(cloth_m):
    x, z = np.meshgrid(np.linspace(-0.1, 0.1, 9), np.linspace(-0.1, 0.1, 9))
    skin = np.stack([x.ravel(), z.ravel(), np.full(x.size, -0.12)], axis=1)
    cloth = skin - [0.0, 0.0, cloth_m]
    points = np.concatenate([skin, cloth])
    outside = Outside(points, np.tile([0.0, 0.0, -1.0], (len(points), 1)), np.full(len(points), JOINT["spine3"]))
    marks = {name: Landmark(JOINT["spine3"], np.array([0.01, 0.0, -0.12])) for name in ("back", "nose")}
    dressed = Skeleton(np.zeros((55, 3)), marks, np.zeros(55), outside=outside)
    np.testing.assert_allclose(landmark_over_clothes(dressed, "back").offset_m, [0.01, 0.0, -0.12 - cloth_m], atol=1e-12)
    assert landmark_over_clothes(dressed, "nose") is marks["nose"]
    assert landmark_over_clothes(replace(dressed, outside=None), "back") is marks["back"]


def test_people_who_act_together_know_what_they_wear_and_who_is_alone_need_not():
    spec = sample("hugging_each_other", RECIPE, 3, 0, width_px=48, height_px=48, fps=2.0)
    for one, mesh in zip(make_scene(spec).performance.performers, make_scene(spec).people, strict=True):
        outside = one.skeleton.outside
        assert 800 < len(outside.points_m) < 4000
        np.testing.assert_allclose(np.linalg.norm(outside.normals, axis=1), 1.0, atol=1e-6)
        low, high = mesh.vertices_m.min(axis=0), mesh.vertices_m.max(axis=0)
        assert (outside.points_m >= low).all() and (outside.points_m <= high).all()
        trunk = np.isin(outside.joint, [JOINT[name] for name in ("spine1", "spine2", "spine3")])
        out = outside.points_m[trunk] - one.skeleton.joints_m[outside.joint[trunk]]
        assert ((out * outside.normals[trunk]).sum(axis=1) > 0.0).mean() > 0.9
    assert scene_of("waving_a_hand", 0, fps=2.0).performance.performers[0].skeleton.outside is None


# ---------------------------------------------------------------- done to somebody


@pytest.mark.parametrize("action", ["punching", "kicking"])
def test_a_share_of_clips_has_somebody_who_is_struck_at_and_the_rest_is_as_it_was(action):
    none, all_ = (load_recipe(names.recipe("standard", (f"motion.together_share={share}",))[0]) for share in (0.0, 1.0))
    counts = []
    for index in range(120):
        spec = sample(action, RECIPE, 3, index)
        counts.append(len(spec.performers))
        alone = sample(action, none, 3, index)
        assert alone.roles == ("a",) and sample(action, all_, 3, index).roles == ("a", "b")
        if len(spec.performers) == 1:
            assert replace(spec, recipe=alone.recipe) == alone
        assert (spec.performers[0].body, spec.camera, spec.light) == (alone.performers[0].body, alone.camera, alone.light)
    assert 0.18 < np.mean(np.array(counts) == 2) < 0.42


@pytest.mark.parametrize("action", ["punching", "kicking"])
def test_the_class_is_the_same_and_the_words_name_the_other(action):
    spec = next(s for s in (sample(action, RECIPE, 3, k) for k in range(30)) if len(s.performers) == 2)
    shown = action_of(spec)
    assert shown is find_action(action).together and shown.name == action == spec.action and spec.props == ()
    words = caption(spec, Seen(0.0, 0.0))
    assert f"who {spec.performance.params['answer']}" in words


def test_who_is_struck_at_is_nearly_met_and_not_met():
    found = set()
    for action, limbs in (("punching", ("left_knuckles", "right_knuckles")), ("kicking", ("left_toe", "right_toe"))):
        near = [k for k in range(12) if len(sample(action, RECIPE, 3, k).performers) == 2][:3]
        for index in near:
            performance = scene_of(action, index).performance
            a, b = (Body(p.role, p.skeleton, *forward(p.skeleton, p.rotations, p.pelvis_m)) for p in performance.performers)
            trunk = b.positions[:, [JOINT[name] for name in ("spine2", "spine3", "head")]]
            gaps = [np.linalg.norm(a.point(limb)[:, None] - trunk, axis=-1).min(axis=1) for limb in limbs]
            first = min(gap[0] for gap in gaps)
            assert 0.10 < min(gap.min() for gap in gaps) < min(0.75, first - 0.25)
            found.add(action)
    assert found == {"punching", "kicking"}


def test_an_action_of_more_people_has_the_same_name_and_more_roles():
    one = find_action("waving_a_hand")
    more = replace(one, roles=("a", "b"))
    assert replace(one, together=more).by(("a", "b")) is more
    for wrong in (one, replace(more, name="other")):
        with pytest.raises(ValueError, match="of the same name, and of more people"):
            replace(one, together=wrong)
    assert isinstance(more, Action) and more.by(("a", "b")) is more


def test_a_recipe_without_enough_people_says_so():
    few = replace(RECIPE, identities=1)
    with pytest.raises(UserError, match="up to 2 people are in a clip of 'punching'"):
        sample("punching", few, 3, 0)
    assert sample("punching", replace(few, motion=replace(few.motion, together_share=0.0)), 3, 0).roles == ("a",)


# ---------------------------------------------------------------- caught


def test_a_caught_foot_is_held_still_in_both_hands():
    answers = [(k, sample("kicking_another", RECIPE, 3, k).performance.params) for k in range(12)]
    for index in [k for k, params in answers if params["answer"] == "catches the foot" and params["at"] != "thigh"][:2]:
        performance = scene_of("kicking_another", index).performance
        bodies = {p.role: Body(p.role, p.skeleton, *forward(p.skeleton, p.rotations, p.pelvis_m)) for p in performance.performers}
        held = [contact for contact in performance.contacts if contact.role == "b" and contact.landmark.endswith("palm")]
        assert {contact.target.rpartition("_")[2] for contact in held} == {"ankle"} and len(held) == 2
        start, end = int(np.ceil(held[0].start_s * FPS)), int(held[0].end_s * FPS)
        ankle = bodies["a"].positions[start:end, JOINT[held[0].target.rpartition(":")[2]]]
        assert end - start >= 4 and np.linalg.norm(ankle - ankle.mean(axis=0), axis=1).max() < 0.06
        for contact in held:
            palm = bodies["b"].point(contact.landmark)[start:end]
            assert np.median(np.linalg.norm(palm - ankle, axis=1)) < 0.16
