"""`make_card`: a dataset in, one HTML file that needs no other out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ...generator.base.console import Grid, rows_of, silent
from ...generator.base.errors import UserError
from ...generator.base.files import appearing, folder_to_write
from ...generator.base.shown import readable
from ...generator.dataset import Dataset, open_dataset
from ...generator.dataset.index import identities
from ..leaks.report import load
from ..leaks.show import advice, grids, verdict
from ..report.page import css, drawn, template
from . import figures
from .examples import FRAMES, examples
from .facts import boxes_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Progress = Callable[[int, int, str], None]

CAPTIONS = {
    "classes": "Clips of each class, by split. No person is in two splits.",
    "people": "Everybody who performs, once for each clip. Numbers of the body model run from 0 to 1.",
    "pictures": "Duration of the clips; boxes of all who act, in each frame in which they are seen; and where in the picture "
    "these boxes lie.",
    "cameras": "Where cameras stand around the person as they face at the start of the clip, seen from above; below, the camera "
    "looks at their front. Positive elevations look down. An act is seen while what does it is in the picture and not hidden.",
    "places": "What is behind and around the people, by clips.",
}


def make_card(dataset: Path, out: Path, progress: Progress = silent) -> None:
    """Write the page. UserError for no dataset, one without clips, broken labels, or an `out` that can't be written."""
    folder_to_write(out.parent)
    if out.is_dir():
        raise UserError(f"{out} is a folder: name a file to write, such as {out / 'card.html'}")
    page = render(open_dataset(dataset), progress)
    with appearing(out) as temporary:
        temporary.write_text(page, "utf-8", "backslashreplace")


def render(data: Dataset, progress: Progress = silent) -> str:
    """The card of a dataset as HTML."""
    if not data.rows:
        raise UserError(f"{data.root} has no clips yet: let `synapt render` finish some")
    here = files(__package__)
    shown = _figures(data, progress)
    sections = [("examples", "Examples"), *((f["id"], f["short"]) for f in shown), ("leaks", "Leaks"), ("origin", "Origin")]
    style = css() + Markup(here.joinpath("card.css").read_text("utf-8"))
    return template("card.html.jinja", here).render(
        name=readable(data.root.resolve().name), lead=_lead(data), css=style,
        sections=sections, examples=examples(data, progress), frames=FRAMES, figures=shown, leaks=_leaks(data),
        licences=_licences(data), settings=_settings(data),
    )  # fmt: skip


def _lead(data: Dataset) -> str:
    settings, rows = data.header.settings, data.rows
    minutes = sum(row["frames"] / row["fps"] for row in rows) / 60
    classes = len({row["action"] for row in rows})
    return (
        f"{len(rows):,} clips of {classes:,} action{'' if classes == 1 else 's'}, {minutes:,.1f} minutes, by "
        f"{len(identities(rows)):,} people who do not exist; {settings.width_px}x{settings.height_px} pixels at {settings.fps:g} "
        "frames/s."
    )


def _figures(data: Dataset, progress: Progress) -> list[dict[str, Any]]:
    """The sections that plot something, in the page's order."""
    rows = data.rows
    splits = Counter((row["action"], row["split"]) for row in rows)
    names = [name for name in data.header.classes if any(splits[name, split] for split in figures.SPLITS)]
    table = Grid(
        "Clips by class and split", ("class", *figures.SPLITS),
        rows_of((name, *(str(splits[name, split]) for split in figures.SPLITS)) for name in names),
    )  # fmt: skip
    return [
        _section("classes", "Classes and splits", "Classes", figures.classes(rows, names), table),
        _section("people", "People", "People", figures.people(rows)),
        _section("cameras", "Cameras", "Cameras", figures.cameras(rows)),
        _section("pictures", "Durations, sizes and places of people", "Sizes", figures.pictures(rows, boxes_of(data, progress))),
        _section("places", "Places and light", "Places", figures.places(rows)),
    ]


def _section(key: str, title: str, short: str, figure: Figure | None, table: Grid | None = None) -> dict[str, Any]:
    return {
        "id": key,
        "title": title,
        "short": short,
        "grid": table,
        "drawn": drawn(figure, key, CAPTIONS[key]) if figure else None,
    }


def _leaks(data: Dataset) -> dict[str, Any] | None:
    report = load(data.root)
    if report is None:
        return None
    return {"grids": grids(report), "verdict": verdict(report), "leaking": bool(report.leaks), "remarks": advice(report)}


def _licences(data: Dataset) -> Grid:
    used = Counter(entry for row in data.rows for entry in row["licences"].split("; "))
    rows = [(asset, licence, f"{used[f'{asset} {licence}']:,}") for asset, licence in sorted(data.header.licences.items())]
    return Grid("Assets and their licences", ("asset", "licence", "clips"), rows_of(rows), left=2)


def _settings(data: Dataset) -> list[tuple[str, str]]:
    settings, header = data.header.settings, data.header
    found = [
        ("rendered by", f"{settings.backend}, quality {settings.quality}"),
        ("recipe", settings.recipe),
        ("seed", str(settings.seed)),
        ("bodies", settings.body),
        ("labels per pixel", ", ".join(header.dense) or "none"),
        ("version of the specs", str(header.spec_version)),
        ("set aside", f"{len(header.quarantined):,} clips that could not be made"),
        ("software", ", ".join(f"{name} {version}" for name, version in header.software.items())),
    ]
    return [(key, value) for key, value in found if value]
