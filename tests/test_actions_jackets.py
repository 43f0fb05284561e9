"""Clothes that are put on and taken off: a jacket, a shoe; what is seen of them before and after, and what is below."""

from dataclasses import replace

import numpy as np
import pytest
from made_performance import perform, skeleton_of
from synapt.generator.actions import find_action
from synapt.generator.base.errors import UserError
from synapt.generator.body import load_body
from synapt.generator.body.dress import dress
from synapt.generator.labels.label import label
from synapt.generator.motion.kinematics import skin_transforms
from synapt.generator.motion.layers import SHRUNK, bone_sets
from synapt.generator.pipeline import make_scene
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from synapt.generator.sampling.look import BOOTS, Ranges
from synapt.generator.skeletons import JOINT, JOINT_OF_BONE, N_BONES, PART, SURFACE
from synapt.generator.values import Performer

CHANGING = ("putting_on_a_jacket", "taking_off_a_jacket", "put_on_a_shoe", "take_off_a_shoe")
RECIPE = load_recipe("standard")


def seen_from_the_front(action, index):
    """The masks of a small, slow film of a clip: surfaces (T, H, W), parts, and its spec."""
    spec = sample(action, RECIPE, 3, index, width_px=128, height_px=128, fps=5.0)
    camera = replace(spec.camera, azimuth_rad=0.0, elevation_rad=0.1, movement="static", movement_params={}, roll_rad=0.0)
    spec = replace(spec, camera=camera)
    dense = label(make_scene(spec), spec, ("mask", "part")).dense
    return dense["mask"], dense["part"], spec


@pytest.mark.parametrize(("action", "worn_at_last"), [("putting_on_a_jacket", True), ("taking_off_a_jacket", False)])
def test_no_pixel_shows_a_jacket_that_is_not_worn(action, worn_at_last):
    surface, _, _ = seen_from_the_front(action, 2)
    pixels = (surface == SURFACE["outer"]).sum(axis=(1, 2))
    worn, bare = (pixels[-1], pixels[0]) if worn_at_last else (pixels[0], pixels[-1])
    assert bare == 0 and worn > 150
    between = pixels[(pixels > 0.1 * worn) & (pixels < 0.8 * worn)]
    assert len(between) >= 2, "it comes and goes sleeve by sleeve"


@pytest.mark.parametrize(("action", "worn_at_last"), [("put_on_a_shoe", True), ("take_off_a_shoe", False)])
def test_a_foot_is_bare_while_its_shoe_is_a_thing(action, worn_at_last):
    surface, part, spec = seen_from_the_front(action, 2)
    foot = PART[f"{spec.performance.side}_foot"]
    shoe = ((surface == SURFACE["shoe"]) & (part == foot)).sum(axis=(1, 2))
    skin = ((surface == SURFACE["skin"]) & (part == foot)).sum(axis=(1, 2))
    worn, bare = (-1, 0) if worn_at_last else (0, -1)
    assert shoe[bare] == 0 and skin[bare] > 5
    assert shoe[worn] > skin[worn]
    other = PART[f"{'left' if spec.performance.side == 'right' else 'right'}_foot"]
    assert ((surface == SURFACE["shoe"]) & (part == other))[[worn, bare]].any(axis=(1, 2)).all()


def drawn(action="taking_off_a_jacket", index=0):
    spec = sample(action, RECIPE, 3, index)
    return load_body("anny").shaped(spec.performers[0].body), spec.performers[0].look


def test_layers_move_with_the_body_where_they_are_worn_and_shrink_to_its_joints_where_not():
    body, look = drawn()
    mesh, skeleton = dress(body, look, ("outer",))
    assert skeleton.layers == ("outer",) and mesh.transforms.shape == (1, 3 * N_BONES, 3, 4)
    worn = np.ones((2, len(JOINT)))
    worn[1, JOINT["left_elbow"]] = 0.0
    still = Performer("a", skeleton, np.tile(np.eye(3), (2, len(JOINT), 1, 1)), np.zeros((2, 3)), worn={"outer": worn})
    own, layer, below = skin_transforms(still, 15.0).reshape(2, 3, N_BONES, 3, 4).transpose(1, 0, 2, 3, 4)
    np.testing.assert_array_equal(own[0], layer[0])
    elbow = JOINT["left_elbow"]
    others = np.array(JOINT_OF_BONE) != elbow
    np.testing.assert_array_equal(own[1, others], layer[1, others])
    np.testing.assert_allclose(layer[1, elbow, :, :3], SHRUNK * own[1, elbow, :, :3], atol=1e-6)
    center = skeleton.joints_m[elbow]
    np.testing.assert_allclose(layer[1, elbow] @ [*center, 1.0], own[1, elbow] @ [*center, 1.0], atol=1e-5)
    np.testing.assert_allclose(below[0, :, :, :3], SHRUNK * own[0, :, :, :3], atol=1e-6)
    np.testing.assert_array_equal(below[1, elbow], own[1, elbow])


def test_a_layer_that_changes_leaves_what_is_below_it_whole():
    body, look = drawn()
    plain, changing = dress(body, look)[0], dress(body, look, ("outer",))[0]
    bones = changing.weights.joint // N_BONES
    assert bone_sets(("outer",)) == {("outer", True): 1, ("outer", False): 2}
    of_vertex = bones[changing.weights.indptr[:-1]]
    of_face = of_vertex[changing.faces]
    assert (of_face == of_face[:, :1]).all(), "no face is stretched between a layer and the rest"
    outer = changing.surface_of_face == SURFACE["outer"]
    np.testing.assert_array_equal(of_face[:, 0] == 1, outer)
    below = changing.surface_of_face[of_face[:, 0] == 2]
    assert {SURFACE["top"], SURFACE["dress"]} & set(below.tolist())
    assert len(changing.faces) > len(plain.faces) and plain.transforms.shape[1] == N_BONES


def test_nobody_takes_off_what_would_leave_them_bare():
    body, look = drawn()
    garments = tuple(garment for garment in look.garments if garment.kind in ("jacket", "trousers", "flats", "trainers", "boots"))
    closed = tuple(replace(g, params={**g.params, "opening": 0.0}) if g.kind == "jacket" else g for g in garments)
    with pytest.raises(UserError, match="bare"):
        dress(body, replace(look, garments=closed), ("outer",))


@pytest.mark.parametrize("action", CHANGING)
def test_whoever_changes_clothes_wears_them_and_the_thing_in_the_hand_is_theirs(action):
    kinds = {"outer": ("jacket",), "shoe": tuple(set(Ranges().shoes) - set(BOOTS))}[find_action(action).changes[0]]
    for index in range(12):
        spec = sample(action, RECIPE, 3, index)
        (worn,) = (garment for garment in spec.performers[0].look.garments if garment.kind in kinds)
        things = [prop for prop in spec.props if prop.kind in ("loose_jacket", "shoe")]
        assert things and all(thing.colors[0] == worn.fabric.colors[0] for thing in things)


@pytest.mark.parametrize("body", ["short_heavy", "tall_thin"])
def test_the_arms_go_into_the_sleeves_one_after_the_other(body):
    on = perform("putting_on_a_jacket", skeleton_of(body), fps=15.0)
    done = on.segment("first_sleeve").stop - 1
    reach = np.linalg.norm(on.mark("left_palm")[done] - on.joint("right_shoulder")[done])
    assert reach < 0.20, "the other hand has drawn the jacket up to the shoulder"
    behind = on.joint("left_wrist")[:, 1] - on.joint("spine3")[:, 1]  # who faces -y has +y behind
    assert behind[on.segment("second_sleeve")].max() > 0.08
    share = on.performer.worn["outer"]
    moments = [
        int(np.argmax(share[:, JOINT[name]] > 0.99)) for name in ("right_elbow", "right_shoulder", "spine3", "left_shoulder")
    ]
    assert moments == sorted(moments) and len(set(moments)) == 4 and moments[0] > 0
    assert (share[0] == 0.0).all() and (share[-1] > 0.999).all()


@pytest.mark.parametrize("body", ["short_heavy", "tall_thin"])
def test_the_jacket_slides_off_behind_and_its_sleeves_are_pulled_off(body):
    off = perform("taking_off_a_jacket", skeleton_of(body), fps=15.0)
    done = off.segment("bare").stop - 1
    for side in ("right", "left"):
        assert off.joint(f"{side}_wrist")[done, 1] > off.joint("pelvis")[done, 1] + 0.05
    behind = off.segment("first_sleeve")
    assert np.linalg.norm(off.mark("right_palm") - off.joint("left_wrist"), axis=1)[behind].min() < 0.16
    ahead = off.segment("second_sleeve")
    gap = np.linalg.norm(off.mark("left_palm") - off.joint("right_wrist"), axis=1)[ahead]
    assert gap.min() < 0.12 < 0.3 < gap[-1], "taken by the cuff and pulled along the hand"
    held = off.performance.props["jacket"][-1, :, :3, 3]
    assert held[:, 2].max() < off.joint("neck")[-1, 2] + 0.1
    share = off.performer.worn["outer"]
    moments = [int(np.argmax(share[:, JOINT[name]] < 0.01)) for name in ("right_shoulder", "left_elbow", "right_elbow")]
    assert moments == sorted(moments) and len(set(moments)) == 3
    assert (share[0] == 1.0).all() and (share[-1] < 0.001).all()


def test_left_handed_performers_begin_with_the_left_sleeve():
    on = perform("putting_on_a_jacket", skeleton_of("tall_thin"), side="left", fps=15.0)
    share = on.performer.worn["outer"]
    assert np.argmax(share[:, JOINT["left_elbow"]] > 0.99) < np.argmax(share[:, JOINT["right_elbow"]] > 0.99)
