"""The recipes that come with the package: each says where its numbers come from, ablations switch off one factor, all render."""

from dataclasses import asdict, replace

import pytest
from synapt.generator import names
from synapt.generator.base.errors import UserError
from synapt.generator.checks.verify import check_dataset
from synapt.generator.dataset import Settings
from synapt.generator.jobs import Request, render_many
from synapt.generator.recipes import differences, load_recipe, sources
from synapt.generator.recipes import names as shipped
from synapt.generator.recipes.changes import KEYS, nested_keys
from synapt.generator.sampling import sample
from synapt.generator.verbs.recipe_table import all_recipes, one_recipe

SECTIONS = {key.partition(".")[0] for key in KEYS}


@pytest.mark.parametrize("name", shipped())
def test_every_number_says_where_it_comes_from(name):
    said, changed = sources(name), nested_keys(differences(name)) - {"about"}
    assert load_recipe(name).about and set(said) <= {*KEYS, *SECTIONS}
    assert not [key for key in changed if key not in said and key.partition(".")[0] not in said]
    if name != "standard":  # which says it of the samplers' own
        assert not [key for key in said if not any(key in (full, full.partition(".")[0]) for full in changed)]


def test_the_default_is_that_of_the_samplers_and_says_so_of_every_section():
    assert differences("standard").keys() == {"about"}
    assert {key.partition(".")[0] for key in sources("standard")} == SECTIONS - {"identities", "train_share", "val_share"}


def drawn(recipe, count=12):
    return [sample("waving_a_hand", load_recipe(recipe), 0, index) for index in range(count)]


BUILD = ("height", "weight", "muscle", "proportions")


def part(spec, name):
    person = spec.performers[0]
    return {
        "clothes": [(one.kind, one.fabric.kind if one.kind == "tee" else "") for one in person.look.garments],
        "body": (person.body.age_years, {key: person.body.shape[key] for key in BUILD}),
        "camera": asdict(replace(spec.camera, phases_rad=())),
        "light": asdict(replace(spec.light, sun_strength=0.0, sun_azimuth_rad=0.0, sun_elevation_rad=0.0, sun_color=(1, 1, 1)))
        | {"sun": spec.light.sun_strength},
        "background": (spec.backdrop.kind, list(spec.backdrop.surfaces)),
        "motion": (
            replace(spec.performance, params={}, start_phase=0.0, heading_rad=0.0),
            person.style,
            person.amplitude,
        ),
        "traces": spec.sensor,
        "people": (spec.roles, spec.bystanders),
    }[name]  # fmt: skip


WHERE = {
    "clothes": {"performers"}, "body": {"performers"}, "camera": {"camera"}, "light": {"light"}, "background": {"backdrop"},
    "motion": {"performance", "performers"}, "traces": {"sensor"}, "people": {"performers", "bystanders"},
}  # fmt: skip


def test_there_is_an_ablation_for_each_factor():
    assert {name for name in shipped() if name.startswith("ablate-")} == {f"ablate-{factor}" for factor in WHERE}


@pytest.mark.parametrize("factor", WHERE)
def test_an_ablation_holds_one_factor_and_leaves_the_others(factor):
    ablated, usual = drawn(f"ablate-{factor}"), drawn("standard")
    assert all(part(spec, factor) == part(ablated[0], factor) for spec in ablated)
    if factor != "people":  # of whom the default has few
        assert any(part(spec, factor) != part(usual[0], factor) for spec in usual)
    for one, other in zip(ablated, usual, strict=True):
        differ = {key for key, value in asdict(one).items() if value != asdict(other)[key]} - {"recipe"}
        assert differ <= WHERE[factor]
        kept = set(WHERE) - {factor} - ({"people"} if factor in ("clothes", "body", "motion") else set())
        assert all(part(one, name) == part(other, name) for name in kept)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(shipped()) - {"makehuman"}))
def test_every_recipe_renders_and_verifies(name, tmp_path):
    recipe, digest = names.recipe(name)
    settings = Settings(recipe, 1, "anny", "raster", "draft", 64, 64, 6.0, digest)
    made = render_many(Request(tmp_path, settings, ("waving_a_hand", "handshaking"), 2, ("mask",), workers=1))
    assert made.made == 4 and not check_dataset(tmp_path).problems


def written(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text)
    return str(path)


def test_a_recipe_of_ones_own_begins_from_one_of_ours(tmp_path):
    mine = written(tmp_path, "extends = 'cctv'\n[camera]\nfill = [0.5, 0.6]\n[sources]\n'camera.fill' = 'measured'\n")
    recipe, cctv = load_recipe(mine), load_recipe("cctv")
    assert recipe == replace(cctv, name="mine", about="", camera=replace(cctv.camera, fill=(0.5, 0.6)))
    assert sources(mine) == sources("cctv") | {"camera.fill": "measured"}
    for wrong, line in (
        ("extends = 'cctb'", "extends 'cctb': did you mean cctv"),
        ("extends = '/etc/x.toml'", "extends '/etc/x.toml': choose one of|extends '/etc/x.toml': did you mean"),
        ("extends = 3", "extends '3': "),
        ("[sources]\n'camera.fill' = 3", r"\[sources\].*expected `str`, got `int`"),
    ):
        with pytest.raises(UserError, match=line) as caught:
            sources(written(tmp_path, wrong))
        assert "\n" not in str(caught.value)


CHANGES = {
    "camera.elevation_deg=0..60": {"camera.high_rad": [0.0, 1.047198], "camera.high_share": 1},
    "camera.roll_sd_deg=2": {"camera.roll_sd_rad": 0.034907},
    "body.age_years=60": {"body.age_years": [60, 60]},
    "camera.movements=static,orbit": {"camera.movements": {"static": 1, "orbit": 1}},
    "camera.movements={static=3, orbit=1}": {"camera.movements": {"static": 3, "orbit": 1}},
    "motion.style_weights=[1, 0, 0, 0, 0]": {"motion.style_weights": [1, 0, 0, 0, 0]},
    "sensor.share=0": {"sensor.share": 0},
    "light.hdris=user:sky": {"light.hdris": {"user:sky": 1}},
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_may_be_short(change):
    from synapt.generator.recipes.changes import parse

    assert parse([change]) == CHANGES[change]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("camera.elevation_deg=high", "the value of camera.elevation_rad is 'high': write a range"),
        ("camera.roll_sd_deg={a=1}", "the value of camera.roll_sd_deg is"),
        ("camera.movements=statik", "movements has an unknown entry 'statik': did you mean static"),
        ("camera.elevatoin_deg=0..60", r"no key 'camera.elevatoin_deg': did you mean camera.elevation"),
        ("camera.elevation_deg=60..0", "high_rad is 1.0472 to 0: the smaller number comes first"),
    ],
)
def test_a_short_change_that_is_wrong_is_one_line(change, line):
    with pytest.raises(UserError, match=line) as caught:
        names.recipe("standard", (change,))
    assert "\n" not in str(caught.value)


def test_tables_name_every_recipe_and_every_source():
    assert list(all_recipes().columns[0].cells) == shipped()
    shown = one_recipe("cctv; camera.fill=0.5..0.6")
    rows = dict(zip(shown.columns[0].cells, shown.columns[-1].cells, strict=True))
    assert rows["camera.fill"] == "--with" and rows["camera.high_rad"].startswith("30 to 45 degrees down")
    assert rows["look.tops"] in (sources("standard")["look"], "as above")
