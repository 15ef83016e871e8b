"""Give keys their new names in the text of an answers file, so that comments stay beside them."""

from collections.abc import Iterable, Iterator

from localplan.knowledge.renewals import Renewal
from localplan.yamltext import Entry, Node, outline


def with_renamed_keys(text: str, renewals: Iterable[Renewal]) -> str:
    """Return the text with the keys renamed that keep their place and change only their name."""
    names = dict(_renamed(renewals))
    if not names:
        return text
    for entry, new in sorted(_uses(outline(text), (), names), key=_start, reverse=True):
        text = text[: entry.start] + new + text[entry.end :]
    return text


def _renamed(renewals: Iterable[Renewal]) -> Iterator[tuple[tuple[str, ...], str]]:
    for renewal in renewals:
        if renewal.how == "renamed":
            old, new = renewal.sources[0].split("."), renewal.to[0].split(".")
            if old[:-1] == new[:-1]:
                yield tuple(old), new[-1]


def _uses(
    node: Node, place: tuple[str, ...], names: dict[tuple[str, ...], str]
) -> Iterator[tuple[Entry, str]]:
    keys = {entry.key for entry in node.entries}
    for entry in node.entries:
        here = (*place, entry.key if node.kind is dict else "*")
        new = names.get(here)
        if new and new not in keys:
            yield entry, new
        yield from _uses(entry.value, here, names)


def _start(use: tuple[Entry, str]) -> int:
    return use[0].start
