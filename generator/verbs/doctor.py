"""`synapt doctor`: what works on this machine."""

from __future__ import annotations

import sys

import click

from ..base.console import say


@click.command()
def doctor() -> None:
    """Check this machine: what works, what is missing, how to get it."""
    from ..setup.doctor import examine, verdict
    from . import tell

    checks = examine()
    tell.print_table(tell.checks(checks))
    say(verdict(checks))
    sys.exit(0 if all(check.ok or not check.needed for check in checks) else 1)
