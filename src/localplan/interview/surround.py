"""Draw the head of a screen above a prompt and the line of keys below it."""

from collections.abc import Callable, Sequence
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.filters import to_filter
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, Window
from questionary import Separator
from questionary.prompts.common import InquirerControl

from localplan.interview.frame import Frame, Line, drawn_above, drawn_below

WIDEST = 92
"""The columns that a screen uses; longer lines are hard to read."""
_BELOW = 4
"""The blank line above a list, the rule below it and up to two lines of keys."""


def surround(
    app: Application[Any], frame: Frame, said: Callable[[], Sequence[str]], room: int
) -> None:
    """Put the head of `frame` above the prompt of `app` and the keys that `said` gives below it.

    `room` is how many lines the prompt itself needs, however long the question is.
    """
    focused = app.layout.current_window
    listed = list_of(app)

    def above() -> tuple[Line, ...]:
        return drawn_above(frame, _width(app), _rows(app) - room)

    def below() -> tuple[Line, ...]:
        shown = _rows(app) - len(above()) - _BELOW
        place = _place_in(listed, shown) if listed else ""
        return drawn_below([*said(), *([place] if place else [])], _width(app))

    for window in app.layout.find_all_windows():
        window.dont_extend_height = to_filter(True)  # noqa: FBT003 (prompt_toolkit's own signature)
    app.layout = Layout(
        HSplit(
            [
                _strip(above),
                app.layout.container,
                _strip(below),
            ]
        ),
        focused_element=focused,
    )


def list_of(app: Application[Any]) -> InquirerControl | None:
    """The list of a prompt, if it has one."""
    contents = (window.content for window in app.layout.find_all_windows())
    return next((each for each in contents if isinstance(each, InquirerControl)), None)


def _place_in(listed: InquirerControl, shown: int) -> str:
    """Where the pointer stands in a list of which only so many lines show; else nothing."""
    choices = listed.filtered_choices
    if len(choices) <= shown:
        return ""
    real = [at for at, each in enumerate(choices) if not isinstance(each, Separator)]
    here = sum(at <= (listed.pointed_at or 0) for at in real)
    return f"{here} of {len(real)}"


def _strip(lines: Callable[[], Sequence[Line]]) -> Window:
    """Lines that keep their height, whatever else wants room."""

    def text() -> StyleAndTextTuples:
        found = lines()
        parts: StyleAndTextTuples = [part for line in found for part in (*line, ("", "\n"))]
        return parts[:-1]

    control = FormattedTextControl(text, focusable=False)
    return Window(
        control, height=lambda: len(lines()), dont_extend_height=True, always_hide_cursor=True
    )


def _rows(app: Application[Any]) -> int:
    return app.output.get_size().rows


def _width(app: Application[Any]) -> int:
    return min(app.output.get_size().columns, WIDEST)
