"""Results of made-up models on disk, as `synapt evaluate` writes them, and performances as `synapt audit` renders them."""

import zlib

import numpy as np
from synapt.generator.dataset.provenance import software
from synapt.training.audit.renders import Performance, Person, Version
from synapt.training.metrics import per_class, stack, top_k
from synapt.training.results import write_result
from synapt.training.significance import mean_class_interval, top_k_interval
from synapt.training.values import Predictions, Result

SINKING = ("sitting", "squatting")
OF_TWO = ("handshaking",)
CLASSES = ("handshake", "hug", "kick", "point", "punch", "push")


def predictions(skill, classes, n, seed, who, folds=3):
    """Probabilities that name the true class in about `skill` of n clips; clips, and how hard they are, are always the same."""
    label = np.arange(n) % len(classes)
    hard = np.random.default_rng(0).random(n)
    rng = np.random.default_rng([seed, *who.encode()])
    logits = rng.normal(size=(n, len(classes)))
    right = hard + 0.15 * rng.normal(size=n) < skill
    logits[np.arange(n), label] = np.where(right, logits.max(1) + 1.0, logits.min(1) - 0.5)
    probability = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    names = [f"clip-{k:03d}" for k in range(n)]
    for fold in range(folds):
        own = np.arange(n) % folds == fold
        ids = tuple(name for name, mine in zip(names, own, strict=True) if mine)
        groups = tuple(f"person-{k // 4}" for k in np.flatnonzero(own))
        yield Predictions(f"fold{fold}", seed, ids, groups, label[own], probability[own].astype(np.float32))


def make_result(run, target, protocol, skill, *, model="tsm_r18", pretraining=None, classes=CLASSES, n=120, seeds=(0, 1, 2),
                protocol_id=None, missing=0.0, settings=None, digest="1a2b3c4d"):  # fmt: skip
    """Write one result below `run`/eval and return its folder."""
    pretraining = pretraining or run.name
    who = f"{pretraining} {model}"
    parts = [part for seed in seeds for part in predictions(skill, classes, n, seed, who)]
    scores = stack(parts)
    protocol_id = protocol_id or f"{protocol} 8x112 segment views=1x1 split={digest} settings=00000001"
    result = Result(
        target, digest, protocol, protocol_id, model, pretraining, run.name, seeds, n, missing, classes,
        top_k_interval(scores), top_k_interval(scores, 5), mean_class_interval(scores, len(classes)),
        tuple(map(float, top_k(scores))), tuple(map(float, per_class(scores, len(classes)))), 1 / len(classes),
        {"folds": 3, **(settings or {})}, software(),
    )  # fmt: skip
    folder = run / "eval" / f"{target}-{protocol}-{pretraining}-{zlib.crc32(protocol_id.encode()):08x}"
    write_result(folder, result, scores, parts, "")
    return folder


def performance(job):
    """A performance without a renderer: a block that sinks (SINKING actions) or rises, on a plain ground.

    What is drawn anew changes colours only: the block's by clothes or body, the ground's by everything else.
    """
    rng = np.random.default_rng([job.number, *job.name.encode()])

    roles = ("a", "b") if job.action in OF_TWO else ("a",)

    def version(block, ground, who, masked):
        frames = np.tile(np.uint8(ground), (12, job.size_px, job.size_px, 1))
        mask = np.full(frames.shape[:3], 12, np.uint8)
        for t in range(12):
            y = 2 + (2 * t if job.action in SINKING else 2 * (11 - t))
            frames[t, y : y + 6, 10:20] = block
            mask[t, y : y + 6, 10:20] = 4
        people = tuple(
            Person(role, f"test-{n:05d}", ("female", "male")[n % 2], 18.0 + n % 60, (n % 10) / 10, 0.5, 0.4)
            for role, n in zip(roles, who, strict=True)
        )
        return Version(frames, mask if masked else None, people, True)

    def colour():
        return rng.integers(0, 255, 3)

    def personal(factor):
        return factor.endswith(("clothes", "body"))

    def other(who, factor):
        """The same people, but for whom the factor draws anew."""
        role = {"body": "a", "b.body": "b"}.get(factor)
        return tuple(int(rng.integers(100)) if r == role else n for r, n in zip(roles, who, strict=True))

    block, ground, who = colour(), colour(), tuple(rng.integers(100, size=len(roles)).tolist())
    twins = {
        factor: [
            version(colour() if personal(factor) else block, ground if personal(factor) else colour(), other(who, factor), False)
            for _ in range(job.redraws)
        ]
        for factor in job.factors
    }  # fmt: skip
    lenders = {name: version(colour(), colour(), who, True) for name in (("same", "other") if job.partner else ())}
    return Performance(job, version(block, ground, who, True), twins, lenders)


def performed(jobs, workers):
    """A stand-in for `training.audit.renders.performed`."""
    yield from map(performance, jobs)
