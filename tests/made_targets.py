"""Small trees in the exact layouts and formats of the real datasets; what moves whither tells the class.

`make_tree(name, folder)` makes one and returns its root; `made_options(name)` are the loader's options that say how few
classes and clips it has: `load_target(name, make_tree(name, folder), **made_options(name))`.
"""

import json

import numpy as np
from made_videos import write

WHITHER = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1))
"""Class -> which way its patch moves, in pixels: right, left, down, up, and two diagonals."""


def moving(label, clip, n=12, size=48):
    """(n, size, size, 3) uint8: a patch that starts at a place of its own and moves the way of its class."""
    rng = np.random.default_rng([label, clip])
    ground = rng.integers(30, 90, 3)
    start = rng.uniform(10, size - 22, 2)
    frames = np.empty((n, size, size, 3), np.uint8)
    frames[:] = ground
    for k, frame in enumerate(frames):
        x, y = np.round(start + 3.0 * (k - n / 2) * np.array(WHITHER[label % len(WHITHER)])).astype(int) % (size - 12)
        frame[y : y + 12, x : x + 12] = 255 - ground
    return frames


def video(path, label, clip, n=12):
    """One video of a class; the container by the name's ending."""
    codec = {".webm": "libvpx", ".avi": "mpeg4"}.get(path.suffix, "libx264")
    options = {"deadline": "realtime", "cpu-used": "8"} if codec == "libvpx" else None
    return write(path, moving(label, clip, n), codec=codec, options=options)


def text(path, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def ucf101(root):
    """Three classes, groups 1 to 6; split s tests on groups 2s - 1 and 2s."""
    names = ("ApplyEyeMakeup", "Archery", "JumpingJack")
    lists = root / "ucfTrainTestlist"
    text(lists / "classInd.txt", [f"{k} {name}" for k, name in enumerate(names, 1)])
    for split in (1, 2, 3):
        train, test = [], []
        for label, name in enumerate(names, 1):
            for group in range(1, 7):
                place = f"{name}/v_{name}_g{group:02}_c01.avi"
                if group in (2 * split - 1, 2 * split):
                    test.append(place)
                else:
                    train.append(f"{place} {label}")
        text(lists / f"trainlist{split:02}.txt", train)
        text(lists / f"testlist{split:02}.txt", test)
    for label, name in enumerate(names):
        for group in range(1, 7):
            video(root / "UCF-101" / name / f"v_{name}_g{group:02}_c01.avi", label, group)


def hmdb51(root):
    """Three classes of seven clips, one of them in no split."""
    for label, name in enumerate(("clap", "kick", "wave")):
        clips = [f"Film{clip}_{name}_f_cm_np1_fr_goo_0.avi" for clip in range(7)]
        for split in (1, 2, 3):
            sides = [0 if clip == 6 else 2 if clip % 3 == split - 1 else 1 for clip in range(7)]
            text(root / "testTrainMulti_7030_splits" / f"{name}_test_split{split}.txt",
                 [f"{clip} {side} " for clip, side in zip(clips, sides, strict=True)])  # fmt: skip
        for k, clip in enumerate(clips):
            video(root / "hmdb51_org" / name / clip, label, k)


def mini_ssv2(root):
    """Three of the 87 templates and one that isn't; bracketed as in the release."""
    kept = ("Pulling [something] from right to left", "Pushing [something] from left to right", "Picking [something] up")
    other = "Closing [something]"
    plain = [name.replace("[", "").replace("]", "") for name in (*kept, other)]
    labels = {name: str(k) for k, name in enumerate(plain)}
    root.mkdir(parents=True, exist_ok=True)
    (root / "something-something-v2-labels.json").write_text(json.dumps(labels))
    number = 1000
    for which, clips in (("train", 4), ("validation", 2)):
        rows = []
        for k, template in enumerate((*kept, other)):
            for clip in range(clips if template != other else 1):
                number += 7
                rows.append({"id": str(number), "label": plain[k].replace("something", "a cup"), "template": template,
                             "placeholders": ["a cup"]})  # fmt: skip
                if template != other:
                    video(root / "20bn-something-something-v2" / f"{number}.webm", k, number + clip)
        (root / f"something-something-v2-{which}.json").write_text(json.dumps(rows))


def diving48(root):
    """Four classes, the last of which has no clip to test on."""
    vocab = [["Back", "15som", twist, "FREE"] for twist in ("05Twis", "15Twis", "25Twis")] + [
        ["Forward", "Dive", "NoTwis", "STR"]
    ]
    root.mkdir(parents=True, exist_ok=True)
    (root / "Diving48_vocab.json").write_text(json.dumps(vocab))
    for side, labels, clips in (("train", range(4), 4), ("test", range(3), 2)):
        rows = []
        for label in labels:
            for clip in range(clips):
                name = f"{side}vid{label}_{clip:05}"
                rows.append({"vid_name": name, "label": label, "start_frame": 0, "end_frame": 11})
                video(root / "rgb" / f"{name}.mp4", label, clip)
        (root / f"Diving48_V2_{side}.json").write_text(json.dumps(rows))


IKEA = ("attach_leg_1", "spin_in", "spin_out")


def ikea_fa(root):
    """Clips cut already: three classes, four persons to learn on and the three to test on."""
    for label, name in enumerate(IKEA):
        for person in (1, 2, 5, 6, 9, 11, 13):
            video(root / "videos" / name / f"GOPR00{person:02}_00117_00128_{person:02}.MP4", label, person)


def ikea_release(root, persons=(1, 2, 9)):
    """The release itself: a recording a person, each with the three steps, 16 frames each and 8 of background between."""
    from scipy.io import savemat

    cell = np.empty(0, dtype="<U1")
    kind = [
        (name, object)
        for name in ("video_id", "seq_idx", "clip_path", "num_frames", "person_idx", "activity_id", "activity_labels")
    ]
    rows = np.empty(len(persons), dtype=kind)
    for k, person in enumerate(persons):
        steps, frames = [], []
        for label, name in enumerate(IKEA):
            steps += [""] * 4 + [name.replace("_", " ")] * 8  # labelled at half the video's rate
            frames += [moving(label, person, 8), moving(label, person, 16)]
        labels = np.empty(len(steps), dtype=object)
        labels[:] = [step or cell for step in steps]
        place = f"2016-08-11/GOPR00{person:02}"
        ids = np.array([IKEA.index(step.replace(" ", "_")) + 1 if step else 0 for step in steps])
        rows[k] = (k + 1, 1, f"/data/home/somebody/IkeaDataset/Frames/{place}", len(steps), person, ids, labels)
        write(root / "videos" / f"{place}.MP4", np.concatenate(frames))
    savemat(root / "IkeaClipsDB.mat", {"IkeaDB": rows})
    return root


def uav_human(root):
    """Three actions by four persons to learn on and two to test on, in folders of no meaning."""
    for action in range(3):
        for k, person in enumerate((0, 2, 5, 6, 1, 3)):
            name = f"P{person:03}S01G10B00H10UC102000LC092000A{action:03}R0_0913{k:02}{action:02}.avi"
            video(root / f"part{k % 2}" / name, action, person)


def ntu120(root):
    """Two actions of one person and two of two, by two persons to learn on and two to test on, in folders of no meaning."""
    for action in (1, 23, 50, 120):
        for k, person in enumerate((1, 103, 3, 106)):
            name = f"S{1 + k:03}C001P{person:03}R001A{action:03}_rgb.avi"
            video(root / f"part{k % 2}" / name, action % 8, person)


def ut_interaction(root):
    """Set 1: three sequences of all six classes; set 2: one clip, to be left alone."""
    index = 0
    for sequence in (1, 2, 10):
        for label in range(6):
            video(root / "segmented_set1" / f"{index}_{sequence}_{label}.avi", label, index)
            index += 1
    video(root / "segmented_set2" / "0_11_4.avi", 4, 99)


def weizmann(root):
    """Four of the ten classes by three persons, one of whom walked twice."""
    for label, name in enumerate(("walk", "run", "jack", "wave1")):
        for k, person in enumerate(("daria", "ido", "lena")):
            for take in ("1", "2") if (person, name) == ("lena", "walk") else ("",):
                video(root / name / f"{person}_{name}{take}.avi", label, 10 * k + int(take or 0))


def kth(root):
    """Three classes, two persons to learn on, one for validation, two to test on; each video holds two sequences."""
    lines = ["This database contains sequences of six classes of actions", "Training:   person11, 12, 13, 14, 15, 16, 17, 18", ""]
    for person in (2, 11, 12, 19, 22):
        for label, name in enumerate(("boxing", "handwaving", "walking")):
            clip = f"person{person:02}_{name}_d1"
            lines.append(f"{clip}\t\tframes\t1-12, 13-24")
            video(root / name / f"{clip}_uncomp.avi", label, person, 24)
    lines.insert(-3, "person13_handclapping_d3\t*missing*")
    text(root / "00sequences.txt", lines)


def gmdcsa24(root):
    """Three persons, two falls and two activities each; the csv's times are of one-second videos."""
    for person in (1, 2, 3):
        home = root / f"Subject {person}"
        head = "File Name,Length (seconds),Time of Recording,Attire,Description, Classes"
        adl = [
            "01.mp4,01, Day, Shirt, Walking, then sitting, Walking[0 to 0.2]; Sitting [0.1 to 0.4]; ",
            "02.mp4,01,Day,Shirt,Reading,Reading",
        ]
        fall = [
            "01.mp4,01,Day,Shirt,Falling, Falling (SW[0.2 to 0.48]; Standing[0 to 0.2]",
            "02.mp4,01,Day,Shirt,Fall,Fall (FW)[0.1 0.4]:",
        ]
        text(home / "ADL.csv", [head, *adl])
        text(home / "Fall.csv", [head, *fall])
        for label, kind in enumerate(("ADL", "Fall")):
            for clip in (1, 2):
                video(home / kind / f"{clip:02}.mp4", label, 10 * person + clip)


def folder(root):
    """Three classes of six clips by three persons."""
    for label, name in enumerate(("fall", "sit", "walk")):
        for clip in range(6):
            video(root / name / f"p{clip % 3}_{clip}.mp4", label, clip)


COUNTS = {
    "ucf101": {"classes": 3, "folds": {f"split{k}": [12, 6] for k in (1, 2, 3)}},
    "hmdb51": {"classes": 3, "folds": {f"split{k}": [12, 6] for k in (1, 2, 3)}},
    "mini_ssv2": {"classes": 3, "folds": {"validation": [12, 6]}, "listed": {"labels": 4, "train": 13, "validation": 7}},
    "diving48": {"classes": 4, "folds": {"v2": [16, 6]}},
    "ikea_fa": {"classes": 3, "folds": {"persons": [12, 9]}},
    "uav_human": {"classes": 3, "groups": 6, "folds": {"cross_subject_v1": [12, 6]}},
    "ntu120": {"classes": 120, "clips": 16, "groups": 4},
    "ut_interaction": {"classes": 6, "clips": 18, "groups": 3},
    "weizmann": {"classes": 10, "clips": 13, "groups": 3},
    "kth": {"classes": 6, "clips": 30, "folds": {"persons": [12, 12], "persons_with_validation": [18, 12]}},
    "gmdcsa24": {"classes": 2, "clips": 12, "groups": 3},
}
"""Dataset -> how much `make_tree` makes of it, as the loaders' option `counts`."""


def make_tree(name, folder):
    """A small valid tree of dataset `name` in a new folder of that name; returns its root."""
    root = folder / name
    globals()[name](root)
    return root


def made_options(name):
    """The loader's options that hold the tree to its own small numbers."""
    return {"counts": COUNTS[name]} if name in COUNTS else {}
