"""IKEA Furniture Assembly: clips that are cut already, or the release's videos and IkeaClipsDB.mat."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from ....assets_manifest.targets import Counts, counts_from
from ....generator.base.errors import UserError
from ....generator.base.reasons import reason_of
from ...values import Item, Target
from .building import Found, build
from .files import Videos, one_of

NAME = "ikea_fa"
TESTED = (9, 11, 13)
"""Persons that are tested on, in SynAPT's and PPMA's lists."""
CLIP = re.compile(r"(?P<recording>GOPR\d+)_(?P<first>\d+)_(?P<last>\d+)_(?P<person>\d+)")
"""GOPR0086_00117_00294_05: recording, first frame, last frame, person."""

BACKGROUND = ""


def load(root: Path, *, allow_partial: bool = False, counts: Counts | Mapping[str, Any] | None = None) -> Target:
    """The twelve classes without background, tested on persons 09, 11 and 13; groups are persons.

    Clips cut already lie in videos/<class>/GOPR0086_00117_00294_05.MP4. Otherwise `root` holds IkeaClipsDB.mat (one record a
    recording: clip_path, person_idx, activity_labels of its frames) and videos/<day>/GOPR0086.MP4, and each stretch of equal
    labels is a clip. How many that makes isn't published, so that only the numbers of ready clips are checked.
    """
    videos = Videos(one_of(NAME, root, ["videos"], "videos"))
    cut = [(place, match) for place in videos.by_place if (match := CLIP.fullmatch(place.rpartition("/")[2]))]
    if cut:
        classes = sorted({_class_of(place) for place, _ in cut})
        items = [_ready(place, match, classes, videos) for place, match in cut]
        return _target(root, classes, items, None, counts, allow_partial)
    path = one_of(NAME, root, ["IkeaClipsDB.mat"], "clips cut already and no annotations")
    recordings = list(_recordings(path))
    classes = sorted({name for _, _, labels in recordings for name in labels} - {BACKGROUND})
    items = [item for recording in recordings for item in _stretches(recording, classes, videos)]
    missing = {item.id for item in items if not item.path.is_file()}
    wanted = Counts(counts_from(counts, NAME).classes) if counts is None else counts
    return _target(root, classes, items, missing, wanted, allow_partial)


def _target(
    root: Path,
    classes: list[str],
    items: list[Item],
    missing: set[str] | None,
    counts: Counts | Mapping[str, Any] | None,
    allow_partial: bool,
) -> Target:
    tested = {f"{person:02}" for person in TESTED}
    sides = [item for item in items if item.group not in tested], [item for item in items if item.group in tested]
    division = f"persons {', '.join(sorted(tested))} tested on, {len({item.group for item in sides[0]})} others learned from"
    return build(Found(NAME, root, classes, {"persons": sides}, division, missing), counts, allow_partial)


def _class_of(place: str) -> str:
    """The folder that a clip lies in."""
    return place.rpartition("/")[0].rpartition("/")[2]


def _ready(place: str, match: re.Match[str], classes: list[str], videos: Videos) -> Item:
    """A clip that is a file of its own."""
    return Item(place, videos.by_place[place], classes.index(_class_of(place)), f"{int(match['person']):02}")


def _recordings(path: Path) -> Iterator[tuple[str, str, list[str]]]:
    """(day/recording, person, label of each annotated frame, "" for background) of the .mat file."""
    from scipy.io import loadmat

    try:
        rows = np.atleast_1d(loadmat(path, squeeze_me=True)["IkeaDB"])
        records: dict[str, list[tuple[int, str, list[str]]]] = defaultdict(list)
        for row in rows:
            place = "/".join(Path(str(row["clip_path"])).parts[-2:])
            labels = [_plain(word) for word in np.atleast_1d(row["activity_labels"]).tolist()]
            records[place].append((int(row["seq_idx"]), f"{int(row['person_idx']):02}", labels))
    except Exception as error:  # scipy raises what its parser stumbles over, of any kind
        raise UserError(f"{path} is not the release's MATLAB file ({reason_of(error)}): fetch it again") from error
    for place, parts in records.items():  # a recording may be told in several parts
        ordered = sorted(parts, key=lambda part: part[0])
        yield place, ordered[0][1], [word for _, _, labels in ordered for word in labels]


def _plain(word: object) -> str:
    """A label as our classes are spelt; an empty cell of MATLAB's is background."""
    return word.strip().lower().replace(" ", "_") if isinstance(word, str) else BACKGROUND


def _stretches(recording: tuple[str, str, list[str]], classes: list[str], videos: Videos) -> Iterator[Item]:
    """Each stretch of equal labels but background; labels are spread evenly over the video, at whatever rate they were made."""
    from ....generator.video.info import probe

    place, person, labels = recording
    video = videos.find(place) or videos.folder / f"{place}.MP4"
    per_label_s = 0.0
    if video.is_file():
        info = probe(video)
        per_label_s = info.n_frames / info.fps / len(labels)
    start = 0
    for name, run in groupby(labels):
        stop = start + len(list(run))
        if name != BACKGROUND:
            id_ = f"{place}@{start}-{stop}"
            yield Item(id_, video, classes.index(name), person, start * per_label_s, stop * per_label_s)
        start = stop
