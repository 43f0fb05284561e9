"""Names of classes in scripts that the machine may have no font for: figures and pages show them, and nothing is warned of."""

import logging
import warnings

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from hypothesis import given
from hypothesis import strategies as st
from made_results import make_result
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from PIL import Image
from synapt.generator.base.fonts import FIRST, fonts_for, runs, written
from synapt.generator.verbs.sheets import _caption
from synapt.training.drawing import save, written_name
from synapt.training.report.make import make_report
from synapt.training.results import draw_confusion

NAMES = ("歩く", "走る", "تلويح", "👋🏽 wave", "a$b$c", "wei\x1b[31mrd", "plain")


def make_font(path, family, characters):
    """A font that draws each of these characters as a square; its glyphs are new to the machine."""
    pen = TTGlyphPen(None)
    for k, corner in enumerate(((100, 0), (100, 800), (900, 800), (900, 0))):
        (pen.moveTo if k == 0 else pen.lineTo)(corner)
    pen.closePath()
    glyphs = {".notdef": TTGlyphPen(None).glyph(), **{f"g{k}": pen.glyph(dropImpliedOnCurves=False) for k in range(1)}}
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({ord(c): "g0" for c in characters})
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (1000, 0) for name in glyphs})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200)
    builder.setupPost()
    builder.save(path)
    return path


@pytest.fixture
def bare(monkeypatch):
    """A machine that has no fonts but matplotlib's."""
    own = [entry for entry in fontManager.ttflist if "mpl-data" in entry.fname]
    monkeypatch.setattr(fontManager, "ttflist", own)


@pytest.fixture
def japanese(bare, tmp_path):
    """One that has a font with the characters of two names."""
    fontManager.addfont(make_font(tmp_path / "made.ttf", "Made Gothic", "歩く走る"))


@pytest.fixture(autouse=True)
def nothing_is_said(caplog):
    """No warning of matplotlib's nor a line in its log, whatever the test draws."""
    with warnings.catch_warnings(), caplog.at_level(logging.WARNING, "matplotlib"):
        warnings.simplefilter("error")
        yield
        assert not caplog.records


def test_without_a_font_pictures_are_named_and_letters_are_numbered(bare):
    assert written("歩く") == r"\u6b69\u304f"
    assert written("👋🏽 wave") == "<waving hand sign><emoji modifier fitzpatrick type-4> wave"
    assert written("Größe, Ω, привет, تلويح\nplain $x$") == "Größe, Ω, привет, تلويح\nplain $x$"
    assert written("a\x1b[31m") == r"a\x1b[31m"
    assert [family for family, _ in fonts_for("plain")] == [FIRST]


def test_a_font_that_has_the_characters_is_taken_for_them_alone(japanese):
    assert written("a歩く👋") == "a歩く<waving hand sign>"
    assert [family for family, _ in fonts_for("a歩く")] == [FIRST, "Made Gothic"]
    assert [(part, file.rsplit("/", 1)[1]) for part, file in runs("a歩くb")] == [
        ("a", "DejaVuSans.ttf"), ("歩く", "made.ttf"), ("b", "DejaVuSans.ttf")]  # fmt: skip


@given(st.text(max_size=20))
def test_what_is_written_can_be_drawn_and_is_written_so_again(text):
    done = written(text)
    assert written(done) == done
    assert "".join(part for part, _ in runs(text)) == done
    known = fonts_for(done)
    assert all(c == "\n" or any(ord(c) in font_manager.get_font(file).get_charmap() for _, file in known) for c in done)


@pytest.mark.parametrize("machine", ["bare", "japanese"])
def test_the_matrix_of_any_names_is_drawn(machine, request, tmp_path):
    request.getfixturevalue(machine)
    title = f"a model on {NAMES[0]}, {NAMES[4]}"
    draw_confusion(tmp_path / "a.png", np.eye(len(NAMES), dtype=int), NAMES, title)
    own = np.asarray(Image.open(tmp_path / "a.png").convert("L"))
    assert min(own.shape) > 400 and (own < 128).mean() > 0.01
    numbered = [name.encode("unicode_escape").decode() if name in NAMES[:2] else written_name(name) for name in NAMES]
    draw_confusion(tmp_path / "b.png", np.eye(len(NAMES), dtype=int), numbered, title)
    assert np.array_equal(own, np.asarray(Image.open(tmp_path / "b.png").convert("L"))) == (machine == "bare")


@pytest.mark.parametrize("long", ["n" * 255, "歩く" * 100])
def test_a_name_leaves_room_for_what_is_drawn(bare, tmp_path, long):
    drawn = Figure(figsize=(5.9, 1.6), layout="constrained")
    axes = drawn.add_subplot()
    axes.plot([0, 1])
    axes.set_title(f"What a static view of {long} gives away", loc="left", fontsize=11)
    axes.set_yticks([0, 1], [long, "b"])
    save(drawn, tmp_path / "a.png")
    assert axes.get_window_extent().width > 50
    draw_confusion(tmp_path / "b.png", np.eye(2, dtype=int), [long, "b"], f"a model on {long}")
    with Image.open(tmp_path / "b.png") as picture:
        assert max(picture.size) < 2000


def test_a_page_keeps_names_as_they_are_for_the_reader_s_fonts(bare, tmp_path):
    run = tmp_path / "走る"
    make_result(run, "歩く", "linear", 0.8, classes=NAMES, n=42)
    make_report([run], tmp_path / "out")
    page = (tmp_path / "out" / "index.html").read_text()
    for name in ("歩く", "走る", "تلويح", "👋🏽 wave", "a$b$c"):
        assert f">{name}</text>" in page, name
    assert "\x1b" not in page and r"\u6b69" not in page
    assert (tmp_path / "out" / "figures" / "intervals-1.png").is_file()


def test_captions_of_a_sheet_are_drawn_by_the_font_that_can(japanese):
    _caption.cache_clear()
    drawn = _caption("歩く", 200)
    assert (drawn[:, 4:28] < 128).sum() > 100  # two squares
    assert not np.array_equal(drawn, _caption(r"\u6b69\u304f", 200))
