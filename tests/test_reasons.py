"""Errors of libraries in words for people: one line, never empty, never Python's own."""

import zipfile
from pathlib import Path

import pytest
from synapt.generator.base.errors import UserError
from synapt.generator.base.reasons import reason_of


def raised(work):
    try:
        work()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (lambda: ()[0], "it is not made as it should be"),
        (lambda: {}["per_class"], "it has no 'per_class'"),
        (lambda: {}["a\x1b[2J"], "it is not made as it should be"),
        (lambda: {}[3], "it is not made as it should be"),
        (lambda: None.shape, "it is not made as it should be"),
        (lambda: int([]), "it is not made as it should be"),
        (lambda: 1 / 0, "it is not made as it should be"),
        (lambda: Path("/nowhere/at/all").stat(), "No such file or directory"),
        (lambda: next(iter(())), "it is damaged"),
        (lambda: int("x\n\x1b[2J"), r"invalid literal for int() with base 10: 'x\n\x1b[2J'"),
    ],
)
def test_reasons_are_for_people(work, said):
    assert reason_of(raised(work)) == said


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (UserError("a.mp4 is missing: restore it"), "a.mp4 is missing: restore it"),
        (zipfile.BadZipFile("File is not a zip file"), "File is not a zip file"),
        (ValueError("\n  first\x1b[2J\nsecond"), r"first\x1b[2J"),
        (ValueError("x" * 1000), "x" * 200),
        (OSError("no number"), "no number"),
        (EOFError(), "it is damaged"),
    ],
)
def test_words_of_libraries_are_one_line(error, said):
    assert reason_of(error) == said
