"""A recipe from which nothing could be drawn, or whose assets are not here, is refused by the name of its entry."""

from dataclasses import fields, is_dataclass

import pytest
from synapt.generator.base.errors import UserError
from synapt.generator.recipes import Recipe, load_recipe, names
from synapt.generator.recipes.check import check
from synapt.generator.sampling import sample
from synapt.generator.setup import needs

WRONG = {
    "[camera]\nmovements = {statik = 1.0}": r"\[camera\]: movements has an unknown entry 'statik': did you mean static",
    "[camera]\nmovements = {}": r"\[camera\]: movements is empty: name at least one of follow, handheld, orbit, static",
    "[look]\ntops = {trousers = 1.0}": "tops has an unknown entry 'trousers': .*tee",
    "[look]\nfemale_outfits = {tee = 1.0}": "'tee': give names like mhclo:NAME",
    "[look]\nshoes = {'user:boots' = 1.0}": "shoes has an unknown entry 'user:boots'",
    "[look.prints]\nplain = 0": "prints has the shares 0: choose from 0 to 1,000,000, one above 0",
    "[look.prints]\nplain = -1\ndots = 2": "prints has the shares -1, 2",
    "[look.long_hair]\nlong = inf": "long_hair has the shares inf",
    "[look]\nlong_hair_share = [1.5, 0.0]": "long_hair_share is 1.5 to 0: choose from 0 to 1",
    "[light.hdris]\nmoon = 1": "hdris has an unknown entry 'moon'",
    "[backdrop]\nkinds = {rooom = 1.0}": "did you mean room",
    "[backdrop]\nmax_things = -1": "max_things is -1: choose from 0 to 100",
    "[motion]\nstyle_weights = [1.0]": "style_weights has 1 shares: give one for each of neutral",
    "[motion]\nstyle_weights = [0, 0, 0, 0, 0]": "style_weights has the shares 0, 0, 0, 0, 0",
    "[motion]\ntempo = [0.0, 1.0]": "tempo is 0 to 1: choose from 0.1 to 10",
    "[camera]\nfocal_mm = [70.0, 18.0]": "focal_mm is 70 to 18: the smaller number comes first",
    "[camera]\nfocal_mm = [-5.0, 18.0]": "focal_mm is -5 to 18: choose from 1 to 2,000",
    "[camera]\nfill = [nan, 0.5]": "fill is nan to 0.5: give finite numbers",
    "[camera]\nroll_sd_rad = -1.0": "roll_sd_rad is -1: choose from 0 to 100",
    "[body]\nfemale_share = 2.0": "female_share is 2: choose from 0 to 1",
    "[body]\nage_years = [20.0]": "expected `array` of length 2",
    "[body]\nweight = [0.1, 3.0]": "weight is 0.1 to 3: choose from 0 to 1",
    "[props]\npalette = []": "palette has 0 colours: name at least 3",
    "[props]\nnatural = [[2.0, 0.0, 0.0]]": "natural\\[0\\]\\[0\\]: expected `float` <= 1.0",
    "identities = 0": "identities is 0: choose from 1 to 1,000,000,000",
    "train_share = 0.9\nval_share = 0.2": "train_share and val_share are 1.1 together: at most 1",
}


def written(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text)
    return str(path)


@pytest.mark.parametrize("text", WRONG)
def test_wrong_values_are_refused_by_name(tmp_path, text):
    with pytest.raises(UserError, match=WRONG[text]) as caught:
        load_recipe(written(tmp_path, text))
    assert str(tmp_path / "mine.toml") in str(caught.value) and "\n" not in str(caught.value)


RIGHT = """
train_share = 1.0
val_share = 0.0
[camera]
movements = {orbit = 3}
azimuth_rad = [-3.0, -1.0]
roll_sd_rad = 0.0
[look]
female_outfits = {}
long_hair_share = [0.9, 0.1]
short_hair = {afro = 1.0}
shoes = {boots = 0.0, flats = 2.0}
[light]
exposure_ev = [-2.0, -2.0]
[body]
male_height_shift = -0.1
"""


def test_what_can_be_drawn_is_taken(tmp_path):
    for name in names():
        load_recipe(name)
    recipe = load_recipe(written(tmp_path, RIGHT))
    for index in range(20):
        spec = sample("waving_a_hand", recipe, 0, index)
        assert (spec.camera.movement, spec.performers[0].look.garments[-1].kind, spec.split) == ("orbit", "flats", "train")


def nonsense(name, value):
    nan = float("nan")
    if isinstance(value, dict):
        return {"no_such_name": 1.0}
    if name in ("palette", "natural"):
        return ((nan,) * 3,) * 3
    return (nan,) * len(value) if isinstance(value, tuple) else nan


def test_every_table_and_every_number_of_a_recipe_is_looked_at(tmp_path):
    """So that a field added tomorrow is not forgotten: nonsense in any of them is refused."""
    recipe, seen = load_recipe("standard"), 0
    for part in (recipe, *(getattr(recipe, entry.name) for entry in fields(recipe))):
        for entry in fields(part) if is_dataclass(part) else ():
            value = getattr(part, entry.name)
            if isinstance(value, str) or is_dataclass(value):
                continue
            wrong = nonsense(entry.name, value)
            with pytest.raises(UserError, match=entry.name):
                check(type(part)(**{**{f.name: getattr(part, f.name) for f in fields(part)}, entry.name: wrong}), "here")
            seen += 1
    assert seen > 50 and isinstance(recipe, Recipe)


def test_a_path_without_a_file_is_not_called_an_unknown_recipe(tmp_path):
    with pytest.raises(
        UserError,
        match=r"there is no recipe .*none\.toml: give the path of a \.toml file, or one of ablate-background, .*, psp, standard",
    ):
        load_recipe(str(tmp_path / "none.toml"))
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UserError, match="is not valid TOML"):
        load_recipe(str(tmp_path / "bytes.toml"))


def test_assets_packages_and_settings_are_asked_for_before_anything_is_made(tmp_path, monkeypatch):
    needs.check("standard", "raster")
    (tmp_path / "empty").mkdir()
    monkeypatch.delenv("SYNAPT_MAKEHUMAN_ASSETS", raising=False)
    with pytest.raises(UserError, match="needs MakeHuman's assets"):
        needs.check("makehuman", "raster")
    monkeypatch.setenv("SYNAPT_MAKEHUMAN_ASSETS", str(tmp_path / "empty"))
    with pytest.raises(UserError, match=r"empty', which has no .mhclo files: set it to"):
        needs.check("makehuman", "raster")
    mine = written(tmp_path, "[light.hdris]\n'user:sky' = 1.0\nforest = 1.0")
    for folder, line in ((None, "set SYNAPT_HDRIS"), ("nowhere", "no folder"), ("empty", "it is empty")):
        monkeypatch.setenv("SYNAPT_HDRIS", str(tmp_path / folder)) if folder else monkeypatch.delenv(
            "SYNAPT_HDRIS", raising=False
        )
        with pytest.raises(UserError, match=line):
            needs.check(mine, "raster")
    for name in ("lawn.jpg", "beach.png", "c.txt", "d.txt"):
        (tmp_path / "empty" / name).touch()
    monkeypatch.setenv("SYNAPT_HDRIS", str(tmp_path / "empty"))
    with pytest.raises(UserError, match=r"it holds beach\.png, c\.txt, d\.txt and 1 more; a map is a panorama .* \.hdr or \.exr"):
        needs.check(mine, "raster")
    monkeypatch.setenv("SYNAPT_THREADS", "two")
    with pytest.raises(UserError, match="SYNAPT_THREADS is 'two'"):
        needs.check("standard", "blender")
    monkeypatch.delenv("SYNAPT_THREADS")
    monkeypatch.setenv("SYNAPT_DEVICE", "optics")
    with pytest.raises(UserError, match="unknown SYNAPT_DEVICE 'optics'"):
        needs.check("standard", "blender")
    needs.check("standard", "raster")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UserError, match="needs the package pyrender"):
        needs.check("standard", "pyrender")
