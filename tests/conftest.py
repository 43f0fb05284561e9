"""What all tests share: the compiled code that `synapt prepare` made, and no other; and what they leave alone."""

import os
import time
import tracemalloc

import pytest
from synapt.generator.base.cache import keep_compiled_code

keep_compiled_code()  # before a test imports numba; child processes inherit it


@pytest.fixture(autouse=True)
def environment_stays_as_it_was():
    """The command sets variables for its own workers; the next test's child processes are not to inherit them."""
    before = dict(os.environ)
    yield
    for name in os.environ.keys() - before.keys():
        del os.environ[name]
    os.environ.update(before)


@pytest.fixture
def frugal():
    """Fails a test that holds more than 64 MiB of Python's memory at once, or takes more than half a minute."""
    began = time.monotonic()
    tracemalloc.start()
    yield
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1 << 26 and time.monotonic() - began < 30
