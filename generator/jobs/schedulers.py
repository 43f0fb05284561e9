"""The files by which a cluster's scheduler renders a request: an array of Slurm's, or an indexed job of Kubernetes'."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..base.errors import UserError
from ..base.places import Remote

MARK = "# written by `synapt jobs`"
"""In the first lines of every file of ours; a file without it is somebody else's, and stays."""

STOPPED = 130
"""How `synapt render` ends when it was asked to stop: whoever runs the same command again has it go on."""

GRACE_S = 600
"""From SIGTERM to SIGKILL: a clip in hand is finished in far less, by Blender, too."""

_TIME = re.compile(r"(?:([0-9]{1,3})-)?([0-9]{1,3}):([0-5][0-9]):([0-5][0-9])\Z", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/@:+,=-]{0,250}\Z", re.ASCII)


@dataclass(frozen=True)
class Plan:
    """What a scheduler is told: `words` go to `synapt render`, without --out and --shard; `out` is the dataset.

    `together`: all shards write into `out`, a store or a disk that keeps locks between machines; else each into a folder in
    OUT.shards, and a second job merges these. `at_once`: shards at work at the same time, 0 as many as fit. `time_limit`:
    [DAYS-]HH:MM:SS of one try; `image`: a container, "" for what is installed.
    """

    words: tuple[str, ...]
    out: Path
    shards: int
    at_once: int
    time_limit: str
    cpus: int
    memory_gb: int
    gpus: int
    image: str
    together: bool

    @property
    def name(self) -> str:
        """Of the job: small letters, digits and hyphens, as Kubernetes has names (RFC 1123)."""
        plain = re.sub(r"[^a-z0-9]+", "-", self.out.name.lower()).strip("-")[:40].strip("-")
        return f"synapt-{plain or 'data'}"

    @property
    def parts(self) -> Path:
        """Folder of the shards' own folders."""
        return self.out.with_name(f"{self.out.name}.shards")

    def render(self, shard: str) -> str:
        """The shell's command that makes a shard; `shard` gives its number to the shell."""
        where = shlex.quote(str(self.out)) if self.together else f'{shlex.quote(str(self.parts))}/"{shard}-of-{self.shards}"'
        return f'synapt render {shlex.join(self.words)} --out {where} --shard "{shard}/{self.shards}"'

    @property
    def merge(self) -> str:
        """The shell's command that joins all shards, or proves that the folder is whole."""
        if self.together:
            return f"synapt merge {shlex.quote(str(self.out))} --dry-run"
        return f"synapt merge {shlex.quote(str(self.parts))}/*-of-{self.shards} --out {shlex.quote(str(self.out))}"


def seconds(time_limit: str) -> int:
    """Of [DAYS-]HH:MM:SS. UserError for what is none, or less than a minute."""
    found = _TIME.match(time_limit)
    total = sum(int(n or 0) * s for n, s in zip(found.groups(), (86_400, 3600, 60, 1), strict=True)) if found else 0
    if total < 60:
        raise UserError(f"the time is '{time_limit[:40]}': give [DAYS-]HH:MM:SS, e.g. 12:00:00, of a minute at least")
    return total


def plain(text: str, what: str) -> str:
    """A name of the cluster's (partition, image, claim) as it is. UserError for what would say more than a name."""
    if text and not _NAME.match(text):
        raise UserError(f"the {what} is '{text[:40]}': give a name of letters, digits and . _ / @ : + , = -")
    return text


def slurm(plan: Plan, partition: str, account: str) -> str:
    """An array of jobs: SIGTERM comes before the time is over and at preemption, and the job is then queued again."""
    heads = [
        f"--job-name={plan.name}", f"--array=1-{plan.shards}" + (f"%{plan.at_once}" if plan.at_once else ""),
        *([f"--partition={partition}"] if partition else []), *([f"--account={account}"] if account else []),
        f"--time={plan.time_limit}", "--nodes=1", "--ntasks=1", f"--cpus-per-task={plan.cpus}", f"--mem={plan.memory_gb}G",
        *([f"--gres=gpu:{plan.gpus}"] if plan.gpus else []),
        f"--signal=B:TERM@{min(GRACE_S, seconds(plan.time_limit) // 2)}", "--requeue", "--open-mode=append",
        f"--output={plan.name}-%A_%a.log",
    ]  # fmt: skip
    return "\n".join(
        (
            "#!/bin/bash",
            MARK,
            *(f"#SBATCH {head}" for head in heads),
            "set -u",
            'shard="${SLURM_ARRAY_TASK_ID:?start it with sbatch}"',
            "",
            f"{_inside(plan)}{plan.render('$shard')} &",
            "child=$!",
            "# a signal interrupts `wait`, which is then asked again: clips in hand are finished first",
            "trap 'kill -TERM \"$child\" 2> /dev/null' TERM INT",
            'wait "$child"',
            "code=$?",
            'while kill -0 "$child" 2> /dev/null; do',
            '    wait "$child"',
            "    code=$?",
            "done",
            f'if [ "$code" -eq {STOPPED} ]; then',
            '    scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"',
            "fi",
            'exit "$code"',
            "",
        )
    )


def slurm_merge(plan: Plan, partition: str, account: str) -> str:
    """The job that comes after the array."""
    heads = [
        f"--job-name={plan.name}-merge", *([f"--partition={partition}"] if partition else []),
        *([f"--account={account}"] if account else []), f"--time={plan.time_limit}", "--ntasks=1", "--cpus-per-task=1",
        f"--mem={plan.memory_gb}G", f"--output={plan.name}-merge-%j.log",
    ]  # fmt: skip
    return "\n".join(("#!/bin/bash", MARK, *(f"#SBATCH {head}" for head in heads), f"{_inside(plan)}{plan.merge}", ""))


def _inside(plan: Plan) -> str:
    if not plan.image:
        return ""
    card = "--nv " if plan.gpus else ""
    bind = "" if isinstance(plan.out, Remote) else f"--bind {shlex.quote(str(plan.out.parent))} "
    return f"apptainer exec {card}{bind}{shlex.quote(plan.image)} "


def k8s(plan: Plan, claim: str, mount: Path, node: str) -> str:
    """An indexed job: a pod for each shard, and a fresh one where it was evicted or stopped, which doesn't count as a failure."""
    spec: dict[str, Any] = {
        "completions": plan.shards,
        "parallelism": plan.at_once or plan.shards,
        "completionMode": "Indexed",
        "backoffLimitPerIndex": 4,
        "podFailurePolicy": {
            "rules": [
                {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget"}]},
                {"action": "Ignore", "onExitCodes": {"containerName": "synapt", "operator": "In", "values": [STOPPED]}},
            ]
        },
        "template": _pod(plan, f"exec {plan.render('$((JOB_COMPLETION_INDEX + 1))')}", claim, mount, node, plan.gpus),
    }
    return _job(plan.name, spec)


def k8s_merge(plan: Plan, claim: str, mount: Path, node: str) -> str:
    """The job that comes after the indexed one."""
    return _job(f"{plan.name}-merge", {"backoffLimit": 4, "template": _pod(plan, f"exec {plan.merge}", claim, mount, node, 0)})


def _job(name: str, spec: Mapping[str, Any]) -> str:
    job = {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": name}, "spec": spec}
    return "\n".join((MARK, *_yaml(job), ""))


def _pod(plan: Plan, command: str, claim: str, mount: Path, node: str, gpus: int) -> dict[str, Any]:
    key, _, value = node.partition("=")
    amounts = {"cpu": str(plan.cpus), "memory": f"{plan.memory_gb}Gi", **({"nvidia.com/gpu": str(gpus)} if gpus else {})}
    return {
        "spec": {
            "restartPolicy": "Never",
            "terminationGracePeriodSeconds": GRACE_S,
            "activeDeadlineSeconds": seconds(plan.time_limit),
            **({"nodeSelector": {key: value}} if node else {}),
            "containers": [
                {
                    "name": "synapt",
                    "image": plan.image,
                    "command": ["/bin/sh", "-c", command],
                    "resources": {"requests": amounts, "limits": amounts},
                    "volumeMounts": [{"name": "data", "mountPath": str(mount)}],
                }
            ],
            "volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": claim}}],
        }
    }


def _yaml(value: Mapping[str, Any], indent: str = "") -> list[str]:
    """Plain data as YAML: maps in blocks, lists of maps in blocks, all else as JSON, which YAML is a superset of."""
    lines = []
    for key, each in value.items():
        head = f"{indent}{key if re.fullmatch('[A-Za-z]+', key) else json.dumps(key)}:"
        if isinstance(each, Mapping):
            lines += [head, *_yaml(each, indent + "  ")]
        elif isinstance(each, Sequence) and each and isinstance(each[0], Mapping):
            lines.append(head)
            for item in each:
                first, *rest = _yaml(item, indent + "    ")
                lines += [f"{indent}  - {first.strip()}", *rest]
        else:
            lines.append(f"{head} {json.dumps(each)}")
    return lines
