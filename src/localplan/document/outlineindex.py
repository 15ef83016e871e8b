"""Which pieces of a plan the prompts of a State's outline ask for."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from localplan.document.blocks import Boundary
from localplan.document.pieces import Piece
from localplan.knowledge.states import Prompt, State
from localplan.knowledge.targets import Key, Target
from localplan.plan.tree import steps

Index: TypeAlias = dict[str, list[tuple[int, tuple[str, ...]]]]
"""Places of pieces by the part of the answers they print, each with the steps of its path."""

_REPEATING = frozenset({"glance", "summary", "missing"})


def index_of(pieces: Iterable[Piece], state: State) -> Index:
    """Return where the prompts of `state` find their answers among `pieces`."""
    targets = [target for prompt in state.prompts() for target in prompt.targets]
    index: Index = {}
    for place, piece in enumerate(pieces):
        if repeats(piece):
            continue
        for path in _subjects(piece, targets):
            names = steps(path)
            index.setdefault(_key(names), []).append((place, names))
    return index


def asked_by(prompt: Prompt, index: Index) -> tuple[int, ...]:
    """Return the places of the pieces that `prompt` asks for, target by target, in plan order."""
    return tuple(
        dict.fromkeys(
            place
            for target in prompt.targets
            for place, names in index.get(_key(target.text.split(".")), ())
            if _meets(names, target)
        )
    )


def repeats(piece: Piece) -> bool:
    """Return True for the cover and for generated text that only sums up what other pieces say."""
    first = piece.blocks[0]
    if isinstance(first, Boundary) and first.kind == "answer":
        return False
    return not piece.chapter or piece.chapter in _REPEATING


def _subjects(piece: Piece, targets: Sequence[Target]) -> tuple[str, ...]:
    """What the piece is about: its first path where some prompt asks for that, else all."""
    if len(piece.paths) > 1 and any(_meets(steps(piece.paths[0]), one) for one in targets):
        return piece.paths[:1]
    return piece.paths


def _key(names: Sequence[str]) -> str:
    """The part of the answers: `narratives` are many, so each is a part of its own."""
    root = names[0].partition("[")[0]
    return ".".join(names[:2]) if root == "narratives" else root


def _meets(names: Sequence[str], target: Target) -> bool:
    """Whether a path lies under the target, or the target under the path."""
    for name, segment in zip(names, target.segments, strict=False):
        if isinstance(segment, Key) and name not in {segment.name, "*"}:
            return False
    return bool(names)
