"""Which classes a target shares with the set that a model was pretrained on, for zero-shot measurement."""

from __future__ import annotations

from collections.abc import Sequence

from ....assets_manifest.targets import synapt150, target_info, target_names, taxonomy


def shared_classes(
    target_name: str, pretraining_classes: Sequence[str], target_classes: Sequence[str] | None = None
) -> list[tuple[str, str]]:
    """(class of the target, class of the pretraining set) pairs that show the same action, in the target's order.

    Classes are matched by the taxonomy (assets_manifest/taxonomy.toml), and by name where both sides spell it alike. A class
    may be in several pairs: both of Weizmann's waves are waving, and whatever isn't falling is gmdcsa24's "no_fall", so that
    probabilities of a target's class are to be summed over its pairs. `target_classes` are those of the loaded target; None
    are the official ones, which a `folder` does not have.
    """
    if target_classes is None:
        target_classes = target_info(target_name).class_names if target_name in target_names() else ()
    ours = {name: _actions_called(name) for name in pretraining_classes}
    pairs = []
    for theirs in target_classes:
        actions = _actions_of(target_name, theirs)
        for name, called in ours.items():
            if actions & called or _plain(name) == _plain(theirs):
                pairs.append((theirs, name))
    return _own_only(pairs)


def _own_only(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs without those of an action that two classes share, where one of the two has another action to itself: to a model that
    knows jogging, a jogging clip is not running; to one that doesn't, it is."""
    of = {name: {theirs for theirs, ours in pairs if ours == name} for _, name in pairs}
    own = {theirs for theirs, name in pairs if len(of[name]) == 1}
    return [(theirs, name) for theirs, name in pairs if theirs not in own or len(of[name]) == 1]


def _plain(name: str) -> str:
    return "_".join(name.strip().lower().replace("-", " ").replace("_", " ").split())


def _actions_of(target_name: str, class_name: str) -> set[str]:
    """Actions that a class of a target shows; of one that the taxonomy doesn't know, those that are called like its class."""
    if target_name in target_names() and target_info(target_name).class_names:
        return {action for action, row in taxonomy().items() if class_name in row.get(target_name, ())}
    return _actions_called(class_name)


def _actions_called(name: str) -> set[str]:
    """Actions known by this name: ours, SynAPT's, or what people call them."""
    plain = _plain(name)
    found = {action for action, row in taxonomy().items() if plain in (action, *row.get("synapt150", ()), *row.get("also", ()))}
    if plain in synapt150():
        found.add(plain)
    return found
