"""`synapt evaluate`."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...generator.base.console import remark, say
from ...generator.base.limits import LOCAL, MOST_FOLDS, ROUNDS, Count, Share
from ...generator.base.places import place
from ..launched import told_to_launcher
from .options import ALLOW_MISSING, ROOT, root_of

if TYPE_CHECKING:
    from ...generator.base.shards import Shard
    from ..transfer import Measured
    from ..values import Interval, Target


@click.command()
@click.argument("model")
@click.option(
    "--target", "targets", multiple=True, required=True, help="A target by name, or a folder of class/clip.mp4 (several allowed)."
)
@ROOT
@click.option(
    "--option", "options", multiple=True, metavar="NAME=VALUE", help="How the target is divided, e.g. split=2 (several allowed)."
)
@click.option(
    "--protocol",
    "protocols",
    multiple=True,
    default=("linear",),
    help="linear (default), knn, finetune, attentive, fewshot, zeroshot (several allowed).",
)
@click.option("--seeds", type=Count(MOST_FOLDS), default=1, show_default=True, help="How many times, each with another seed.")
@click.option("--epochs", type=ROUNDS, default=None, help="Of finetune and attentive; by default 10 to 20, by the target's size.")
@click.option("--with", "changes", multiple=True, metavar="A.B=C", help="Any setting, e.g. data.test_views=2 or probe.shots=1.")
@click.option("--out", type=LOCAL, default=None, help="Results go to OUT/eval; by default in the run's folder.")
@click.option(
    "--baseline",
    "baselines",
    multiple=True,
    metavar="DIR",
    help="A run to compare with; by default one on shapes, if there is one.",
)
@click.option("--no-baselines", is_flag=True, help="Measure this model only, without the scratch and shapes baselines.")
@ALLOW_MISSING
@click.option("--fresh", is_flag=True, help="Compute again what an earlier call has finished.")
@click.option(
    "--shard",
    type=Share(),
    default="1/1",
    metavar="I/N",
    help="Only share I of N of the folds and seeds; without it, sum all up.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@told_to_launcher()
def evaluate(
    model: str,
    targets: tuple[str, ...],
    root: Path | None,
    options: tuple[str, ...],
    protocols: tuple[str, ...],
    seeds: int,
    epochs: int | None,
    changes: tuple[str, ...],
    out: Path | None,
    baselines: tuple[str, ...],
    no_baselines: bool,
    allow_missing: float,
    fresh: bool,
    shard: Shard,
    dry_run: bool,
) -> None:
    """Measure how well MODEL transfers: a run's folder, a model's folder, or scratch:NAME for an untrained one.

    \b
        synapt evaluate runs/a --target my_videos/
        synapt evaluate runs/a --target ut_interaction --root ut --protocol linear --protocol knn --seeds 3

    The same model from scratch, and a run on moving shapes of equal budget next to it, are measured the same way. When stopped,
    the same command goes on. Under torchrun, fine-tuning shares its steps among the processes.
    """
    from ...generator.base.console import bar, silent, tell_plan
    from ...generator.base.named import typed
    from ..protocols.subject import open_subject
    from ..transfer import budgets, configs_of, find_baselines, transfer, transfer_share
    from ..transfer_plan import plan

    _check_combination(baselines, no_baselines, root, targets)
    if not shard.is_whole and "RANK" in os.environ:
        raise click.UsageError("--shard divides what torchrun's processes do together: give one of them")
    named = typed(dict(change.partition("=")[::2] for change in changes).get("model.name", ""))
    subject = open_subject(model, named)
    beside = [] if no_baselines else find_baselines(subject, baselines)
    first = os.environ.get("RANK", "0") == "0"  # of the processes of torchrun one speaks
    settings = [change for change in changes if not change.startswith("model.name=")]
    opened = [_open(name, root, options) for name in targets]  # a mistake in the last one is told before any work
    for target in opened:
        configs = configs_of(subject, target, protocols, epochs, settings)
        tell_plan(plan(subject, beside, target, configs, seeds, out) if first else (), dry_run)
    how: dict[str, Any] = dict(out=out, epochs=epochs, changes=settings, allow_missing=allow_missing, fresh=fresh)
    for target in [] if dry_run else opened:
        work = (subject, beside, target, protocols, range(seeds))
        with bar() if first else nullcontext(silent) as tell:
            how |= {"tell": tell, "say": remark if first else lambda line: None}
            if not shard.is_whole:
                n, own = transfer_share(*work, shard, **how)
                say(f"{target.name}: {own} of {n} parts are computed (shard {shard}); without --shard, all are summed up")
                continue
            measured = transfer(*work, **how)
        if first:
            _print(target, measured)
    if first and not no_baselines and not dry_run and shard.is_whole:
        for line in budgets(subject, beside):
            say(line)


def _check_combination(baselines: tuple[str, ...], no_baselines: bool, root: Path | None, targets: tuple[str, ...]) -> None:
    """UsageError for options that would do nothing beside another one."""
    if baselines and no_baselines:
        raise click.UsageError("--baseline names what --no-baselines leaves out: give one of them")
    if root and all(_is_folder(name) for name in targets):
        raise click.UsageError("--root is the folder of a named target's files, and --target is a folder itself: leave it out")


def _open(name: str, root: Path | None, options: tuple[str, ...]) -> Target:
    """A target by its name, or any folder."""
    from ...generator.base.errors import UserError, nearest
    from ...generator.base.named import typed
    from ..data.targets import TARGETS, load_target, options_from

    if _is_folder(name):
        return load_target("folder", place(name), **options_from(options))
    if name not in TARGETS and not _is_dotted(name):
        raise UserError(f"there is no folder '{name}' of CLASS/CLIP.mp4, nor a target of that name: {nearest(name, TARGETS)}")
    return load_target(typed(name), root_of(name, root), **options_from(options))


def _is_folder(name: str) -> bool:
    """Whether what was named is a folder of somebody's own and not a target of ours."""
    from ..data.targets import TARGETS

    return name not in TARGETS and place(name).is_dir()


def _is_dotted(name: str) -> bool:
    """Whether it could be the module:function of a user's own target."""
    module, colon, function = name.partition(":")
    return bool(colon) and all(part.isidentifier() for part in (*module.split("."), function))


def _print(target: Target, measured: list[Measured]) -> None:
    """One table a target: figures in percent with 95 % intervals, and how far ours is ahead of each baseline."""
    from ...generator.base.console import Grid, print_grids
    from ..metrics import top_k_tells

    first = measured[0].result
    five = top_k_tells(5, len(first.classes))
    rows = []
    for one in measured:
        result, ahead = one.result, one.ahead
        gap = ("", "") if ahead is None else (_percent(ahead.difference), f"{ahead.p_permutation:.3f}")
        figures = [_percent(figure) for figure in (result.top1, *([result.top5] if five else []), result.mean_class)]
        rows.append((result.protocol, result.pretraining, *figures, *gap))
    title = f"{target.name}: {first.n_clips} clips, {len(first.classes)} classes, {target.division}"
    heads = ("protocol", "pretraining", "top-1", *(["top-5"] if five else []), "mean class", "ours ahead by", "p")
    note = (
        f"percent [95 % interval over clips and seeds]; chance {100 * first.chance:.1f}; "
        "p: two-sided, by changing signs of groups of clips"
    )
    dim = frozenset(k for k, one in enumerate(measured) if one.ahead is not None)
    print_grids([Grid(title, heads, tuple(rows), note, left=2, dim=dim)])
    for one in measured:
        if one.result.joined:
            say(f"{one.result.protocol}: {one.result.told_joined}")
        say(f"{one.folder}: {one.result.protocol_id}")


def _percent(figure: Interval) -> str:
    return f"{100 * figure.value:.1f} [{100 * figure.low:.1f}, {100 * figure.high:.1f}]"
