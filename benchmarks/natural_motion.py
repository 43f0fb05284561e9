"""Statistics of real motion for `assets_manifest/natural_motion.toml`: pauses, asymmetry, sway and stillness of captured people.

    python benchmarks/natural_motion.py FOLDER

FOLDER has `bandai_namco/*.bvh` and `deepmimic/*.txt`; the recordings stay there, numbers are printed as TOML. All is brought
to 30 frames/s, and counted in legs (a thigh and a shin).
"""

import sys
from pathlib import Path

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.signal import detrend
from synapt.generator.measure.stillness import standing_speeds
from synapt.generator.recordings.read import read

FPS = 30.0
SLOW = 0.1
"""Legs/s: hands and head that are slower pause."""

LEAST_PAUSE_S = 0.2
BANDS_HZ = ((0.5, 1.0), (1.0, 2.0), (2.0, 4.0), (4.0, 8.0), (8.0, 15.0))


def joints_of(path):
    """Joint -> (T, 3) in legs at 30 frames/s, of the first person of a file."""
    recording = read(path)[0]
    track = recording.people[0]
    at = {name: track.positions_m[:, k] for k, name in enumerate(track.joints)}
    leg = np.median(
        np.linalg.norm(at["left_hip"] - at["left_knee"], axis=1) + np.linalg.norm(at["left_knee"] - at["left_ankle"], axis=1)
    )
    times = np.arange(track.n_frames) / recording.fps
    wanted = np.arange(int(times[-1] * FPS) + 1) / FPS
    found = {name: (CubicSpline(times, places)(wanted) if recording.fps != FPS else places) / leg for name, places in at.items()}
    found.setdefault("head", found["neck"])
    return found


def speed(places):
    """(T - 1,) legs/s."""
    return np.linalg.norm(np.diff(places, axis=0), axis=-1) * FPS


def stretches(mask):
    """Lengths of the runs of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
    return edges[1::2] - edges[::2]


def pauses(people):
    """How often, and for how long, hands and head rest together."""
    lengths, seconds = [], 0.0
    for at in people:
        fastest = np.max([speed(at[name]) for name in ("left_wrist", "right_wrist", "head")], axis=0)
        lengths += [n / FPS for n in stretches(fastest < SLOW) if n / FPS >= LEAST_PAUSE_S]
        seconds += len(fastest) / FPS
    return {
        "seconds": seconds,
        "per_minute": 60 * len(lengths) / seconds,
        "share": sum(lengths) / seconds,
        **spread(lengths, "s"),
    }


def asymmetry(people, name):
    """|left - right| / (left + right) of the way that a joint goes relative to the pelvis, over recordings."""
    found = []
    for at in people:
        left, right = (speed(at[f"{side}_{name}"] - at["pelvis"]).sum() for side in ("left", "right"))
        found.append(abs(left - right) / (left + right))
    return {"recordings": len(found), **spread(found)}


def spread(values, unit=""):
    end = f"_{unit}" if unit else ""
    return (
        {f"{name}{end}": np.percentile(values, at) for name, at in (("p5", 5), ("median", 50), ("p95", 95))}
        if len(values)
        else {}
    )


def quietest(people):
    """Of each recording the second of standing in which the head moves least: its root mean square speed, legs/s."""
    found = [
        standing_speeds(at["head"], *(np.stack([at[f"left_{n}"], at[f"right_{n}"]], 1) for n in ("hip", "ankle")), FPS)
        for at in people
    ]
    standing = [speeds for speeds in found if len(speeds)]
    windows = np.concatenate(standing)
    return {"recordings": len(standing), **spread([speeds.min() for speeds in standing]), "windows": len(windows),
            "windows_median": np.median(windows)}  # fmt: skip


def sway(people):
    """Where the power of the head's level movement lies while somebody stands quietly for two seconds, by band of frequency."""
    length, powers, sizes = 60, [], []
    for at in people:
        for start in range(0, len(at["head"]) - length, 15):
            part = slice(start, start + length + 1)
            ankles = np.stack([at["left_ankle"][part], at["right_ankle"][part]], 1)
            if np.linalg.norm(ankles - ankles.mean(0), axis=-1).max() > 0.03 or speed(at["head"][part]).max() > 0.25:
                continue
            level = detrend(at["head"][part][:length, :2], axis=0)
            power = (np.abs(np.fft.rfft(level * np.hanning(length)[:, None], axis=0)) ** 2).sum(1)
            powers.append(power)
            sizes.append(np.sqrt((level**2).sum(1).mean()))
    frequency = np.fft.rfftfreq(length, 1 / FPS)
    total = np.sum(powers, axis=0)
    within = frequency >= BANDS_HZ[0][0]
    shares = [float(total[(frequency >= low) & (frequency < high)].sum() / total[within].sum()) for low, high in BANDS_HZ]
    return {"windows": len(powers), "rms_median": np.median(sizes), "band_shares": [round(share, 4) for share in shares]}


def main():
    folder = Path(sys.argv[1])
    sets = {
        "bandai_namco": [joints_of(path) for path in sorted((folder / "bandai_namco").glob("*.bvh"))],
        "deepmimic": [joints_of(path) for path in sorted((folder / "deepmimic").glob("*.txt"))],
    }
    gait = [
        joints_of(path)
        for path in sorted((folder / "bandai_namco").glob("*_[wr][au][ln]*_[0-9]*.bvh"))
        if "turn" not in path.name
    ]
    for name, people in sets.items():
        rows = {"pauses": pauses(people)}
        if name == "bandai_namco":
            rows |= {"standing": quietest(people), "sway": sway(people)}
            rows |= {f"gait_asymmetry.{joint}": asymmetry(gait, joint) for joint in ("wrist", "ankle")}
        for row, values in rows.items():
            print(f"\n[{name}.{row}]")
            for key, value in values.items():
                print(f"{key} = {value if isinstance(value, int | list) else float(f'{value:.4g}')}")


if __name__ == "__main__":
    main()
