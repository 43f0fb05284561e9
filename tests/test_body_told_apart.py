"""Nobody seems to be undressed: cloth has not the colour of the skin beside it."""

import numpy as np
from synapt.generator.body.clothes.garments import surface_of
from synapt.generator.body.skin import tone
from synapt.generator.body.told_apart import FROM_SKIN, difference, told_from_skin
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from synapt.generator.values import FabricSpec, GarmentSpec, SkinSpec

SKIN = SkinSpec(0.42, 0.5, (0.2, 0.12, 0.07), 0.4, 3, 0.0)


def garment(kind, *colors):
    return GarmentSpec(kind, {}, FabricSpec("plain", colors, 0.1, 0.0, 0.8, 1, 0.5), 0)


def test_cloth_of_the_wearers_own_colour_gets_another_hue_of_the_same_brightness_and_nothing_else_changes():
    own = tuple(float(round(part, 4)) for part in tone(SKIN))
    blue, shoes = garment("tee", (0.2, 0.3, 0.7)), garment("flats", own)
    found = told_from_skin((garment("sweater", own, (0.1, 0.1, 0.1)), blue, shoes), SKIN)
    assert found[1:] == (blue, shoes)
    first, second = found[0].fabric.colors
    assert difference(first, own) > FROM_SKIN and second == (0.1, 0.1, 0.1) and sorted(first) == sorted(own)


def test_everybody_is_seen_to_be_dressed():
    recipe, least = load_recipe("standard"), []
    for action in ("waving_a_hand", "hugging_each_other", "jumping_jack", "swimming_front_crawl", "taking_off_a_jacket"):
        for index in range(60):
            for person in sample(action, recipe, 5, index, width_px=64, height_px=64, fps=8.0).people:
                skin, worn = person.look.skin, told_from_skin(person.look.garments, person.look.skin)
                least += [difference(one.fabric.colors[0], tone(skin)) for one in worn if surface_of(one) != "shoe"]
    assert len(least) > 600 and np.min(least) >= FROM_SKIN
