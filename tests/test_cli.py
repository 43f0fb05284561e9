"""The command line: quick, exact about names, one line and exit code 2 for what a user can put right."""

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import forked
import pytest
from made_dataset import contents
from synapt.cli import main
from synapt.generator import names
from synapt.generator.actions import ACTIONS
from synapt.generator.base.errors import UserError
from synapt.generator.dataset import open_dataset, read_header
from synapt.generator.jobs import Request, render_many
from synapt.generator.pipeline import make_clip
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from synapt.generator.setup import doctor
from synapt.generator.setup.prepare import prepare
from synapt.generator.stream import StreamSettings, clip_at, provenance, twins
from synapt.generator.verbs import tell

SYNAPT = str(Path(sys.executable).with_name("synapt"))
DRAFT = ("--action", "waving", "--quality", "draft", "--size", "64", "--fps", "5")


def synapt(*words, **more):
    return subprocess.run([SYNAPT, *map(str, words)], capture_output=True, text=True, timeout=280, **more)


def test_help_is_quick_and_names_every_verb():
    synapt("--help")  # fills the disk's cache
    start = time.perf_counter()
    said = synapt("--help").stdout
    assert time.perf_counter() - start < 0.6  # 0.3 s on an idle machine; tests share theirs
    for verb in ("render", "info", "verify", "preview", "actions", "doctor", "prepare", "licenses"):
        assert re.search(rf"^  {verb} ", said, re.MULTILINE)


def test_no_words_at_all_show_the_help():
    done = synapt()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == synapt("--help").stdout


def test_help_loads_nothing_heavy():
    code = """import sys
sys.argv = ["synapt", "--help"]
from synapt.cli import main
try:
    main()
finally:
    print(*sys.modules)"""
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.split()
    assert "synapt.cli" in loaded
    assert not {"numpy", "numba", "torch", "bpy", "rich", "msgspec", "av"} & set(loaded)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("render",), "no action was named"),
        (("render", "--action", "wavign"), "did you mean .*waving"),
        (("render", "--set", "gestre"), "did you mean gesture"),
        (("render", "--action", "waving", "--n", "0"), "0 is not from 1 to 1,000,000"),
        (("render", "--action", "waving", "--n", "-3"), "-3 is not from 1 to 1,000,000"),
        (("render", "--action", "waving", "--n", "many"), "many"),
        (("render", "--action", "waving", "--size", "255"), "256x256"),
        (("render", "--action", "waving", "--size", "big"), "320x240"),
        (("render", "--action", "waving", "--fps", "0"), "is not from 1 to 240"),
        (("render", "--action", "waving", "--quality", "best"), "unknown quality 'best'"),
        (("render", "--action", "waving", "--backend", "blendr"), "did you mean blender"),
        (("render", "--action", "waving", "--backend", "no:where"), "could not be loaded|unknown backend"),
        (("render", "--action", "waving", "--recipe", "standrd"), "did you mean standard"),
        (("render", "--action", "waving", "--recipe", "none.toml"), "there is no recipe .*none.toml"),
        (("render", "--action", "waving", "--quality", "draft", "--recipe", "makehuman"), "needs MakeHuman's assets"),
        (("render", "--action", "waving", "--body", "smplex"), "did you mean smplx"),
        (("render", "--action", "waving", "--labels", "mask,dept"), "did you mean depth"),
        (("render", "--action", "waving", "--workers", "0"), "0 is not from 1 to [0-9]+"),
        (("verify", "nowhere", "--sample", "-1"), "-1 is not from 0 to 1,000,000"),
        (("verify", "nowhere", "--workers", "0"), "0 is not from 1 to [0-9]+"),
        (("render", "--acton", "waving"), "--action"),
        (("rendr",), "rendr"),
        (("info",), "synapt info --help"),
        (("render", "--action", "xyz"), "none of the [0-9]+ names is similar .`synapt actions` lists all"),
        (("render", "--action", "bureaucracy"), "unknown action 'bureaucracy': none of the [0-9]+ names is similar"),
        (("render", "--action", ":x"), "unknown action"),
        (("render", "--action", "my_moves:X"), r"No module named 'my_moves': it is not installed, and no my_moves\.py lies in /"),
        (("render", "--action", "waving", "--with", "age_years=60..80"), "did you mean body.age_years"),
        (("preview", "--action", "waving", "--with", "camera.fil=1"), "did you mean camera.fill"),
        (("preview", "--action", "waving", "--view", "fornt"), "unknown view 'fornt': did you mean front"),
        (("preview", "--action", "waving", "--size", "5"), "choose from 16 to 4096 pixels"),
        (("preview", ".", "--view", "front"), "--size, --view and --with are for drafted clips"),
        (("recipes", "show", "standrd"), "did you mean standard"),
        (("render", "--action", "waving", "--backend", ".x:y"), "could not be loaded"),
        (
            ("render", "--action", "waving", "--seed", "99999999999999999999"),
            "is not from -9,223,372,036,854,775,808 to 9,223,372,036,854,775,807",
        ),
        (("actions", "--show", "wavign"), "waving"),
        (("actions", "--tag", "nothing"), "no set or tag"),
        (("preview",), "name either"),
        (("info", "nowhere"), "no dataset"),
        (("verify", "nowhere"), "no dataset"),
        (("preview", "nowhere"), "is not there"),
    ],
)
def test_mistakes_are_one_line_and_code_2(tmp_path, words, message):
    done = forked.synapt(*words, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("synapt: ")
    assert re.search(message, done.stderr)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("out", ["/proc/nothing", "/dev/null", "/dev/null/deeper", "x" * 300])
def test_impossible_folders_are_one_line_and_code_2(tmp_path, out):
    done = synapt("render", *DRAFT, "--out", out, cwd=tmp_path)
    *plan, line = done.stderr.splitlines()
    assert done.returncode == 2 and line.startswith("synapt: cannot write"), done.stderr
    assert len(plan) in (0, 3)  # what the system alone knows comes out when the work begins


def test_a_link_to_nowhere_is_said_to_be_in_the_way(tmp_path):
    (tmp_path / "link").symlink_to("nowhere")
    done = synapt("render", *DRAFT, "--out", tmp_path / "link")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "exists and is not a folder" in done.stderr


def test_ctrl_c_in_the_middle_of_an_import_is_one_line(tmp_path):
    (tmp_path / "early.py").write_text("""
class Field:
    def __set_name__(self, owner, name):
        raise KeyboardInterrupt

class Ranges:
    kinds = Field()
""")
    code = "import sys; sys.argv = ['synapt', 'render', '--action', 'early:IT']; from synapt.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr.count("\n")) == (130, 1), done.stderr
    assert "stopped" in done.stderr


def test_a_cache_that_cannot_be_written_is_one_line(tmp_path):
    code = """
import sys
from synapt.generator import names

def refuse(*_):  # numba's words where neither cache nor sources can be written, as for another user
    raise RuntimeError("cannot cache function 'fill': no locator available for file 'x.py'")

names.actions = refuse
sys.argv = ["synapt", "render", "--action", "waving"]
from synapt.cli import main
main()
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "set SYNAPT_CACHE" in done.stderr


@pytest.mark.parametrize("word", ["actions", "--help"])
def test_a_full_disk_under_the_output_is_one_line(word):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([SYNAPT, word], stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert done.stderr.startswith("synapt: the output: No space left on device; free space there")


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (OSError(errno.EROFS, "x", "/a/b"), "/a/b: Read-only file system; choose a folder that can be written, then"),
        (OSError(errno.EACCES, "x", "/a", None, "/b"), "/a and /b: Permission denied; see whether it is there, and yours"),
        (OSError(errno.EMFILE, "x"), "Too many open files; raise the limit"),
        (OSError("odd"), "the output: odd; see"),
    ],
)
def test_whatever_the_system_refuses_is_one_line(tmp_path, error, line, monkeypatch, capsys):
    def refuse(*_):
        raise error

    monkeypatch.setattr("synapt.generator.names.tagged", refuse)
    monkeypatch.setattr("synapt.generator.base.exits._drop_output", lambda: None)  # of the test's own output
    monkeypatch.setattr(sys, "argv", ["synapt", "actions"])
    with pytest.raises(SystemExit, match="2"):
        main()
    said = capsys.readouterr().err
    assert said.startswith("synapt: ") and said.count("\n") == 1 and line in said


def test_a_cache_where_nothing_can_be_written_is_told_before_anything_is_made(tmp_path):
    (tmp_path / "file").touch()
    environment = {**os.environ, "SYNAPT_CACHE": str(tmp_path / "file")}
    environment.pop("NUMBA_CACHE_DIR", None)
    done = synapt("render", *DRAFT, "--out", tmp_path / "data", env=environment)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert re.search(r"cannot write to the cache folder .*file .Not a directory.*set SYNAPT_CACHE", done.stderr)
    assert not (tmp_path / "data").exists()


@pytest.mark.slow
def test_workers_do_not_import_a_folder_of_our_name_where_the_command_is_run(tmp_path):
    (tmp_path / "synapt").mkdir()
    (tmp_path / "synapt" / "__init__.py").write_text("raise SystemExit('the wrong one')")
    made = synapt("render", *DRAFT, "--n", 1, "--out", "clips", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    drawn = synapt("shapes", "--n", 1, "--size", 32, "--frames", 4, "--out", "shapes", cwd=tmp_path)
    assert drawn.returncode == 0, drawn.stderr


def test_a_cache_that_cannot_be_read_is_told_by_the_doctor(monkeypatch):
    def refuse():
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/closed/body.npz")

    monkeypatch.setattr("synapt.generator.body.prepared.is_prepared", refuse)
    with pytest.raises(UserError, match=r"/closed/body\.npz.*set SYNAPT_CACHE"):
        prepare("anny")
    found = doctor._body()
    assert not found.ok and "set SYNAPT_CACHE" in found.note


def test_the_doctor_ends_with_a_verdict(monkeypatch, capsys):
    bad = doctor.Check("H.264", False, True, "no x264: reinstall PyAV")
    extra, body = doctor.Check("extra smplx", False, False, "not there"), doctor.Check(doctor.BODY, False, False, "run prepare")
    good = doctor.Check("H.264", True, True, "works")
    assert doctor.verdict([good, extra]) == "ready: `synapt render --action waving --n 4 --out data`"
    assert doctor.verdict([good, body]).startswith("ready: ") and "the first render prepares the bodies" in doctor.verdict([body])
    assert doctor.verdict([bad, extra, body]) == "not ready: H.264: no x264: reinstall PyAV"
    for checks, code, words in (([good, extra], 0, "ready: "), ([good, bad], 1, "not ready: H.264")):
        monkeypatch.setattr(doctor, "examine", lambda checks=checks: checks)
        monkeypatch.setattr(sys, "argv", ["synapt", "doctor"])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == code and capsys.readouterr().out.splitlines()[-1].startswith(words)


OWN = """
from dataclasses import replace
from synapt.generator.actions import find_action
HELLO = replace(find_action("waving"), name="hello", aliases=())
OTHER = replace(HELLO, caption="greets")
WAVING = replace(HELLO, name="waving")
KICKING = replace(HELLO, name="kicking")
ODD = replace(HELLO, name="Say hello")
def hello(s): ...
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    (tmp_path / "mine.py").write_text(OWN)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    sys.modules.pop("mine", None)


def test_an_action_of_ones_own_is_a_class_under_its_own_name(own):
    words = ("render", "--action", "mine:HELLO", *DRAFT[2:], "--workers", 1, "--out", own / "data", "--n")
    done = synapt(*words, 1)
    assert done.returncode == 0, done.stderr
    more = synapt(*words, 2)
    assert more.returncode == 0 and "2 clips there, 1 made now" in more.stdout
    header = read_header(own / "data")
    assert (header.classes, header.sources) == ({"hello": 0}, {"hello": "mine:HELLO"})
    assert [row["file_name"] for row in open_dataset(own / "data")] == [f"clips/hello/hello-00000{k}.mp4" for k in (0, 1)]
    (own / "data" / "specs" / "hello" / "hello-000001.json").unlink()
    (own / "data" / "dataset.json").unlink()
    refused = synapt("verify", own / "data", "--fix", "--workers", 1)
    assert refused.returncode == 2 and "allow it with SYNAPT_ACTIONS=mine:HELLO" in " ".join(refused.stderr.split())
    named = {**os.environ, "SYNAPT_ACTIONS": "mine:HELLO"}
    fixed = synapt("verify", own / "data", "--fix", "--workers", 1, env=named)
    assert fixed.returncode == 0 and "2 clips checked, 0 problems" in fixed.stdout, fixed.stdout + fixed.stderr
    assert open_dataset(own / "data").clip(1).spec.source == "mine:HELLO" and read_header(own / "data") == header
    with pytest.raises(UserError, match="the actions mine:HELLO and mine:OTHER are both called 'hello': rename one"):
        render_many(Request(own / "data", header.settings, names.actions(("mine:OTHER",), ()), 1))


def test_an_action_of_ones_own_is_streamed_and_has_twins(own):
    settings = StreamSettings((names.action("mine:HELLO"), "kick"), width_px=48, height_px=48, fps=4.0)
    clips = [clip_at(settings, number) for number in range(2)]
    assert {(clip.labels.action, clip.labels.class_id) for clip in clips} == {("hello", 0), ("kicking", 1)}
    assert provenance(settings, 2).classes == {"hello": 0, "kicking": 1}
    one, by_path = (twins(name, 0, 0, "camera", 1, settings)[0] for name in ("hello", "mine:HELLO"))
    assert one.spec == by_path.spec and one.labels.class_id == 0
    assert make_clip(one.spec, backend="raster", quality="draft").labels.caption == one.labels.caption


def test_actions_of_ones_own_in_the_environment_go_by_their_names(own, monkeypatch):
    with pytest.raises(UserError, match="unknown action 'hello'"):
        names.action("hello")
    monkeypatch.setenv("SYNAPT_ACTIONS", "mine:HELLO")
    assert (names.action("Hello"), names.action("mine:HELLO")) == ("hello", "mine:HELLO")
    by_name, by_path = (sample(name, load_recipe("standard"), 0, 0) for name in ("hello", "mine:HELLO"))
    assert by_name == by_path and (by_name.action, by_name.source) == ("hello", "mine:HELLO")
    with pytest.raises(UserError, match="did you mean hello"):
        names.action("helo")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("WAVING", "mine:WAVING is called 'waving' like one of the library: give it another name"),
        ("KICKING", "is called 'kicking' like one of the library"),
        ("ODD", "is called 'Say hello', which names a folder: use a-z, 0-9 and _ only"),
        ("hello", "'mine:hello' is of type function, not an Action: name a constant like KNOCKING = Action"),
        ("NONE", "could not be loaded"),
    ],
)
def test_what_is_no_action_or_is_called_like_another_is_refused(own, name, line):
    with pytest.raises(UserError, match=line):
        names.actions((f"mine:{name}",), ())
    assert names.action("synapt.generator.actions.sports.kicks:KICKING") == "kicking"


def test_a_missing_model_file_is_one_line(tmp_path):
    environment = {**os.environ, "SYNAPT_SMPLX_DIR": str(tmp_path)}
    done = synapt("render", "--action", "waving", "--body", "smplx", "--out", tmp_path / "data", env=environment)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "smpl-x.is.tue.mpg.de" in done.stderr


def test_actions_are_listed_and_shown():
    listed = synapt("actions")
    assert listed.returncode == 0
    assert "waving_a_hand" in listed.stdout
    for name in ACTIONS:
        text = " ".join(str(cell) for column in tell.one_action(name).columns for cell in column.cells)
        assert not re.search(r"[{}=()]|Range|Choice", text), text
    cells = list(tell.one_action("picking").columns[1].cells)
    assert {"stoop 45 %, squat 30 %, kneel 25 %", "0.3 to 0.8 s", "knee or hanging"} <= set(cells)
    assert cells[0] == "A person picks up a bottle or can or cup or bag or backpack or box from the floor"
    assert "2 to 4, a whole number" in list(tell.one_action("waving").columns[1].cells)
    shown = synapt("actions", "--show", "Waving a hand")
    assert shown.stdout == synapt("actions", "--show", "waving").stdout
    assert "A person" in shown.stdout


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    root = tmp_path_factory.mktemp("reference") / "data"
    done = synapt("render", *DRAFT, "--n", 5, "--out", root, "--labels", "mask,flow")
    assert done.returncode == 0, done.stderr
    return root


def test_a_dataset_from_end_to_end(reference):
    data = open_dataset(reference)
    assert len(data) == 5
    assert data.header.dense == ("mask", "flow", "occlusion")
    clip = data.clip(2)
    assert clip.frames.shape[1:] == (64, 64, 3)
    assert len(clip.frames) == len(clip.labels.phase) == len(clip.labels.dense["mask"])
    verified = synapt("verify", reference, "--sample", 2)
    assert verified.returncode == 0, verified.stdout
    assert "5 clips checked, 0 problems" in verified.stdout
    info = synapt("info", reference)
    assert "waving_a_hand" in info.stdout and all(line == line.rstrip() for line in info.stdout.splitlines())
    facts = json.loads(synapt("info", reference, "--json").stdout)
    assert (facts["clips"], facts["settings"]["recipe"], facts["set_aside"]) == (5, "standard", {})
    splits = {split: sum(row["split"] == split for row in data) for split in ("train", "val", "test")}
    assert facts["classes"] == {"waving_a_hand": {"id": 0, **splits}} and facts["labels_per_pixel"] == [
        "mask",
        "flow",
        "occlusion",
    ]
    assert facts["frames"] == sum(row["frames"] for row in data) == pytest.approx(facts["seconds"] * 5.0)
    paths = synapt("preview", reference).stdout.split()
    assert paths[-1].endswith(".png")
    assert Path(paths[-1]).read_bytes().startswith(b"\x89PNG")
    assert Path(paths[0]).read_bytes().startswith(b"GIF89a")
    assert "CC0-1.0" in synapt("licenses", reference).stdout


def test_killed_without_warning_the_same_command_finishes(reference, tmp_path):
    root = tmp_path / "data"
    command = ("render", *DRAFT, "--n", 5, "--out", root, "--labels", "mask,flow")
    process = subprocess.Popen([SYNAPT, *map(str, command)], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    while not list(root.glob("clips/*/*.mp4")) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = synapt(*command)
    assert done.returncode == 0, done.stderr
    whole = {name: digest for name, digest in contents(reference).items() if not name.startswith("preview")}
    assert contents(root) == whole


@pytest.mark.parametrize(("blow", "shard"), [(signal.SIGINT, "1/1"), (signal.SIGTERM, "2/3")])
def test_interrupted_it_says_how_to_go_on(tmp_path, blow, shard):
    root = tmp_path / "data"
    command = [SYNAPT, "render", *DRAFT, "--n", "400", "--out", str(root), "--shard", shard]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    while not list(root.glob("clips/*/*.mp4")) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(blow)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert re.search(r"stopped with \d+ clips to go: run the same command to go on", said)
    assert sum(read_header(root).counts.values()) == len(list(root.glob("clips/*/*.mp4"))) < 20
    assert not list(root.glob(".lock*")) and not (root / ".work").exists()


@pytest.mark.parametrize(("text", "size"), [("256", (256, 256)), ("320x240", (320, 240)), (" 64X32 ", (64, 32))])
def test_sizes_are_read(text, size):
    assert names.size(text) == size


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        ("depth, mask", ("mask", "depth")),
        ("flow", ("flow", "occlusion")),
        ("all", ("mask", "part", "person", "depth", "normal", "flow", "occlusion")),
        ("All, mask", ("mask", "part", "person", "depth", "normal", "flow", "occlusion")),
        ("MASK,Depth", ("mask", "depth")),
    ],
)
def test_labels_are_read(text, found):
    assert names.dense(text) == found


def test_capitals_are_no_mistake():
    assert (names.quality("DRAFT"), names.backend("Raster"), names.body("Anny")) == ("draft", "raster", "anny")
    with pytest.raises(UserError, match="did you mean draft"):
        names.quality("Daft")


def test_sets_and_names_are_joined_once():
    found = names.actions(("Waving", "waving-a-hand"), ("core24",))
    assert found[0] == "waving_a_hand"
    assert len(found) == len(set(found)) == 24
    with pytest.raises(UserError, match="no action"):
        names.actions((), ())


@pytest.mark.slow
def test_blender_clips_too_are_the_same_after_a_kill(tmp_path):
    command = ("render", "--action", "waving", "--size", "64", "--fps", "3", "--n", "3", "--out")
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    assert synapt(*command, whole).returncode == 0
    process = subprocess.Popen([SYNAPT, *command, str(killed)], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    while not list(killed.glob("clips/*/*.mp4")) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert synapt(*command, killed).returncode == 0
    assert contents(killed) == contents(whole)
    assert synapt("verify", killed).returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rendr"], "no command 'rendr': did you mean render? (see `synapt --help`)"),
        (["models", "exprt"], "no command 'exprt': did you mean export? (see `synapt models --help`)"),
        (["models", "runs/ours"], "no command 'runs/ours': choose one of export (see `synapt models --help`)"),
    ],
)
def test_a_misspelt_command_is_answered_with_those_like_it(words, said, capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["synapt", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2 and capsys.readouterr().err == f"synapt: {said}\n"
