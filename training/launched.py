"""What a process that torchrun started leaves for it when it can't go on: our line, which torchrun then ends its report with."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from ..generator.base.errors import UserError


@contextmanager
def told_to_launcher() -> Iterator[None]:
    """Write the words of a refusal into the file that torchrun names; without torchrun, nothing. Also a decorator.

    torchrun itself prints a traceback of its own and ends with exit code 1, whatever code its processes end with.
    """
    try:
        yield
    except (UserError, click.ClickException) as error:
        named = os.environ.get("TORCHELASTIC_ERROR_FILE")
        if named:
            words = error.format_message() if isinstance(error, click.ClickException) else str(error)
            with suppress(OSError):  # it is printed in any case
                Path(named).parent.mkdir(parents=True, exist_ok=True)
                Path(named).write_text(
                    json.dumps({"message": f"synapt: {words}", "timestamp": int(time.time())}), encoding="utf-8"
                )
        raise
