"""Prompts with the keys of the interview added: back, help, more.

The one module that knows questionary. A prompt gives what was chosen or typed, or a `Pressed` key
together with what stood in the field, so that nothing typed is ever lost.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import questionary
from prompt_toolkit.application import Application, get_app
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import (
    KeyBindings,
    KeyBindingsBase,
    KeyPressEvent,
    merge_key_bindings,
)
from prompt_toolkit.keys import Keys
from prompt_toolkit.styles import Style
from prompt_toolkit.validation import ValidationError, Validator
from questionary.prompts.common import InquirerControl

from localplan.interview.frame import Frame
from localplan.interview.keys import (
    EVERY_KEY,
    Entries,
    Entry,
    Gap,
    Interrupted,
    Key,
    Pressed,
    Typed,
)
from localplan.interview.listkeys import moving_keys, nothing_found, show_all, ticking_key
from localplan.interview.surround import list_of, surround
from localplan.interview.wordwrap import WordWrap

_Value = TypeVar("_Value")


POINTER = "\u276f"
"""Marks the chosen line of a list, and where typing goes."""


STYLE = Style(
    [
        ("pointer", "bold"), ("highlighted", "bold"), ("selected", "noinherit"),
        ("answer", ""), ("question", ""), ("text", ""), ("quiet", "#767676"),
        ("search_success", "noinherit bold"), ("search_none", "noinherit bold"),
        ("title", "bold"), ("ask", "bold"), ("rule", "#767676"), ("note", "bold"),
        ("validation-toolbar", "noinherit bold"),
    ]
)  # fmt: skip
_WORDS = {
    Key.HELP: "? help", Key.BACK: "Esc back", Key.LEAVE: "Esc leave", Key.MORE: "Tab more",
    Key.FIND: "/ find",
}  # fmt: skip


def choose(
    frame: Frame, entries: Entries[_Value], *, at: object = None, keys: Sequence[Key] = EVERY_KEY
) -> _Value | Pressed:
    """Return the value of the entry that is chosen; the pointer starts at the value `at`."""
    prompt = questionary.select("", choices=_choices(entries), default=_start(entries, at), **_LIST)
    said = ["Enter choose", *_said(keys)]
    room = min(len(entries), _FEW)
    chosen: _Value | Pressed = _answer(prompt, frame, lambda: said, _plain_keys(keys), room=room)
    return chosen


def find(
    frame: Frame, entries: Entries[_Value], *, at: object = None, keys: Sequence[Key] = (Key.BACK,)
) -> _Value | Pressed | Typed:
    """Return the value of the entry that is chosen from a list that typing makes shorter.

    An entry that takes what is typed comes as `Typed` once something is.
    """
    prompt = questionary.select(
        "",
        choices=[_findable(entry) for entry in entries],
        default=_start(entries, at),
        use_search_filter=True,
        **_LIST,
    )
    listed = _list_in(prompt)

    taking = [each.value for each in entries if isinstance(each, Entry) and each.takes_typing]

    def said() -> list[str]:
        if nothing_found(listed):
            return [_NOTHING_FOUND, _WHOLE_LIST]
        if listed.search_filter and listed.get_pointed_at().value in taking:
            return [f'Enter: new, "{listed.search_filter}"', _WHOLE_LIST]
        if listed.search_filter:
            return ["Enter choose", _WHOLE_LIST]
        return [*_letters(entries), "Enter choose", *_said(keys)]

    room = min(len(entries), _FEW)
    chosen: _Value | Pressed = _answer(
        prompt, frame, said, _searching_keys(listed, keys), room=room
    )
    typed = listed.search_filter
    return Typed(chosen, typed) if typed and chosen in taking else chosen


def tick(
    frame: Frame,
    entries: Entries[_Value],
    ticked: Sequence[_Value],
    keys: Sequence[Key] = EVERY_KEY,
) -> list[_Value] | Pressed:
    """Return the values of the entries that are ticked, in the order of the list.

    Typing makes the list shorter.
    """
    choices = [_findable(entry) for entry in entries]
    for choice in choices:
        choice.checked = not isinstance(choice, questionary.Separator) and choice.value in ticked
    prompt = questionary.checkbox(
        "", choices=choices, instruction=" ", qmark="", pointer=POINTER, style=STYLE,
        use_jk_keys=False, use_search_filter=True,
    )  # fmt: skip
    listed = _list_in(prompt)

    def said() -> list[str]:
        if nothing_found(listed):
            return [_NOTHING_FOUND, _WHOLE_LIST]
        done = "Enter done" if listed.selected_options else "Enter skip"
        return [*_letters(entries), "Space tick", done, *_said(keys)]

    bindings = _searching_keys(listed, keys)
    # To questionary it means all of them: a slip would undo many ticks at once.
    bindings.add("c-a", eager=True)(lambda _: None)
    both = merge_key_bindings([bindings, ticking_key(listed)])
    chosen: list[_Value] | Pressed = _answer(prompt, frame, said, both)
    return chosen


def write_line(
    frame: Frame, typed: str, check: Callable[[str], str], keys: Sequence[Key] = EVERY_KEY
) -> str | Pressed:
    """Return one line of text; `check` says what is wrong with it, nothing when all is well."""
    prompt = questionary.text(
        POINTER, default=typed, validate=_checked(check), validate_while_typing=False,
        qmark="", instruction="", style=STYLE, input_processors=[WordWrap()],
    )  # fmt: skip
    typing = _typing_keys(keys, _typed_in)

    def said() -> list[str]:
        skips = _nothing_typed() and Key.MORE in keys
        return ["Enter skip" if skips else "Enter save", *_said(keys)]

    written: str | Pressed = _answer(prompt, frame.spaced(), said, typing, keeps_typing=True)
    return written


def write_text(
    frame: Frame, typed: str, check: Callable[[str], str], *, one_a_line: bool = False
) -> str | Pressed:
    """Return text of many lines: Enter begins a new line, Esc and then Enter ends.

    With `one_a_line`, Enter on an empty line ends too. Enter skips while nothing stands there.
    """
    prompt = questionary.text(
        POINTER, default=typed, multiline=True, validate=_checked(check),
        validate_while_typing=False, qmark="", instruction="", style=STYLE,
        input_processors=[WordWrap()],
    )  # fmt: skip
    # However slowly Esc and Enter follow each other, they mean the same.
    prompt.application.timeoutlen = None  # type: ignore[assignment]
    keys = _typing_keys((Key.HELP, Key.MORE), _typed_in)
    ended = Condition(_on_empty_last_line if one_a_line else _nothing_typed)
    keys.add("enter", eager=True, filter=ended)(_accept)
    leave = _leave_with(Key.BACK, _typed_in)
    keys.add("escape", eager=True, filter=Condition(_nothing_typed))(leave)
    last = "Enter on an empty line: done" if one_a_line else "Esc, then Enter: done"

    def said() -> list[str]:
        if _nothing_typed():
            room = [] if one_a_line else ["room for many lines"]
            return ["Enter skip", *room, *_said(EVERY_KEY)]
        return ["Enter new line", last, "Tab back and more"]

    written: str | Pressed = _answer(prompt, frame.spaced(), said, keys, keeps_typing=True)
    return written


_LIST: dict[str, Any] = {
    "qmark": "", "pointer": POINTER, "instruction": " ", "style": STYLE, "use_jk_keys": False,
}  # fmt: skip
_FEW = 7
"""So many lines of a list show however long the question is."""
_AROUND = 4
"""The lines between head and list, and the line of keys with its rule."""


_NOTHING_FOUND = "Nothing has these letters: Backspace"
_WHOLE_LIST = "Esc whole list"


def _list_in(prompt: Any) -> InquirerControl:
    listed = list_of(prompt.application)
    assert listed is not None  # noqa: S101 (a select and a checkbox always have their list)
    return listed


def _searching_keys(listed: InquirerControl, keys: Sequence[Key]) -> KeyBindings:
    """Keys for a list where letters search: with nothing found, Enter does not choose."""
    typing = _typing_keys(keys, lambda _: None, empty=lambda: not listed.search_filter)
    # The whole list is shown again then, and nobody meant the line that it points at.
    stuck = Condition(lambda: nothing_found(listed))
    typing.add("enter", eager=True, filter=stuck)(lambda _: None)
    typing.add("escape", eager=True, filter=Condition(lambda: bool(listed.search_filter)))(
        lambda _: show_all(listed)
    )
    # What was pasted, and letters with accents, would otherwise be swallowed.
    for key in (Keys.BracketedPaste, Keys.Any):
        typing.add(key, eager=key is Keys.BracketedPaste)(_searching_for(listed))
    return typing


def _searching_for(listed: InquirerControl) -> Callable[[KeyPressEvent], None]:
    def search(event: KeyPressEvent) -> None:
        words = " ".join(event.data.split())
        if words.isprintable() and words:
            listed.add_search_character(words)  # type: ignore[arg-type]

    return search


def _letters(entries: Entries[_Value]) -> list[str]:
    """That letters search, where the list is long enough to need it."""
    return ["Type a few letters"] if len(entries) > _FEW else []


def _said(keys: Sequence[Key]) -> list[str]:
    return [_WORDS[key] for key in keys]


def _start(entries: Entries[_Value], at: object) -> Any:
    return next(
        (each.value for each in entries if isinstance(each, Entry) and each.value == at), None
    )


def _choices(entries: Entries[_Value]) -> list[Any]:
    return [_choice(entry) for entry in entries]


def _choice(entry: Entry[_Value] | Gap) -> Any:
    if isinstance(entry, Gap):
        return questionary.Separator(entry.label or " ")
    if not entry.note:
        return questionary.Choice(entry.label, entry.value, shortcut_key=False)
    title = [("", entry.label), ("class:quiet", f"   {entry.note}")]
    return questionary.Choice(title, entry.value, shortcut_key=False)


class _Line(str):
    """A shown line that a search finds by other words than its own."""

    __slots__ = ("words",)
    words: str

    def lower(self) -> str:
        """Return what the search looks into."""
        return self.words


class _Parts(list[tuple[str, str]]):
    """As `_Line`, for a line in parts of different looks."""

    words: str

    def lower(self) -> str:
        """Return what the search looks into."""
        return self.words


class _Anything(str):
    """Words in which every search finds what it looks for."""

    __slots__ = ()

    def __contains__(self, _: object) -> bool:
        return True


def _findable(entry: Entry[_Value] | Gap) -> Any:
    """The entry as a line that a search looks into."""
    made = _choice(entry)
    title = _Parts(made.title) if isinstance(made.title, list) else _Line(made.title)
    title.words = _found_by(entry)
    made.title = title
    return made


def _found_by(entry: Entry[_Value] | Gap) -> str:
    """The words that a search finds an entry by; a blank line or heading is never found."""
    if isinstance(entry, Gap):
        return ""
    if entry.takes_typing:
        return _Anything()
    return f"{entry.label} {entry.note} {entry.words}".casefold()


def _checked(check: Callable[[str], str]) -> Validator:
    class Check(Validator):
        def validate(self, document: Document) -> None:
            problem = check(document.text)
            if problem:
                raise ValidationError(len(document.text), f" {problem}")

    return Check()


def _plain_keys(keys: Sequence[Key]) -> KeyBindings:
    """Keys for a short menu, where letters do nothing."""
    bindings = KeyBindings()
    letters = {
        Key.BACK: ("escape",), Key.LEAVE: ("escape",), Key.HELP: ("?", "f1"), Key.MORE: ("tab",),
        Key.FIND: ("/",),
    }  # fmt: skip
    for key in keys:
        for letter in letters[key]:
            bindings.add(letter, eager=True)(_leave_with(key, lambda _: None))
    return bindings


def _typing_keys(
    keys: Sequence[Key], typed: Callable[[Any], Any], *, empty: Callable[[], bool] | None = None
) -> KeyBindings:
    """Keys for a field, where letters are text: `?` helps only where nothing stands yet."""
    bindings = KeyBindings()
    if Key.HELP in keys:
        bindings.add("f1", eager=True)(_leave_with(Key.HELP, typed))
        bindings.add("?", eager=True, filter=Condition(empty or _nothing_typed))(
            _leave_with(Key.HELP, typed)
        )
    if Key.BACK in keys:
        bindings.add("escape", eager=True)(_leave_with(Key.BACK, typed))
    if Key.MORE in keys:
        bindings.add("tab", eager=True)(_leave_with(Key.MORE, typed))
    return bindings


def _leave_with(key: Key, typed: Callable[[Any], Any]) -> Callable[[KeyPressEvent], None]:
    def leave(event: KeyPressEvent) -> None:
        event.app.exit(result=Pressed(key, typed(event.app)))

    return leave


def _typed_in(app: Any) -> str:
    return str(app.current_buffer.text)


def _accept(event: KeyPressEvent) -> None:
    event.current_buffer.validate_and_handle()


def _on_empty_last_line() -> bool:
    document = get_app().current_buffer.document
    return document.is_cursor_at_the_end and not document.current_line.strip()


def _nothing_typed() -> bool:
    return not get_app().current_buffer.text


def _answer(
    prompt: Any,
    frame: Frame,
    said: Callable[[], Sequence[str]],
    keys: KeyBindingsBase,
    *,
    keeps_typing: bool = False,
    room: int = 5,
) -> Any:
    """Run the prompt between the frame's head and the line of keys."""
    app: Application[Any] = prompt.application
    listed = list_of(app)
    moving = moving_keys(listed) if listed else KeyBindings()
    app.key_bindings = merge_key_bindings([app.key_bindings or KeyBindings(), moving, keys])
    app.erase_when_done = True
    app.ttimeoutlen = 0.05
    app.style = STYLE
    surround(app, frame, said, room + _AROUND)
    try:
        return prompt.unsafe_ask()
    except (KeyboardInterrupt, EOFError) as leaving:
        typed = _typed_in(app) if keeps_typing else ""
        raise Interrupted(typed) from leaving
