"""Which id a person meant who wrote a name, or misspelled the id, where an id belongs."""

from collections.abc import Mapping


def meant(written: str, known: Mapping[str, str]) -> str:
    """Return the sentence that names the id to write; blank when none comes close.

    `known` gives for each id what people call it.
    """
    from difflib import get_close_matches  # noqa: PLC0415 (most plans name every id right)

    plain = _plain(written)
    called = [name for name, label in known.items() if plain in {_plain(label), name.casefold()}]
    close = called or get_close_matches(written.casefold(), [*known], n=1, cutoff=0.75)
    if not close:
        names = {_plain(label): name for name, label in known.items() if label}
        close = [names[each] for each in get_close_matches(plain, [*names], n=1, cutoff=0.8)]
    return f'Write its id, "{close[0]}".' if len(close) == 1 else ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
