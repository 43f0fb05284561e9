"""Running a process of its own in a test, whose words are shown when it fails."""

import subprocess
import sys


def run_python(*words: object, timeout_s: float = 200) -> str:
    """What `python WORDS...` printed; AssertionError with its standard error when it did not end with 0."""
    done = subprocess.run([sys.executable, *map(str, words)], capture_output=True, text=True, timeout=timeout_s)
    assert done.returncode == 0, f"ended with {done.returncode}:\n{done.stderr}"
    return done.stdout
