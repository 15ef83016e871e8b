"""What staff say about an answer instead of giving it, as changes to save."""

from datetime import date

from localplan.interview.session import Session
from localplan.plan.file.answers import Change
from localplan.plan.standings import MARKS, answering


def put_off(path: str, owner: str, due: str, session: Session) -> Change:
    """Return the change that puts the answer off, with who will give it and by when."""
    entry = {"state": "later", "owner": owner, "due": due, **_signed(session)}
    return _entry(path, entry)


def not_applicable(path: str, reason: str, session: Session) -> Change:
    """Return the change that says why the question does not apply."""
    return _entry(path, {"state": "not-applicable", "reason": reason, **_signed(session)})


def regional(path: str, place: str, session: Session) -> Change:
    """Return the change that points to the place in the regional plan."""
    return _entry(path, {"state": "regional", "reason": place, **_signed(session)})


def answered(path: str, value: object, session: Session) -> tuple[Change, ...]:
    """Return the changes that keep an answer and what it means for what was said about it.

    A carried answer is confirmed when it stays and changed when it does not; an answer that was
    put off or set aside no longer is.
    """
    return answering(session.tree, path, value, _signed(session))


def filled(path: str, session: Session) -> tuple[Change, ...]:
    """Return the changes that take back what was said of a list when it was still empty."""
    said = session.plan.standing(path).get("state", "")
    return (Change(f"status.{path}", None),) if said in MARKS else ()


def confirmed(path: str, session: Session) -> Change:
    """Return the change that confirms a carried answer as it stands."""
    return _entry(path, {"state": "confirmed", **_signed(session)})


def accepted(finding: str, reason: str, session: Session) -> Change:
    """Return the change that lets a finding stand, with the reason."""
    return Change(f"accepted.{finding}", {"reason": reason, **_signed(session)})


def _entry(path: str, entry: dict[str, str]) -> Change:
    return Change(f"status.{path}", {key: value for key, value in entry.items() if value})


def _signed(session: Session) -> dict[str, str]:
    signed = {"on": _iso(session.plan.today)}
    return {"by": session.plan.person, **signed} if session.plan.person else signed


def _iso(day: date) -> str:
    return day.isoformat()
