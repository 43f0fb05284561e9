"""`synapt bias`."""

from __future__ import annotations

from pathlib import Path

import click

from ...generator.base.console import remark
from ...generator.base.limits import LOCAL, MOST_CLIPS, MOST_FOLDS, PLACE, ROUNDS, SEED, Count, Processes
from .options import ALLOW_MISSING


@click.command()
@click.argument("clips", type=PLACE)
@click.option("--out", type=PLACE, default=None, help="Folder for bias.json, CSV files and bias.png  [bias/NAME]")
@click.option("--split", default=None, help="Only this part: train, val or test.")
@click.option(
    "--limit", type=Count(MOST_CLIPS, 0), default=0, show_default=True, help="Clips per class, drawn by the seed; 0 takes all."
)
@click.option("--folds", type=Count(MOST_FOLDS, 2), default=5, show_default=True, help="Parts of the cross-validation.")
@click.option("--group-pattern", default="", help="Regular expression whose (group) in a clip's path must not be on both sides.")
@click.option("--features", type=LOCAL, default=None, help="A model folder whose features replace the fixed ones.")
@click.option("--permutations", type=ROUNDS, default=999, show_default=True, help="Of the labels, for each recorded factor.")
@click.option("--seed", type=SEED, default=0, show_default=True, help="Of folds, draws and permutations.")
@ALLOW_MISSING
@click.option("--workers", type=Processes(), default=2, show_default=True, help="Threads that decode.")
def bias(clips: Path, out: Path | None, split: str | None, limit: int, folds: int, group_pattern: str, features: Path | None,
         permutations: int, seed: int, allow_missing: float, workers: int) -> None:  # fmt: skip
    """Measure how much of the label a static or person-free view gives away.

    CLIPS is a dataset of `synapt render`, or any folder of CLASS/CLIP.mp4.
    """
    from ...generator.base.console import bar, print_grids
    from ...generator.base.files import folder_to_write
    from ...generator.base.shown import shown
    from ..bias.measure import measure_bias
    from ..bias.model_features import model_features
    from ..bias.show import grids, save
    from ..data.clips import open_clips

    opened = open_clips(clips, split)
    folder = folder_to_write(out or Path("bias") / opened.name)
    remark(*opened.remarks)
    with bar() as progress:
        report = measure_bias(
            opened, folds=folds, seed=seed, permutations=permutations, limit=limit, group_pattern=group_pattern,
            features=(shown(features.name), *model_features(features)) if features else None, workers=workers,
            allow_missing=allow_missing, progress=progress,
        )  # fmt: skip
    remark(*(line for line in report.remarks if line not in opened.remarks))
    print_grids(grids(report))
    for path in save(report, folder):
        click.echo(path)
