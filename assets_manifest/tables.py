"""The TOML tables of this folder, each read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """What `<name>.toml` says."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))
