"""What the command line shows: tables of what other modules found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..base.shown import shown

if TYPE_CHECKING:
    from pathlib import Path

    from ..actions import Action, Choice, Range
    from ..checks.verify import Report
    from ..dataset import Dataset
    from ..measure.summary import Summary
    from ..recordings.gathering import Looked, Sayings
    from ..setup.doctor import Check


def print_table(made: Table) -> None:
    """Show a table on standard output, unshortened when that is a file or a pipe."""
    console = Console()
    if console.is_terminal:
        console.print(made)
        return
    wide = Console(width=200)
    with wide.capture() as capture:
        wide.print(made)
    lines = (line.rstrip() for line in capture.get().splitlines())
    click.echo("\n".join(line for line in lines if line.strip("─ ")) + "\n")  # no padding, no rules as wide as the longest cell


def table(title: str, columns: tuple[str, ...], rows: Iterable[Iterable[object]]) -> Table:
    """A table of cells that may hold anybody's text; without a head where `columns` are empty words."""
    table = Table(title=escape(shown(title)), title_justify="left", box=SIMPLE_HEAD, show_header=any(columns))
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(escape(shown(cell)) for cell in row))
    return table


def count(number: int, what: str) -> str:
    """ "1 clip", "2 clips"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def all_actions(names: Iterable[str]) -> Table:
    """Actions by name, with aliases, tags and objects."""
    from ..actions import find_action

    found = [find_action(name) for name in names]
    rows = [(a.name, ", ".join(a.aliases), ", ".join(a.tags), ", ".join(p.name for p in a.props)) for a in found]
    return table(f"{len(rows)} actions", ("action", "also called", "tags", "objects"), rows)


def one_action(name: str) -> Table:
    """All that an action declares."""
    from ..actions import find_action

    action = find_action(name)
    rows: list[tuple[str, object]] = [
        ("caption", _caption(action)),
        ("also called", ", ".join(action.aliases)),
        ("tags", ", ".join(action.tags)),
        ("phases", " > ".join(action.phases)),
        *((f"parameter {key}", _span(key, value)) for key, value in action.params.items()),
        *(
            (f"object {use.name}", f"{' or '.join(use.kinds)}, {use.size[0]:g} to {use.size[1]:g} times its size")
            for use in action.props
        ),
        ("mirrored", "the same class" if action.mirror_keeps_class else "another class"),
        *((f"called by {source}", label) for source, label in action.taxonomy.items()),
    ]
    return table(action.name, ("", ""), rows)


def _caption(action: Action) -> str:
    """The caption with its blanks filled by all that may stand there."""
    options = {key: " or ".join(value.options) for key, value in action.params.items() if hasattr(value, "options")}
    pronouns = {"possessive": "her or his", "reflexive": "herself or himself", "object": "her or him"}
    others = {role: "another person" for role in action.roles[1:]}
    others |= {f"{role}_{name}": words for role in action.roles[1:] for name, words in pronouns.items()}
    blanks = {"side": "left or right", **pronouns, **others, **options}
    blanks |= {key: _span(key, value) for key, value in action.params.items() if key not in blanks}
    blanks |= {use.name: " or ".join(kind.replace("_", " ") for kind in use.kinds) for use in action.props}
    return f"A person {action.caption.format(**blanks).replace('_', ' ')}"


def _span(name: str, value: Range | Choice) -> str:
    """What a parameter may come to, with its unit: "0.3 to 0.8 s", or "stoop 45 %, squat 55 %"."""
    from ..actions import Range

    if isinstance(value, Range):
        unit = next((f" {unit}" for unit in ("s", "m", "rad") if name.endswith(f"_{unit}")), "")
        return f"{value.low:g} to {value.high:g}{unit}" + (", a whole number" if value.whole else "")
    if not value.weights:
        return " or ".join(value.options)
    shares = (weight / sum(value.weights) for weight in value.weights)
    return ", ".join(f"{option} {100 * share:.0f} %" for option, share in zip(value.options, shares, strict=True))


def measures(found: Summary) -> Table:
    """What is over of each action, worst first as far as it goes, and the pairs that skeletons don't tell."""
    from ..measure.limits import limit_of

    rows: list[tuple[object, ...]] = []
    for row in found.rows:
        over = []
        for limit in map(limit_of, row["over"].split()):
            value = row[f"{limit.key}_{'mean' if limit.typical else 'worst'}"] * limit.scale
            over.append(f"{limit.key.rpartition('_')[0] if limit.scale > 1 else limit.key} {value:.3g} {limit.unit}")
        told = "" if row["told_share"] is None else f"{100 * row['told_share']:.0f} %"
        rows.append((row["action"], row["clips"], ", ".join(over) or "-", told, row["taken_for"]))
    pairs = ", ".join(f"{a} / {b} {100 * share:.0f} %" for a, b, share in found.confusion.pairs())
    rows.append(("confused pairs", "", pairs or "-", f"{100 * found.confusion.accuracy:.0f} %", ""))
    return table("Measures", ("action", "clips", "over its limit", "told", "taken for"), rows)


def dataset(data: Dataset) -> list[Table]:
    """Settings, clips by class and split, and the spread of what varies."""
    from ..dataset.index import identities

    header, rows = data.header, data.rows
    settings = header.settings
    seconds = sum(row["frames"] / row["fps"] for row in rows)
    facts = [
        ("clips", f"{len(rows)}, {sum(row['frames'] for row in rows)} frames, {seconds / 60:.1f} minutes"),
        ("pictures", f"{settings.width_px}x{settings.height_px} at {settings.fps:g} frames/s"),
        ("made by", f"{settings.backend}, quality {settings.quality}, body {settings.body}"),
        ("recipe, seed", f"{settings.recipe}, {settings.seed}"),
        ("labels per pixel", ", ".join(header.dense) or "none"),
        ("people", len(identities(rows))),
        ("set aside", len(header.quarantined)),
        ("versions", ", ".join(f"{name} {version}" for name, version in header.software.items())),
    ]
    splits = Counter((row["action"], row["split"]) for row in rows)
    names = ("train", "val", "test")
    classes = [(class_id, action, *(splits[action, split] for split in names)) for action, class_id in header.classes.items()]
    tables = [table(str(data.root), ("", ""), facts), table("Classes", ("id", "action", *names), classes)]
    return [*tables, table("What varies", ("", ""), [*_spread(data), *_seen(data)])] if rows else tables


_FACTORS = (
    "sex",
    "age_years",
    "skin_melanin",
    "hair",
    "style",
    "camera_movement",
    "camera_focal_mm",
    "hdri",
    "backdrop",
)


def _spread(data: Dataset) -> Iterator[tuple[str, str]]:
    for name in _FACTORS:
        values = [row[name] for row in data if name in row]
        if values and isinstance(values[0], float):
            yield name, f"{min(values):.3g} to {max(values):.3g}, mean {sum(values) / len(values):.3g}"
        elif values:
            yield name, ", ".join(f"{value} {count}" for value, count in Counter(values).most_common(12))


HIDDEN_BELOW = 0.5
"""A clip hides its action when what acts is seen in less than this share of the action's frames."""


def _seen(data: Dataset) -> Iterator[tuple[str, str]]:
    """How often the acting limb is hidden or outside; nothing for clips made before that was measured."""
    values = [row["measure_acting_visible"] for row in data if "measure_acting_visible" in row]
    if values:
        hidden = count(sum(value < HIDDEN_BELOW for value in values), "clip")
        yield "acting limb seen", f"mean {sum(values) / len(values):.3g} of the action; in {hidden} less than {HIDDEN_BELOW}"


def problems(report: Report) -> Table:
    """What `verify` found."""
    return table("Problems", ("clip", "problem"), ((p.clip, p.what) for p in report.problems))


def cures(report: Report, dataset: Path, fixed: bool) -> Iterator[str]:
    """What a user can do about the problems that `verify` found; `fixed`: it has tried already."""
    from ..values import SPEC_VERSION

    kinds = {p.cure for p in report.problems}
    if report.version != SPEC_VERSION:
        yield f"made by spec version {report.version}, this is {SPEC_VERSION}: no clip was made again to compare" + (
            "; fix it with the version that made it" if kinds & {"rendering", "indexing"} else ""
        )
    elif not fixed and kinds & {"rendering", "indexing"}:
        what = "render the broken clips again" if "rendering" in kinds else "write the index again"
        yield f"run `synapt verify --fix {dataset}` to {what}"
    if lasting := len({p.clip for p in report.problems if p.cure == "nothing"}):
        yield (
            f"{count(lasting, 'clip')} would come out the same, as the spec holds motion and camera; leave them out, or render "
            "a few more"
        )
    if report.strays:
        yield f"{count(len(report.strays), 'file')} in its folders that belong to no clip, such as {report.strays[0]}"


def motions(looked: Looked, says: Sayings) -> Iterator[Table]:
    """What is in motion files, a row for each take, and what the numbers of its notes stand for."""
    from ..actions.gathered import class_called

    rows: list[tuple[object, ...]] = []
    numbers: dict[str, int] = {}
    for paths, files in looked.files:
        first = files[0]
        for take in first.takes:
            said = says(paths[0], first, take)
            notes = [*take.notes, *([f"--keep-shape keeps the {take.builds[0].gender} body"] if take.builds else [])]
            marks = [str(numbers.setdefault(note, len(numbers) + 1)) for note in notes]
            called = ", ".join(dict.fromkeys(class_called(one.name) for one in said)) or "none"
            people = take.n_people + sum(each.takes[0].n_people for each in files[1:])
            names = " + ".join(each.file for each in files)
            length = (f"{take.duration_s:.2f}", f"{take.fps:g}", len(take.cuts))
            rows.append((names, take.name, first.reader, people, *length, called, " ".join(marks)))
    heads = ("file", "take", "read as", "people", "seconds", "per s", "parts", "class", "notes")
    yield table(f"{count(len(rows), 'take')} of {count(len(looked.files), 'file')}", heads, rows)
    if numbers:
        yield table("Notes", ("", ""), ((number, note) for note, number in numbers.items()))


def checks(found: Iterable[Check]) -> Table:
    """What `doctor` found."""
    words = {(True, True): "ok", (True, False): "ok", (False, True): "MISSING", (False, False): "not there"}
    return table("synapt doctor", ("", "", ""), ((words[c.ok, c.needed], c.name, c.note) for c in found))


def licences(used: dict[str, str] | None) -> Table:
    """Licences of the assets of a dataset, or of all there are."""
    from ...assets_manifest.tables import table as assets

    if used is not None:
        return table("Licences of this dataset", ("asset", "licence"), used.items())
    rows = [
        (f"{kind}/{name}", row["licence"], "yes" if row["redistributable"] else "no", row["source"])
        for kind in ("bodies", "garments", "hdris")
        for name, row in assets(kind).items()
    ]
    return table("Licences", ("asset", "licence", "may be passed on", "source"), rows)
