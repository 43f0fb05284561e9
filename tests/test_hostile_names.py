"""Names and text from files: no name leads out of a folder, no character steers a terminal."""

import io
import os
from dataclasses import replace

import msgspec
import pytest
from made_dataset import edit_header, edit_spec, write_dataset
from rich.console import Console
from synapt.generator.base import console, exits
from synapt.generator.base.errors import UserError
from synapt.generator.base.shown import is_plain, plain_name, shown
from synapt.generator.checks.verify import Problem, Report, check_dataset
from synapt.generator.dataset import ClipFiles, Header, open_dataset, read_header, read_labels, read_spec, write_header
from synapt.generator.dataset.format import header_path, metadata_path
from synapt.generator.dataset.index import kept_header, read_rows, write_rows
from synapt.generator.jobs import remake, restore
from synapt.generator.verbs import tell

BAD = (
    "../../../x",
    "a/b",
    "a\\b",
    "",
    ".",
    "..",
    ".hidden",
    " a",
    "a ",
    "a\x1b[2J",
    "a\nb",
    "a\u202eb",
    "x" * 201,
    "\ud800",
    "\udcff",
)


def everything(folder):
    return {path: path.is_file() and path.read_bytes() for path in folder.rglob("*") if ".lock" not in path.name}


@pytest.mark.parametrize("name", BAD)
def test_plain_names_are_told_from_others(name):
    with pytest.raises(UserError) as caught:
        plain_name(name, "a class")
    assert not is_plain(name) and str(caught.value).isprintable()


@pytest.mark.parametrize("name", ["waving_a_hand", "cut in", "跳ぶ", "دويدن", "Größe", "a.b", "12:30", "👩‍🚀"])
def test_names_of_peoples_own_are_plain(name):
    assert plain_name(name, "a class") == name


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("field", ["classes", "counts", "quarantined", "sources"])
def test_a_class_that_leads_elsewhere_is_no_class(name, field, tmp_path):
    root = tmp_path / "a" / "b" / "c" / "data"
    write_dataset(root, 1)
    if "\ud800" <= name <= "\udfff":
        name = "\ufffe"  # JSON has no lone surrogates
    value = {"quarantined": "why", "sources": "a:b"}.get(field, 1)
    edit_header(root, **{field: {"calm": 0, name: value} if field == "classes" else {name: value}})
    before = everything(tmp_path)
    for act in (read_header, check_dataset, open_dataset, lambda root: remake(root, [(name, 0)], workers=1)):
        with pytest.raises(UserError) as caught:
            act(root)
        assert shown(caught.value) == str(caught.value)
    after = everything(tmp_path)
    assert after == before


def test_a_header_that_was_lost_comes_back_without_bad_names(tmp_path):
    header = write_dataset(tmp_path, 2)
    kept = msgspec.json.encode(replace(header, counts={})).replace(b'"calm"', b'"../calm"')
    with pytest.raises(UserError, match="name of a class"):
        Header(header.schema, header.spec_version, header.settings, {"../calm": 0})
    import pyarrow.parquet as pq

    table = pq.read_table(metadata_path(tmp_path))
    pq.write_table(table.replace_schema_metadata({b"synapt": kept}), metadata_path(tmp_path))
    header_path(tmp_path).unlink()
    assert kept_header(metadata_path(tmp_path)) is None
    with pytest.raises(UserError, match=r"is missing, and its copy in metadata\.parquet"):
        restore(tmp_path)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"action": "../../../x", "file_name": "clips/../../../x/../../../x-000000.mp4"}, "an action is '../../../x'"),
        ({"file_name": "../../etc/passwd"}, "file_name is ../../etc/passwd for clip 0 of calm"),
        ({"file_name": "clips/calm/calm-000001.mp4"}, "file_name is clips/calm/calm-000001.mp4 for clip 0"),
        ({"index": -1}, r"\[0\].index: expected `int` >= 0"),
        ({"index": 10**7}, r"\[0\].index: expected `int` <= 999999"),
        ({"frames": 10**12}, "frames: expected `int` <= 20000"),
        ({"fps": float("nan")}, "fps: expected `float`"),
        ({"licences": "x"}, "licences name no asset and licence"),
    ],
)
def test_an_index_that_names_other_files_is_broken(changes, words, tmp_path):
    header = write_dataset(tmp_path, 1)
    (row,) = read_rows(metadata_path(tmp_path))
    write_rows(metadata_path(tmp_path), [row | changes], header)
    with pytest.raises(UserError, match=rf"metadata.parquet is broken \(.*{words}.*run `synapt verify --fix {tmp_path}`$"):
        open_dataset(tmp_path)
    report = check_dataset(tmp_path, 0)
    assert report.checked == 1 and [problem.cure for problem in report.problems] == ["indexing"]
    remake(tmp_path, (), workers=1)
    assert check_dataset(tmp_path, 0).problems == ()


def test_an_index_of_classes_that_are_none_is_no_dataset(tmp_path):
    header = write_dataset(tmp_path, 1)
    (row,) = read_rows(metadata_path(tmp_path))
    other = row | {"action": "brave", "file_name": "clips/brave/brave-000000.mp4"}
    write_rows(metadata_path(tmp_path), [row, other], header)
    with pytest.raises(UserError, match=r"has clips of 'brave', no class of dataset\.json"):
        open_dataset(tmp_path)


def test_names_within_specs_and_labels_per_pixel_lead_nowhere(tmp_path):
    write_dataset(tmp_path, 1)
    edit_spec(tmp_path, 0, action="../../x")
    with pytest.raises(UserError, match=r"the action in .* is '\.\./\.\./x'"):
        read_spec(ClipFiles(tmp_path, "calm", 0))
    edit_header(tmp_path, dense=["../../../mask"])
    with pytest.raises(UserError, match=r"no label per pixel called '\.\./\.\./\.\./mask'"):
        read_header(tmp_path)


@pytest.mark.parametrize("what", ["clips", "labels/calm", "specs/calm", "quarantine"])
def test_what_is_mended_lies_in_the_dataset_and_not_behind_a_link(what, tmp_path):
    root, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    write_dataset(root, 2)
    if what == "quarantine":
        elsewhere.mkdir()
    else:
        (root / what).rename(elsewhere)
    (root / what).symlink_to(elsewhere)
    before = everything(elsewhere)
    with pytest.raises(UserError, match="is a link, and --fix changes only"):
        remake(root, [("calm", 0)], workers=1, maker="made_up:maker")
    assert everything(elsewhere) == before


ESC = "\x1b]0;owned\x07\x1b[2J\u202e"


def test_lines_are_shown_and_not_obeyed(capsys):
    with pytest.raises(SystemExit):
        exits.fail(f"class {ESC} is no class", 2)
    console.say(f"{ESC} on standard output")
    out, err = capsys.readouterr()
    assert err == "synapt: class \\x1b]0;owned\\x07\\x1b[2J\\u202e is no class\n" and "\x1b" not in out + err
    assert out == "\\x1b]0;owned\\x07\\x1b[2J\\u202e on standard output\n"


def test_tables_are_shown_and_not_obeyed(capsys, tmp_path):
    name = f"{ESC}[red]x[/red]"
    report = Report(1, (Problem(name, name),), (), strays=(name,))
    tell.print_table(tell.problems(report))
    for line in tell.cures(report, tmp_path, False):
        console.say(line)
    console.print_grids([console.Grid(name, (name, "n"), ((name, "1"),), name)])
    out, err = capsys.readouterr()
    assert not {"\x1b", "\x07", "\u202e"} & set(out + err) and out.count("[red]x[/red]") >= 6


def test_progress_is_shown_and_not_obeyed(monkeypatch):
    written = io.StringIO()
    monkeypatch.setattr("rich.console.Console", lambda **_: Console(file=written, force_terminal=True, width=200))
    with console.bar() as tell_of:
        tell_of(1, 2, f"opening {ESC}[red]x[/red]")
    text = written.getvalue()
    assert "\\x1b]0;owned" in text and "[red]x[/red]" in text and "\x07" not in text and "\u202e" not in text


def test_errors_of_a_dataset_with_such_names_are_lines(tmp_path):
    write_dataset(tmp_path, 1)
    for index, text in ((0, ESC), (1, "ok")):
        (tmp_path / "clips" / "calm" / f"note{index}{text}.txt").write_text("x")
    report = check_dataset(tmp_path, 0)
    assert len(report.strays) == 2 and all("\x1b" not in shown(path) for path in report.strays)
    edit_spec(tmp_path, 0, recipe=ESC, split=ESC)
    (problem,) = check_dataset(tmp_path, 0).problems
    assert os.linesep not in problem.what and "\x1b" not in problem.what


def test_labels_that_name_other_clips_are_told(tmp_path):
    write_dataset(tmp_path, 2)
    one, two = (ClipFiles(tmp_path, "calm", index) for index in (0, 1))
    for kind in ("spec", "labels", "video"):
        getattr(two, kind).write_bytes(getattr(one, kind).read_bytes())
    assert read_labels(two).action == "calm"
    said = [problem.what for problem in check_dataset(tmp_path, 0).problems if problem.clip == "calm-000001"]
    assert any("its files hold clip calm-000000" in what for what in said)
    write_header(tmp_path, read_header(tmp_path))
