"""Motion files for tests of readers: one made-up body that moves, written as BVH and glTF, and where its joints really are."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field

import numpy as np
from scipy.spatial.transform import Rotation

SIDED = ("hip", "knee", "ankle", "foot", "collar", "shoulder", "elbow", "wrist")
OFFSETS = {  # y up, facing z, left is x; metres
    "pelvis": (None, (0.0, 0.0, 0.0)),
    "spine1": ("pelvis", (0.0, 0.12, 0.01)),
    "spine2": ("spine1", (0.0, 0.13, -0.01)),
    "spine3": ("spine2", (0.0, 0.06, 0.0)),
    "neck": ("spine3", (0.0, 0.2, 0.0)),
    "head": ("neck", (0.0, 0.09, 0.02)),
    "crown": ("head", (0.0, 0.2, 0.0)),
    "left_hip": ("pelvis", (0.09, -0.07, 0.0)),
    "left_knee": ("left_hip", (0.01, -0.39, 0.0)),
    "left_ankle": ("left_knee", (0.0, -0.4, -0.02)),
    "left_foot": ("left_ankle", (0.01, -0.06, 0.12)),
    "left_toe": ("left_foot", (0.0, -0.01, 0.07)),
    "left_collar": ("spine3", (0.06, 0.13, 0.0)),
    "left_shoulder": ("left_collar", (0.11, 0.02, 0.0)),
    "left_elbow": ("left_shoulder", (0.26, 0.0, 0.0)),
    "left_wrist": ("left_elbow", (0.25, 0.0, 0.0)),
}
BODY = {
    name.replace("left", side): (parent and parent.replace("left", side), np.array(at) * ((-1, 1, 1) if side == "right" else 1))
    for name, (parent, at) in OFFSETS.items()
    for side in ("left", "right")
}
ENDS = ("crown", "left_toe", "right_toe")
JOINTS = tuple(name for name in BODY if name not in ENDS)
TO_WORLD = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])


@dataclass
class Moving:
    """`BODY` over T frames: its root's places (T, 3) and local rotations, joint -> (T, 3, 3), in axes with y up."""

    root: np.ndarray
    turns: dict[str, np.ndarray]
    offsets: dict[str, np.ndarray] = field(default_factory=lambda: {name: at for name, (_, at) in BODY.items()})

    def world(self) -> dict[str, np.ndarray]:
        """Where everything is (T, 3) with z up."""
        return {name: at @ TO_WORLD.T for name, (at, _) in self.chain().items()}

    def chain(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Where everything is (T, 3), and how it is turned (T, 3, 3), with y up."""
        found = {}
        for name, (parent, _) in BODY.items():
            turn = self.turns.get(name, np.tile(np.eye(3), (len(self.root), 1, 1)))
            if parent is None:
                found[name] = (self.root, turn)
            else:
                at, axes = found[parent]
                found[name] = (at + axes @ self.offsets[name], axes @ turn)
        return found


def moving(n: int = 5, seed: int = 0) -> Moving:
    """A body that walks along x and turns every joint at random, upright on the whole."""
    rng = np.random.default_rng(seed)
    angles = {name: rng.normal(0.0, 0.3, (n, 3)) for name in JOINTS}
    turns = {name: Rotation.from_euler("yxz", a).as_matrix() for name, a in angles.items()}
    return Moving(np.stack([np.linspace(0, 1, n), np.full(n, 0.95), np.linspace(0.2, 0.1, n)], 1), turns)


SMPLX = {name: name for name in JOINTS}


def names(sided: str, trunk: dict[str, str], **joints: str) -> dict[str, str]:
    """Joint -> name in a convention: `sided` has {side}, {s} (l or r), {S} and {name}."""
    made = dict(trunk)
    for joint in SIDED:
        for side in ("left", "right"):
            made[f"{side}_{joint}"] = sided.format(Side=side.title(), side=side, s=side[0], S=side[0].upper(), name=joints[joint])
    return made


_MIXAMO = {"hip": "UpLeg", "knee": "Leg", "ankle": "Foot", "foot": "ToeBase", "collar": "Shoulder", "shoulder": "Arm",
           "elbow": "ForeArm", "wrist": "Hand"}  # fmt: skip
_TRUNK = {"pelvis": "Hips", "spine1": "Spine", "spine2": "Spine1", "spine3": "Spine2", "neck": "Neck", "head": "Head"}
CONVENTIONS = {
    "smplx": SMPLX,
    "cmu": names("{Side}{name}", {**_TRUNK, "spine1": "LowerBack", "spine2": "Spine", "spine3": "Spine1"}, **_MIXAMO),
    "mixamo": {joint: f"mixamorig:{name}" for joint, name in names("{Side}{name}", _TRUNK, **_MIXAMO).items()},
    "bandai": names("{name}_{S}", _TRUNK, hip="UpperLeg", knee="LowerLeg", ankle="Foot", foot="Toes", collar="Shoulder",
                    shoulder="UpperArm", elbow="LowerArm", wrist="Hand"),
    "rokoko": names("{Side}{name}", _TRUNK, hip="Thigh", knee="Shin", ankle="Foot", foot="Toe", collar="Shoulder",
                    shoulder="Arm", elbow="ForeArm", wrist="Hand"),
    "unreal": names("{name}_{s}", {**_TRUNK, "pelvis": "pelvis", "spine1": "spine_01", "spine2": "spine_02", "spine3": "spine_03",
                    "neck": "neck_01", "head": "head"}, hip="thigh", knee="calf", ankle="foot", foot="ball", collar="clavicle",
                    shoulder="upperarm", elbow="lowerarm", wrist="hand"),
    "rigify": names("DEF-{name}.{S}", {"pelvis": "DEF-spine", "spine1": "DEF-spine.001", "spine2": "DEF-spine.002",
                    "spine3": "DEF-spine.003", "neck": "DEF-spine.004", "head": "DEF-head"}, hip="thigh", knee="shin",
                    ankle="foot", foot="toe", collar="shoulder", shoulder="upper_arm", elbow="forearm", wrist="hand"),
    "biped": names("Bip01 {S} {name}", {joint: f"Bip01 {name}" for joint, name in {**_TRUNK, "pelvis": "Pelvis"}.items()},
                   hip="Thigh", knee="Calf", ankle="Foot", foot="Toe0", collar="Clavicle", shoulder="UpperArm", elbow="Forearm",
                   wrist="Hand"),
    "poser": names("{s}{name}", {"pelvis": "hip", "spine1": "waist", "spine2": "abdomen", "spine3": "chest", "neck": "neck",
                   "head": "head"}, hip="Thigh", knee="Shin", ankle="Foot", foot="Toe", collar="Collar", shoulder="Shldr",
                   elbow="ForeArm", wrist="Hand"),
    "biovision": names("{Side}{name}", {**_TRUNK, "spine1": "Chest", "spine2": "Chest2", "spine3": "Chest3"}, hip="Hip",
                       knee="Knee", ankle="Ankle", foot="Toe", collar="Collar", shoulder="Shoulder", elbow="Elbow",
                       wrist="Wrist"),
    "smpl": names("{S}_{name}", {"pelvis": "Pelvis", "spine1": "Torso", "spine2": "Spine", "spine3": "Chest", "neck": "Neck",
                  "head": "Head"}, hip="Hip", knee="Knee", ankle="Ankle", foot="Toe", collar="Thorax", shoulder="Shoulder",
                  elbow="Elbow", wrist="Wrist"),
    "vrm": names("J_Bip_{S}_{name}", {"pelvis": "J_Bip_C_Hips", "spine1": "J_Bip_C_Spine", "spine2": "J_Bip_C_Chest",
                 "spine3": "J_Bip_C_UpperChest", "neck": "J_Bip_C_Neck", "head": "J_Bip_C_Head"}, hip="UpperLeg", knee="LowerLeg",
                 ankle="Foot", foot="ToeBase", collar="Shoulder", shoulder="UpperArm", elbow="LowerArm", wrist="Hand"),
    "lower case": names("{s}{name}", {joint: name.lower() for joint, name in _TRUNK.items()}, hip="femur", knee="tibia",
                        ankle="foot", foot="toes", collar="clavicle", shoulder="humerus", elbow="radius", wrist="wrist"),
}  # fmt: skip
"""How others call the joints."""


def bvh(body: Moving, called: dict[str, str] = SMPLX, order: str = "ZXY", scale: float = 1.0, turn: np.ndarray | None = None,
        time: str = "Frame Time: 0.0333333", places: tuple[str, ...] = ("pelvis",)) -> str:  # fmt: skip
    """The same as BVH text: rotations in `order`, lengths times `scale`, all axes turned by `turn` (a root's rotation)."""
    turn = np.eye(3) if turn is None else turn
    children: dict[str, list[str]] = {name: [] for name in BODY}
    for name, (parent, _) in BODY.items():
        if parent:
            children[parent].append(name)
    lines, columns = ["HIERARCHY"], []

    def write(name: str, depth: int) -> None:
        tab, offset = "\t" * depth, turn @ body.offsets[name] * scale
        head = "End Site" if name in ENDS else f"{'JOINT' if depth else 'ROOT'} {called[name]}"
        lines.extend([tab + head, tab + "{", tab + "\tOFFSET " + " ".join(f"{x:.9f}" for x in offset)])
        if name not in ENDS:
            placed = name in places
            channels = [f"{axis}position" for axis in "XYZ" * placed] + [f"{axis}rotation" for axis in order]
            lines.append(f"{tab}\tCHANNELS {len(channels)} {' '.join(channels)}")
            own = turn @ body.turns.get(name, np.tile(np.eye(3), (len(body.root), 1, 1))) @ turn.T
            if placed:
                at = body.root if name == "pelvis" else np.tile(body.offsets[name], (len(body.root), 1))
                columns.append(at @ turn.T * scale)
            columns.append(Rotation.from_matrix(own).as_euler(order.upper(), degrees=True))
        for child in children[name]:
            write(child, depth + 1)
        lines.append(tab + "}")

    write("pelvis", 0)
    rows = np.concatenate(columns, axis=1)
    lines += ["MOTION", f"Frames: {len(rows)}", *([time] if time else [])]
    return "\n".join([*lines, *(" ".join(f"{x:.9f}" for x in row) for row in rows)]) + "\n"


def gltf(body: Moving, called: dict[str, str] = SMPLX, fps: float = 24.0, how: str = "LINEAR", skinned: bool = True,
         names_of: tuple[str, ...] = ("Walk",)) -> tuple[dict, bytes]:  # fmt: skip
    """The same as glTF: (JSON, buffer), every animation alike."""
    order = list(BODY)
    n = len(body.root)
    blob = bytearray()
    views: list[dict] = []
    accessors: list[dict] = []

    def add(array: np.ndarray, kind: str) -> int:
        raw = np.ascontiguousarray(array, "<f4").tobytes()
        views.append({"buffer": 0, "byteOffset": len(blob), "byteLength": len(raw)})
        accessors.append({"bufferView": len(views) - 1, "componentType": 5126, "count": len(array), "type": kind})
        blob.extend(raw)
        return len(accessors) - 1

    nodes: list[dict] = []
    for name in order:
        kids = [k for k, other in enumerate(order) if BODY[other][0] == name]
        nodes.append({"name": called.get(name, f"{name}_end"), "translation": [float(x) for x in body.offsets[name]]})
        nodes[-1] |= {"children": kids} if kids else {}
    times = add(np.arange(n) / fps, "SCALAR")
    samplers, channels = [], []

    def channel(node: int, path: str, values: np.ndarray, kind: str) -> None:
        if how == "CUBICSPLINE":  # tangents as of a straight line from key to key would be
            slope = np.gradient(values, axis=0) * fps
            values = np.stack([slope, values, slope], 1).reshape(-1, values.shape[1])
        samplers.append({"input": times, "output": add(values, kind), "interpolation": how})
        channels.append({"sampler": len(samplers) - 1, "target": {"node": node, "path": path}})

    for k, name in enumerate(order):
        if name in body.turns:
            channel(k, "rotation", _smooth(Rotation.from_matrix(body.turns[name]).as_quat()), "VEC4")
    channel(order.index("pelvis"), "translation", body.root, "VEC3")
    data = {
        "asset": {"version": "2.0"}, "nodes": nodes, "accessors": accessors, "bufferViews": views,
        "animations": [{"name": name, "samplers": samplers, "channels": channels} for name in names_of],
    }  # fmt: skip
    if skinned:
        rest = Moving(np.zeros((1, 3)), {}).chain()
        bind = np.tile(np.eye(4), (len(order), 1, 1))
        bind[:, :3, 3] = [-rest[name][0][0] for name in order]
        data["skins"] = [
            {"joints": list(range(len(order))), "inverseBindMatrices": add(bind.transpose(0, 2, 1).reshape(-1, 16), "MAT4")}
        ]
    data["buffers"] = [{"byteLength": len(blob)}]
    return data, bytes(blob)


def _smooth(quaternions: np.ndarray) -> np.ndarray:
    """The same rotations, each in the half that is nearer to the one before."""
    signs = np.sign(np.sum(quaternions[1:] * quaternions[:-1], axis=1))
    return quaternions * np.cumprod([1.0, *np.where(signs == 0, 1.0, signs)])[:, None]


def glb(data: dict, blob: bytes) -> bytes:
    """A GLB of the two."""
    text = json.dumps(data).encode()
    text += b" " * (-len(text) % 4)
    blob += b"\0" * (-len(blob) % 4)
    parts = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(blob), b"BIN\0") + blob
    return b"glTF" + struct.pack("<II", 2, 12 + len(parts)) + parts
