"""A recipe changed on the command line: one string that every part of a dataset finds it by, checked like a recipe file."""

import re
import subprocess
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from synapt.generator import door, names
from synapt.generator.base.errors import UserError
from synapt.generator.dataset import open_dataset, read_header
from synapt.generator.recipes import load_recipe
from synapt.generator.recipes.changes import KEYS, MOST_CHARACTERS, parse, spelt, split, title
from synapt.generator.recipes.check import choices
from synapt.generator.recipes.meanings import MEANINGS
from synapt.generator.sampling.recipe import Recipe
from synapt.generator.stream import StreamSettings, clip_at

SYNAPT = str(Path(sys.executable).with_name("synapt"))
OLD = ("body.age_years=60..80", "camera.fill=0.5..0.6")
CHANGED = "standard; body.age_years=60..80; camera.fill=0.5..0.6"


def synapt(*words, **more):
    return subprocess.run([SYNAPT, *map(str, words)], capture_output=True, text=True, timeout=280, **more)


def leaves(part, where=""):
    for entry in fields(part):
        value = getattr(part, entry.name)
        if is_dataclass(value):
            yield from leaves(value, f"{entry.name}.")
        else:
            yield f"{where}{entry.name}", value


def test_every_key_of_a_recipe_has_its_meaning_and_range():
    keys = [key for key, _ in leaves(Recipe("any"))]
    assert sorted(keys) == sorted(["name", *MEANINGS])
    assert all(unit and meaning and choices(key.rpartition(".")[2]) for key, (unit, meaning) in MEANINGS.items())


def test_the_plain_recipe_is_what_it_was():
    assert names.recipe("standard") == ("standard", "f61d92c1664b")
    assert load_recipe("standard").name == title("standard") == "standard"


def test_there_is_one_spelling_of_the_same_changes(tmp_path):
    assert names.recipe("standard", OLD)[0] == CHANGED
    assert (
        names.recipe("standard", ("camera.fill = [0.50, 6e-1]", "body.age_years=1..2", "body.age_years=60.0..80"))[0] == CHANGED
    )
    assert names.recipe("standard;camera.fill=0.5..0.6", OLD[:1])[0] == names.recipe(CHANGED)[0] == CHANGED
    assert names.recipe(CHANGED)[1] == names.recipe("standard", OLD)[1] != names.recipe("standard")[1]
    path = tmp_path / "a; b" / "my.own.toml"
    path.parent.mkdir()
    path.write_text("[camera]\nfill = [0.7, 0.8]\nroll_sd_rad = 0.0\n[look.tops]\ntee = 1.0\npolo = 1.0\n")
    known, _ = names.recipe(str(path), OLD)
    recipe = load_recipe(known)
    assert known == f"{path}; {'; '.join(OLD)}" and recipe.name == title(known) == f"my.own; {'; '.join(OLD)}"
    assert (recipe.camera.fill, recipe.camera.roll_sd_rad, recipe.body.age_years) == ((0.5, 0.6), 0.0, (60.0, 80.0))
    assert load_recipe(names.recipe(str(path), ("look.tops={tank=1}",))[0]).look.tops == {"tank": 1.0}


def test_every_value_can_be_typed_as_it_is_shown():
    for name in ("standard", "makehuman"):
        recipe = load_recipe(name)
        typed = [f"{key}={spelt(value)}" for key, value in leaves(recipe) if key in KEYS]
        known, _ = names.recipe(name, typed)
        again = load_recipe(known)
        assert len(typed) == len(KEYS) and names.recipe(known)[0] == known
        assert [pair for pair in leaves(again) if pair[0] != "name"] == [pair for pair in leaves(recipe) if pair[0] != "name"]


WRONG = {
    "body.age_years": "write section.key=value, like body.age_years=60..80",
    "body.age_years=": "write section.key=value",
    "body.age=60..80": r"has no key 'body.age': did you mean .*body.age_years.* \(`synapt recipes show standard` lists all\)",
    "age_years=60..80": "has no key 'age_years': did you mean body.age_years",
    "about='x'": "has no key 'about'",
    "name='x'": "has no key 'name'",
    "body.age_years=old": "the value of body.age_years is 'old': write a range like",
    "body.age_years=60..": "the value of body.age_years is '60..'",
    "body.age_years=[60]": "body.age_years: expected `array` of length 2",
    "body.age_years=80..60": "with body.age_years changed .body.: age_years is 80 to 60: the smaller number comes first",
    "body.age_years=60..800": "age_years is 60 to 800: choose from 0 to 150",
    "camera.fill=nan..0.5": "fill is nan to 0.5: give finite numbers",
    "look.tops={trousers=1}": "tops has an unknown entry 'trousers'",
    "identities=0": "identities is 0: choose from 1",
    "identities=1979-05-27": "identities: expected `int`, got `str`|identities: expected `int`, got `date`",
    "camera.movements=" + "{a=" * 100 + "1" + "}" * 100: "brackets nested too deeply",
}


@pytest.mark.parametrize("change", WRONG)
def test_wrong_changes_are_refused_by_name(change):
    with pytest.raises(UserError, match=WRONG[change]) as caught:
        names.recipe("standard", (change,))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["standard; ", "standard; body.age_years", "standrd; camera.fill=0.5..0.6", "no/where.toml; x=1"]
)
def test_strings_of_files_are_checked_as_well(text):
    if text == "standard; ":
        assert load_recipe(text).body == load_recipe("standard").body
        return
    with pytest.raises(UserError):
        load_recipe(text)
    with pytest.raises(UserError, match="put them into a "):
        split("standard; camera.fill=" + "1" * MOST_CHARACTERS)


def test_text_in_a_value_ends_no_change():
    shares = 'light.hdris={"user:a; b=1"=1, night=0.5}'
    known, _ = names.recipe("standard", (shares, "camera.fill=0.5..0.6"))
    assert load_recipe(known).light.hdris == {"user:a; b=1": 1.0, "night": 0.5}
    assert parse((shares,)) == split(f"standard; {shares}")[1]


@pytest.mark.slow
def test_a_changed_dataset_is_rendered_gone_on_with_and_mended(tmp_path):
    words = ("render", "--action", "waving", "--quality", "draft", "--size", 48, "--fps", 4, "--workers", 1, "--out", "data")
    given = [part for change in reversed(OLD) for part in ("--with", change)]
    done = synapt(*words, "--n", 1, *given, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    other = synapt(*words, "--n", 2, cwd=tmp_path)
    assert other.returncode == 2 and other.stderr.count("\n") == 1 and f"recipe {CHANGED}, not standard" in other.stderr
    assert synapt(*words, "--n", 3, "--recipe", CHANGED, cwd=tmp_path).returncode == 0
    header = read_header(tmp_path / "data")
    assert header.settings.recipe == CHANGED
    for index, row in enumerate(open_dataset(tmp_path / "data")):
        spec = open_dataset(tmp_path / "data").clip(index).spec
        assert spec.recipe == CHANGED and 60.0 <= row["age_years"] <= 80.0 and 0.5 <= spec.camera.fill <= 0.6
    (tmp_path / "data" / "specs" / "waving_a_hand" / "waving_a_hand-000001.json").write_text("{}")
    (tmp_path / "data" / "dataset.json").unlink()
    fixed = synapt("verify", "data", "--fix", "--workers", 1, cwd=tmp_path)
    assert fixed.returncode == 0 and "3 clips checked, 0 problems" in fixed.stdout, fixed.stdout + fixed.stderr
    assert read_header(tmp_path / "data") == header


def test_streams_and_the_door_take_it():
    settings = StreamSettings(("waving",), CHANGED.replace("60..80", "[60.0, 80.0]"), width_px=48, height_px=48, fps=4.0)
    assert settings.recipe == CHANGED
    spec = clip_at(settings, 0).spec
    assert spec.recipe == CHANGED and 60.0 <= spec.performers[0].body.age_years <= 80.0
    same = door.sample("waving", spec.seed, spec.index, recipe=CHANGED, size=48, fps=4.0)
    assert same == spec and door.make_clip(same).frames.shape[1:] == (48, 48, 3)


def test_recipes_are_listed_and_shown(tmp_path):
    listed = synapt("recipes")
    assert listed.returncode == 0 and re.search("^ *standard  +The default: one dressed adult", listed.stdout, re.MULTILINE)
    shown = synapt("recipes", "show", "standard", "--with", "body.age_years=60..80")
    lines = [line.split() for line in shown.stdout.splitlines() if line.strip()]
    assert set(KEYS) <= {line[0] for line in lines}
    assert "body.age_years 60..80 0 to 150 years youngest and oldest --with".split() in lines
    assert all(line == line.rstrip() for line in shown.stdout.splitlines())
    (wrong,) = synapt("recipes", "show", "standrd", cwd=tmp_path).stderr.splitlines()
    assert "did you mean standard" in wrong
