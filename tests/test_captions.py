"""What a clip is said to show: grammatical, true of its spec, and not always in the same words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from synapt.generator.actions import ACTIONS, find_action
from synapt.generator.labels.captions import Seen, caption, seen
from synapt.generator.motion.kinematics import joint_transforms
from synapt.generator.pipeline import make_scene
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from synapt.generator.skeletons import JOINT
from synapt.generator.values import ClipSpec

READ = 500


@cache
def specs() -> tuple[ClipSpec, ...]:
    """Five hundred clips or more, of every action about as many."""
    each = -(-READ // len(ACTIONS))
    return tuple(sample(name, load_recipe("standard"), 11, k) for name in ACTIONS for k in range(each))


def said(spec: ClipSpec) -> str:
    """As if the camera stood where the spec has it."""
    return caption(spec, Seen(spec.camera.azimuth_rad, spec.camera.elevation_rad))


def sentences(text: str) -> list[str]:
    return re.findall(r"[^.]+\.", text)


def test_five_hundred_captions_are_grammatical():
    for spec in specs():
        text = said(spec).replace("an X", "a cross").replace("V sign", "v sign").replace("TV", "tv")
        parts = sentences(text)
        assert "".join(parts) == text and 2 <= len(parts) <= 3, text
        assert all(re.fullmatch(r" ?[A-Z][^A-Z{}_\\]*\.", part) for part in parts), text
        assert not re.search(r"  | ,|,,|\ban? [aeiou]*$|\b(\w+) \1\b", text), text
        assert not re.search(r"\ba [aeio]|\ban [^aeiou\W]|\ba an?\b", text), text
        assert not re.search(r"\ba (?:trousers|jeans|shorts|leggings)\b", text), text


def test_captions_are_true_of_who_and_where():
    wrong = {"female": r"\b(he|his|him|himself|man)\b", "male": r"\b(she|her|herself|woman)\b"}
    for spec in specs():
        text = said(spec).lower()
        if len(spec.performers) == 1:
            assert not re.search(wrong[spec.performers[0].body.sex], text), text
        kind = spec.backdrop.kind
        place = {
            "outdoor": "outdoors",
            "poolside": "beside a pool",
            "beach": "on a beach",
            "court": "on a sports court",
            "site": "on a building site",
            "snow": "in the snow",
            "office": "in an office",
        }.get(kind, f"in a {kind.replace('_', ' ')}")
        assert text.count(place) == 1, text
        assert ("slowly" in text) <= (spec.performance.tempo < 1.0) and ("quickly" in text) <= (spec.performance.tempo > 1.0), (
            text
        )


@pytest.mark.parametrize("eighth", range(8))
def test_the_camera_stands_where_the_caption_says(eighth):
    spec = sample("waving_a_hand", load_recipe("standard"), 0, 1, width_px=64, height_px=64, fps=4.0)
    spec = replace(
        spec, camera=replace(spec.camera, azimuth_rad=float(eighth * np.pi / 4), movement="static", movement_params={})
    )
    scene = make_scene(spec)
    body = joint_transforms(scene.performance.performers[0])[0]
    view = np.linalg.inv(scene.camera.T_camera_world[0])[:2, 3] - body[JOINT["pelvis"], :2, 3]
    left = body[JOINT["left_hip"], :2, 3] - body[JOINT["right_hip"], :2, 3]
    left, view = left / np.linalg.norm(left), view / np.linalg.norm(view)
    ahead = np.array([left[1], -left[0]])
    text = caption(spec, seen(scene))
    assert ("left" in text.split(". ", 1)[1]) == (view @ left > 0.3)
    assert ("the right" in text or "front right" in text or "back right" in text) == (view @ left < -0.3)
    assert ("front" in text) == (view @ ahead > 0.3)
    assert ("back" in text.split(". ", 1)[1].replace("bent back", "") or "behind" in text) == (view @ ahead < -0.3)


def test_wordings_vary_and_stay_with_the_performance():
    action = find_action("walking")
    many = [sample("walking", load_recipe("standard"), 2, k) for k in range(60)]
    orders = Counter("dressed" if "dressed in" in said(spec) else said(spec).split(" ")[0] for spec in many)
    assert len(orders) >= 3 and orders.most_common(1)[0][1] < 45
    assert len({said(spec) for spec in many}) > 50
    twin = sample("walking", load_recipe("standard"), 2, 5, variants={"camera": 1})
    assert sentences(said(twin))[0] == sentences(said(many[5]))[0]
    assert all(action.caption.split()[0] in said(spec) for spec in many) or action.wordings
