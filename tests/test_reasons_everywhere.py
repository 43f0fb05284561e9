"""No message shows what Python or a library says to programmers: the sources are read for handlers that format it themselves."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

OWN = {"UserError", "OutOfReach", "HeaderLost", "ClickException"}
"""Errors whose words were written for people."""

TRANSLATORS = {"reason_of", "words_for_author", "told", "strerror", "format_message"}
"""What makes a line for people of an error, or reads the system's own words."""

ROOMS = ("generator", "training", "assets_manifest")
SOURCES = [ROOT / "cli.py", ROOT / "__init__.py", *(path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))]


def name_of(node):
    """Last part of a dotted name."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def is_foreign(handler):
    """Whether it catches anything but errors of ours."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(name_of(kind) not in OWN for kind in kinds)


def raw_uses(node, error):
    """Lines below `node` where the error itself becomes text: in an f-string, or by str, repr, shown or its args."""
    if isinstance(node, ast.Compare):  # `"cannot save" in str(error)` asks, and shows nothing
        return
    if isinstance(node, ast.Call):
        if name_of(node.func) in TRANSLATORS | {"search"}:
            return
        if name_of(node.func) in ("str", "repr", "shown", "format") and node.args and name_of(node.args[0]) == error:
            yield node.lineno
            return
    if isinstance(node, ast.FormattedValue) and name_of(node.value) == error:
        yield node.lineno
    if isinstance(node, ast.Attribute) and name_of(node.value) == error and node.attr in ("args", "strerror", "msg"):
        yield node.lineno
    for child in ast.iter_child_nodes(node):
        yield from raw_uses(child, error)


def faults(source):
    """Lines of a module where an error of somebody else's is shown raw."""
    handlers = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ExceptHandler) and node.name]
    return [line for h in handlers if is_foreign(h) for statement in h.body for line in raw_uses(statement, h.name)]


@pytest.mark.parametrize(
    "words",
    [
        'raise UserError(f"{path} is broken ({error})") from error',
        'raise UserError(f"{path} is broken ({shown(error)})") from error',
        "reason = str(error).splitlines()[0]",
        "return repr(error)",
        "return error.args[0]",
        'return f"{error.strerror}"',
        "raise UserError('broken: ' + str(error)) from error",
    ],
)
def test_a_raw_error_is_found(words):
    """The search itself sees each way in which there once was one."""
    for kind in ("ValueError", "(UserError, zipfile.BadZipFile)", "Exception"):
        assert faults(f"def f():\n    try:\n        g()\n    except {kind} as error:\n        {words}\n") == [5]
    assert faults(f"def f():\n    try:\n        g()\n    except UserError as error:\n        {words}\n") == []


@pytest.mark.parametrize("words", ['raise UserError(f"{reason_of(error)}") from error', 'if "full" in str(error): raise'])
def test_a_translated_error_is_none(words):
    assert faults(f"def f():\n    try:\n        g()\n    except Exception as error:\n        {words}\n") == []


def test_no_message_shows_somebody_elses_error_raw():
    assert len(SOURCES) > 200
    found = [f"{path.relative_to(ROOT)}:{line}" for path in SOURCES for line in faults(path.read_text(encoding="utf-8"))]
    assert found == []
