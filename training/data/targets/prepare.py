"""What is there of a dataset under a folder, and plain instructions for what isn't."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ....assets_manifest.targets import Part, TargetInfo, target_info
from ....generator.base.errors import UserError
from ...values import Target


@dataclass(frozen=True)
class Step:
    """One part of a dataset: `files` are there of at least `wanted`."""

    part: Part
    files: int

    @property
    def done(self) -> bool:
        """Whether nothing is left to fetch."""
        return self.files >= self.part.want


@dataclass(frozen=True)
class Preparation:
    """How far a dataset's download is; `ready` when every part that is needed is there."""

    info: TargetInfo
    root: Path
    steps: tuple[Step, ...]

    @property
    def ready(self) -> bool:
        """Whether `synapt targets check` has everything to look at."""
        return all(step.done or step.part.optional for step in self.steps)

    def lines(self) -> list[str]:
        """What to print: the dataset, its terms, then part by part what is there and what to do."""
        info = self.info
        told = [f"{info.title}: {info.about}", f"terms: {info.terms}"]
        told += [f"page: {info.page}"] if info.page else []
        for number, step in enumerate(self.steps, 1):
            part, optional = step.part, " (optional)" if step.part.optional else ""
            state = "there" if step.done else f"{step.files} of {part.want} there" if step.files else "missing"
            told.append(f"{number}. {part.what}{optional}: {state}")
            if not step.done:
                told.append(f"   get {part.url}")
                told.append("   " + part.do.replace("the root", str(self.root)))
        told += [f"note: {note}" for note in info.notes]
        ready = f"next: synapt targets check {info.name} --root {self.root}"
        told.append(ready if self.ready else "then run this again; nothing is downloaded by synapt")
        return told


def prepare(name: str, root: Path | str) -> Preparation:
    """How far the download of dataset `name` into `root` is. `root` need not exist yet. UserError for an unknown name."""
    info, folder = target_info(name), Path(root)
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{root} is a file: give the folder for {name}'s files")
    return Preparation(info, folder, tuple(Step(part, _count(folder, part)) for part in info.parts))


def _count(root: Path, part: Part) -> int:
    """Files that show that a part is there: of the place that holds most, below the root or a folder that a package made."""
    if not root.is_dir():
        return 0
    homes = [root, *(path for path in sorted(root.iterdir()) if path.is_dir())]
    return max(
        sum(1 for path in home.glob(place) if path.is_file() and not path.name.startswith("."))
        for home in homes
        for place in part.places
    )


def summary(target: Target) -> list[str]:
    """What a loaded target is, in a few lines: how it is divided, and how many clips each fold has."""
    mirrored = "never mirrored" if target.folds[0].train.directional else "may be mirrored"
    told = [f"{target.name}: {len(target.classes)} classes, {target.division}, digest {target.digest}, {mirrored}"]
    told += [f"  {fold.name}: {len(fold.train)} training clips, {len(fold.test)} test clips" for fold in target.folds]
    if target.missing_share:
        told.append(f"  {target.missing_share:.1%} of the official clips are missing; results will say so")
    return told
