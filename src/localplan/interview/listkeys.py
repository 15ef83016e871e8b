"""Keys that move in a list and tick what it offers."""

from collections.abc import Callable

import questionary
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from questionary.prompts.common import InquirerControl

PAGE = 10
"""How many lines Page Up and Page Down go."""

_FURTHER: dict[str, Callable[[int, int], int]] = {
    "home": lambda *_: 0,
    "end": lambda _, last: last,
    "pageup": lambda here, _: max(here - PAGE, 0),
    "pagedown": lambda here, last: min(here + PAGE, last),
    "up": lambda here, last: here - 1 if here else last,
    "down": lambda here, last: here + 1 if here < last else 0,
}


def moving_keys(listed: InquirerControl) -> KeyBindings:
    """Return the keys that move the pointer of a list, however typing has shortened it."""
    bindings = KeyBindings()
    for key, further in _FURTHER.items():
        bindings.add(key, eager=True)(_going(listed, further))
    return bindings


def ticking_key(listed: InquirerControl) -> KeyBindings:
    """Return the key that ticks the line of the pointer; the whole list is shown again then."""

    def tick(_: KeyPressEvent) -> None:
        if nothing_found(listed):
            return
        line = listed.get_pointed_at()
        chosen = listed.selected_options
        chosen.remove(line.value) if line.value in chosen else chosen.append(line.value)
        show_all(listed)

    bindings = KeyBindings()
    bindings.add(" ", eager=True)(tick)
    return bindings


def show_all(listed: InquirerControl) -> None:
    """Show the whole list again after a search, and point at the line that was pointed at."""
    line = listed.get_pointed_at()
    listed.search_filter = None
    listed.pointed_at = listed.choices.index(line)


def nothing_found(listed: InquirerControl) -> bool:
    """Return whether no line has the letters that were typed."""
    return bool(listed.filtered_choices and listed.search_filter) and not listed.found_in_search


def _going(
    listed: InquirerControl, further: Callable[[int, int], int]
) -> Callable[[KeyPressEvent], None]:
    def go(_: KeyPressEvent) -> None:
        places = [
            at
            for at, line in enumerate(listed.filtered_choices)
            if not isinstance(line, questionary.Separator)
        ]
        if places:
            here = max(sum(place <= (listed.pointed_at or 0) for place in places) - 1, 0)
            listed.pointed_at = places[further(here, len(places) - 1)]

    return go
