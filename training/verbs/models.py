"""`synapt models`: which there are, and one of them as ONNX."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from ...generator.base.commands import Commands
from ...generator.base.console import say
from ...generator.base.limits import LOCAL

if TYPE_CHECKING:
    from ...generator.base.console import Grid
    from ..models.catalogue import Entry


@click.group(cls=Commands, invoke_without_command=True)
@click.option("--root", type=LOCAL, default=".", help="Folder whose runs and models are listed.")
@click.option("--catalogue", type=LOCAL, default=None, help="A .toml or .json file that names models.")
@click.pass_context
def models(context: click.Context, root: Path, catalogue: Path | None) -> None:
    """List architectures, models on this machine, and those of a catalogue file; nothing is downloaded.

    A catalogue has [[models]] tables with name, path or url, sha256 (of model.safetensors), licence, about and results;
    the files of those with a path are compared with their sha256, and the exit code is 1 if one of them differs.
    """
    if context.invoked_subcommand is not None:
        if given := [
            f"--{name}" for name in ("root", "catalogue") if context.get_parameter_source(name) != ParameterSource.DEFAULT
        ]:
            raise click.UsageError(f"{given[0]} is for the list, `{context.invoked_subcommand}` doesn't read it: leave it out")
        return
    from ...generator.base.console import print_grids
    from ..models.catalogue import local_models, read_catalogue

    listed = read_catalogue(catalogue) if catalogue else []
    found = local_models(root)
    grids = [_architectures()]
    grids += [_entries(f"models under {root}", found)] if found else []
    grids += [_entries(f"catalogue {catalogue}", listed)] if listed else []
    print_grids(grids)
    sys.exit(0 if all(entry.ok for entry in listed) else 1)


@models.command()
@click.argument("folder", type=LOCAL)
@click.argument("out", type=LOCAL)
def export(folder: Path, out: Path) -> None:
    """Write the model in FOLDER (or of a run) as the ONNX file OUT, for any number of clips; compared with torch."""
    from ..models.export import export_onnx
    from ..models.io import load_model

    written = export_onnx(load_model(folder), out)
    say(f"{written.path}: logits differ from torch's by {written.difference:.0e} at most")


def _architectures() -> Grid:
    from ...generator.base.console import Grid, rows_of
    from ..models.published import PUBLISHED

    rows = rows_of(
        (name, p.source, f"{p.frames} x {p.size_px} px", f"{p.parameters_m:.2f}", f"{p.gmacs:.2f}")
        for name, p in PUBLISHED.items()
    )
    return Grid("architectures", ("model", "size and cost by", "frames", "M parameters", "GMAC"), rows, left=2)


def _entries(title: str, entries: list[Entry]) -> Grid:
    from ...generator.base.console import Grid, rows_of

    heads = ("model", "where", "what", "licence", "state", "results")
    rows = rows_of((e.name, e.where, e.about, e.licence, e.state, e.results) for e in entries)
    return Grid(title, heads, rows, left=len(heads))
