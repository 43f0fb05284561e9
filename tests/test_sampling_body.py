"""People are drawn fairly: both sexes, all adult ages, statures and builds like those of real adults."""

import json
from dataclasses import asdict

import numpy as np
import pytest
from synapt.generator.body import load_body
from synapt.generator.body.phenotypes import SHAPE_PARAMETERS, VARIATIONS, checked_shape
from synapt.generator.sampling.body import Ranges, draw
from synapt.generator.values import BodySpec


@pytest.fixture(scope="module")
def crowd():
    return [draw(np.random.default_rng(k), Ranges(), "anny", f"p{k}") for k in range(2000)]


def test_both_sexes_and_all_adult_ages_appear_equally(crowd):
    share = np.mean([p.sex == "female" for p in crowd])
    assert abs(share - 0.5) < 4 * 0.5 / np.sqrt(len(crowd))
    ages = np.sort([p.age_years for p in crowd])
    assert ages[0] >= 18 and ages[-1] <= 80
    uniform = 18 + 62 * (np.arange(len(ages)) + 0.5) / len(ages)
    assert np.abs(ages - uniform).max() / 62 < 1.95 / np.sqrt(len(ages))  # Kolmogorov-Smirnov at 0.1 %


def test_age_and_descent_do_not_tell_the_sex(crowd):
    female = np.array([p.sex == "female" for p in crowd])
    for values in ([p.age_years for p in crowd], *([p.shape[r] for p in crowd] for r in VARIATIONS["race"])):
        assert abs(np.corrcoef(female, values)[0, 1]) < 4 / np.sqrt(len(crowd))


def test_every_draw_is_a_shape_the_body_accepts_and_plain_json(crowd):
    for person in crowd:
        assert set(checked_shape(person)) == set(SHAPE_PARAMETERS)
        assert sum(person.shape[r] for r in VARIATIONS["race"]) == pytest.approx(1, abs=2e-4)
        assert BodySpec(**json.loads(json.dumps(asdict(person)))) == person


@pytest.mark.parametrize(("sex", "mean_m"), [("female", 1.62), ("male", 1.76)])
def test_statures_are_those_of_adults(crowd, sex, mean_m):
    people = [p for p in crowd if p.sex == sex][:150]
    statures = np.array([np.ptp(load_body("anny").shaped(p).vertices_m[:13380, 1]) for p in people])
    assert abs(statures.mean() - mean_m) < 0.03
    assert 0.05 < statures.std() < 0.09
    assert statures.min() > 1.35 and statures.max() < 2.1


def test_the_same_generator_draws_the_same_person_and_identities_are_kept():
    first, second = (draw(np.random.default_rng(5), Ranges(), "anny", "someone") for _ in range(2))
    assert first == second and first.identity == "someone" and first.model == "anny"


def test_ranges_narrow_who_appears():
    ranges = Ranges(female_share=0.0, age_years=(60.0, 65.0), weight=(0.4, 0.5), height=(0.3, 0.3))
    for k in range(50):
        person = draw(np.random.default_rng(k), ranges, "anny", "p")
        assert person.sex == "male" and 60 <= person.age_years <= 65
        assert 0.4 <= person.shape["weight"] <= 0.5 and person.shape["height"] == 0.3


def test_smplx_shapes_are_normal_without_far_tails():
    people = [draw(np.random.default_rng(k), Ranges(), "smplx", "p") for k in range(400)]
    betas = np.array([[p.shape[f"beta{j}"] for j in range(10)] for p in people])
    assert np.abs(betas).max() <= 2.5
    assert abs(betas.mean()) < 0.06 and abs(betas.std() - 1) < 0.05
    twins = [draw(np.random.default_rng(k), Ranges(), "anny", "p") for k in range(400)]
    assert [(p.sex, p.age_years) for p in people] == [(p.sex, p.age_years) for p in twins]
