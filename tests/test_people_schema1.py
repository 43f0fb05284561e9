"""Datasets of schema 1, of before there were several people in a clip, are opened, read, shown and checked as before."""

import json
from pathlib import Path

import numpy as np
import pytest
import synapt
from click.testing import CliRunner
from made_dataset import edit_header, write_dataset
from made_old_specs import one_person
from made_up import bits
from synapt.cli import cli
from synapt.generator.base.errors import UserError
from synapt.generator.checks.verify import check_dataset
from synapt.generator.dataset import ClipFiles, Settings, open_dataset, read_clip, read_header
from synapt.generator.dataset.format import check_same, header_path, metadata_path
from synapt.generator.dataset.index import hashed, kept_header, read_rows, write_rows
from synapt.generator.dataset.labels_file import load_arrays, save_arrays
from synapt.generator.jobs import remake
from synapt.generator.verbs import tell
from synapt.generator.verbs.facts import facts
from synapt.generator.verbs.labelled import preview_labels

NEW_ARRAYS = ("roles", "acting", "contacts_role")
NEW_COLUMNS = ("people", "bystanders")


@pytest.fixture
def old(tmp_path):
    """Three clips as version 5 wrote them, and the labels that they hold."""
    root = tmp_path / "old"
    write_dataset(root, 3)
    wanted = [read_clip(root, "calm", index) for index in range(3)]
    rows = read_rows(metadata_path(root))
    for row in rows:
        files = ClipFiles(root, "calm", row["index"])
        spec = one_person({**json.loads(files.spec.read_text()), "version": 5})
        files.spec.write_text(json.dumps(spec, indent=1))
        save_arrays(files.labels, {name: array for name, array in load_arrays(files.labels).items() if name not in NEW_ARRAYS})
        row |= hashed(files.all(("mask",)))
        for name in NEW_COLUMNS:
            del row[name]
    edit_header(root, schema=1, spec_version=5)
    write_rows(metadata_path(root), rows, read_header(root))
    return root, wanted


def test_the_test_writes_what_version_5_wrote(old):
    root, _ = old
    files = ClipFiles(root, "calm", 0)
    spec = json.loads(files.spec.read_text())
    assert {"body", "look", "motion"} < set(spec) and not {"performance", "performers", "bystanders"} & set(spec)
    assert list(spec["motion"]) == [
        "params", "amplitude", "tempo", "side", "style", "idle_before_s", "idle_after_s", "start_phase", "heading_rad",
        "phases_rad",
    ]  # fmt: skip
    assert not set(NEW_ARRAYS) & set(load_arrays(files.labels))
    assert json.loads(header_path(root).read_text())["schema"] == 1


def test_it_is_opened_and_each_clip_has_one_person_who_acts(old):
    root, wanted = old
    data = open_dataset(root)
    assert (data.header.schema, data.header.spec_version, len(data)) == (1, 5, 3)
    for position, (row, before) in enumerate(zip(data, wanted, strict=True)):
        clip = data.clip(position)
        assert [(p.role, p.acting) for p in clip.labels.people] == [("a", True)] and clip.labels.acting == clip.labels.people
        assert bits(clip.labels) == bits(before.labels) and np.array_equal(clip.frames, before.frames)
        assert {contact.role for contact in clip.labels.contacts} == {"a"}
        assert clip.spec.performers == before.spec.performers and clip.spec.performance == before.spec.performance
        assert (clip.spec.version, clip.spec.bystanders, clip.spec.roles) == (5, (), ("a",))
        assert row["identity"] == clip.spec.performers[0].body.identity
    assert [clip.labels.people[0].role for clip in synapt.open_dataset(root)] == ["a"] * 3
    assert kept_header(metadata_path(root)) == data.header


def test_it_is_shown_and_told(old):
    root, _ = old
    film, sheet = preview_labels(root, ("all",), 3, None)
    assert film.is_file() and sheet.is_file()
    said = facts(open_dataset(root))
    assert (said["people"], said["clips"], said["spec_version"]) == (1, 3, 5)
    assert tell.dataset(open_dataset(root))


def test_verify_finds_nothing_wrong_and_still_finds_harm(old):
    root, _ = old
    report = check_dataset(root, 8)
    assert [problem for problem in report.problems if problem.cure != "nothing"] == []
    assert (report.checked, report.broken, report.strays, report.version) == (3, (), (), 5)
    files = ClipFiles(root, "calm", 1)
    save_arrays(files.labels, {**load_arrays(files.labels), "joints_px": load_arrays(files.labels)["joints_px"] + 1.0})
    assert {problem.clip for problem in check_dataset(root, 0).problems if problem.cure != "nothing"} == {"calm-000001"}


def test_nothing_of_another_version_is_added_to_it(old, monkeypatch):
    root, _ = old
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(UserError, match="was made by spec version 5, this is 8: give another --out"):
        check_same(root, read_header(root), Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0))
    monkeypatch.setattr("synapt.generator.setup.prepare.prepare", lambda *_: None)  # what is done once per machine is none of it
    words = (
        "render",
        "--action",
        "walking",
        "--n",
        "1",
        "--quality",
        "draft",
        "--size",
        "64x48",
        "--fps",
        "15",
        "--out",
        str(root),
    )
    done = CliRunner().invoke(cli, words)
    assert isinstance(done.exception, UserError) and "was made by spec version 5, this is 8: give" in str(done.exception)
    assert "\n" not in str(done.exception)
    with pytest.raises(UserError, match="spec version 5, this is 8"):
        remake(root, [("calm", 0)], workers=1, maker="made_up:maker")
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("schema", [0, 3, 99])
def test_other_schemas_are_told(old, schema):
    root, _ = old
    edit_header(root, schema=schema)
    with pytest.raises(UserError, match=rf"has dataset schema {schema}, this version reads 1 and 2"):
        read_header(Path(root))
