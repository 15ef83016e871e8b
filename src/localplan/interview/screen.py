"""A screen of our own, so that the terminal looks as before when the interview ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from prompt_toolkit.application import get_app_session

_NARROW = 80
"""The columns that lists are laid out for; on a wider screen names get the rest."""


@contextmanager
def own_screen() -> Iterator[None]:
    """Work on an empty screen, and give the old one back at the end, however that comes."""
    _enter()
    try:
        yield
    finally:
        _leave()


@contextmanager
def old_screen() -> Iterator[None]:
    """Give the terminal to another program, and take our screen again afterwards."""
    _leave()
    try:
        yield
    finally:
        _enter()


def spare() -> int:
    """Return how many columns the terminal has beyond those that every list is made for."""
    return max(get_app_session().output.get_size().columns - _NARROW, 0)


def _enter() -> None:
    output = get_app_session().output
    if hasattr(output, "enable_cpr"):
        # We always begin at the top, so there is no cursor to ask about; a terminal that does not
        # answer would make each question wait.
        output.enable_cpr = False
    output.enter_alternate_screen()
    output.erase_screen()
    output.cursor_goto(0, 0)
    output.flush()


def _leave() -> None:
    output = get_app_session().output
    output.quit_alternate_screen()
    output.flush()
