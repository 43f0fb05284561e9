"""What lies under a dataset's root, found once; and its lists, read with one clear line when they can't be."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ....generator.base.bounded import read_bytes, read_json
from ....generator.base.errors import UserError
from ....generator.base.reasons import reason_of
from ....generator.base.shown import readable, shown
from ....generator.dataset.walk import walk

MOST_BYTES = 64 << 20
"""Of a list of clips: ten times the longest of them."""


def hint(name: str, root: Path) -> str:
    """How a message about something missing ends."""
    return f"`synapt targets prepare {name} --root {root}` says what to fetch"


def one_of(name: str, root: Path, places: Iterable[str], what: str) -> Path:
    """The first of these files or folders under the root, or under a single folder in it that a package was unpacked as."""
    places = tuple(places)
    for home in (root, *sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))):
        for place in places:
            if (home / place).exists():
                return home / place
    raise UserError(f"{name}: no {what} in {root}; wanted {' or '.join(places)}: {hint(name, root)}")


class Videos:
    """The videos below a folder by their path without the suffix, so that re-encoded ones are found too."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.by_place: dict[str, Path] = {}
        for path in walk(folder).videos:
            self.by_place.setdefault(readable(path.relative_to(folder).with_suffix("").as_posix()), path)

    def find(self, place: str) -> Path | None:
        """The video at this path below the folder, whatever its suffix; None if it isn't there."""
        return self.by_place.get(place)

    def by_stem(self) -> dict[str, Path]:
        """Name without suffix -> video, the first in order of path where a name occurs twice."""
        found: dict[str, Path] = {}
        for place in sorted(self.by_place):
            found.setdefault(place.rpartition("/")[2], self.by_place[place])
        return found


def lines(path: Path) -> list[str]:
    """The lines of a list, without empty ones."""
    try:
        text = read_bytes(path, MOST_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError, UserError) as error:
        raise UserError(f"{shown(path)} cannot be read as text ({reason_of(error)}): fetch it again") from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def json_of(path: Path, kind: type[list[Any]] | type[dict[str, Any]]) -> Any:
    """A JSON file that holds a list or an object."""
    try:
        value = read_json(path, MOST_BYTES)
    except (OSError, UserError) as error:
        raise UserError(f"{shown(path)} is not readable JSON ({reason_of(error)}): fetch it again") from error
    if not isinstance(value, kind):
        raise UserError(
            f"{path} holds a {type(value).__name__}, wanted a {kind.__name__}: fetch it again, or put the right file there"
        )
    return value


def field_of(row: Any, key: str, kind: type, path: Path) -> Any:
    """row[key], which must be there and of this kind."""
    value = row.get(key) if isinstance(row, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise UserError(f"{path}: an entry has no {kind.__name__} '{key}' ({str(row)[:80]}): fetch the file again")
    return value
