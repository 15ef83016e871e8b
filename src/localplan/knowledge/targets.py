"""The small language that prompts and standards share: targets and conditions.

A *path* names one answer; a *target* names many (`partners[programs=vr].role`); a *condition*
says what targets must hold (`when: {plan.track: existing}`). This module only reads the language;
`localplan.plan.tree` looks things up in answers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from localplan.errors import LocalPlanError

ANYTHING = "*"
NOTHING = "-"

_KEY = re.compile(r"[a-z0-9_][a-z0-9_-]*")
_WHERE = re.compile(r"([a-z][a-z0-9_]*)=([a-z0-9][a-z0-9-]*)")
_SEGMENT = re.compile(r"([^.\[\]]+)(?:\[([^\]]*)\])?(?:\.|$)")


class TargetError(LocalPlanError):
    """A target or condition that cannot be read."""


@dataclass(frozen=True, slots=True)
class Key:
    """One named step: a key, or the id of a record."""

    name: str


@dataclass(frozen=True, slots=True)
class Each:
    """Every record of the list, or every value of the group, reached so far."""


@dataclass(frozen=True, slots=True)
class Where:
    """The records whose `key` equals, or as a list of codes holds, `value`."""

    key: str
    value: str


Segment: TypeAlias = Key | Each | Where


@dataclass(frozen=True, slots=True)
class Target:
    """A parsed target; `text` is how it was written."""

    text: str
    segments: tuple[Segment, ...]

    @classmethod
    def parse(cls, text: str) -> "Target":
        """Return the target written as `text`.

        Raises:
            TargetError: `text` is not in the language.
        """
        return cls(text, _segments(text))

    @property
    def is_path(self) -> bool:
        """True when the target names exactly one answer."""
        return all(isinstance(segment, Key) for segment in self.segments)

    @property
    def general(self) -> str:
        """The target with every selection widened to `*`: which question fills it."""
        words = [segment.name if isinstance(segment, Key) else "*" for segment in self.segments]
        return ".".join(words)

    @property
    def root(self) -> str:
        """The first key: the part of the answers file it speaks of."""
        first = self.segments[0]
        return first.name if isinstance(first, Key) else ANYTHING


@lru_cache(maxsize=4096)
def _segments(text: str) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    position = 0
    while position < len(text):
        found = _SEGMENT.match(text, position)
        if not found:
            raise TargetError(f'"{text}" is not a target. An example: partners.*.role')
        segments.extend(_read_segment(text, found.group(1), found.group(2)))
        position = found.end()
    if not segments or text.endswith("."):
        raise TargetError(f'"{text}" is not a target. An example: partners.*.role')
    return tuple(segments)


def _read_segment(text: str, name: str, selection: str | None) -> list[Segment]:
    if name == ANYTHING and selection is None:
        return [Each()]
    if not _KEY.fullmatch(name):
        raise TargetError(f'"{name}" in "{text}" is not a key')
    if selection is None:
        return [Key(name)]
    where = _WHERE.fullmatch(selection)
    if not where:
        raise TargetError(f'"[{selection}]" in "{text}" must look like [programs=vr]')
    return [Key(name), Where(where.group(1), where.group(2))]


@dataclass(frozen=True, slots=True)
class Clause:
    """One line of a condition: what `target` must be (one of `values`, `*` or `-`)."""

    target: Target
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """When something applies: every clause must hold. No clause means always."""

    clauses: tuple[Clause, ...] = ()

    @classmethod
    def parse(cls, written: Mapping[str, str | list[str]]) -> "Condition":
        """Return the condition written as a mapping of target to value or values.

        Raises:
            TargetError: a target is not in the language.
        """
        return cls(
            tuple(
                Clause(Target.parse(target), (value,) if isinstance(value, str) else tuple(value))
                for target, value in written.items()
            )
        )


ALWAYS = Condition()
