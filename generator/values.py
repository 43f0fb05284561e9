"""Every value that flows through the generator, in order of appearance.

    Action --sample--> ClipSpec --animate--> Performance --stage--> Scene --render--> frames
                                                            Scene --label--> Labels
    Clip(spec, frames, labels) --write--> dataset on disk

Conventions, everywhere: metres, radians, seconds, pixels, named in the field (`_m`, `_rad`, `_s`, `_px`). World: right-handed,
z up, floor at z = 0. Camera: OpenCV axes (x right, y down, z forward), pixel centres at +0.5. `T_a_b` maps points of frame b
into frame a. T frames, J = 55 joints, V vertices, F faces.

A clip has performers, one or many: what the clip decides and what each of them decides are two types all the way, from
PerformanceSpec and PerformerSpec to Labels and PersonLabels. The first performer is the one whom the action is told of.

Specs are plain data (JSON on disk, checked on reading) and name what they take from tables; the values after them hold arrays.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Literal

import msgspec
import numpy as np

from .base.groups import MOST_VIEWS
from .base.outside import Outside
from .base.ranges import (
    MOST_PEOPLE,
    MOST_PHASES,
    MOST_TAKE_S,
    Above,
    Angle,
    Bend,
    BlurPx,
    ClipIndex,
    Crf,
    Digest,
    Fps,
    Gain,
    Modest,
    Moment,
    Natural,
    NotBelow,
    Pause,
    Role,
    Seed,
    Share,
    SizePx,
    Stops,
    Tempo,
)

Array = np.ndarray[Any, np.dtype[Any]]
Rgb = tuple[Share, Share, Share]
"""sRGB colour, each channel in [0, 1]."""
Quality = Literal["draft", "standard", "high"]
Side = Literal["left", "right"]

SPEC_VERSION = 8
"""Raised whenever an old ClipSpec would no longer rebuild the same clip, or a seed would no longer draw the same ClipSpec."""

FIRST = "a"
"""Role of the first performer, who in an action of one is the only one."""


# ---------------------------------------------------------------- what is decided: ClipSpec and its parts


@dataclass(frozen=True)
class BodySpec:
    """Whose body it is. `shape` holds the body model's own parameters (anny: phenotypes in [0, 1])."""

    model: str
    identity: str
    sex: Literal["female", "male"]
    age_years: NotBelow
    shape: dict[str, Modest]


@dataclass(frozen=True)
class FabricSpec:
    """A procedural cloth: `kind` names its weaver, `scale_m` is a repeat of its pattern, `stripe_share` what stripes take."""

    kind: str
    colors: tuple[Rgb, ...]
    scale_m: Above
    angle_rad: Angle = 0.0
    roughness: Share = 0.85
    variant: Natural = 0
    stripe_share: Share = 0.5


@dataclass(frozen=True)
class GarmentSpec:
    """A garment to cut: `kind` names the pattern, `params` its lengths and looseness, layers go inside out."""

    kind: str
    params: dict[str, Modest]
    fabric: FabricSpec
    layer: Natural = 0


@dataclass(frozen=True)
class SkinSpec:
    """`melanin` 0 (lightest) to 1 (darkest), `redness` (haemoglobin), `beard` (skin it hides) 0 to 1; `variant`: the brows."""

    melanin: Share
    redness: Share
    eye: Rgb
    lip_strength: NotBelow
    variant: Natural = 0
    beard: Share = 0.0


@dataclass(frozen=True)
class HairSpec:
    """`style` names a cut in `body/hair/cut.py`; "none" is bald."""

    style: str
    color: Rgb
    length: NotBelow = 0.5
    variant: Natural = 0


@dataclass(frozen=True)
class LookSpec:
    """Everything seen of a person besides shape. `garments` always cover torso, hips and feet."""

    skin: SkinSpec
    hair: HairSpec
    garments: tuple[GarmentSpec, ...]


@dataclass(frozen=True)
class PerformerSpec:
    """One person of a clip: their part, whose body it is, what they wear, and their own way to move.

    `role` names their part in the choreography ("a" in an action of one); `amplitude` is a factor (1 = as choreographed),
    `phases_rad` seed the breath, sway and tremor (no draw happens later).
    """

    role: Role
    body: BodySpec
    look: LookSpec
    style: str
    amplitude: NotBelow
    phases_rad: tuple[Angle, ...]


@dataclass(frozen=True)
class TrackSpec:
    """The recorded movement that a performer follows: of which person of which take of which file.

    `file` is its plain name, for people to read; it is found by `sha256`. `take` is "" in a file of one. `up`: the axis that
    a person said is up ("z", "y" or "-y"), "" where the file is believed.
    """

    file: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
    sha256: Digest
    take: Annotated[str, msgspec.Meta(max_length=255)] = ""
    person: Annotated[int, msgspec.Meta(ge=0, lt=MOST_PEOPLE)] = 0
    up: Literal["", "z", "y", "-y"] = ""


@dataclass(frozen=True)
class PhaseSpec:
    """A labelled stretch of a file, in its seconds."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
    start_s: Moment
    end_s: Moment


@dataclass(frozen=True)
class TakeSpec:
    """Recorded movement to be performed: a track for each role, of which [start_s, end_s] is shown.

    `caption` is what its file or labels say of it, "" where nothing. `layer`: only hips and legs come from it, and the rest
    from the choreography of the action. `loop`: after its end the file goes on as it began, from where it ended.
    """

    tracks: Annotated[tuple[TrackSpec, ...], msgspec.Meta(min_length=1, max_length=MOST_PEOPLE)]
    start_s: Moment
    end_s: Moment
    caption: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    phases: Annotated[tuple[PhaseSpec, ...], msgspec.Meta(max_length=MOST_PHASES)] = ()
    layer: bool = False
    loop: bool = False

    def __post_init__(self) -> None:
        if not 0.0 < self.end_s - self.start_s <= MOST_TAKE_S:
            raise ValueError(f"a take from {self.start_s:g} to {self.end_s:g} s: it lasts up to {MOST_TAKE_S:g} s")


@dataclass(frozen=True)
class PerformanceSpec:
    """How an action is performed, by all who perform it together.

    `params` are the action's own parameters; tempo is a factor (1 = as choreographed); `side` is the hand or foot that leads:
    with "left" everybody does the mirror image; the whole is turned by `heading_rad`. `take`: the recorded movement that is
    performed, None for a choreography alone (and then not written).
    """

    params: dict[str, Modest | str]
    tempo: Tempo
    side: Side
    idle_before_s: Pause
    idle_after_s: Pause
    start_phase: Modest
    heading_rad: Angle
    take: TakeSpec | None = None


@dataclass(frozen=True)
class BystanderSpec:
    """Somebody nearby who does something else: an `action`, begun `at_m` (x, y) from the stage's centre, with their `props`."""

    action: str
    performance: PerformanceSpec
    performer: PerformerSpec
    at_m: tuple[Modest, Modest]
    props: tuple[PropSpec, ...] = ()


@dataclass(frozen=True)
class PropSpec:
    """An object that the action needs; `name` is how the choreography calls it, `kind` names its builder, `forms` (part -> form)
    which it has of the forms that its parts come in (props/table.py)."""

    name: str
    kind: str
    size: Above
    colors: tuple[Rgb, ...]
    variant: Natural = 0
    forms: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CameraSpec:
    """Lens, view and movement; the distance follows from `fill` (share of the frame the motion's extent takes).

    The lens becomes a longer one where a person goes far towards the camera or away, or would not fill the frame from as near
    as a camera may come; `Camera.K_px` says what it was.

    `azimuth_rad` 0 looks at the person's front at the clip's start, growing counter-clockwise seen from above;
    `elevation_rad` > 0 looks down. `movement` is static | handheld | orbit | follow, `movement_params` its numbers.
    `other_azimuths_rad`: where else it may stand, in this order, when the body hides what acts (`scene/facing.py`).
    """

    focal_mm: Above
    azimuth_rad: Angle
    elevation_rad: Angle
    roll_rad: Angle
    fill: Above
    offset: tuple[Modest, Modest]
    movement: str
    movement_params: dict[str, Modest]
    phases_rad: tuple[Angle, ...]
    other_azimuths_rad: Annotated[tuple[Angle, ...], msgspec.Meta(max_length=8)] = ()


@dataclass(frozen=True)
class LampSpec:
    """An area lamp: position relative to the stage centre (m), side (m), power (W), colour."""

    position_m: tuple[Modest, Modest, Modest]
    size_m: Above
    power_w: NotBelow
    color: Rgb


@dataclass(frozen=True)
class SkySpec:
    """The sky by hour and weather, over places that have one of their own (`scene/sky.py`): where the sun stands (below the
    horizon
    at night), how much of the sky clouds cover, how hazy the air is, and which clouds they are."""

    sun_elevation_rad: Angle
    sun_azimuth_rad: Angle
    cloudiness: Share = 0.2
    haze: Share = 0.3
    variant: Natural = 0


@dataclass(frozen=True)
class LightSpec:
    """Environment map by asset name, its yaw and exposure (EV), an optional sun, and lamps; and the sky over places without a
    map."""

    hdri: str
    yaw_rad: Angle
    exposure_ev: Stops
    sun_strength: NotBelow
    sun_azimuth_rad: Angle
    sun_elevation_rad: Angle
    sun_color: Rgb
    lamps: tuple[LampSpec, ...]
    sky: SkySpec = SkySpec(0.8, 0.0)


@dataclass(frozen=True)
class SurfaceSpec:
    """A procedural surface of ground, wall or furniture; `kind` names its painter in `scene/surfaces.py`. With a `glow` it shines
    by itself, so many times as bright as its colour, and reflects nothing."""

    kind: str
    colors: tuple[Rgb, ...]
    scale_m: Above
    roughness: Share
    variant: Natural = 0
    glow: NotBelow = 0.0


@dataclass(frozen=True)
class BackdropSpec:
    """Where it happens: `kind` names the builder in `scene/backdrop.py` (outdoor, room...), `params` its numbers and forms.

    `chosen_for`: the kind of thing of the action's for whose sake it is one of the places where that belongs; "" where chance
    alone chose.
    """

    kind: str
    surfaces: dict[str, SurfaceSpec]
    params: dict[str, Modest | str]
    chosen_for: str = ""


@dataclass(frozen=True)
class SensorSpec:
    """What the camera itself does to the picture, besides what it sees; as it stands, nothing.

    Lengths (`_px`) are of a picture 256 px high, so that clips of every size look alike. Linear light is in shares of white.

    metering: the share of the stops that the middle of the picture is off `grey` (a linear brightness), by which the camera
    exposes more or less. exposure_s: how long a frame is exposed; its motion blur. readout_s: how long the rows are read out
    one after the other, top first (rolling shutter). distortion: by which share the picture's corners lie further out than a
    pinhole would show them, by the lens's square and fourth power; below 0 a barrel. softness_px: standard deviation of the
    lens's blur. vignetting: light lost in the corners. glare: the share of light that strays evenly over the picture.
    white_balance: gains of red and blue. saturation: a factor. shot_noise, read_noise: standard deviations in linear light,
    of white and of black. grain_px: the smoothing after it (standard deviation). noise_seed: which noise. sharpening:
    strength of the unsharp mask. crf: H.264's constant rate factor of the video that the frames went through, 0 for none.
    """

    metering: Share = 0.0
    grey: Share = 0.18
    exposure_s: Pause = 0.0
    readout_s: Pause = 0.0
    distortion: tuple[Bend, Bend] = (0.0, 0.0)
    softness_px: BlurPx = 0.0
    vignetting: Share = 0.0
    glare: Share = 0.0
    white_balance: tuple[Gain, Gain] = (1.0, 1.0)
    saturation: Gain = 1.0
    shot_noise: Share = 0.0
    read_noise: Share = 0.0
    grain_px: BlurPx = 0.0
    noise_seed: Natural = 0
    sharpening: Gain = 0.0
    crf: Crf = 0

    def __post_init__(self) -> None:
        one, two = self.distortion
        if min(1 + 3 * one * square + 5 * two * square**2 for square in (0.5, 1.0, 1.5, 2.25)) < 0.1:
            raise ValueError(f"a lens with the distortion {one:g}, {two:g} folds the picture over: take it nearer to 0")


@dataclass(frozen=True)
class GroupSpec:
    """The clips that show one performance: all are drawn by the index `number`. `cameras`: all that film it, where they are
    several, in one scene that suits each of them; the clip's own is that at `view`."""

    number: ClipIndex
    view: Natural = 0
    cameras: Annotated[tuple[CameraSpec, ...], msgspec.Meta(max_length=MOST_VIEWS)] = ()

    def __post_init__(self) -> None:
        if self.view >= max(1, len(self.cameras)):
            raise ValueError(f"view {self.view} of {max(1, len(self.cameras))} cameras, which are numbered from 0")


@dataclass(frozen=True)
class ClipSpec:
    """Every choice of one clip. `make_clip(spec)` rebuilds it without drawing a number."""

    version: Natural
    action: str
    index: ClipIndex
    seed: Seed
    recipe: str
    split: Literal["train", "val", "test"]
    width_px: SizePx
    height_px: SizePx
    fps: Fps
    performance: PerformanceSpec
    performers: Annotated[tuple[PerformerSpec, ...], msgspec.Meta(min_length=1, max_length=MOST_PEOPLE)]
    props: tuple[PropSpec, ...]
    camera: CameraSpec
    light: LightSpec
    backdrop: BackdropSpec
    bystanders: Annotated[tuple[BystanderSpec, ...], msgspec.Meta(max_length=MOST_PEOPLE)] = ()
    sensor: SensorSpec = field(default_factory=SensorSpec)
    variants: dict[str, Natural] = field(default_factory=dict)
    """Stream name -> redraw number, for counterfactual twins; {} for an ordinary clip."""
    group: GroupSpec | None = None
    """With which other clips it shares its performance; None (and then not written) where it stands alone."""
    source: str = ""
    """Where an action is found that isn't of the library: a user's own at "module:attr", recorded ones at "motion:DIGEST"."""

    def __post_init__(self) -> None:
        if len(set(self.roles)) < len(self.roles):
            raise ValueError(f"two people have one role: {', '.join(self.roles)}")

    @property
    def cameras(self) -> tuple[CameraSpec, ...]:
        """All that film this performance."""
        return self.group.cameras if self.group and self.group.cameras else (self.camera,)

    @property
    def group_name(self) -> str:
        """What the clips of one group have in common, the name of its first performance; a clip alone is a group of its own."""
        return f"{self.action}-{self.index if self.group is None else self.group.number:06d}"

    @property
    def people(self) -> tuple[PerformerSpec, ...]:
        """Everybody, in the order of performance and labels: the performers, then the bystanders."""
        return (*self.performers, *(bystander.performer for bystander in self.bystanders))

    @property
    def roles(self) -> tuple[str, ...]:
        """Of everybody."""
        return tuple(person.role for person in self.people)

    @property
    def body_model(self) -> str:
        """Whose bodies they are; "anny+smplx" of people of several, whom no recipe draws."""
        return "+".join(sorted({person.body.model for person in self.people}))

    @property
    def name(self) -> str:
        """File stem of the clip: `<action>-<index>`, the index in six digits."""
        return f"{self.action}-{self.index:06d}"


# ---------------------------------------------------------------- who moves, and how: Skeleton and Performance


@dataclass(frozen=True)
class Landmark:
    """A point fixed to a joint: `offset_m` (3,) in the joint's rest axes."""

    joint: int
    offset_m: Array


@dataclass(frozen=True)
class Skeleton:
    """Rest pose of one body: T-pose in SMPL's rest frame (x to the body's left, y up, z to its front).

    `joints_m` (55, 3) float64 with the pelvis joint wherever the mesh has it; parents are SMPLX_PARENTS. `landmarks` are the
    named points of `skeletons.LANDMARKS`. `radius_m` (55,) is the flesh around each joint. `gender`: the body model's file that
    it is from: neutral, female or male. Set when dressed: `sole_drop_m`, how far the shoe's sole lies below the bare sole;
    `locks_m` (3, 3, 3), for each of `skeletons.HAIR_BONES` its root, its tip, and where on the body the tip comes to lie (None
    without loose hair); `layers`, those of `skeletons.LAYERS` that have bones of their own, for an action that changes clothes;
    `outside`, the dressed surface, of those who act together.
    """

    joints_m: Array
    landmarks: dict[str, Landmark]
    radius_m: Array
    sole_drop_m: float = 0.0
    locks_m: Array | None = None
    gender: str = "neutral"
    layers: tuple[str, ...] = ()
    outside: Outside | None = None


@dataclass(frozen=True)
class Segment:
    """A labelled stretch of time, [start_s, end_s)."""

    name: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Contact:
    """`landmark` (or joint) of `role` rests on `target` during [start_s, end_s).

    `target` is "floor", a prop's name, another landmark of the same body, or "ROLE:LANDMARK" of somebody else's.
    """

    landmark: str
    target: str
    start_s: float
    end_s: float
    role: str = FIRST


@dataclass(frozen=True)
class Performer:
    """One person's solved motion.

    rotations (T, 55, 3, 3) float64: local rotations in SMPL-X's convention; [:, 0] takes the rest frame to the
    world, so a person upright and facing -y has Rx(+90 deg) there. pelvis_m (T, 3): world position of the pelvis
    joint. `acting`: whether they perform the clip's action, rather than something else nearby. `worn`: layer -> (T, 55), how far
    what of it goes with each joint is on, 0 to 1; layers that are not in it are worn all the time.
    """

    role: str
    skeleton: Skeleton
    rotations: Array
    pelvis_m: Array
    acting: bool = True
    worn: dict[str, Array] = field(default_factory=dict)


@dataclass(frozen=True)
class Performance:
    """One performance, solved on the bodies that give it: performers in the order of the spec's, then the bystanders.

    props: prop name -> T_world_prop (T, 4, 4), or (T, J, 4, 4) for the J bones of a thing that bends.
    """

    fps: float
    performers: tuple[Performer, ...]
    props: dict[str, Array]
    segments: tuple[Segment, ...]
    contacts: tuple[Contact, ...]

    @property
    def n_frames(self) -> int:
        """T."""
        return int(self.performers[0].pelvis_m.shape[0])

    @property
    def acting(self) -> tuple[Performer, ...]:
        """Those who perform the clip's action."""
        return tuple(performer for performer in self.performers if performer.acting)


# ---------------------------------------------------------------- what is seen: Mesh, Camera, Light, Scene


@dataclass(frozen=True)
class Material:
    """albedo (H, W, 3) uint8 sRGB, tiled over uv in [0, 1), row 0 at v = 1 (top), nearest sizes powers of two. With a `glow` it
    shines by itself, at so many times its albedo's radiance, and reflects nothing: lamps, what daylight lights behind a
    window."""

    name: str
    albedo: Array
    roughness: float = 0.8
    metallic: float = 0.0
    glow: float = 0.0


@dataclass(frozen=True)
class Weights:
    """Sparse skinning weights in CSR form: vertex v is moved by joint[indptr[v]:indptr[v + 1]] with weight[...].

    indptr (V + 1,) int32, joint (N,) int16, weight (N,) float32 summing to 1 per vertex.
    """

    indptr: Array
    joint: Array
    weight: Array


@dataclass(frozen=True)
class Mesh:
    """A thing in the scene; skinned, rigid and static meshes are all 'weights times transforms'.

    vertices_m (V, 3) float32 at rest; faces (F, 3) int32, counter-clockwise seen from outside; uv (F, 3, 2) float32
    per corner; material_of_face, part_of_face, surface_of_face (F,) int16 (indices into `materials`, PARTS, SURFACES);
    transforms (T or 1, J, 3, 4) float32, rest -> world (a rigid thing has J = 1, a static one T = 1).
    `weights` is None where J = 1.
    """

    name: str
    kind: Literal["person", "prop", "backdrop"]
    vertices_m: Array
    faces: Array
    uv: Array
    material_of_face: Array
    part_of_face: Array
    surface_of_face: Array
    materials: tuple[Material, ...]
    weights: Weights | None
    transforms: Array
    smooth: bool = True


@dataclass(frozen=True)
class Lens:
    """How a finished picture comes from a pinhole's: K_px (T, 3, 3) and distortion (T, 5), OpenCV's k1, k2, p1, p2, k3, are the
    finished picture's; its rows are read out in `readout_share` of the time between two frames (`scene/lens.py`).
    """

    K_px: Array
    distortion: Array
    readout_share: float = 0.0


@dataclass(frozen=True)
class Camera:
    """Pinhole per frame: K_px (T, 3, 3) and T_camera_world (T, 4, 4), float64. It is what renderers draw; with a `lens`, the
    finished picture is another one."""

    width_px: int
    height_px: int
    K_px: Array
    T_camera_world: Array
    lens: Lens | None = None


@dataclass(frozen=True)
class Light:
    """Environment and lamps in world terms; `hdri_path` None means an even grey sky, or the map (H, W, 3) in `sky`.

    sun_direction (3,) is where the light goes; sun_strength in W/m2; sun_color (3,) linear RGB.
    lamps: LampSpec with positions in the world, each aimed at `stage_center_m`.
    """

    hdri_path: str | None
    yaw_rad: float
    exposure_ev: float
    sun_direction: Array
    sun_strength: float
    sun_color: Array
    lamps: tuple[LampSpec, ...]
    stage_center_m: Array
    hdri_visible: bool = True
    sky: Array | None = None


@dataclass(frozen=True)
class Scene:
    """All there is to see and to label in one clip. Knows nothing of renderers."""

    meshes: tuple[Mesh, ...]
    camera: Camera
    light: Light
    performance: Performance

    @property
    def fps(self) -> float:
        """Frames a second."""
        return self.performance.fps

    @property
    def n_frames(self) -> int:
        """T."""
        return self.performance.n_frames

    @cached_property
    def people(self) -> tuple[Mesh, ...]:
        """The performers' meshes, in the performance's order."""
        return tuple(mesh for mesh in self.meshes if mesh.kind == "person")


# ---------------------------------------------------------------- what comes out: Labels and Clip


@dataclass(frozen=True)
class PersonLabels:
    """Ground truth of one person of a clip.

    joints_world_m (T, 55, 3), joints_px (T, 55, 2), joints_visible (T, 55) uint8 (0 outside the frame, 1 hidden,
    2 visible), coco_world_m (T, 17, 3), coco_px (T, 17, 2), coco_visible (T, 17), box_px (T, 4) xyxy of the person's
    visible pixels (NaN when none). `body` holds the AMASS/SMPL-X arrays (trans, root_orient, pose_body, pose_hand,
    pose_jaw, pose_eye, betas, ...). `acting`: whether they perform the clip's action.
    """

    role: str
    acting: bool
    joints_world_m: Array
    joints_px: Array
    joints_visible: Array
    coco_world_m: Array
    coco_px: Array
    coco_visible: Array
    box_px: Array
    body: dict[str, Array]
    measures: dict[str, float]


@dataclass(frozen=True)
class Labels:
    """Ground truth of one clip; see docs/format.md for how it lies on disk.

    K_px (T, 3, 3), T_camera_world (T, 4, 4). distortion (T, 5): OpenCV's k1, k2, p1, p2, k3; readout_s: from the first row's
    moment to the last one's; None and 0 without a lens. `phase` (T,) int16 indexes `segments` (-1: before or after the action).
    `people` are in the order of the performance's. `dense` holds what was asked for: mask (T, H, W) uint8 surface id, part uint8,
    person uint8 (whose body: 0 nobody's, k that of people[k - 1]), depth float32 m (inf = sky), normal (T, H, W, 3) float16
    world, flow (T - 1, H, W, 2) float32 px and occlusion (T - 1, H, W) bool. `class_id` is given by the dataset or the stream
    that the clip is of, -1 outside one.
    """

    action: str
    class_id: int
    caption: str
    segments: tuple[Segment, ...]
    contacts: tuple[Contact, ...]
    phase: Array
    K_px: Array
    T_camera_world: Array
    people: tuple[PersonLabels, ...]
    dense: dict[str, Array] = field(default_factory=dict)
    distortion: Array | None = None
    readout_s: float = 0.0

    @property
    def acting(self) -> tuple[PersonLabels, ...]:
        """Those who perform the clip's action."""
        return tuple(person for person in self.people if person.acting)


@dataclass(frozen=True)
class Clip:
    """A finished clip: frames (T, H, W, 3) uint8 sRGB."""

    spec: ClipSpec
    frames: Array
    labels: Labels
