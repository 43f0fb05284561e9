"""The rooms keep to themselves: who may import whom, where chance and clocks may come in, what is packaged."""

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("assets_manifest", "generator", "training")
SOURCES = [*sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")), ROOT / "__init__.py", ROOT / "cli.py"]


@cache
def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path):
    """Absolute dotted names of everything that a file imports, wherever in it."""
    return tuple(_imports(path))


def _imports(path):
    package = ("synapt", *path.relative_to(ROOT).parent.parts)
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *filter(None, [node.module])))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def within(name, *packages):
    return any(name == package or name.startswith(package + ".") for package in packages)


def rooms(path):
    return path.relative_to(ROOT).as_posix()


FLOORS = (
    "base",
    "values skeletons",
    "props video",
    "motion",
    "dataset recordings scene",
    "body",
    "actions",
    "sampling",
    "recipes",
    "render",
    "labels",
    "export names sensor",
    "pipeline",
    "setup",
    "checks",
    "jobs",
    "measure stream",
    "door verbs",
)
"""Rooms of the generator from the ground up: each imports from those below, and from nothing above or beside it."""


@pytest.mark.parametrize("path", [p for p in SOURCES if p.relative_to(ROOT).parts[0] == "generator"], ids=rooms)
def test_rooms_of_the_generator_stand_on_those_below(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts == ("generator", "__init__"):
        return
    floor_of = {room: floor for floor, its in enumerate(FLOORS) for room in its.split()}
    here = parts[1]
    for name in imports(path):
        there = name.split(".")[2] if within(name, "synapt.generator") and name != "synapt.generator" else here
        assert there == here or floor_of[there] < floor_of[here], f"{here} imports {name}"


MEASURED = ("body", "jobs", "names", "pipeline", "recipes", "render", "sampling", "values")
"""What of the generator `synapt bench` runs, besides what all of the training half may use."""


@pytest.mark.parametrize("path", SOURCES, ids=rooms)
def test_imports_go_one_way(path):
    where, names = rooms(path), list(imports(path))
    if where.startswith("generator/"):
        assert not [name for name in names if within(name, "synapt.training", "synapt.cli")]
    if where.startswith("training/"):
        allowed = [f"synapt.generator.{name}" for name in ("base", "dataset", "stream", "video")]
        if where.startswith(("training/bench/", "training/verbs/bench.py")):  # it measures both halves
            allowed += [f"synapt.generator.{name}" for name in MEASURED]
        assert not [n for n in names if within(n, "synapt.generator") and n != "synapt.generator" and not within(n, *allowed)]
    if where != "generator/render/blender/backend.py":
        assert not [name for name in names if within(name, "bpy", "mathutils", "_cycles")]
    if not where.startswith("generator/video/"):  # the one place that opens videos
        assert not [name for name in names if within(name, "av")]
    if where != "generator/body/bake.py":
        assert not [name for name in names if within(name, "anny", "torch")] or where.startswith("training/")


CLOCKS = {"time", "datetime", "uuid", "secrets", "random"}
IN_BASE = ("copies", "leases", "lock", "pace", "places", "scratch", "stores")
MAY_SEE_A_CLOCK = ("generator/jobs/", *(f"generator/base/{name}.py" for name in IN_BASE))
"""How long, how old; never what."""


def names_used(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            inner = node.value
            if isinstance(inner.value, ast.Name) and inner.attr == "random" and inner.value.id in ("np", "numpy"):
                yield node.attr, node.lineno


@pytest.mark.parametrize("path", [p for p in SOURCES if rooms(p).startswith("generator/")], ids=rooms)
def test_chance_comes_in_by_the_streams_only(path):
    where = rooms(path)
    modules = {name.split(".")[0] for name in imports(path)}
    if not where.startswith(MAY_SEE_A_CLOCK):
        assert not modules & CLOCKS


@pytest.mark.parametrize("path", SOURCES, ids=rooms)
def test_generators_are_made_in_one_place(path):
    """Elsewhere the type may be named."""
    if rooms(path) != "generator/base/seeds.py":
        assert not [use for use in names_used(tree_of(path)) if use[0] != "Generator"]


@pytest.mark.parametrize("room", ["motion", "scene", "props", "body", "sampling", "render", "sensor", "recordings"])
def test_arctangents_are_those_that_give_the_same_bits_every_time(room):
    """numpy's own does not, for strided arrays (`base/exact.py`)."""
    sources = {rooms(path): path.read_text(encoding="utf-8") for path in SOURCES if rooms(path).startswith(f"generator/{room}/")}
    assert sources and not [where for where, text in sources.items() if "np.arctan" in text]


def test_the_check_for_chance_sees_it():
    assert list(names_used(ast.parse("x = np.random.default_rng()"))) == [("default_rng", 1)]


def test_every_package_folder_is_packaged():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    listed = set(project["tool"]["setuptools"]["packages"])
    folders = {path.parent for room in ROOMS for path in (ROOT / room).rglob("*.py")}
    assert listed == {"synapt", *(".".join(("synapt", *folder.relative_to(ROOT).parts)) for folder in folders)}
    data = project["tool"]["setuptools"]["package-data"]
    others = [p for room in ROOMS for p in (ROOT / room).rglob("*") if p.is_file() and p.suffix != ".py"]
    for path in (p for p in others if "__pycache__" not in p.parts):
        package = ".".join(("synapt", *path.parent.relative_to(ROOT).parts))
        assert any(path.match(pattern) for pattern in data.get(package, [])), f"{path} is not packaged"


def test_only_the_command_and_the_door_lie_at_the_root():
    assert {path.name for path in ROOT.glob("*.py")} == {"__init__.py", "cli.py"}
    assert not list((ROOT / "tests").rglob("__init__.py"))


@pytest.mark.parametrize("path", SOURCES, ids=rooms)
def test_files_are_short_and_say_what_they_are(path):
    text = path.read_text(encoding="utf-8")
    tree = tree_of(path)
    assert len(text.splitlines()) <= (730 if path.name == "values.py" else 300)  # values: one long glossary
    if tree.body:
        assert ast.get_docstring(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 60, node.name
