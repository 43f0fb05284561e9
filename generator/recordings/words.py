"""What is said of recorded movement, made fit for a caption that begins with who does it."""

from __future__ import annotations

import re

_SUBJECT = re.compile(
    r"^(?:(?:a|an|the|this|one|some)\s+)?(?:(?:young|old|older|standing|stick|simulated|male|female|first)\s+)*"
    r"(?:person|man|woman|human|figure|someone|somebody|individual|guy|boy|girl|character|subject|avatar|actor|he|she|they)\s+"
    r"(?=\w+)",
    re.IGNORECASE,
)
_SIDE = re.compile(r"\b(left|right)(hand|foot|side|ward|wards)?\b", re.IGNORECASE)
_OTHER = {"left": "right", "right": "left"}

_CLOCK = (("anticlockwise", "\0"), ("counterclockwise", "\0"), ("counter-clockwise", "\0"), ("clockwise", "counterclockwise"),
          ("\0", "clockwise"))  # fmt: skip


def deed_of(text: str) -> str:
    """What somebody does, for "A man in jeans ...", from a sentence such as "a person walks in a circle."; "" from nothing."""
    words = " ".join(text.split()).rstrip(". ")
    if not words:
        return ""
    rest = _SUBJECT.sub("", words, count=1)
    return rest if rest != words else _performs(_uncapitalised(words))


def deed_called(name: str) -> str:
    """The same from the name of a class."""
    words = name.replace("_", " ")
    return f"is {words}" if words.split()[0].endswith("ing") and len(words.split()[0]) > 5 else _performs(words)


def together(text: str, name: str) -> str:
    """What two people do, the first of whom is the subject and {b} the other."""
    said = _uncapitalised(" ".join(text.split()).rstrip(". ")) or name.replace("_", " ")
    return f'and {{b}} perform "{escaped(said)}" together'


def _performs(words: str) -> str:
    return f'performs the movement "{words}"'


def escaped(text: str) -> str:
    """Text in which no brace stands for a blank to be filled."""
    return text.replace("{", "{{").replace("}", "}}")


def mirrored(text: str) -> str:
    """The text of the mirror image: left for right, and the other way round a clock."""
    swapped = _SIDE.sub(lambda found: _as(found[1], _OTHER[found[1].lower()]) + (found[2] or ""), text)
    for old, new in _CLOCK:
        swapped = swapped.replace(old, new)
    return swapped


def names_a_side(name: str) -> bool:
    """Whether a class's name says left or right, so that its mirror image is another class."""
    return any(word in _OTHER for word in name.lower().replace("-", "_").split("_"))


def _as(model: str, word: str) -> str:
    return word.capitalize() if model[:1].isupper() else word


def _uncapitalised(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
