"""What is drawn: people fairly, splits without a common person, and nuisances that don't tell the class."""

from dataclasses import asdict, fields, replace

import msgspec
import numpy as np
import pytest
from synapt.generator.actions import find_action
from synapt.generator.dataset.index import factors
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample, streams_of
from synapt.generator.values import ClipSpec
from thinned import EVERY_ACTION_AT_ONCE, spread_over

PER_ACTION = 200
RECIPE = load_recipe("standard")
CROWDED = replace(RECIPE, bystanders=replace(RECIPE.bystanders, share=1.0), sensor=replace(RECIPE.sensor, share=1.0))
ALPHA = 1e-3
"""Level of the whole family of tests of one kind (Bonferroni); the seed is fixed, so a pass is a pass forever."""


EVERYDAY = [action for action in spread_over(38) if not find_action(action).occasion]
"""Actions whose people are dressed as every day: swimmers' clothes tell what they do, and are meant to."""


@pytest.fixture(scope="module")
def specs():
    return [sample(action, RECIPE, 0, index) for action in EVERYDAY for index in range(PER_ACTION)]


@pytest.fixture(scope="module")
def table(specs):
    """Factor -> array over clips; what belongs to the performance is left out."""
    performance = {"style", "side", "amplitude", "tempo", "heading_rad", "props", "people"}
    rows = [{name: value for name, value in factors(spec).items() if name not in performance} for spec in specs]
    more = [
        {
            "split": spec.split,
            "shirt_red": spec.performers[0].look.garments[0].fabric.colors[0][0],
            "light_yaw": spec.light.yaw_rad,
            "roll": spec.camera.roll_rad,
        }
        for spec in specs
    ]
    whole = [{**row, **extra} for row, extra in zip(rows, more, strict=True)]
    return {name: np.array([row[name] for row in whole]) for name in whole[0]}


def chi2_statistic(groups, values):
    """Pearson's statistic of a contingency table, rare values joined so that each cell expects five or more."""
    names, counts = np.unique(values, return_counts=True)
    code = np.searchsorted(names, values)
    rare = counts < 5 * len(np.unique(groups))
    code = np.where(rare[code], -1, code)
    seen = np.zeros((groups.max() + 1, len(names) + 1))
    np.add.at(seen, (groups, code), 1)
    seen = seen[:, seen.sum(0) > 0]
    expected = seen.sum(1, keepdims=True) * seen.sum(0, keepdims=True) / seen.sum()
    return ((seen - expected) ** 2 / expected).sum(), (seen.shape[0] - 1) * (seen.shape[1] - 1)


def p_value(groups, values):
    """Of independence: chi-squared for words, for numbers too after cutting them at their octiles."""
    from scipy.stats import chi2

    if values.dtype.kind in "fi" and len(np.unique(values)) > 12:
        values = np.searchsorted(np.quantile(values, np.arange(1, 8) / 8), values)
    statistic, freedom = chi2_statistic(groups, values)
    return float(chi2.sf(statistic, freedom)) if freedom else 1.0


def test_nuisances_do_not_tell_the_class(specs, table):
    classes = np.unique([spec.action for spec in specs], return_inverse=True)[1]
    chance = np.array([not spec.backdrop.chosen_for for spec in specs])  # a stove stands in a kitchen
    placed = {"backdrop", "surfaces"}
    found = {
        name: p_value(classes[chance], values[chance]) if name in placed else p_value(classes, values)
        for name, values in table.items()
    }
    assert len(found) > 25 and chance.mean() > 0.7
    dependent = {name: p for name, p in found.items() if p < ALPHA / len(found)}
    assert not dependent
    # the p-values of true independence are not crowded near 0 either
    assert np.mean([p < 0.05 for p in found.values()]) < 0.2


def test_what_is_worn_for_sport_does_not_tell_which():
    sports = [name for name in spread_over(60) if find_action(name).occasion == "sport"]
    specs = [sample(action, RECIPE, 0, index) for action in sports for index in range(100)]
    classes = np.unique([spec.action for spec in specs], return_inverse=True)[1]
    worn = [spec.performers[0].look.garments for spec in specs]
    assert len(sports) > 12 and not {garment.kind for garments in worn for garment in garments} & {"skirt", "dress", "jacket"}
    found = [
        p_value(classes, np.array(values))
        for values in (
            [garments[0].kind for garments in worn],
            [garments[1].kind for garments in worn],
            [garments[1].fabric.kind for garments in worn],
            [garments[1].fabric.colors[0][0] for garments in worn],
            [spec.performers[0].body.sex for spec in specs],
        )
    ]
    assert min(found) > ALPHA / len(found)
    women = np.array([spec.performers[0].body.sex == "female" for spec in specs]).astype(int)
    assert p_value(women, np.array([garments[0].kind for garments in worn])) > ALPHA


def test_the_test_would_notice(specs, table):
    classes = np.unique([spec.action for spec in specs], return_inverse=True)[1]
    tainted = np.where((classes == 3) & (np.arange(len(classes)) % 3 == 0), "studio", table["hdri"])
    assert p_value(classes, tainted) < ALPHA / len(table)
    shifted = table["camera_focal_mm"] + 20 * (classes == 5)
    assert p_value(classes, shifted) < ALPHA / len(table)


def test_the_factors_do_not_tell_each_other_across_streams(table):
    across = [
        ("skin_melanin", "hdri"), ("skin_melanin", "backdrop"), ("sex", "camera_movement"), ("sex", "backdrop"),
        ("age_years", "camera_azimuth_rad"), ("camera_movement", "backdrop"), ("hdri", "camera_movement"),
        ("split", "sex"), ("split", "hdri"), ("split", "backdrop"),
    ]  # fmt: skip
    _do_not_tell_each_other(table, across)


def test_nor_do_the_traits_of_a_person(table):
    once = np.unique(table["identity"], return_index=True)[1]  # one person in several clips is one draw
    people = {name: values[once] for name, values in table.items()}
    assert len(once) > 1500
    _do_not_tell_each_other(people, [("skin_melanin", "sex"), ("age_years", "sex"), ("skin_melanin", "age_years")])


def _do_not_tell_each_other(table, pairs):
    for a, b in pairs:
        first = table[a]
        if first.dtype.kind == "f":
            first = np.searchsorted(np.quantile(first, np.arange(1, 8) / 8), first)
        groups = np.unique(first, return_inverse=True)[1]
        assert p_value(groups, table[b]) > 1e-4, (a, b)


def test_no_person_is_in_two_splits_and_shares_are_kept(specs):
    everybody = [(s.split, performer.body) for s in specs for performer in s.performers]
    people = {split: {body.identity for its, body in everybody if its == split} for split in ("train", "val", "test")}
    bodies = {split: {tuple(body.shape.values()) for its, body in everybody if its == split} for split in people}
    for a, b in (("train", "val"), ("train", "test"), ("val", "test")):
        assert not people[a] & people[b]
        assert not bodies[a] & bodies[b]
    for split, share in (("train", RECIPE.train_share), ("val", RECIPE.val_share)):
        got = np.mean([s.split == split for s in specs])
        assert abs(got - share) < 4 * np.sqrt(share * (1 - share) / len(specs))


def test_one_person_is_the_same_person_in_every_clip(specs):
    seen = {}
    for performer in (performer for spec in specs for performer in spec.performers):
        person = (performer.body, performer.look.skin, performer.look.hair)
        assert seen.setdefault(performer.body.identity, person) == person
    assert 1000 < len(seen) < len(specs)


def test_people_are_adults_spread_evenly(table):
    n = len(table["sex"])
    # people come back (there are 2000 in a pool), so the effective number is that of the people
    people = len(np.unique(table["identity"]))
    assert abs(np.mean(table["sex"] == "female") - 0.5) < 4 * 0.5 / np.sqrt(people)
    for name, low, high in (("age_years", 18.0, 80.0), ("skin_melanin", 0.0, 1.0)):
        values = np.sort((table[name] - low) / (high - low))
        assert 0 <= values[0] and values[-1] <= 1
        assert np.abs(values - (np.arange(n) + 0.5) / n).max() < 1.95 / np.sqrt(people)  # Kolmogorov-Smirnov, 0.1 %


def test_every_spec_is_valid_json_and_comes_back_equal(specs):
    for spec in specs:
        text = msgspec.json.encode(spec)
        assert msgspec.json.decode(text, type=ClipSpec) == spec


OF_CLIP = ("props", "camera", "light", "backdrop", "bystanders", "sensor")
"""Streams that are called like the field of the spec that they decide."""


def parts(spec):
    """Stream -> the choices that it alone decides."""
    found = {name: getattr(spec, name) for name in OF_CLIP}
    for k, one in enumerate(spec.performers):
        prefix = f"{one.role}." if k else ""
        manner = (one.style, one.amplitude, one.phases_rad)
        found[f"{prefix}motion"] = manner if k else (spec.performance, manner)
        found[f"{prefix}body"] = (one.body, one.look.skin, one.look.hair)
        found[f"{prefix}clothes"] = one.look.garments
    return found


def met(one: ClipSpec, other: ClipSpec) -> bool:
    """Whether a performer of one is a bystander of the other."""
    pairs = ((one, other), (other, one))
    return any({p.body.identity for p in a.performers} & {b.performer.body.identity for b in c.bystanders} for a, c in pairs)


@pytest.mark.parametrize("actions", EVERY_ACTION_AT_ONCE)
@pytest.mark.parametrize("name", streams_of(("a", "b")))
def test_redrawing_a_stream_changes_its_part_only(name, actions):
    changed = 0
    actions = [action for action in actions if name in streams_of(find_action(action).roles)]
    assert actions
    for action in actions:
        for index in range(4):
            usual = sample(action, CROWDED, 3, index)
            twin = sample(action, CROWDED, 3, index, variants={name: 1})
            before, after = parts(usual), parts(twin)
            assert set(before) == set(after) == set(streams_of([one.role for one in usual.performers]))
            sexes = {
                one.role: (one.body.sex, other.body.sex) for one, other in zip(usual.performers, twin.performers, strict=True)
            }
            for other in before:
                # who wears them decides what clothes there are to choose from
                role = other.partition(".")[0] if "." in other else "a"
                own_body = f"{other.removesuffix('clothes')}body"
                if other == "bystanders" and met(usual, twin):
                    continue  # nobody is twice in a clip: a bystander who is now the performer is somebody else
                if other == "props" and name in ("body", "clothes") and any(use.garment for use in find_action(action).props):
                    continue  # a jacket in the hand is of the cloth that will be worn
                if other != name and not (other.endswith("clothes") and name == own_body and len(set(sexes[role])) == 2):
                    assert after[other] == before[other], other
            changed += before[name] != after[name]
            rest = {f.name for f in fields(ClipSpec)} - {"performance", "performers", *OF_CLIP}
            same = replace(twin, variants={})
            assert {f: getattr(same, f) for f in rest} == {f: getattr(usual, f) for f in rest}
    objects = sum(bool(sample(action, RECIPE, 3, 0).props) for action in actions)
    most = 4 * (objects if name == "props" else len(actions))
    assert most - 2 <= changed <= most  # of two thousand people, one may be drawn again


def test_order_and_company_do_not_matter():
    late = sample("walking", RECIPE, 0, 777)
    sample("clapping", RECIPE, 1, 0)
    assert sample("walking", RECIPE, 0, 777) == late
    assert asdict(late) != asdict(sample("walking", RECIPE, 1, 777))
    sizes = sample("walking", RECIPE, 0, 777, width_px=64, height_px=32, fps=5.0)
    assert replace(sizes, width_px=late.width_px, height_px=late.height_px, fps=late.fps) == late
