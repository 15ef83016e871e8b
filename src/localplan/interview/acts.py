"""Carry out what a person wants at one place of a plan: saved, refused in words, or a conflict."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from localplan.desk.openplan import Conflicts, OpenPlan, Refused, Saved
from localplan.errors import LocalPlanError
from localplan.interview.asks import changes_at
from localplan.interview.contents import carried_in, record_of
from localplan.interview.forms import (
    Accept,
    Act,
    Add,
    Answer,
    Begin,
    Clear,
    Confirm,
    Conflict,
    Drop,
    Duplicate,
    Later,
    LookedAt,
    Move,
    Next,
    NotApplicable,
    Note,
    Page,
    Regional,
    Remove,
    SetCells,
    TakeBack,
    TakeOver,
    TakeText,
    Trouble,
    Undo,
)
from localplan.interview.grids import missing_record, read_cell
from localplan.interview.offers import offering
from localplan.interview.ordering import duplicated, moved
from localplan.interview.pages import begun_record, choices_of, page_at, set_aside_first
from localplan.interview.paragraphs import as_before, as_typed, unwrapped
from localplan.interview.typed import kept, problem_with
from localplan.interview.walk import after, moot, wanted_for
from localplan.knowledge.questions import Question
from localplan.plan.checks.checkup import watch_key
from localplan.plan.file import journal
from localplan.plan.file.answers import Change
from localplan.plan.file.backups import back_up
from localplan.plan.file.identifiers import new_id
from localplan.plan.file.parking import begun, begun_places, placed
from localplan.plan.standings import MARKS, answering, marked_at, removing
from localplan.plan.tree import get, id_of, is_blank, join, names_of, plain, steps
from localplan.yamltext import Tree, Value

if TYPE_CHECKING:
    from localplan.plan.progress import Item


SAVED = "saved"


@dataclass(frozen=True, slots=True)
class _Plan:
    """What an act comes to, before it is saved."""

    changes: tuple[Change, ...]
    said: str = SAVED
    place: str | None = None
    """Where to go on; None for the next question."""
    takes: bool = False
    """Whether something is taken out, so that the file is kept in a backup first."""
    left: tuple[Trouble, ...] = ()
    order: tuple[str, tuple[str, ...]] = ("", ())
    """A list and the records in the order that they are to stand in."""


_Meant: TypeAlias = _Plan | Trouble


def act(plan: OpenPlan, place: str, wanted: Act) -> Next | Trouble | Conflict:
    """Carry out `wanted` at `place`, and say what came of it and where to go on.

    Trouble means that nothing was saved: what was typed does not fit, the act cannot be done there
    any more, or the file cannot be written. A conflict shows both answers; the same act with its
    `seen` puts mine in the place of theirs.

    Raises:
        PlaceError: there is no such place.
    """
    page = page_at(plan, place)
    refused = _refused(plan, page, wanted)
    if refused:
        return refused
    meant = _meant(wanted, plan, page)
    if isinstance(meant, Trouble):
        return meant
    stale = _stale(plan, page, wanted, meant)
    return stale or _saved(plan, page, meant)


def insisting(wanted: Act, conflict: Conflict) -> Act:
    """The same act of a person who has seen the answer of the other and still wants it."""
    match wanted:
        case Answer() | Confirm() | Clear() | Undo() | TakeText() | Remove() | SetCells():
            return replace(wanted, seen=conflict.seen)
        case _:
            return wanted


def problem_at(plan: OpenPlan, question: Question, typed: str) -> str:
    """What is wrong with `typed` as an answer, with an example; blank when all is well."""
    if question.fills == "plan.outline" and typed.strip():
        return plan.outline_problem(typed.strip())
    return problem_with(question, typed)


def value_of(plan: OpenPlan, question: Question, typed: str) -> str | list[str] | Trouble:
    """The answer that was typed or chosen, as the file keeps it, or why it is none."""
    problem = problem_at(plan, question, typed)
    if typed.strip() and not problem and not _can_be_chosen(plan, question, typed.strip()):
        problem = "Choose one of the list"
    return Trouble(problem, typed) if problem else kept(question, typed)


def _can_be_chosen(plan: OpenPlan, question: Question, code: str) -> bool:
    if question.kind not in {"choice", "choices", "pick", "picks"} or question.other:
        return True
    return any(choice.code == code for choice in choices_of(plan, question))


def _refused(plan: OpenPlan, page: Page, wanted: Act) -> Trouble | None:
    if type(wanted) in page.acts:
        return None
    item = plan.item_at(page.path)
    if isinstance(wanted, NotApplicable) and item:
        return Trouble(" ".join(set_aside_first(plan, item)), wanted.reason)
    return Trouble("That cannot be done here now. Look at the page again.", _typed(wanted))


def _typed(wanted: Act) -> str:
    """What was typed for the act, so that it is not lost."""
    match wanted:
        case Answer(value):
            return value if isinstance(value, str) else "\n".join(value)
        case Note(text) | Begin(text):
            return text
        case Accept(reason):
            return reason
        case Regional(where):
            return where
        case Add(name):
            return name
        case _:
            return ""


def _stale(plan: OpenPlan, page: Page, wanted: Act, meant: _Plan) -> Conflict | None:
    """The conflict, where something else stands there by now than was shown."""
    shown = getattr(wanted, "seen", "")
    if not shown or shown == page.seen:
        return None
    about = page.path.partition(".*")[0]
    theirs = plan.value(about)
    mine = next((each.value for each in meant.changes if each.path == about), theirs)
    mine = None if mine is None else plain(mine)
    if isinstance(wanted, Answer) and mine == theirs:
        # Both said the same.
        return None
    return Conflict(about, mine, theirs, None, page.seen)


def _saved(plan: OpenPlan, page: Page, meant: _Plan) -> Next | Trouble | Conflict:
    if meant.takes:
        _keep_state(plan)
    outcome = plan.change(meant.changes) if meant.changes else None
    said = meant.said if outcome else ""
    match outcome:
        case Refused(why):
            return Trouble(why, again=True)
        case Conflicts((first, *others)):
            with suppress(LocalPlanError):
                plan.reread()
            seen = plan.seen(page.path.partition(".*")[0])
            return Conflict(first.path, first.mine, first.theirs, first.base, seen, tuple(others))
        case Saved(_, (first_left, *_)) if meant.takes or said == SAVED:
            said = f"It comes from {plan.origin(first_left)} and can be removed only there"
        case _:
            pass
    place = _onward(plan, page.path) if meant.place is None else meant.place
    return Next(place, _in_order(plan, meant) or said, meant.left)


def _keep_state(plan: OpenPlan) -> None:
    """Keep the file as it stands in a backup, before something is taken out of it."""
    with suppress(OSError):
        now = datetime.now().astimezone()
        back_up(plan.path, plan.path.read_bytes(), now, always=True)


def _in_order(plan: OpenPlan, meant: _Plan) -> str:
    """That the records stand in another order than was wanted, because a shared file gives it."""
    home, wanted = meant.order
    if plan.records(home) == wanted:
        return ""
    return f"The order comes from {plan.origin(home)}; change it there"


def _onward(plan: OpenPlan, path: str) -> str:
    """Where to go on from the question at `path`: the next open one, else what holds it."""
    item = plan.item_at(path)
    if item is None:
        return path
    wanted = wanted_for("", plan.open_within)
    record = record_of(plan, item)[0]
    listed = plan.question_at(record.rpartition(".")[0]) if record else None
    if listed and item.question in listed.fields:
        items: Sequence[Item] = plan.fields_of(listed, record)
        end = record
    else:
        items, end = plan.steps_of(item.question.section), f"section/{item.question.section}"
    found = after(items, path, lambda each: wanted(each) and not moot(plan, each))
    return found.path if found else end


def _signed(plan: OpenPlan) -> dict[str, str]:
    signed = {"on": plan.today.isoformat()}
    return {"by": plan.person, **signed} if plan.person else signed


def _entry(plan: OpenPlan, path: str, **said: str) -> Change:
    """The change that says something of an answer, signed."""
    entry = {key: value for key, value in said.items() if value}
    return Change(f"status.{path}", {**entry, **_signed(plan)})


def _done_with_begun(plan: OpenPlan, path: str) -> tuple[Change, ...]:
    return tuple(Change(place, None) for place in begun_places(plan.tree, path))


def _filled(plan: OpenPlan, home: str) -> tuple[Change, ...]:
    """What takes back what was said of a list while it was still empty."""
    said = plan.standing(home).get("state", "")
    return (Change(f"status.{home}", None),) if said in MARKS else ()


def _accepted(plan: OpenPlan, key: str, reason: str) -> Change:
    return Change(f"accepted.{key}", {"reason": reason, **_signed(plan)})


def _meant(wanted: Act, plan: OpenPlan, page: Page) -> _Meant:
    carry_out: Callable[..., _Meant] = _CARRY_OUT[type(wanted)]
    return carry_out(wanted, plan, page)


def _answer(wanted: Answer, plan: OpenPlan, page: Page) -> _Meant:
    path = page.path
    if begun_record(plan, path):
        return _add(Add(_typed(wanted)), plan, page)
    question = plan.question_at(path)
    assert question is not None  # noqa: S101 (the page asks it)
    value: str | list[str] | Trouble
    if isinstance(wanted.value, str) and question.kind not in {"choices", "picks"}:
        typed = wanted.value if wanted.exact else _with_breaks(plan, question, path, wanted.value)
        value = value_of(plan, question, typed)
    else:
        value = _several(plan, question, path, wanted.value)
    if isinstance(value, Trouble):
        return value
    made = answering(plan.tree, path, value or None, _signed(plan))
    return _Plan((*made, *_done_with_begun(plan, path)))


def _with_breaks(plan: OpenPlan, question: Question, path: str, typed: str) -> str:
    """What was typed with its line breaks as meant; the old text where nothing was changed."""
    if question.kind != "text":
        return typed
    old = plan.text(path)
    return old if typed == unwrapped(old) else as_before(as_typed(typed), old)


def _several(
    plan: OpenPlan, question: Question, path: str, chosen: str | tuple[str, ...]
) -> list[str] | Trouble:
    each = chosen.splitlines() if isinstance(chosen, str) else chosen
    if question.kind == "lines":
        return [line for line in (line.strip() for line in each) if line]
    there = set(plan.text(path).splitlines())
    for code in each:
        # What an older list offered, and the board ticked, may stay.
        if code not in there and isinstance(value_of(plan, question, code), Trouble):
            return Trouble("Choose from the list", "\n".join(each))
    return list(each)


def _confirm(_: Confirm, plan: OpenPlan, page: Page) -> _Meant:
    name, _slash, section = page.path.partition("/")
    if name != "carried":
        return _Plan((_entry(plan, page.path, state="confirmed"),))
    paths = carried_in(plan, section)
    return _Plan(tuple(_entry(plan, path, state="confirmed") for path in paths), place=name)


def _later(wanted: Later, plan: OpenPlan, page: Page) -> _Meant:
    problem = problem_with(DAY, wanted.due)
    if problem:
        return Trouble(problem, wanted.due)
    owner = wanted.owner.strip() or usual_owner(page.knows)
    due = str(kept(DAY, wanted.due))
    return _Plan((_entry(plan, page.path, state="later", owner=owner, due=due),))


def usual_owner(knows: str) -> str:
    """Who gives an answer when nobody is named: the first of those who usually know."""
    return knows.partition(";")[0].strip()


def _not_applicable(wanted: NotApplicable, plan: OpenPlan, page: Page) -> _Meant:
    reason = wanted.reason.strip()
    if not reason:
        return Trouble(REASON)
    return _Plan((_entry(plan, page.path, state="not-applicable", reason=reason),))


def _regional(wanted: Regional, plan: OpenPlan, page: Page) -> _Meant:
    where = wanted.where.strip()
    if not where:
        return Trouble(CHAPTER)
    return _Plan((_entry(plan, page.path, state="regional", reason=where),))


def _take_back(_: TakeBack, plan: OpenPlan, page: Page) -> _Meant:
    marked = marked_at(plan.tree, page.path)
    return _Plan((Change(f"status.{marked}", None),), place=page.path)


def _note(wanted: Note, _: OpenPlan, page: Page) -> _Meant:
    change = Change(f"notes.{page.path}", wanted.text.strip() or None)
    return _Plan((change,), place=page.path)


def _clear(_: Clear, plan: OpenPlan, page: Page) -> _Meant:
    return _Plan(answering(plan.tree, page.path, None, _signed(plan)), takes=True)


def _undo(_: Undo, plan: OpenPlan, page: Page) -> _Meant:
    about = page.path.partition(".*")[0]
    made = journal.last_save(journal.entries(plan.path), about, f"status.{about}")
    then = journal.before(plan.file.tree, made)
    if then is None:
        return Trouble(f"It was changed since. See: localplan history {plan.path.name}")
    # A list is put in order after what belongs into it is back.
    ordered = sorted(made, key=lambda entry: entry.is_order)
    paths = (_emptied(then, entry.path) for entry in ordered)
    changes = tuple(Change(path, get(then, path) or None) for path in dict.fromkeys(paths))
    return _Plan(changes, "taken back", page.path)


def _emptied(tree: Tree, path: str) -> str:
    """The list or group that holds nothing without the answer at `path`, for it goes as well."""
    names = steps(path)
    while len(names) > 1 and get(tree, join(names[:-1])) in ([], {}):
        names = names[:-1]
    return join(names)


def _begin(wanted: Begin, plan: OpenPlan, page: Page) -> _Meant:
    place, piece = begun(plan.tree, page.path, f"Begun: {page.ask}", wanted.text)
    return _Plan((Change(place, piece),), place=page.path)


def _drop(_: Drop, plan: OpenPlan, page: Page) -> _Meant:
    return _Plan(_done_with_begun(plan, page.path), place=page.path, takes=True)


def _take_text(wanted: TakeText, plan: OpenPlan, page: Page) -> _Meant:
    path, parked = page.path, f"parked.{wanted.piece}"
    if get(plan.tree, parked) is None:
        return Trouble("This text was placed already.")
    then = placed(plan.tree, wanted.piece, path)
    marked = f"status.{path}"
    return _Plan(
        (
            Change(path, get(then, path)),
            Change(marked, get(then, marked)),
            Change(parked, None),
        )
    )


def _looked_at(_: LookedAt, plan: OpenPlan, page: Page) -> _Meant:
    name, _slash, key = page.path.partition("/")
    if name == "findings":
        return _Plan((_accepted(plan, key, "Looked at"),), place=name)
    question = plan.question_at(page.path)
    notes = changes_at(question, plan.tree) if question else ()
    made = tuple(_accepted(plan, watch_key(note), "Looked at") for note in notes)
    return _Plan(made, place=page.path)


def _accept(wanted: Accept, plan: OpenPlan, page: Page) -> _Meant:
    reason = wanted.reason.strip()
    if not reason:
        return Trouble(INTENDED)
    name, _, key = page.path.partition("/")
    return _Plan((_accepted(plan, key, reason),), place=name)


def _add(wanted: Add, plan: OpenPlan, page: Page) -> _Meant:
    asked = begun_record(plan, page.path)
    home = page.path.rpartition(".")[0].rpartition(".")[0] if asked else page.path
    listed = plan.question_at(home)
    assert listed is not None  # noqa: S101 (the page shows the list)
    named = plan.by_fills[f"{listed.fills}.*.{listed.label}"]
    name = value_of(plan, named, wanted.name)
    if isinstance(name, Trouble):
        return name
    if not name or not isinstance(name, str):
        return Trouble(f"Write what it is called: {named.ask}", wanted.name)
    taken = [record.rpartition(".")[2] for record in plan.records(home)]
    labels = {option.code: option.label for option in named.options}
    record = f"{home}.{new_id(labels.get(name, name), [*taken, 'board'])}"
    changes = (Change(f"{record}.{listed.label}", name), *_filled(plan, home))
    return _Plan((*changes, *_done_with_begun(plan, page.path)), place=record)


def _take_over(wanted: TakeOver, plan: OpenPlan, page: Page) -> _Meant:
    home = page.path
    offered = offering(plan, home)
    offers = offered.offers if offered else ()
    if not wanted.offers or max(wanted.offers) >= len(offers):
        return Trouble("Choose at least one of those that are offered.")
    found = plan.value(home)
    listed: list[Value] = list(found) if isinstance(found, list) else []
    taken = [record.rpartition(".")[2] for record in plan.records(home)]
    for at in wanted.offers:
        name = id_of(offers[at].record) or new_id(offers[at].label, [*taken, "board"])
        taken.append(name)
        listed.append({"id": name, **offers[at].record})
    said = "1 added" if len(wanted.offers) == 1 else f"{len(wanted.offers)} added"
    return _Plan((Change(home, listed), *_filled(plan, home)), said, home)


def _move(wanted: Move, plan: OpenPlan, page: Page) -> _Meant:
    home, _, name = page.path.rpartition(".")
    listed = moved(_listed(plan, home), name, wanted.by)
    order = tuple(f"{home}.{name}" for name in names_of(listed))
    return _Plan((Change(home, listed),), place=page.path, order=(home, order))


def _duplicate(_: Duplicate, plan: OpenPlan, page: Page) -> _Meant:
    home, _dot, name = page.path.rpartition(".")
    listed = plan.question_at(home)
    copied = duplicated(_listed(plan, home), name, listed.label if listed else "name")
    return _Plan((Change(home, copied),), "copied", home)


def _remove(_: Remove, plan: OpenPlan, page: Page) -> _Meant:
    home = page.path.rpartition(".")[0]
    return _Plan(removing(plan.tree, page.path), "removed", home, takes=True)


def _set_cells(wanted: SetCells, plan: OpenPlan, page: Page) -> _Meant:
    changes: dict[str, Change] = {}
    left: list[Trouble] = []
    for path, typed in wanted.values.items():
        if is_blank(typed):
            changes |= {path: Change(path, None)} if plan.value(path) is not None else {}
            continue
        value, trouble = read_cell(plan, path, typed)
        if trouble:
            left.append(Trouble(trouble, typed, path))
            continue
        label, name = missing_record(plan, path)
        if label:
            changes[label] = Change(label, name)
        for made in answering(plan.tree, path, value, _signed(plan)):
            changes[made.path] = made
    if left and not changes:
        return left[0]
    count = len(wanted.values) - len(left)
    said = "1 value saved" if count == 1 else f"{count} values saved"
    return _Plan(tuple(changes.values()), said, page.path, left=tuple(left))


def _listed(plan: OpenPlan, home: str) -> list[Value]:
    found = plan.value(home)
    return list(found) if isinstance(found, list) else []


DAY = Question("day", "plan", "day", "date", "By when?")
REASON = "A reason, such as: No Job Corps center serves our area"
CHAPTER = "A place, such as: Chapter 3, pages 12 to 15"
INTENDED = "A reason, such as: The college joins in 2026"

_CARRY_OUT: dict[type[Act], Callable[..., _Meant]] = {
    Answer: _answer,
    Confirm: _confirm,
    Later: _later,
    NotApplicable: _not_applicable,
    Regional: _regional,
    TakeBack: _take_back,
    Note: _note,
    Clear: _clear,
    Undo: _undo,
    Begin: _begin,
    Drop: _drop,
    TakeText: _take_text,
    LookedAt: _looked_at,
    Accept: _accept,
    Add: _add,
    TakeOver: _take_over,
    Move: _move,
    Duplicate: _duplicate,
    Remove: _remove,
    SetCells: _set_cells,
}
