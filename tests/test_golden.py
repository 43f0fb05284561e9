"""Labels don't change unnoticed: whoever changes them raises SPEC_VERSION, and renews the golden ones by one command."""

import golden
import numpy as np
import pytest
from synapt.generator.values import SPEC_VERSION


@pytest.fixture(scope="module")
def now():
    return golden.values()


def test_the_same_specs_give_the_labels_that_this_version_gave(now):
    kept = golden.read()
    cure = "run `make golden` and commit tests/golden.npz"
    assert int(kept["version"]) == SPEC_VERSION, (
        f"the golden labels are of spec version {kept['version']}, this is {SPEC_VERSION}: {cure}"
    )
    changed = golden.changes(now, kept)
    assert not changed, (
        f"spec version {SPEC_VERSION} now gives other labels ({', '.join(changed[:6])}; {len(changed)} in all): mend it, or if "
        f"it is meant, raise SPEC_VERSION in generator/values.py (once between releases), {cure}"
    )


def test_every_kind_of_change_is_seen(now):
    assert golden.changes(now, now) == []
    for name, array in now.items():
        if name == "version" or not name.startswith("walking/") or not array.size:
            continue
        other = array.copy()
        if name.endswith("/spec"):
            other = np.array(str(array).replace('"tempo": ', '"tempo": 1'))
        elif array.dtype.kind == "U":
            other = np.char.add(array, "x")
        elif array.ndim == 3 and array.dtype.kind in "iu":
            other[0, :8] += 1
        else:
            other.reshape(-1)[-1] = 99 if array.dtype.kind != "b" else not array.reshape(-1)[-1]
        assert golden.changes({**now, name: other}, now) == [name]
    assert golden.changes({**now, "walking/new": np.zeros(1)}, now) == ["walking/new"]
    assert golden.changes({name: a for name, a in now.items() if name != "walking/phase"}, now) == ["walking/phase"]


def test_a_last_bit_is_no_change(now):
    shaken = {
        name: np.nextafter(array, np.float32(np.inf)) if array.dtype == np.float32 else array for name, array in now.items()
    }
    assert golden.changes(shaken, now) == []
