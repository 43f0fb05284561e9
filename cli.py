"""The command `synapt`: its verbs are the files of `generator/verbs/` and `training/verbs/`."""

from __future__ import annotations

import os
from contextlib import suppress

import click
from synapt.generator.base.commands import Commands


class Verbs(Commands):
    """The verbs of both halves, each imported when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all verbs: those that make clips, then those that learn from them."""
        from synapt.generator import verbs as making
        from synapt.training import verbs as learning

        return [*making.VERBS, *learning.VERBS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The click command of a verb, or None."""
        from synapt.generator import verbs as making
        from synapt.training import verbs as learning

        return making.find_verb(cmd_name) or learning.find_verb(cmd_name)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(package_name="synapt-video", prog_name="synapt")
@click.pass_context
def cli(context: click.Context) -> None:
    """Make labelled synthetic video of human actions.

    Start with `synapt doctor`, then `synapt render --action waving --n 4 --out data`.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main() -> None:
    """Run the command; what a user can put right is one line on standard error and exit code 2."""
    from synapt.generator.base.cache import keep_compiled_code
    from synapt.generator.base.errors import UserError
    from synapt.generator.base.exits import run

    with suppress(UserError):  # whoever needs the cache will say it; help needs none
        keep_compiled_code()
    os.environ.setdefault("PYTHONSAFEPATH", "1")  # workers import this package, not a folder of its name where we happen to be
    # read when numpy is imported: our matrices are small, its idle threads spin, and where one can't be started, it sends Ctrl-C
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    run(cli)


if __name__ == "__main__":
    main()
