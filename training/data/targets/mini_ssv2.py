"""Mini-Something-Something V2: the official JSON files, kept to 87 templates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ....assets_manifest.targets import Counts, counts_from, target_info
from ....generator.base.errors import UserError
from ...values import Item, Target
from .building import Found, build
from .files import Videos, field_of, hint, json_of, lines, one_of

NAME = "mini_ssv2"


def load(
    root: Path,
    *,
    templates: str = "",
    allow_partial: bool = False,
    counts: Counts | Mapping[str, Any] | None = None,
) -> Target:
    """Something-Something V2's training and validation lists, kept to the mini set's 87 templates; labels are in their order.

    `root` holds something-something-v2-labels.json (template -> "id"), -train.json and -validation.json (lists of id, label,
    template with [something] in brackets, placeholders), or labels/labels.json, train.json, validation.json; and
    20bn-something-something-v2/<id>.webm. `templates`: a file with one template a line, instead of ours.
    """
    wanted = counts_from(counts, NAME)
    names = lines(Path(templates)) if templates else list(target_info(NAME).class_names)
    known, _ = _read(root, "labels", dict, wanted)
    absent = [name for name in names if name not in known]
    if absent and wanted.classes == len(names):
        raise UserError(
            f"{NAME}: the template '{absent[0]}' is not in the labels: they are of another version; {hint(NAME, root)}"
        )
    names = [name for name in names if name in known]
    label = {name: k for k, name in enumerate(names)}
    videos = Videos(one_of(NAME, root, ["20bn-something-something-v2", "videos"], "videos"))
    train, test = (_items(root, which, label, videos, wanted) for which in ("train", "validation"))
    missing = {item.id for item in (*train, *test) if videos.find(item.id) is None}
    division = f"official training and validation lists, kept to {len(names)} templates"
    found = Found(NAME, root, names, {"validation": (train, test)}, division, missing, own_classes=bool(templates))
    return build(found, counts, allow_partial)


def _read(root: Path, which: str, kind: Any, wanted: Counts) -> tuple[Any, Path]:
    """One of the three JSON files, with as many entries as it should have, and where it lies."""
    path = one_of(NAME, root, [f"something-something-v2-{which}.json", f"labels/{which}.json"], f"{which} file")
    value = json_of(path, kind)
    number = wanted.listed.get(which, 0)
    if number and len(value) != number:
        raise UserError(
            f"{path} has {len(value)} entries, wanted {number}: it is cut short or of another version; fetch it again"
        )
    return value, path


def _items(root: Path, which: str, label: Mapping[str, int], videos: Videos, wanted: Counts) -> list[Item]:
    """The clips of a list whose template is kept."""
    found = []
    rows, path = _read(root, which, list, wanted)
    for row in rows:
        template = field_of(row, "template", str, path).replace("[", "").replace("]", "")
        if template in label:
            key = field_of(row, "id", str, path)
            found.append(Item(key, videos.find(key) or videos.folder / f"{key}.webm", label[template]))
    return found
