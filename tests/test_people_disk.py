"""Several people on disk: each has a file of their own, in the same form, and none can be lost, damaged or mistaken unseen."""

import hashlib
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import msgspec
import numpy as np
import pytest
from made_dataset import edited
from made_up import bits, make_clip, make_labels
from synapt.generator.base.errors import UserError
from synapt.generator.base.ranges import ROLES
from synapt.generator.checks.verify import check_dataset
from synapt.generator.dataset import ClipFiles, Settings, open_dataset, read_clip, read_labels, write_clip
from synapt.generator.dataset.alike import differing
from synapt.generator.dataset.format import metadata_path
from synapt.generator.dataset.index import factors, identities, read_rows, write_rows
from synapt.generator.dataset.labels_file import load_arrays, save_arrays
from synapt.generator.dataset.together import clip_measures, round_all
from synapt.generator.jobs import Request, remake, render_many
from synapt.generator.verbs.facts import facts

SETTINGS = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)
OF_AMASS = {"trans", "betas", "gender"}
"""Of its arrays, those that made-up people have."""


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    root = tmp_path_factory.mktemp("rendered")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        render_many(Request(root, SETTINGS, ("pair",), 3, ("mask", "person"), workers=1, maker="made_up:paired"))
    return root


@pytest.fixture
def dataset(rendered, tmp_path, monkeypatch):
    """Three clips of two people each, to be harmed."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    return copytree(rendered, tmp_path, dirs_exist_ok=True)


def files_of(root, index=1):
    return ClipFiles(root, "pair", index)


def forget_hashes(root):
    rows = [{k: v for k, v in row.items() if not k.startswith("sha256_")} for row in read_rows(metadata_path(root))]
    write_rows(metadata_path(root), rows)


@pytest.mark.parametrize("roles", [("a",), ("a", "b"), ("a", "b", "bystander-1"), ROLES])
def test_people_come_back_as_they_went_each_from_a_file_of_their_own(tmp_path, roles):
    clip = make_clip(roles=roles)
    clip = replace(clip, labels=replace(clip.labels, people=tuple(
        replace(person, acting="bystander" not in person.role) for person in clip.labels.people
    )))  # fmt: skip
    row = write_clip(tmp_path, clip, class_id=5)
    back = read_clip(tmp_path, "waving_a_hand", 3)
    assert back.spec == clip.spec and bits(back.labels) == bits(clip.labels)
    assert [(p.role, p.acting) for p in back.labels.people] == [(p.role, p.acting) for p in clip.labels.people]
    assert back.labels.contacts == clip.labels.contacts and differing(back.labels, clip.labels) == []
    files = ClipFiles(tmp_path, "waving_a_hand", 3)
    assert {path.name for path in files.labels.parent.iterdir()} == {
        "waving_a_hand-000003.npz",
        *(f"waving_a_hand-000003.{role}.npz" for role in roles[1:]),
        *(f"waving_a_hand-000003.{name}.npz" for name in clip.labels.dense),
    }
    for person in clip.labels.people[1:]:
        path = files.person(person.role)
        with np.load(path) as arrays:
            assert OF_AMASS < set(arrays) and np.array_equal(arrays["trans"], person.body["trans"])
            assert not {"phase", "K_px", "action", "roles", "contacts_s"} & set(arrays)  # the clip's are said once
        assert row[f"sha256_labels_{person.role}"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert {name for name in row if name.startswith("sha256_labels_")} == {f"sha256_labels_{role}" for role in roles[1:]}


def test_a_difference_of_a_further_person_is_told_with_their_role():
    labels = make_clip(roles=("a", "b")).labels
    first, second = labels.people
    changed = replace(second, joints_px=second.joints_px + 0.01)
    assert differing(labels, replace(labels, people=(first, changed))) == ["b's joints_px"]
    assert set(differing(labels, replace(labels, people=(first,)))) >= {"roles", "acting", "b's joints_px"}


def test_a_good_dataset_of_pairs_has_no_problems_and_no_strays(dataset):
    report = check_dataset(dataset, 0)
    assert (report.problems, report.strays, report.checked) == ((), (), 3)


def cut(root):
    path = files_of(root).person("b")
    path.write_bytes(path.read_bytes()[:-200])


def put(root, role=None, **arrays):
    path = files_of(root).person(role) if role else files_of(root).labels
    save_arrays(path, {**load_arrays(path), **arrays})


def arrays_of(root, role=None):
    return load_arrays(files_of(root).person(role) if role else files_of(root).labels)


def shorter(root):
    arrays = arrays_of(root, "b")
    put(root, "b", **{name: array[:-1] for name, array in arrays.items() if array.shape[:1] == (12,)})


HARMS = {
    "pair-000001.b.npz is missing or broken": lambda root: files_of(root).person("b").unlink(),
    "pair-000001.b.npz is missing or broken ": cut,
    "pair-000001.b.npz is missing or broken (coco_px": lambda root: put(root, "b", coco_px=np.zeros((12, 3, 2))),
    "different numbers of frames: [11, 12]": shorter,
    "pair-000001.npz is missing or broken (roles": lambda root: put(root, roles=np.array(["a", "../../b"])),
    "pair-000001.npz is missing or broken (roles: ": lambda root: put(root, roles=np.array(["a", "/etc/passwd"])),
    "two people have one role": lambda root: put(root, roles=np.array(["a", "a"])),
    "pair-000001.npz is missing or broken (acting": lambda root: put(root, acting=np.array([True])),
    "pair-000001.npz is missing or broken (acting is": lambda root: put(root, acting=np.array([1.0, 1.0])),
    "a contact of 'c', who is not among its people": lambda root: put(root, contacts_role=np.array(["a", "c"])),
    "its labels are of a, its spec is of a, b": lambda root: put(root, roles=np.array(["a"]), acting=np.array([True]),
                                                                   contacts_role=np.array(["a", "a"])),
    "its labels are of a, b (not acting), its spec is of a, b": lambda root: put(root, acting=np.array([True, False])),
    "its joints are not where its camera sees them": lambda root: put(root, "b", joints_px=arrays_of(root, "b")["joints_px"] + 1),
    "its boxes are not round the person": lambda root: put(root, "b", box_px=arrays_of(root)["box_px"]),
    "its boxes are not round": lambda root: save_arrays(
        files_of(root).dense("person"), {"person": 3 - load_arrays(files_of(root).dense("person"))["person"]}
    ),
}  # fmt: skip


@pytest.mark.parametrize("hashed", [True, False])
@pytest.mark.parametrize("words", HARMS)
def test_harm_to_anybody_is_found_and_cured_with_the_same_bytes(dataset, words, hashed):
    whole = {path: path.read_bytes() for path in dataset.rglob("pair-*") if path.is_file()}
    if not hashed:
        forget_hashes(dataset)
    HARMS[words](dataset)
    report = check_dataset(dataset, 0)
    assert {problem.clip for problem in report.problems} == {"pair-000001"}, report.problems
    assert words in " / ".join(problem.what for problem in report.problems)
    assert report.broken == (("pair", 1),)
    remake(dataset, report.broken, workers=1, maker="made_up:paired")
    assert {path: path.read_bytes() for path in dataset.rglob("pair-*") if path.is_file()} == whole
    assert check_dataset(dataset, 0).problems == ()


def test_what_agrees_with_itself_is_found_by_the_hash_of_its_own_file(dataset):
    """Somebody fatter: no other label follows from it."""
    put(dataset, "b", betas=np.ones(16))
    (problem,) = check_dataset(dataset, 0).problems
    assert (problem.clip, problem.what) == ("pair-000001", "not what was written: its labels_b (SHA-256 differs)")


def test_an_index_made_anew_from_the_files_says_the_same(dataset):
    """With the hash of each one's file, by which harm to it is found."""
    before = read_rows(metadata_path(dataset))
    assert all(row["sha256_labels_b"] == hashlib.sha256(files_of(dataset, row["index"]).person("b").read_bytes()).hexdigest()
               for row in before)  # fmt: skip
    metadata_path(dataset).unlink()
    remake(dataset, (), workers=1, maker="made_up:paired")
    after = read_rows(metadata_path(dataset))
    assert [{name: repr(value) for name, value in row.items()} for row in after] == [
        {name: repr(value) for name, value in row.items()} for row in before
    ]  # one measure is NaN, which equals nothing


@pytest.mark.parametrize("role", ["../b", "mask", "b/../../x", "", "e", "bystander-0", "bystander-9", "b\n", "A"])
def test_a_role_that_is_none_leads_to_no_file(dataset, role):
    put(dataset, roles=np.array(["a", role]))
    with pytest.raises(UserError, match=r"pair-000001\.npz is missing or broken \(roles: ") as caught:
        read_labels(files_of(dataset))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("changes", [
    {"performers__1__role": "a"}, {"performers__1__role": "../b"}, {"performers": []}, {"performers__1__role": "bystander-9"},
])  # fmt: skip
def test_a_spec_of_such_people_is_broken(dataset, changes):
    path = files_of(dataset).spec
    path.write_bytes(msgspec.json.encode(edited(msgspec.json.decode(path.read_bytes()), changes)))
    (problem,) = check_dataset(dataset, 0).problems
    assert problem.clip == "pair-000001" and "pair-000001.json is missing or broken" in problem.what


def test_columns_of_a_further_performer_are_called_by_their_role(dataset):
    rows = open_dataset(dataset).rows
    clip = read_clip(dataset, "pair", 0)
    first, second = clip.spec.performers
    assert (rows[0]["identity"], rows[0]["b_identity"]) == (first.body.identity, second.body.identity) == ("id-17", "id-18")
    own = {name.removeprefix("b_") for name in rows[0] if name.startswith("b_")}
    assert own == {
        "identity", "body_model", "sex", "age_years", "shape_height", "shape_weight", "skin_melanin", "hair", "garments",
        "fabrics", "style", "amplitude",
    }  # fmt: skip
    assert own <= set(rows[0]) and rows[0]["people"] == 2 and rows[0]["bystanders"] == ""
    assert {name: value for name, value in rows[0].items() if name in factors(clip.spec)} == factors(clip.spec)
    assert identities(rows) == {"id-17", "id-18"} and facts(open_dataset(dataset))["people"] == 2


def test_a_measure_of_a_clip_is_the_worst_that_any_of_those_who_act_has():
    labels = make_labels(np.random.default_rng(0), 4, dense=False, roles=("a", "b", "bystander-1"))
    a, b, other = labels.people
    a = replace(a, measures={"foot_slide_m": 0.1, "acting_visible": 0.9, "only_a": 1.0})
    b = replace(b, measures={"foot_slide_m": 0.3, "acting_visible": 0.2})
    other = replace(other, acting=False, measures={"foot_slide_m": 9.0, "acting_visible": 0.0})
    for people in ((a, b, other), (b, a, other)):
        measured = clip_measures(replace(labels, people=people))
        assert measured == {"foot_slide_m": 0.3, "acting_visible": 0.2, "only_a": 1.0}


def test_a_box_round_all_is_round_those_who_are_seen():
    nan = [np.nan] * 4
    boxes = [np.array([[1, 2, 3, 4], nan, nan], float), np.array([[2, 1, 9, 3], [5, 5, 6, 6], nan], float)]
    np.testing.assert_array_equal(round_all(boxes), [[1, 1, 9, 4], [5, 5, 6, 6], nan])
