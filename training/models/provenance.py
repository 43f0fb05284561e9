"""What a model comes from: data and their licences, recipe, software, results; written on its card."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...generator.dataset.provenance import versions

_PACKAGES = ("synapt-video", "torch", "torchvision", "transformers", "av", "numpy")


@dataclass(frozen=True)
class DataSource:
    """One list of clips that was learned from: its name, digest (values.ClipList), size, and asset -> licence.

    `remarks`: a line each on what was left out of it, and why.
    """

    name: str
    digest: str = ""
    n_clips: int = 0
    licences: dict[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Provenance:
    """All that a card says. `config` is the run's TrainConfig as plain data; `results` are lines of text, each one figure."""

    data: tuple[DataSource, ...] = ()
    recipe: str = ""
    config: dict[str, Any] = field(default_factory=dict)
    results: tuple[str, ...] = ()
    software: dict[str, str] = field(default_factory=dict)


def software() -> dict[str, str]:
    """Versions of what a result depends on, and the commit of a checkout of this package ("+" where it was changed)."""
    found = versions(_PACKAGES)
    commit = git_version()
    return {**found, "git": commit} if commit else found


def git_version(folder: Path | None = None) -> str:
    """Commit of the checkout that this package runs from, with "+" for uncommitted changes; "" where it is installed."""
    root = folder or Path(__file__).resolve().parents[2]
    if not (root / ".git").exists():
        return ""
    try:
        said = [
            subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, timeout=10, check=True).stdout
            for words in (("rev-parse", "--short=12", "HEAD"), ("status", "--porcelain", "--untracked-files=no"))
        ]
    except (OSError, subprocess.SubprocessError):
        return ""
    return said[0].strip() + ("+" if said[1].strip() else "")
