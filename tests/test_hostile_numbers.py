"""Numbers from files are finite and in a stated range, everywhere by the same types."""

import math
import re
from dataclasses import replace

import msgspec
import pytest
from made_dataset import edit_header, edit_spec, write_dataset
from made_performance import skeleton_of
from synapt.generator.actions import find_action
from synapt.generator.base import ranges
from synapt.generator.base.errors import UserError
from synapt.generator.base.ranges import checked, not_finite
from synapt.generator.checks.verify import check_dataset
from synapt.generator.dataset import ClipFiles, read_header, read_spec
from synapt.generator.motion.animate import animate
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample

NAN, INF = math.nan, math.inf
REALS = ("Number", "NotBelow", "Above", "Share", "PartShare", "Modest", "Tempo", "Pause", "Angle", "Stops", "Fps")
WHOLE = ("Natural", "Positive", "Seed", "ClipIndex", "ClipCount", "SizePx")


@pytest.mark.parametrize("name", REALS)
@pytest.mark.parametrize("value", [NAN, INF, -INF, 1e308, -1e308, 2e9, "1", True, None])
def test_real_numbers_are_finite_and_no_larger_than_can_be_meant(name, value):
    with pytest.raises(UserError, match=r"the thing is .*: "):
        checked(value, getattr(ranges, name), "the thing")


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("value", [10**23, -(10**23), 1.5, NAN, "1", True, None])
def test_whole_numbers_are_whole_and_no_larger_than_can_be_meant(name, value):
    with pytest.raises(UserError, match=r"the thing is .*: "):
        checked(value, getattr(ranges, name), "the thing")


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("Share", 0.0, 1.0), ("Fps", 1.0, 240.0), ("Stops", -30.0, 30.0), ("SizePx", 16, 4096), ("Seed", -(2**63), 2**63 - 1),
        ("ClipIndex", 0, 999_999), ("ClipCount", 0, 1_000_000), ("Positive", 1, 10**9), ("Natural", 0, 10**9),
        ("Tempo", 0.05, 20.0),
    ],
)  # fmt: skip
def test_bounds_belong_to_the_range(name, least, most):
    kind = getattr(ranges, name)
    assert (checked(least, kind, "x"), checked(most, kind, "x")) == (least, most)
    step = 1 if isinstance(most, int) else 1e-3
    for value in (least - step, most + step):
        with pytest.raises(UserError):
            checked(value, kind, "x")


def test_the_line_says_what_is_meant_and_is_fit_for_a_terminal():
    with pytest.raises(UserError, match=r"^fps is nan: expected `float` >= 1.0$"):
        checked(NAN, ranges.Fps, "fps")
    with pytest.raises(UserError, match=r"^fps is \\x1b\[2J: expected `float`, got `str`$"):
        checked("\x1b[2J", ranges.Fps, "fps")


def test_plain_data_is_searched_for_numbers_that_are_none():
    table = {"a": 1.0, "b": {"c": [0, NAN, 2.0], "d": "x"}, "e": [{"f": -INF}], "g": 1e10}
    assert not_finite(table) == ["b.c[1]", "e[0].f", "g"]


SPECS = {
    "performers__0__body__age_years": NAN, "width_px": 10**6, "height_px": 8, "fps": 1e308, "index": -1, "seed": 2**70,
    "performance__tempo": 1e-9,
    "performers__0__amplitude": 1e308, "performance__idle_before_s": 1e9, "camera__fill": 0.0, "camera__focal_mm": -1.0,
    "light__exposure_ev": 1e3, "light__sun_color": [2.0, 0.0, 0.0], "backdrop__params": {"width_m": 1e9},
    "performance__params": {"waves": 1e12}, "performers__0__body__shape": {"height": 1e308},
}  # fmt: skip


@pytest.mark.parametrize("place", SPECS)
def test_a_spec_of_such_numbers_is_broken(place, tmp_path):
    write_dataset(tmp_path, 1)
    edit_spec(tmp_path, 0, **{place: SPECS[place]})
    where = re.sub(r"__(\d+)", r"[\1]", place).replace("__", ".")
    with pytest.raises(UserError, match=rf"calm-000000.json is missing or broken \({re.escape(where)}.*: expected `"):
        read_spec(ClipFiles(tmp_path, "calm", 0))
    (problem,) = check_dataset(tmp_path, 0).problems
    assert problem.clip == "calm-000000" and where in problem.what


@pytest.mark.parametrize("raw", [b"1e999", b"NaN", b"-Infinity", b"9" * 400])
def test_json_that_is_no_number_is_broken(raw, tmp_path):
    write_dataset(tmp_path, 1)
    path = ClipFiles(tmp_path, "calm", 0).spec
    path.write_bytes(path.read_bytes().replace(b'"fps": 15.0', b'"fps": ' + raw))
    with pytest.raises(UserError, match=r"calm-000000\.json is missing or broken"):
        read_spec(ClipFiles(tmp_path, "calm", 0))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("settings__fps", 1e308), ("settings__fps", 0.0), ("settings__width_px", 10**9), ("settings__height_px", 0),
        ("settings__seed", 2**64), ("counts", {"calm": 10**12}), ("classes", {"calm": -1}), ("classes", {"calm": 0, "x": 0}),
        ("classes", {str(k): k for k in range(10_001)}), ("schema", 1.5),
    ],
)  # fmt: skip
def test_a_header_of_such_numbers_is_broken(place, value, tmp_path):
    write_dataset(tmp_path, 1)
    edit_header(tmp_path, **{place: value})
    with pytest.raises(UserError, match=r"dataset\.json is broken"):
        read_header(tmp_path)


RECIPES = {
    "[camera]\nfill = [0.5, 1e308]": "fill",
    "[camera]\nfocal_mm = [18.0, 1e308]": "focal_mm",
    "[camera]\nroll_sd_rad = nan": "roll_sd_rad",
    "[light]\nexposure_ev = [-1e308, 1e308]": "exposure_ev",
    "[light]\nlamp_power_w = [1.0, inf]": "lamp_power_w",
    "[light.hdris]\ncity = 1e308": "hdris",
    "[motion]\ntempo = [0.9, 1e308]": "tempo",
    "[motion]\nidle_before_s = [0.1, 1e9]": "idle_before_s",
    "[body]\nage_years = [18.0, 1e308]": "age_years",
    "[backdrop]\nmax_things = 1000000000": "max_things",
    "[backdrop]\nthing_gap_m = [1.0, 1e308]": "thing_gap_m",
    "identities = 100000000000000000000000": "identities",
    "train_share = nan": "train_share",
}


@pytest.mark.parametrize("text", RECIPES)
def test_a_recipe_of_such_numbers_is_refused(text, tmp_path):
    path = tmp_path / "r.toml"
    path.write_text(text)
    with pytest.raises(UserError, match=RECIPES[text]) as caught:
        load_recipe(str(path))
    assert "\n" not in str(caught.value)


def test_what_the_recipes_draw_is_in_the_ranges_of_a_spec():
    for index in range(30):
        spec = sample("walking", load_recipe("standard"), 1, index)
        assert msgspec.json.decode(msgspec.json.encode(spec), type=type(spec)) == spec


def test_a_clip_without_end_is_refused_before_it_is_made():
    spec = sample("waving_a_hand", load_recipe("standard"), 0, 0)
    slow = replace(spec.performance, tempo=0.05, idle_before_s=60.0, idle_after_s=60.0)
    with pytest.raises(UserError, match="at most 20000 frames are made"):
        animate(find_action("waving").choreography, slow, spec.performers, [skeleton_of("average")], {}, 240.0)
