"""The table of actions: every entry loads and is declared in full, every name finds its action, plug-ins too."""

from __future__ import annotations

import re
import string
from dataclasses import replace

import pytest
from made_performance import BODIES, skeleton_of
from synapt.assets_manifest.targets import synapt150
from synapt.generator.actions import ACTIONS, Action, Choice, Range, action_of, aliases, canonical, find_action
from synapt.generator.actions import sets as actions_sets
from synapt.generator.actions.sets import find_set, sets, shortfall
from synapt.generator.base.errors import UserError
from synapt.generator.base.named import typed
from synapt.generator.labels.acting import LIMB_JOINTS
from synapt.generator.motion.animate import duration_s, write_scores
from synapt.generator.motion.score import Score
from synapt.generator.props.table import PROP_KINDS, build_props
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from thinned import EVERY_ACTION


@pytest.mark.parametrize("name", list(ACTIONS))
def test_every_action_is_declared_in_full(name: str) -> None:
    action = find_action(name)
    assert action.name == name
    assert action.phases and len(set(action.phases)) == len(action.phases)
    assert action.tags and (name not in synapt150() or action.taxonomy["synapt150"] == name)
    blanks = {field for _, field, _, _ in string.Formatter().parse(action.caption) if field}
    others = {role + end for role in action.roles[1:] for end in ("", "_possessive", "_reflexive", "_object")}
    own = {"side", "possessive", "reflexive", "object", *action.params, *(use.name for use in action.props)}
    assert blanks <= own | others and set(action.roles[1:]) <= blanks
    for kind in action.params.values():
        if isinstance(kind, Choice):
            assert kind.options and len(kind.weights) in (0, len(kind.options))
        else:
            assert isinstance(kind, Range) and kind.low < kind.high
    limbs = {f"{side}_{limb}" for side in ("left", "right") for limb in LIMB_JOINTS}
    assert set(action.acting) <= limbs | {f"{role}:{limb}" for role in action.roles[1:] for limb in limbs}
    assert len(action.params) >= 5
    for use in action.props:
        assert set(use.kinds) <= {*PROP_KINDS, "none"} and use.size[0] <= use.size[1]


def test_the_names_people_use_find_the_twenty_four_actions() -> None:
    spoken = {
        "waving": "waving_a_hand", "Waving a hand": "waving_a_hand", "clapping": "clapping", "pointing": "pointing_with_a_finger",
        "saluting": "saluting", "bowing": "taking_a_bow", "drinking": "drinking_water", "telephoning": "telephoning",
        "brushing-teeth": "brushing_teeth", "throwing": "throwing", "catching": "catch", "picking up": "picking",
        "sitting down": "sitting", "standing up": "standing_up", "lying down": "lying_down", "falling down": "falling_down",
        "walking": "walking", "running": "run", "jumping": "jumping", "JUMPING JACK": "jumping_jack", "squatting": "squatting",
        "punching": "punching", "kicking": "kicking", "push-up": "push_up", "crawling": "crawl",
    }  # fmt: skip
    assert {name: canonical(name) for name in spoken} == spoken
    assert set(spoken.values()) == set(find_set("core24"))


def test_sets_hold_what_the_library_has_and_say_what_it_lacks() -> None:
    there = [name for name in synapt150() if name in ACTIONS or name in aliases()]
    assert set(find_set("SynAPT150")) == {canonical(name) for name in there}
    assert all(names and set(names) <= set(ACTIONS) for names in sets().values())
    told = shortfall(["gesture", "SYNAPT150"])
    assert told.startswith(f"synapt150: {len(there)} of its 150 actions") if len(there) < 150 else not told
    assert not shortfall(["core24", "all"])
    with pytest.raises(UserError, match=r"unknown set 'synapt'.*synapt150"):
        find_set("synapt")


def test_a_set_stays_what_it_is_when_the_library_grows_or_is_put_in_another_order(monkeypatch) -> None:
    before = find_set("core24")
    assert len(before) == len(set(before)) == 24
    more = {"moonwalk": "somewhere:MOONWALK", **dict(reversed(ACTIONS.items())), "juggling": "somewhere:JUGGLING"}
    monkeypatch.setattr(actions_sets, "ACTIONS", more)
    assert find_set("core24") == before
    assert set(find_set("synapt150")) >= {*ACTIONS} & {*synapt150()} | {"moonwalk"} and not shortfall(["core24"])
    monkeypatch.setattr(actions_sets, "ACTIONS", {name: more[name] for name in more if name != "crawl"})
    assert shortfall(["core24"]).startswith("core24: 23 of its 24 actions")


def test_datasets_are_sets_too_and_say_which_of_their_classes_nothing_shows() -> None:
    assert set(find_set("kth")) == {"walking", "run", "jog", "punching", "waving_a_hand", "clapping"}
    assert shortfall(["kth"]) == ""
    told = shortfall(["UT-Interaction", "ntu120"])
    assert re.fullmatch(r"ntu120: \d+ of its 120 classes are rendered; none of ours is A\d{3}, .* and \d+ more", told), told


def test_no_alias_is_another_actions_name() -> None:
    assert not set(aliases()) & set(ACTIONS) - {alias for alias, name in aliases().items() if alias == name}
    declared = [alias for name in ACTIONS for alias in find_action(name).aliases]
    assert len(declared) == len(set(declared))


@pytest.mark.parametrize(
    ("wrong", "meant"), [("wavin", "waving"), ("drinkin", "drinking"), ("", None), ("no such thing at all", None)]
)
def test_an_unknown_name_is_answered_with_names_there_are(wrong: str, meant: str | None) -> None:
    with pytest.raises(UserError, match="unknown action") as refusal:
        find_action(wrong)
    message = str(refusal.value)
    assert "synapt actions" in message and "\n" not in message
    assert meant is None or meant in message


def _shrug(s: Score) -> None:
    with s.phase("shrug", 2.0) as (start, end):
        s.mode.to(start + 1.0, 0.8, shrug=0.3)
        s.mode.to(end, 0.8, shrug=0.0)


SHOULDERS_UP = Action("shoulders_up", "shrugs", _shrug, ("shrug",))


def test_a_plug_in_is_found_again_from_its_spec() -> None:
    path = typed(f"{__name__}:SHOULDERS_UP")
    spec = sample(path, load_recipe("standard"), 0, 0)
    assert (spec.action, spec.source) == ("shoulders_up", path)
    assert action_of(spec).name == "shoulders_up"


SKELETONS = [skeleton_of(name) for name in BODIES]


@pytest.mark.parametrize("name", EVERY_ACTION)
def test_clips_last_two_to_eight_seconds_however_slowly_or_quickly_performed(name: str) -> None:
    recipe, action = load_recipe("standard"), find_action(name)
    ranges = recipe.motion
    paces = [(ranges.tempo[k], ranges.idle_before_s[1 - k], ranges.idle_after_s[1 - k]) for k in (0, 1)]
    for index in range(20):
        spec, skeleton = sample(name, recipe, 1, index), SKELETONS[index % len(SKELETONS)]
        props = build_props(spec.props, skeleton)
        for tempo, before_s, after_s in paces:  # the slowest with the longest pauses, and the other way round
            paced = replace(spec.performance, tempo=tempo, idle_before_s=before_s, idle_after_s=after_s)
            scores = write_scores(
                action.by([one.role for one in spec.performers]).choreography,
                paced,
                spec.performers,
                [skeleton] * len(spec.performers),
                props,
            )
            assert {duration_s(score) for score in scores} == {duration_s(scores[0])}
            assert 2.0 <= duration_s(scores[0]) <= 8.0, (paced.params, tempo)
