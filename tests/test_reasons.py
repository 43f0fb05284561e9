"""Errors of libraries in words for people: one line, never empty, never Python's own."""

import json
import zipfile
from pathlib import Path

import msgspec
import pytest
from synapt.generator.base.errors import UserError
from synapt.generator.base.reasons import reason_of, words_for_author


def raised(work):
    try:
        work()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (lambda: ()[0], "its contents are not as expected"),
        (lambda: {}["per_class"], "it has no 'per_class'"),
        (lambda: {}["a\x1b[2J"], "its contents are not as expected"),
        (lambda: {}[3], "its contents are not as expected"),
        (lambda: None.shape, "its contents are not as expected"),
        (lambda: int([]), "its contents are not as expected"),
        (lambda: 1 / 0, "its contents are not as expected"),
        (lambda: Path("/nowhere/at/all").stat(), "No such file or directory"),
        (lambda: next(iter(())), "it is damaged"),
        (lambda: b"\xff".decode(), "it is not UTF-8 text"),
        (lambda: json.loads("[" * 100_000), "its brackets are nested too deeply"),
        (lambda: msgspec.convert({"fps": "x"}, dict[str, int]), "[...]: expected `int`, got `str`"),
        (lambda: msgspec.json.decode(b"{"), "input data was truncated"),
        (lambda: int("x\n\x1b[2J"), r"invalid literal for int() with base 10: 'x\n\x1b[2J'"),
    ],
)
def test_reasons_are_for_people(work, said):
    assert reason_of(raised(work)) == said


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (UserError("a.mp4 is missing: restore it"), "a.mp4 is missing: restore it"),
        (UserError("y" * 300 + "\nz\x1b"), "y" * 300 + r" z\x1b"),
        (zipfile.BadZipFile("File is not a zip file"), "File is not a zip file"),
        (ValueError("\n  first\x1b[2J\nsecond"), r"first\x1b[2J"),
        (ValueError("x" * 1000), "x" * 200),
        (OSError("no number"), "no number"),
        (EOFError(), "it is damaged"),
    ],
)
def test_words_of_libraries_are_one_line(error, said):
    assert reason_of(error) == said


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (lambda: {}["per_class"], "KeyError: 'per_class'"),
        (lambda: None + 1, "TypeError: unsupported operand type(s) for +: 'NoneType' and 'int'"),
        (lambda: int("x\n\x1b[2J"), r"invalid literal for int() with base 10: 'x\n\x1b[2J'"),
        (lambda: json.lods, "module 'json' has no attribute 'lods'"),
        (lambda: next(iter(())), "StopIteration"),
    ],
)
def test_the_author_of_code_hears_what_python_says_of_it(work, said):
    assert words_for_author(raised(work)) == said
