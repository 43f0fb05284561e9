"""The dataset's README card: what it is for people, and for Hugging Face's `datasets` where clips and columns lie."""

from __future__ import annotations

from pathlib import Path

from ..base.files import appearing
from .format import Header

_OURS = "# written by `synapt render`, and again when clips are added; without this line it stays as it is"

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))

_PUBLIC_DOMAIN = "CC0-1.0"


def card_path(root: Path) -> Path:
    """README.md."""
    return root / "README.md"


def write_card(root: Path, header: Header) -> None:
    """Write README.md, unless somebody's own is there. Raises UserError when the disk refuses."""
    path = card_path(root)
    if path.exists() and _OURS not in path.read_text("utf-8", "replace"):
        return
    with appearing(path) as temporary:
        temporary.write_text(card(header), encoding="utf-8")


def card(header: Header) -> str:
    """Markdown with the head by which `datasets.load_dataset(folder)` finds videos and index, and nothing else."""
    settings, n = header.settings, sum(header.counts.values())
    size = next((word for limit, word in _SIZES if n < limit), "n>1M")
    licence = "cc0-1.0" if set(header.licences.values()) <= {_PUBLIC_DOMAIN} else "other"
    labels = ", ".join(header.dense) or "none"
    classes = [f"| {class_id} | {action} | {header.counts.get(action, 0)} |" for action, class_id in header.classes.items()]
    assets = [f"- {asset}: {its}" for asset, its in header.licences.items()]
    return "\n".join(
        (
            "---",
            _OURS,
            f"license: {licence}",
            "task_categories: [video-classification]",
            "tags: [synthetic, human-action-recognition, synapt]",
            f"size_categories: ['{size}']",
            "configs:",
            "- config_name: default",
            "  data_files:",
            "  - split: train",
            "    path: [metadata.parquet, 'clips/**/*.mp4']",
            "---",
            "",
            "# Human actions, rendered",
            "",
            f"{n} clips of {len(header.classes)} human actions, rendered by synapt. Nobody in them is real.",
            f"{settings.width_px}x{settings.height_px} at {settings.fps:g} frames/s; {settings.backend}, "
            f"quality {settings.quality}; recipe {settings.recipe}, seed {settings.seed}.",
            "",
            "```python",
            "import datasets",
            "",
            'clips = datasets.load_dataset("this-folder", split="train", filters=[("split", "==", "train")])  # or val, test',
            "```",
            "",
            "`datasets` sees one split, `train`; the column `split` has ours, which share no person. Labels lie beside the clips",
            f"in `labels/` (joints, boxes, camera, body pose, phases; per pixel: {labels}), every choice of a clip in `specs/`.",
            "",
            "| id | class | clips |",
            "|---|---|---|",
            *classes,
            "",
            "## Licences of what was used",
            "",
            *(assets or ["Nothing yet."]),
            "",
        )
    )
