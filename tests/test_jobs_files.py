"""The files for schedulers: a shell takes them, YAML's parser and the Job's schema too, and run by hand they make the dataset."""

import os
import re
import subprocess
import sys
from pathlib import Path

import forked
import pytest
import yaml
from synapt.generator.base.errors import UserError
from synapt.generator.jobs import schedulers

WORDS = ("--action", "waving", "--n", "4", "--quality", "draft", "--size", "32", "--fps", "4", "--workers", "1")


def head(text):
    return dict(line.removeprefix("#SBATCH --").partition("=")[::2] for line in text.splitlines() if line.startswith("#SBATCH"))


def test_an_array_has_what_was_asked_for(tmp_path):
    out = tmp_path / "a b" / "data"
    more = ("--partition", "gpu", "--gpus", 2, "--cpus", 8, "--memory", 32, "--time", "1-02:30:00", "--at-once", 5)
    done = forked.synapt("jobs", "slurm", "--shards", 16, *more, "--", *WORDS, "--out", out, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == 'sbatch --dependency=afterok:"$(sbatch --parsable synapt-data.sh)" synapt-data-merge.sh\n'
    text, after = ((tmp_path / name).read_text() for name in ("synapt-data.sh", "synapt-data-merge.sh"))
    assert head(text) == {
        "job-name": "synapt-data", "array": "1-16%5", "partition": "gpu", "time": "1-02:30:00", "nodes": "1", "ntasks": "1",
        "cpus-per-task": "8", "mem": "32G", "gres": "gpu:2", "signal": "B:TERM@600", "requeue": "", "open-mode": "append",
        "output": "synapt-data-%A_%a.log",
    }  # fmt: skip
    assert f"synapt merge '{tmp_path}/a b/data.shards'/*-of-16 --out '{out}'\n" in after
    for name in ("synapt-data.sh", "synapt-data-merge.sh"):
        assert subprocess.run(["bash", "-n", str(tmp_path / name)], capture_output=True).stderr == b""


def test_what_is_no_file_of_ours_stays(tmp_path):
    (tmp_path / "mine.sh").write_text("echo mine\n")
    words = ("jobs", "slurm", "--shards", 2, "--file", "mine.sh", "--", *WORDS)
    done = forked.synapt(*words, cwd=tmp_path)
    assert done.returncode == 2 and done.stderr == "synapt: mine.sh is there, and not by `synapt jobs`: give another --file\n"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.sh"] and (tmp_path / "mine.sh").read_text() == "echo mine\n"


FAKES = {
    "synapt": f'#!/bin/bash\nexec {Path(sys.executable).with_name("synapt")} "$@"\n',
    "scontrol": '#!/bin/bash\necho "$@" >> "$REQUEUED"\n',
}


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    """Commands as a node has them; what `scontrol` was told is in the file REQUEUED."""
    (tmp_path / "bin").mkdir()
    for name, text in FAKES.items():
        (tmp_path / "bin" / name).write_text(text)
        (tmp_path / "bin" / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("REQUEUED", str(tmp_path / "requeued"))
    return tmp_path


@pytest.mark.slow
def test_the_array_run_by_hand_and_merged_is_the_dataset(cluster):
    out = cluster / "data"
    assert forked.synapt("jobs", "slurm", "--shards", 2, "--", *WORDS, "--out", out, cwd=cluster).returncode == 0
    for task in (1, 2):
        environment = {**os.environ, "SLURM_ARRAY_TASK_ID": str(task)}
        done = subprocess.run(["bash", "synapt-data.sh"], cwd=cluster, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    done = subprocess.run(["bash", "synapt-data-merge.sh"], cwd=cluster, capture_output=True, text=True)
    assert done.returncode == 0 and "4 clips of 2 datasets: all that was asked for" in done.stdout, done.stderr
    assert len(list(out.glob("clips/*/*.mp4"))) == 4 and not (cluster / "requeued").exists()


@pytest.mark.parametrize(("code", "queued"), [(0, False), (1, False), (130, True)])
def test_a_job_that_was_stopped_is_queued_again_after_its_clips_in_hand(cluster, code, queued):
    """`synapt` is a process that takes a moment to stop, as a render does."""
    slow = f'#!/bin/bash\ntrap "sleep 0.5; echo tidy; exit {code}" TERM\ntouch "$REQUEUED.begun"\nwhile :; do sleep 0.05; done\n'
    (cluster / "bin" / "synapt").write_text(slow)
    plan = schedulers.Plan(("--action", "waving"), cluster / "data", 3, 0, "01:00:00", 1, 1, 0, "", False)
    (cluster / "job.sh").write_text(schedulers.slurm(plan, "", ""))
    environment = {**os.environ, "SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_JOB_ID": "77"}
    job = subprocess.Popen(["bash", "job.sh"], cwd=cluster, env=environment, stdout=subprocess.PIPE, text=True)
    while not (cluster / "requeued.begun").exists():
        assert job.poll() is None
    job.terminate()
    said, _ = job.communicate(timeout=60)
    assert (job.returncode, said) == (code, "tidy\n")
    assert (cluster / "requeued").exists() == queued
    if queued:
        assert (cluster / "requeued").read_text() == "requeue 77_3\n"


def test_an_indexed_job_is_what_kubernetes_takes(tmp_path):
    more = ("--image", "reg.example/synapt:0.1", "--claim", "films:/data", "--node", "pool=a100", "--gpus", 1, "--at-once", 4)
    done = forked.synapt("jobs", "k8s", "--shards", 16, *more, "--", *WORDS, "--out", "/data/My Clips", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "kubectl apply -f synapt-my-clips.yaml",
        "kubectl wait --for=condition=complete --timeout=-1s job/synapt-my-clips && kubectl apply -f synapt-my-clips-merge.yaml",
    ]
    job, after = (yaml.safe_load((tmp_path / f"synapt-my-clips{end}.yaml").read_text()) for end in ("", "-merge"))
    for one in (job, after):
        essentials(one)
    spec = job["spec"]
    assert (spec["completionMode"], spec["completions"], spec["parallelism"]) == ("Indexed", 16, 4)
    assert {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget"}]} in spec["podFailurePolicy"]["rules"]
    (exits,) = (rule["onExitCodes"] for rule in spec["podFailurePolicy"]["rules"] if "onExitCodes" in rule)
    assert exits == {"containerName": "synapt", "operator": "In", "values": [130]}
    pod = spec["template"]["spec"]
    assert pod["nodeSelector"] == {"pool": "a100"} and pod["activeDeadlineSeconds"] == 12 * 3600
    assert pod["containers"][0]["resources"]["limits"] == {"cpu": "4", "memory": "16Gi", "nvidia.com/gpu": "1"}
    assert "nvidia.com/gpu" not in after["spec"]["template"]["spec"]["containers"][0]["resources"]["limits"]


def essentials(job):
    """What the API server checks of a batch/v1 Job and its pods (kubernetes.io/docs/reference)."""
    assert (job["apiVersion"], job["kind"]) == ("batch/v1", "Job")
    assert re.fullmatch("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?", job["metadata"]["name"])
    pod = job["spec"]["template"]["spec"]
    assert pod["restartPolicy"] == "Never"  # podFailurePolicy takes no other
    (container,) = pod["containers"]
    assert container["image"] and all(isinstance(word, str) for word in container["command"])
    volumes = {volume["name"] for volume in pod["volumes"]}
    assert {mount["name"] for mount in container["volumeMounts"]} == volumes
    for amounts in container["resources"].values():
        assert all(isinstance(amount, str) for amount in amounts.values())


def test_each_pod_has_its_shard(tmp_path):
    plan = schedulers.Plan(("--action", "x y"), Path("/data/it's"), 8, 0, "01:00:00", 1, 1, 0, "i", False)
    job = yaml.safe_load(schedulers.k8s(plan, "data", Path("/data"), ""))
    shell, flag, command = job["spec"]["template"]["spec"]["containers"][0]["command"]
    assert (shell, flag) == ("/bin/sh", "-c")
    (tmp_path / "synapt").write_text('#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done\n')
    (tmp_path / "synapt").chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "JOB_COMPLETION_INDEX": "7"}
    said = subprocess.run([shell, flag, command], env=environment, capture_output=True, text=True).stdout.splitlines()
    assert said == ["render", "--action", "x y", "--out", "/data/it's.shards/8-of-8", "--shard", "8/8"]


def test_together_all_write_into_one_folder():
    plan = schedulers.Plan((), Path("/data/a"), 8, 0, "01:00:00", 1, 1, 0, "", True)
    assert plan.render("$shard") == 'synapt render  --out /data/a --shard "$shard/8"'
    assert plan.merge == "synapt merge /data/a --dry-run"


@pytest.mark.parametrize(
    ("text", "found"), [("00:01:00", 60), ("12:00:00", 43_200), ("7-00:00:00", 604_800), ("100:00:00", 360_000)]
)
def test_times_are_read(text, found):
    assert schedulers.seconds(text) == found


@pytest.mark.parametrize("text", ["", "12", "12:00", "0:00:00", "1:60:00", "-1:00:00", "1-1", "x"])
def test_other_times_are_refused(text):
    with pytest.raises(UserError, match=r"give \[DAYS-\]HH:MM:SS"):
        schedulers.seconds(text)


@pytest.mark.parametrize("text", ["a b", "$(x)", "-x", "a;b", "a\nb", "'", "a" * 300])
def test_names_of_the_cluster_say_no_more_than_a_name(text):
    with pytest.raises(UserError, match="give a name of letters"):
        schedulers.plain(text, "partition")
