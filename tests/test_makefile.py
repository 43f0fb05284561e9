"""What `make` would do, without doing it."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DECIDING = ("Makefile", "generator/values.py", "generator/recipes/standard.toml", "generator/sampling/camera.py")


@pytest.fixture
def tree(tmp_path):
    """The files that the demo's clips depend on, alone."""
    for name in DECIDING:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "pyproject.toml").touch()
    return tmp_path


def demo_folder(tree):
    """Where `make demo` renders to; verify and preview look there, too."""
    words = subprocess.run(["make", "-n", "demo"], cwd=tree, check=True, capture_output=True, text=True).stdout.split()
    folder = words[words.index("--out") + 1]
    assert words.count(folder) == 3 and folder.startswith("out/demo-")
    return folder


@pytest.mark.parametrize("name", DECIDING)
def test_a_demo_of_another_version_is_not_in_the_way(tree, name):
    """A folder takes clips of one version and one recipe only, so each has a folder of its own."""
    before = demo_folder(tree)
    assert demo_folder(tree) == before
    with (tree / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert demo_folder(tree) != before


def test_lint_keeps_what_mypy_found_out():
    """Its cache is of use only where the sources keep their path from one run to the next."""
    said = [subprocess.run(["make", "-n", "lint"], cwd=ROOT, check=True, capture_output=True, text=True).stdout for _ in range(2)]
    assert said[0] == said[1] and "--cache-dir" in said[0] and "mktemp" not in said[0]
