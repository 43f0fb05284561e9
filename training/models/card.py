"""A model's README card: what it is, what it learned from, under which licences, with what, and how well it does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...generator.base.bounded import read_bytes
from ...generator.base.errors import UserError
from ...generator.base.files import appearing
from ...generator.base.shown import shown
from .base import VideoModel
from .described import MOST_BYTES
from .provenance import Provenance, software

_RESULTS, _AFTER = "## Results\n\n", "\n\n## Software\n\n"


def card(model: VideoModel, classes: Sequence[str], provenance: Provenance) -> str:
    """Markdown with the head that model hubs read."""
    spec = model.spec
    millions = sum(parameter.numel() for parameter in model.parameters()) / 1e6
    return "\n".join(
        (
            "---",
            "library_name: synapt",
            "pipeline_tag: video-classification",
            "tags: [video, action-recognition, synthetic-data]",
            "---",
            f"# {spec.name}, {f'{len(classes)} classes' if classes else 'features only'}",
            "",
            f"{millions:.2f} M parameters; {spec.frames} frames of {spec.size_px} px; started from {model.started_from}.",
            "",
            "```python",
            "import synapt",
            f'print(synapt.load("this-folder"){"" if classes else ".features"}("video.mp4"))',
            "```",
            "",
            "## Data",
            "",
            *(_data(provenance) or ["Not recorded."]),
            "",
            "## Recipe",
            "",
            *(_recipe(provenance) or ["Not recorded."]),
            "",
            _RESULTS + _results(provenance) + _AFTER + _versions(provenance),
            "",
            "## Classes",
            "",
            ", ".join(classes) or "None were learned: the head is untrained.",
            "",
        )
    )


def _results(provenance: Provenance) -> str:
    return "\n".join(f"- {line}" for line in provenance.results) or "None yet: `synapt evaluate` measures it."


def _versions(provenance: Provenance) -> str:
    return ", ".join(f"{name} {version}" for name, version in (provenance.software or software()).items())


def add_result(folder: Path, name: str, line: str) -> None:
    """Put a line about the result `name` on the card of a model's folder or a run; an older line of that name goes.

    Nothing happens where there is no card of ours.
    """
    path = next((place / "README.md" for place in (folder / "model", folder) if (place / "config.json").is_file()), None)
    if path is None or not path.is_file():
        return
    try:
        text = read_bytes(path, MOST_BYTES).decode("utf-8")
    except (OSError, ValueError, UserError):
        return
    head, opened, rest = text.partition(_RESULTS)
    lines, closed, tail = rest.partition(_AFTER)
    if not (opened and closed):
        return
    kept = {old.rpartition(" (")[2].rstrip(")"): old for old in lines.split("\n") if old.startswith("- ")}
    kept[name] = f"- {line} ({name})"
    with appearing(path) as made:
        made.write_text(head + _RESULTS + "\n".join(kept.values()) + _AFTER + tail, "utf-8", "backslashreplace")


def _data(provenance: Provenance) -> list[str]:
    lines = []
    for source in provenance.data:
        count = f", {source.n_clips} clips" if source.n_clips else ""
        lines.append(f"- {source.name}{count}{f', list {source.digest}' if source.digest else ''}")
        lines += [f"  - {shown(remark)}" for remark in source.remarks]
        lines += [f"  - {asset}: {licence}" for asset, licence in sorted(source.licences.items())]
    return lines


def _recipe(provenance: Provenance) -> list[str]:
    lines = [f"Recipe `{provenance.recipe}`.", ""] if provenance.recipe else []
    for section, values in provenance.config.items():
        if isinstance(values, dict):
            lines.append(f"- {section}: " + ", ".join(f"{name}={value}" for name, value in values.items()))
        elif values != "":
            lines.append(f"- {section}: {values}")
    return lines
