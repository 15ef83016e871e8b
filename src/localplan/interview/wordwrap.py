"""Break the lines of a field between words; the terminal alone would break them anywhere."""

from collections.abc import Callable, Sequence
from itertools import accumulate

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.layout.utils import explode_text_fragments
from prompt_toolkit.utils import get_cwidth

from localplan.interview.surround import WIDEST

PROMPT = 3
"""The columns that the pointer takes, and the space below it."""


class WordWrap(Processor):
    """Fills the end of a row with blanks where the next word does not fit any more."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Return the line as it is shown, and how places in it and in the text belong together."""
        given = explode_text_fragments(transformation_input.fragments)
        text, width = fragment_list_to_text(given), transformation_input.width - PROMPT
        blanks = blanks_before(text, width, WIDEST - PROMPT)
        if not any(blanks):
            return Transformation(transformation_input.fragments)
        places = [at + moved for at, moved in enumerate(accumulate(blanks))]
        shown = _with_blanks(given, blanks)
        return Transformation(shown, _to_shown(places), _to_text(places))


def blanks_before(text: str, width: int, most: int = 0) -> list[int]:
    """Return for each character how many blanks move it, and its word, to the next row.

    A row has `width` columns, of which `most` are used; all of them when it is not given.
    """
    most = min(most, width) or width
    blanks = [0] * len(text)
    if width < 1:
        return blanks
    column = 0
    for start, word in _words(text):
        wide = sum(get_cwidth(letter) for letter in word)
        if word.isspace():
            column = (column + wide) % width
            continue
        # The blank behind a word stands on its row, not at the beginning of the next.
        room = wide + (start + len(word) < len(text))
        if column and column + room > most >= wide:
            blanks[start] = width - column
            column = 0
        column = (column + wide) % width
    return blanks


def _with_blanks(given: StyleAndTextTuples, blanks: Sequence[int]) -> StyleAndTextTuples:
    return [
        part
        for fragment, blank in zip(given, blanks, strict=True)
        for part in (*[("", " ")] * blank, fragment)
    ]


def _words(text: str) -> list[tuple[int, str]]:
    """The words and the gaps between them, each with where it begins."""
    found: list[tuple[int, str]] = []
    for at, letter in enumerate(text):
        if found and found[-1][1][-1].isspace() == letter.isspace():
            found[-1] = (found[-1][0], found[-1][1] + letter)
        else:
            found.append((at, letter))
    return found


def _to_shown(places: Sequence[int]) -> Callable[[int], int]:
    """The place on the screen of a place in the text, behind its end too."""
    last = len(places) - 1
    return lambda at: places[at] if at <= last else places[last] + 1 + at - len(places)


def _to_text(places: Sequence[int]) -> Callable[[int], int]:
    """The place in the text of a place on the screen: of a blank, the one behind it."""
    known = {shown: at for at, shown in enumerate(places)}

    def found(shown: int) -> int:
        while shown not in known and shown <= places[-1]:
            shown += 1
        return known.get(shown, len(places) + shown - places[-1] - 1)

    return found
