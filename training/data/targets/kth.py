"""KTH: videos cut into sequences by the official 00sequences.txt, persons divided as Schuldt et al. did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ....assets_manifest.targets import Counts, counts_from, target_info
from ....generator.base.errors import UserError
from ...values import Item, Target
from .building import Found, build
from .files import Videos, lines, one_of

NAME = "kth"
FPS = 25
"""All videos were taken at 25 frames a second (Schuldt, Laptev, Caputo 2004)."""

TRAIN = (11, 12, 13, 14, 15, 16, 17, 18)
VALIDATION = (19, 20, 21, 23, 24, 25, 1, 4)
TEST = (22, 2, 3, 5, 6, 7, 8, 9, 10)
LINE = re.compile(r"(?P<clip>person(?P<person>\d\d)_(?P<class>[a-z]+)_d(?P<scene>\d))\s+(?P<rest>.*)")
RANGE = re.compile(r"(\d+)-(\d+)")


def load(
    root: Path,
    *,
    with_validation: bool = False,
    allow_partial: bool = False,
    counts: Counts | Mapping[str, Any] | None = None,
) -> Target:
    """KTH's sequences: those of eight persons are learned from, of nine tested on; groups are persons.

    `root` holds 00sequences.txt ("person01_boxing_d1  frames  1-95, 96-185, ...", frames counted from 1) and, in any folders,
    person01_boxing_d1_uncomp.avi. `with_validation` learns from the eight persons of the validation set too.
    """
    path = one_of(NAME, root, ["00sequences.txt"], "frame ranges")
    names, stems = target_info(NAME).class_names, Videos(root).by_stem()
    items: list[Item] = []
    for line in lines(path):
        match = LINE.fullmatch(line)
        if match and "missing" not in match["rest"]:  # the file says so of the one video that was never published
            items += _sequences(line, match, names, stems, path)
    learned = TRAIN + VALIDATION if with_validation else TRAIN
    sides = [item for item in items if int(item.group[-2:]) in learned], [item for item in items if int(item.group[-2:]) in TEST]
    missing = {item.id for item in items if not item.path.is_file()}
    name = "persons_with_validation" if with_validation else "persons"
    wanted = counts_from(counts, NAME)
    if wanted.clips and len(items) != wanted.clips:
        raise UserError(
            f"{path} names {len(items)} sequences, wanted {wanted.clips}: it was changed or cut short; fetch it again"
        )
    wanted = Counts(wanted.classes, wanted.folds)  # the persons of the validation set may be on neither side
    division = f"official persons: {len(learned)} to learn on, {len(TEST)} to test on"
    return build(Found(NAME, root, names, {name: sides}, division, missing), wanted, allow_partial)


def _sequences(line: str, match: re.Match[str], names: tuple[str, ...], stems: Mapping[str, Path], path: Path) -> list[Item]:
    """The sequences that a line cuts its video into."""
    ranges = [(int(first), int(last)) for first, last in RANGE.findall(match["rest"])]
    if (
        match["class"] not in names
        or not match["rest"].startswith("frames")
        or not ranges
        or any(a < 1 or b <= a for a, b in ranges)
    ):
        raise UserError(f"{path}: got '{line}', wanted 'person01_boxing_d1 frames 1-95, 96-185': it was changed; fetch it again")
    stem = f"{match['clip']}_uncomp"
    video = stems.get(stem) or path.parent / f"{stem}.avi"
    group, scene = f"person{match['person']}", {"scene": int(match["scene"])}
    return [
        Item(f"{stem}@{a}-{b}", video, names.index(match["class"]), group, (a - 1) / FPS, b / FPS, factors=scene)
        for a, b in ranges
    ]
