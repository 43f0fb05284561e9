"""Looks are drawn over the whole human range, and nothing about skin tells sex, age or clothes."""

import json
from collections import Counter
from dataclasses import asdict

import numpy as np
import pytest
from synapt.generator.body.clothes.fabrics import FABRICS
from synapt.generator.body.clothes.garments import pattern_of
from synapt.generator.body.hair.cut import STYLES
from synapt.generator.sampling.look import Ranges, draw_clothes, draw_person

N = 3000


@pytest.fixture(scope="module")
def people():
    found = []
    for k in range(N):
        rng = np.random.default_rng(k)
        sex, age = ("female", "male")[k % 2], float(rng.uniform(18, 80))
        found.append((sex, age, *draw_person(rng, Ranges(), sex, age), draw_clothes(rng, Ranges(), sex)))
    return found


def test_skin_tone_is_uniform_and_independent_of_everything_else(people):
    melanin = np.array([skin.melanin for _, _, skin, _, _ in people])
    assert np.abs(np.sort(melanin) - (np.arange(N) + 0.5) / N).max() < 1.95 / np.sqrt(N)  # KS at 0.1 %
    others = {
        "female": [sex == "female" for sex, *_ in people],
        "age": [age for _, age, *_ in people],
        "outer layer": [any(g.layer == 2 for g in clothes) for *_, clothes in people],
        "brightness": [sum(clothes[0].fabric.colors[0]) for *_, clothes in people],
    }
    for name, values in others.items():
        assert abs(np.corrcoef(melanin, np.array(values, float))[0, 1]) < 4 / np.sqrt(N), name


def test_every_style_and_every_cloth_occurs_and_is_known(people):
    styles = Counter(hair.style for _, _, _, hair, _ in people)
    kinds = Counter(g.kind for *_, clothes in people for g in clothes)
    woven = Counter(g.fabric.kind for *_, clothes in people for g in clothes)
    assert set(styles) == set(STYLES)
    assert set(woven) == set(FABRICS)
    for kind in kinds:
        assert kinds[kind] > N / 100
    for *_, clothes in people:
        for garment in clothes:
            pattern_of(garment)


def test_both_sexes_wear_nearly_everything(people):
    for sex in ("female", "male"):
        kinds = {g.kind for s, *_, clothes in people if s == sex for g in clothes}
        assert {"tee", "shirt", "trousers", "shorts", "jacket", "hoodie", "trainers", "boots", "flats"} <= kinds
        assert {"long", "short", "buzz", "bun", "ponytail"} <= {h.style for s, _, _, h, _ in people if s == sex}


def test_hair_greys_with_age(people):
    def grey(low, high):
        colors = [np.array(h.color) for _, age, _, h, _ in people if low <= age < high]
        return np.mean([np.ptp(c) < 0.05 and c.mean() > 0.35 for c in colors])

    assert grey(18, 35) < 0.05 < grey(45, 60) < grey(65, 80)
    assert grey(65, 80) > 0.6


def test_specs_are_plain_json_with_colours_in_range(people):
    for _, _, skin, hair, clothes in people[:300]:
        again = json.loads(json.dumps([asdict(skin), asdict(hair), [asdict(g) for g in clothes]]))
        assert again[0]["melanin"] == skin.melanin
        for garment in clothes:
            assert np.array(garment.fabric.colors).min() >= 0 and np.array(garment.fabric.colors).max() <= 1
            assert 0.02 < garment.fabric.scale_m < 1
