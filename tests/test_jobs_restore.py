"""A lost or broken dataset.json comes back as it was, from the index or from the clips."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from synapt.generator.base.errors import UserError
from synapt.generator.checks.verify import check_dataset
from synapt.generator.dataset import ClipFiles, Settings, open_dataset, read_header
from synapt.generator.dataset.format import header_path, metadata_path
from synapt.generator.dataset.index import read_rows, write_rows
from synapt.generator.jobs import Request, render_many, restore

SETTINGS = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)


def request(root, actions=("calm", "raises"), n=2, **more):
    return Request(root, SETTINGS, actions, n, **{"dense": ("mask",), "workers": 1, "maker": "made_up:maker"} | more)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    """Classes that are not in order of the alphabet, and a clip that was set aside."""
    root = tmp_path_factory.mktemp("rendered")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        render_many(request(root, ("raises",)))
        render_many(request(root))
    assert list(read_header(root).classes.items()) == [("raises", 0), ("calm", 1)]
    assert list(read_header(root).quarantined) == ["raises-000001"]
    return root


@pytest.fixture
def dataset(rendered, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    return shutil.copytree(rendered, tmp_path / "data")


HARMS = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "half": lambda path: path.write_bytes(path.read_bytes()[:100]),
    "a list": lambda path: path.write_bytes(b"[1]"),
    "nothing in it": lambda path: path.write_bytes(b"{}"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_lost_header_is_restored_from_the_index(dataset, harm):
    whole, header = header_path(dataset).read_bytes(), read_header(dataset)
    assert not restore(dataset)
    HARMS[harm](header_path(dataset))
    with pytest.raises(UserError, match=r"dataset.json is (missing|broken).* run `synapt verify --fix .*restores it"):
        read_header(dataset)
    assert restore(dataset).startswith(f"{header_path(dataset)} is {'missing' if harm == 'missing' else 'broken ('}")
    assert read_header(dataset) == header and header_path(dataset).read_bytes() == whole


@pytest.mark.parametrize("index", ["whole", "without a copy", "lost"])
def test_the_same_render_restores_it_too_and_makes_nothing_twice(dataset, index):
    header, clips = read_header(dataset), {path: path.read_bytes() for path in dataset.rglob("calm-*") if path.is_file()}
    header_path(dataset).unlink()
    if index == "lost":
        metadata_path(dataset).unlink()
    elif index != "whole":
        write_rows(metadata_path(dataset), read_rows(metadata_path(dataset)))
    if index != "whole":
        with pytest.raises(UserError, match=r"is missing, and its copy .*run the `synapt render` command that made it again"):
            restore(dataset)
        assert not header_path(dataset).exists()
    outcome = render_many(request(dataset, ("calm",)))
    assert (outcome.made, outcome.found) == (0, 2)
    # of a made-up action nobody but the header says which class its mirror image is, nor that one without clips was asked for
    unknown = replace(header, sided=None, asked={"calm": 2})
    assert read_header(dataset) == (header if index == "whole" else unknown)
    assert {path: path.read_bytes() for path in clips} == clips
    assert [row["class_id"] for row in open_dataset(dataset)] == [1, 1, 0]


@pytest.mark.parametrize("change", [{"seed": 1}, {"width_px": 32}, {"fps": 10.0}, {"recipe": "makehuman"}, {"body": "smplx"}])
def test_clips_of_other_settings_are_not_taken_over(dataset, change):
    header_path(dataset).unlink()
    metadata_path(dataset).unlink()
    with pytest.raises(UserError, match=f"holds clips of {next(iter(change))} "):
        render_many(replace(request(dataset), settings=replace(SETTINGS, **change)))
    assert not header_path(dataset).exists()


def test_the_copy_in_the_index_holds_what_the_clips_do_not(dataset):
    """The renderer and its quality are in no spec."""
    header_path(dataset).unlink()
    with pytest.raises(UserError, match="holds clips of quality draft, not high"):
        render_many(replace(request(dataset), settings=replace(SETTINGS, quality="high")))


def test_a_class_that_came_after_the_copy_is_found(dataset):
    index = metadata_path(dataset).read_bytes()
    render_many(request(dataset, ("brave",)))
    metadata_path(dataset).write_bytes(index)  # as after a kill within the first minute
    header_path(dataset).unlink()
    assert restore(dataset)
    assert read_header(dataset).classes == {"raises": 0, "calm": 1, "brave": 2}
    assert not check_dataset(dataset, 0).strays


def test_broken_specs_and_labels_are_no_hindrance(dataset):
    header = read_header(dataset)
    header_path(dataset).unlink()
    metadata_path(dataset).unlink()
    ClipFiles(dataset, "calm", 0).spec.write_bytes(b"{")
    ClipFiles(dataset, "calm", 0).labels.write_bytes(b"PK")
    assert render_many(request(dataset, ("calm",))).made == 1
    assert read_header(dataset) == replace(header, sided=None, asked=read_header(dataset).asked)


def test_a_folder_of_something_else_is_still_refused(tmp_path):
    (tmp_path / "clips").mkdir()
    with pytest.raises(UserError, match="is not a dataset, but has clips"):
        render_many(request(tmp_path))
    with pytest.raises(UserError, match="is not a dataset"):
        restore(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["clips"]
