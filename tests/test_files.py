"""Files appear whole under any name that a file system takes, and never under the temporary name of another."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synapt.generator.base.errors import UserError
from synapt.generator.base.files import appearing, fitting, readable_refusal, remove_leftovers, temporary_beside

NAMES = ["a", "n" * 255, "ü" * 127, "\N{GRINNING FACE}" * 63, "a:b%20\n-", "-rf", os.fsdecode(b"\xff\xfe" * 127), ".hidden"]


@pytest.mark.parametrize("name", NAMES, ids=[f"{os.fsencode(name)[:8]!r}-{len(os.fsencode(name))}" for name in NAMES])
def test_a_file_of_any_name_appears_whole(tmp_path, name):
    path = tmp_path / name
    for text in ("first", "second"):
        with appearing(path) as temporary:
            temporary.write_text(text)
            assert not path.exists() or path.read_text() == "first"
        assert path.read_text() == text
    with pytest.raises(ZeroDivisionError), appearing(path) as temporary:
        temporary.write_text("half")
        raise ZeroDivisionError
    assert path.read_text() == "second" and list(tmp_path.iterdir()) == [path]


def test_no_two_writers_share_a_temporary_name(tmp_path):
    """Two containers on one disk may give their processes the same numbers."""
    path = tmp_path / "out"
    names = {temporary_beside(path) for _ in range(100)}
    assert len(names) == 100 and {name.parent for name in names} == {tmp_path}
    with appearing(path) as one, appearing(path) as other:
        one.write_text("1")
        other.write_text("2")
    assert path.read_text() == "1" and list(tmp_path.iterdir()) == [path]


def test_what_killed_writers_left_is_found_by_its_ending(tmp_path):
    (tmp_path / "deep").mkdir()
    left = [temporary_beside(tmp_path / name) for name in NAMES] + [tmp_path / "deep" / ".clip.npz.4711.tmp"]
    for path in left:
        path.write_text("half")
    for name in ("kept.tmp", ".kept", NAMES[1]):
        (tmp_path / name).write_text("whole")
    assert remove_leftovers(tmp_path) == len(left)
    assert {path.name for path in tmp_path.rglob("*")} == {"deep", "kept.tmp", ".kept", NAMES[1]}


def test_a_name_that_is_too_long_is_one_line(tmp_path):
    with pytest.raises(UserError, match=r"cannot write .*File name too long"), appearing(tmp_path / ("n" * 256)) as path:
        path.write_text("x")


@given(st.text(min_size=1, max_size=300), st.sampled_from(["", ".png", "-knn-0123abcd"]))
def test_a_name_fits_the_file_system_and_stays_itself_where_it_can(name, ending):
    name = name.encode("utf-8", "replace").decode().replace("/", "-").replace("\0", "-")
    found = fitting(name, ending)
    assert len(os.fsencode(found)) <= 255 and found.endswith(ending)
    assert (found == name + ending) == (len(os.fsencode(name + ending)) <= 255)
    assert fitting(name * 300 + "a", ending) != fitting(name * 300 + "b", ending)


def test_a_name_that_is_too_long_is_the_name_s_fault(tmp_path):
    path = tmp_path / ("n" * 256)
    with pytest.raises(UserError, match="choose a shorter one"), readable_refusal(path):
        path.touch()
