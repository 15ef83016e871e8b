"""Take over what a list usually holds, several at once."""

from collections.abc import Sequence

from localplan.interview.frame import Frame
from localplan.interview.keys import Entry, Key, Pressed
from localplan.interview.offers import Offer, offering
from localplan.interview.prompts import tick
from localplan.interview.screens.saving import keep
from localplan.interview.session import Session
from localplan.interview.standing import filled
from localplan.plan.file.answers import Change
from localplan.plan.file.identifiers import new_id
from localplan.plan.tree import id_of
from localplan.yamltext import Value

_ALL = -1


def take_over(session: Session, path: str) -> bool:
    """Ask which of the offered records to add to the list at `path`; True when some were."""
    offered = offering(session, path)
    if not offered:
        return False
    words = offered.words
    frame = Frame(words.wish, ask=words.ask, help=words.help)
    entries = [Entry(at, offer.label) for at, offer in enumerate(offered.offers)]
    if len(entries) > 1:
        entries.insert(0, Entry(_ALL, "All of them"))
    chosen = tick(frame, entries, (), (Key.BACK,))
    if isinstance(chosen, Pressed) or not chosen:
        return False
    if _ALL in chosen:
        chosen = [*range(len(offered.offers))]
    listed = _with(session, path, [offered.offers[at] for at in chosen])
    if not keep(session, [Change(path, listed), *filled(path, session)]):
        return False
    session.note = "1 added" if len(chosen) == 1 else f"{len(chosen)} added"
    return True


def _with(session: Session, path: str, added: Sequence[Offer]) -> list[Value]:
    """The records of the list with those that were chosen behind them, each with an id."""
    found = session.value(path)
    listed = list(found) if isinstance(found, list) else []
    taken = [record.rpartition(".")[2] for record in session.records(path)]
    for offer in added:
        name = id_of(offer.record) or new_id(offer.label, [*taken, "board"])
        taken.append(name)
        listed.append({"id": name, **offer.record})
    return listed
