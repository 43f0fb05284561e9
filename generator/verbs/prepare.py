"""`synapt prepare`: the work that is done once per machine."""

from __future__ import annotations

import click


@click.command()
@click.option("--body", default="anny", show_default=True, help="Body model.")
def prepare(body: str) -> None:
    """Do the work that is needed once per machine: bake the body, compile. `render` does it when needed."""
    from .. import names
    from ..base.cache import cache_dir
    from ..setup.prepare import prepare as run

    run(names.body(body))
    click.echo(f"ready, in {cache_dir()}")
