"""What the server that loading processes are forked from begins with; imported there, and nowhere else.

Schedulers and `timeout` end a job by SIGTERM to all its processes at once. The trainer then finishes its step and saves, for
which the server and its children must be there; they end when the trainer does.
"""

import signal

signal.signal(signal.SIGTERM, signal.SIG_IGN)

from . import loader  # noqa: E402, F401  # so that no child has to import it
