"""The keys of the interview, the lines of its lists, and what comes back from a prompt."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeAlias, TypeVar

_Value = TypeVar("_Value")


class Key(Enum):
    """A key that does something else than answer."""

    BACK = "Esc"
    HELP = "?"
    LEAVE = "Esc, at the main menu"
    MORE = "Tab"
    FIND = "/"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key, and what had been typed or chosen when it was pressed."""

    key: Key
    typed: Any = None


@dataclass(frozen=True, slots=True)
class Entry(Generic[_Value]):
    """One line of a list: what it gives, how it is called, and a few quiet words behind it."""

    value: _Value
    label: str
    note: str = ""
    words: str = ""
    """What typing finds it by, when that is more than what is shown."""
    takes_typing: bool = False
    """Whether it stays whatever is typed, and begins with it: a new record and its name."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A blank line, or a heading, between the entries of a list."""

    label: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """An entry that takes what is typed, chosen with the letters that stood there."""

    value: Any
    typed: str


class Interrupted(KeyboardInterrupt):
    """Ctrl-C while something was typed; `typed` is what stood in the field."""

    def __init__(self, typed: str) -> None:
        super().__init__()
        self.typed = typed


Entries: TypeAlias = Sequence[Entry[_Value] | Gap]

EVERY_KEY = (Key.HELP, Key.BACK, Key.MORE)
