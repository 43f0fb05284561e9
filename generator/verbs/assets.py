"""`synapt assets`: what clips are made of, whether it is here and whole, and how to have it here."""

from __future__ import annotations

import sys

import click

from ..base.commands import Commands
from ..base.console import say
from .licenses import licenses


@click.group(cls=Commands)
def assets() -> None:
    """Bodies, garments and environment maps: list them, check their files, fetch them from a mirror, tell their licences."""


@assets.command("list")
def list_() -> None:
    """List all assets with version, licence and where they are from."""
    from ...assets_manifest.permitted import KINDS
    from ...assets_manifest.tables import table
    from . import tell

    rows = [
        (f"{kind}/{name}", row["version"], row["licence"], row.get("sha256", "-")[:12], row["source"])
        for kind in KINDS
        for name, row in table(kind).items()
    ]
    tell.print_table(tell.table("Assets", ("asset", "version", "licence", "SHA-256", "source"), rows))


@assets.command()
def check() -> None:
    """Look whether the files of all environment maps are here and are those that were measured; exit code 1 where one isn't."""
    from ...assets_manifest.assets import hdri_path
    from ...assets_manifest.store import names
    from ..base.errors import UserError
    from . import tell

    rows, wrong = [], 0
    for name in names():
        try:
            rows.append((name, "whole", hdri_path(name)))
        except UserError as error:
            wrong += 1
            rows.append((name, "missing or another", str(error)))
    tell.print_table(tell.table("Files of assets", ("asset", "it is", "where, or why"), rows))
    sys.exit(1 if wrong else 0)


@assets.command()
@click.argument("wanted", nargs=-1, metavar="[NAME]...")
@click.option("--from", "mirror", required=True, metavar="PATH|URL", help="A folder, or a web address, with the files.")
@click.option("--offline", is_flag=True, help="Use no network; the same as SYNAPT_OFFLINE=1.")
def fetch(wanted: tuple[str, ...], mirror: str, offline: bool) -> None:
    """Copy environment maps (all, or those named) from a mirror of yours into the cache, each checked by its SHA-256.

    Where the package bpy is not installed, or its maps are damaged, those of the cache are used.
    """
    from ...assets_manifest import store

    for name in wanted or store.names():
        say(f"{name}: {store.fetch(name, mirror, offline)}")


assets.add_command(licenses)
