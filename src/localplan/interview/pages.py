"""What a person sees at one place of a plan, and may do there now, as data.

A place is the path of an answer, of a record or of a list; nothing, for the menu; or one of those
that lead to answers: `section/<name>`, `find`, `missing`, `findings`, `carried`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from localplan.desk.openplan import OpenPlan
from localplan.interview.asks import changes_at, who_asks
from localplan.interview.contents import (
    LISTS,
    PlaceError,
    record_of,
    row_of,
    unasked,
)
from localplan.interview.forms import (
    Act,
    Add,
    Adding,
    Answer,
    Begin,
    Choice,
    Choose,
    Clear,
    Compare,
    Confirm,
    Conflict,
    Contents,
    Drop,
    Duplicate,
    Field,
    Later,
    Line,
    Lines,
    LookedAt,
    Move,
    NotApplicable,
    Note,
    Page,
    Pick,
    Records,
    Regional,
    Remove,
    Row,
    SetCells,
    TakeBack,
    TakeOver,
    TakeText,
    Text,
    Tick,
    Undo,
    YesNo,
)
from localplan.interview.grids import grid_at, grid_of
from localplan.interview.offers import offering
from localplan.interview.ordering import used_in
from localplan.interview.paragraphs import unwrapped
from localplan.interview.typed import expected
from localplan.interview.words import (
    counted,
    leave_of,
    said,
    state_of,
    summary,
)
from localplan.knowledge.lists import labels
from localplan.knowledge.questions import Question
from localplan.plan.checks.checkup import frameworks_named
from localplan.plan.cycle import changes
from localplan.plan.file import journal
from localplan.plan.file.parking import begun_at, likely_pieces
from localplan.plan.model import Parked
from localplan.plan.names import about, called
from localplan.plan.progress import Item, is_answered
from localplan.plan.standings import marked_at, standings, texts
from localplan.plan.tree import records_in
from localplan.yamltext import Value

_LONGEST = 700
_STEP = "pathways.*.exit_points.*.step"
_OCCUPATION = "pathways.*.exit_points.*.occupation"
_CHOSEN = frozenset({"records", "yes-no", "choice", "choices", "pick", "picks"})
"""Kinds of question whose answer is not typed."""


def page_at(plan: OpenPlan, place: str) -> Page:
    """What a person sees at `place`, and may do there.

    Raises:
        PlaceError: there is no such place, or nothing is asked there now.
    """
    name, _, rest = place.partition("/")
    made: Callable[[OpenPlan, str], Page] | None = LISTS.get(name)
    if made:
        return made(plan, rest)
    if "*" in place:
        return _grid(plan, place)
    if item := plan.item_at(place):
        return question_page(plan, item)
    home = place.rpartition(".")[0]
    if place in plan.records(home):
        return _record(plan, home, place)
    if item := begun_record(plan, place):
        return _new_record(plan, item)
    if place in unasked(plan):
        return _unasked_page(plan, place)
    raise PlaceError(f'Nothing is asked at "{place}". Look for it among all questions: find.')


def question_page(plan: OpenPlan, item: Item) -> Page:
    """The page that asks for `item`."""
    question, path = item.question, item.path
    title, stands = _where(plan, item)
    frameworks = frameworks_named(_texts(plan.value("plan.frameworks")), plan.text("board.state"))
    asked = who_asks(question, frameworks, plan.state, plan.tree)
    named = (*asked.frameworks, *asked.state) if question.origin else ()
    return Page(
        path=path,
        title=title,
        stands=stands,
        ask=question.ask,
        field=_field(plan, item),
        acts=_acts(plan, item),
        help=_help(question),
        rest="" if item.required else leave_of(item),
        why=question.why.strip(),
        reviewer=question.reviewer.strip(),
        example=question.example.strip(),
        knows=question.knows.strip(),
        form=_form_of(question),
        lists=tuple(
            f"{name.replace('_', ' ').capitalize()}: {'; '.join(labels(name).values())}."
            for name in question.lists
        ),
        origin=named[0].partition(":")[0] if named else "",
        asked=asked,
        notes=tuple(note for note in _notes(plan, item) if note),
        note=plan.text(f"notes.{path}"),
        begun=begun_at(plan.tree, path),
        seen=plan.seen(path),
    )


def compared(plan: OpenPlan, conflict: Conflict) -> Page:
    """The page on which a person decides between two answers to the same question."""
    asked = plan.question_at(conflict.path)
    mine, theirs = changes.both_shown(
        _in_words(plan, conflict.path, conflict.mine),
        _in_words(plan, conflict.path, conflict.theirs),
        _LONGEST,
    )
    for other in conflict.others:
        if plan.question_at(other.path):
            name = about(plan.tree, other.path)
            mine += f"\n{name}: {_in_words(plan, other.path, other.mine)}"
            theirs += f"\n{name}: {_in_words(plan, other.path, other.theirs)}"
    return Page(
        path=conflict.path,
        title="Two answers to the same question",
        stands="",
        ask=asked.ask if asked else conflict.path,
        field=Compare(mine, theirs),
        acts=(Answer,),
        help="Someone else changed this answer while you were at it.",
        seen=conflict.seen,
    )


def headed(plan: OpenPlan, item: Item, title: str) -> str:
    """The title of a place, and for a question about each pathway the pathway's name."""
    question = item.question
    head, star, _ = question.fills.partition(".*.")
    listed = plan.by_fills.get(head)
    if not star or not listed or question in listed.fields:
        return title
    record = ".".join(item.path.split(".")[: head.count(".") + 2])
    name = called(plan.tree, record)
    if name in title:
        return title
    nested = question.fills.count("*") > 1
    return f"{name}: {title}" if nested else f"{title}: {name}"


def standing_in(plan: OpenPlan, question: Question, record: str) -> str:
    """How many of the answers that the record needs are given."""
    required = [item for item in plan.fields_of(question, record) if item.required]
    return f"{sum(item.settled for item in required)} of {len(required)} answered"


def pieces(plan: OpenPlan, item: Item) -> tuple[Parked, ...]:
    """Text of an older plan that waits to be placed, what fits the question best first."""
    return likely_pieces(item.question, _waiting(plan))


def begun_record(plan: OpenPlan, path: str) -> Item | None:
    """The question for the name of a record that is not there yet; None for any other path."""
    record, _, field = path.rpartition(".")
    home = record.rpartition(".")[0]
    listed = plan.question_at(home) if home else None
    if not listed or listed.kind != "records" or field != listed.label:
        return None
    named = plan.by_fills.get(f"{listed.fills}.*.{field}")
    # What records there are decides, not the id: nobody can choose that.
    if not named or record in plan.records(home):
        return None
    return Item(named, path, required=True, state="missing", standing={})


def set_aside_first(plan: OpenPlan, item: Item) -> tuple[str, str]:
    """Why what is answered cannot be not applicable, and what to do first; blank where it can."""
    if not is_answered(plan.value(item.path), item.question):
        return "", ""
    if item.question.kind != "records":
        return "This question is answered.", "Clear the answer first, then say why."
    count = len(plan.records(item.path))
    told = "One entry stands" if count == 1 else f"{count} entries stand"
    return f"{told} in this list.", "Remove what does not apply first, then say why."


def _acts(plan: OpenPlan, item: Item) -> tuple[type[Act], ...]:
    """Everything that can be done with a question now."""
    question, path = item.question, item.path
    is_list = question.kind == "records"
    begun = bool(begun_at(plan.tree, path))
    possible: dict[type[Act], bool] = {
        Answer: not is_list,
        Add: is_list,
        TakeOver: is_list and offering(plan, path) is not None,
        Confirm: item.carried,
        TakeText: question.kind == "text" and bool(_waiting(plan)),
        Later: True,
        NotApplicable: not set_aside_first(plan, item)[0],
        Regional: True,
        TakeBack: bool(marked_at(plan.tree, path)),
        Note: True,
        Clear: item.state == "answered" and not is_list,
        Undo: _undoable(plan, path),
        Begin: question.kind not in _CHOSEN or question.other,
        Drop: begun,
        LookedAt: bool(changes_at(question, plan.tree)),
    }
    return tuple(act for act, holds in possible.items() if holds)


def _field(plan: OpenPlan, item: Item) -> Field:
    question, path = item.question, item.path
    value = plan.value(path)
    texts_of = _texts(value)
    field: Field
    match question.kind:
        case "records":
            field = _records(plan, item)
        case "text":
            field = Text(unwrapped(plan.text(path)))
        case "lines":
            field = Lines(texts_of or tuple(plan.text(path).splitlines()))
        case "yes-no":
            field = YesNo(plan.text(path).lower())
        case "choice":
            current = plan.text(path)
            field = Choose(_with(plan, question, (current,)), current, question.other)
        case "choices":
            field = Tick(_with(plan, question, texts_of), texts_of, question.other)
        case "pick" | "picks":
            several = question.kind == "picks"
            chosen = texts_of if several else tuple(filter(None, (plan.text(path),)))
            offered = _with(plan, question, chosen)
            field = Pick(offered, chosen, several, tuple(_adding(plan, question)), question.other)
        case kind:
            choices = suggested(plan, item)
            only = question.fills == _STEP and bool(choices)
            field = Line(plan.text(path), kind, expected(kind), choices, only)
    return field


def _texts(value: Value | None) -> tuple[str, ...]:
    """The texts of a list; none of anything else."""
    found = value if isinstance(value, list) else ()
    return tuple(each for each in found if isinstance(each, str))


def choices_of(plan: OpenPlan, question: Question) -> Iterator[Choice]:
    """Yield what `question` offers: its own list, or the records entered elsewhere."""
    options = question.options
    if question.fills == "plan.outline":
        # The outline of the board's own State comes first.
        own = plan.text("board.state").lower()
        options = tuple(sorted(options, key=lambda option: option.code != own))
    for option in options:
        yield Choice(option.code, option.label)
    for home in question.sources:
        if home == "board":
            yield Choice("board", plan.text("board.name") or "The Board", "the Board itself")
            continue
        for record in plan.records(home):
            yield Choice(record.rpartition(".")[2], called(plan.tree, record))


def suggested(plan: OpenPlan, item: Item) -> tuple[Choice, ...]:
    """The steps or occupations that an exit of a pathway may name; else nothing."""
    if item.question.fills not in {_STEP, _OCCUPATION}:
        return ()
    pathway = item.path.partition(".exit_points.")[0]
    if item.question.fills == _STEP:
        found = plan.records(f"{pathway}.steps")
    else:
        sector = plan.text(f"{pathway}.sector")
        found = plan.records(f"sectors.{sector}.occupations") if sector else ()
    return tuple(Choice(record.rpartition(".")[2], called(plan.tree, record)) for record in found)


def _with(plan: OpenPlan, question: Question, chosen: Sequence[str]) -> tuple[Choice, ...]:
    """What can be chosen, and behind it what was said and is not among it."""
    offered = tuple(choices_of(plan, question))
    known = {choice.code for choice in offered}
    note = "in your own words" if question.other else "not in the list"
    own = (Choice(each, each, note) for each in chosen if each and each not in known)
    return (*offered, *own)


def _adding(plan: OpenPlan, question: Question) -> Iterator[Adding]:
    for home in question.sources:
        listed = plan.by_fills.get(home)
        if listed and listed.kind == "records":
            yield Adding(home, listed.one, plan.by_fills[f"{home}.*.{listed.label}"].ask)


def _records(plan: OpenPlan, item: Item) -> Records:
    question = item.question
    named = plan.by_fills[f"{question.fills}.*.{question.label}"]
    return Records(
        tuple(_record_row(plan, question, record) for record in plan.records(item.path)),
        question.one,
        question.many or question.one,
        named.ask,
        offering(plan, item.path),
        grid_of(question, item.path),
    )


def _record_row(plan: OpenPlan, question: Question, record: str) -> Row:
    fields = plan.fields_of(question, record)
    origin = plan.origin(record)
    within = plan.items_within(question, record)
    return Row(
        record,
        called(plan.tree, record),
        summary(fields, question, plan.tree) if fields else "",
        mark=f"from {origin}" if origin else "",
        open=any(each.required and not each.settled and not each.later for each in within),
    )


def _where(plan: OpenPlan, item: Item) -> tuple[str, str]:
    """The title of the place of a question, and how far it is there."""
    record, name = record_of(plan, item)
    listed = plan.question_at(record.rpartition(".")[0]) if record else None
    if listed and item.question in listed.fields:
        return name, standing_in(plan, listed, record)
    progress = plan.section_progress(item.question.section)
    return headed(plan, item, progress.section.title), counted(progress)


def _help(question: Question) -> str:
    """The line of help, with the form of the answer where it has one."""
    form = expected(question.kind)
    if not form or any(letter.isdigit() for letter in question.help):
        return question.help
    return f"{question.help} {form}.".strip()


def _form_of(question: Question) -> str:
    """What kind of answer is meant, where nothing else is known of a question."""
    match question.kind:
        case "choice" | "choices" if question.options:
            many = "Choose one of:" if question.kind == "choice" else "Tick each that fits:"
            return "\n".join([many, *(f"- {option.label}" for option in question.options)])
        case "choice" | "choices" | "pick" | "picks":
            return "Choose from what was entered before; what is missing there can be added here."
        case "records":
            return f"A list of {question.many or question.one}: add each, then answer about it."
        case "yes-no":
            return "Yes or no."
        case "lines":
            return "A list, one entry on a line. Leave it blank when there is nothing to say."
        case _:
            return "In your own words. Leave it blank when there is nothing to say."


def _notes(plan: OpenPlan, item: Item) -> Iterator[str]:
    origin = item.question.origin.removesuffix(".yaml")
    if origin and plan.state and plan.state.id == origin:
        yield f"Asked by {plan.state.name}."
    elif origin:
        yield f"Asked by a framework you chose: {labels('frameworks').get(origin, origin)}."
    shared = plan.origin(item.path)
    if shared:
        yield f"This comes from {shared}. What you change here counts for this plan only."
    if item.carried:
        yield f"Carried over from the last plan. {item.standing.get('reason', '')}".rstrip()
    elif item.state in {"not-applicable", "regional"} or item.later:
        words = state_of(item)
        yield f"{words[0].upper()}{words[1:]}".rstrip(".") + "."


def _waiting(plan: OpenPlan) -> tuple[Parked, ...]:
    """What waits to be placed; text that was begun for a question is offered there alone."""
    pieces = (Parked.model_validate(texts(each)) for _, each in records_in(plan.tree, "parked"))
    return tuple(piece for piece in pieces if not plan.question_at(piece.place or ""))


def _undoable(plan: OpenPlan, path: str) -> bool:
    return journal.touches(plan.path, path, f"status.{path}")


def _in_words(plan: OpenPlan, path: str, value: Value | None) -> str:
    if value is None:
        return "(removed)"
    asked = plan.question_at(path)
    if isinstance(value, str) and asked and asked.kind == "text":
        return value
    words = said(asked, value, plan.tree) if asked else ""
    return words or str(value)


def _new_record(plan: OpenPlan, item: Item) -> Page:
    """The page that asks what a new record is called."""
    listed = plan.question_at(item.path.rpartition(".")[0].rpartition(".")[0])
    return replace(
        question_page(plan, item),
        title=f"New {listed.one if listed else ''}",
        stands="",
        acts=(Answer, Begin, *((Drop,) if begun_at(plan.tree, item.path) else ())),
    )


def _record(plan: OpenPlan, home: str, record: str) -> Page:
    """The page of one record: what was said of it, and what can be done with it as a whole."""
    question = plan.question_at(home)
    if question is None or question.kind != "records":
        raise PlaceError(f'Nothing is asked at "{record}".')
    siblings = plan.records(home)
    possible: dict[type[Act], bool] = {
        Move: len(siblings) > 1,
        Duplicate: True,
        Remove: True,
        Undo: _undoable(plan, record),
    }
    return Page(
        path=record,
        title=called(plan.tree, record),
        stands=standing_in(plan, question, record),
        ask="",
        field=Contents(tuple(row_of(plan, item) for item in plan.fields_of(question, record))),
        acts=tuple(act for act, holds in possible.items() if holds),
        notes=(
            f"{siblings.index(record) + 1} of {len(siblings)} in the list",
            *_uses(plan, record),
        ),
        seen=plan.seen(record),
    )


def _uses(plan: OpenPlan, record: str) -> Iterator[str]:
    """What becomes of the answers that name the record when it is removed."""
    count = len(used_in(plan.tree, plan.by_fills.values(), record))
    if count == 1:
        yield "One other answer names it; it will be listed as a thing to look at."
    elif count:
        yield f"{count} other answers name it; they will be listed as things to look at."


def _grid(plan: OpenPlan, place: str) -> Page:
    """The page of a grid: values of all records of a list side by side."""
    grid = grid_at(plan, place)
    home = place.partition(".*")[0]
    listed = plan.question_at(home)
    item = plan.item_at(home)
    if grid is None or listed is None or item is None:
        raise PlaceError(f'There is no table at "{place}".')
    undo: tuple[type[Act], ...] = (Undo,) if _undoable(plan, home) else ()
    leaf = plan.by_fills.get(place)
    return Page(
        path=place,
        title=(listed.many or listed.one).capitalize(),
        stands=_where(plan, item)[1],
        ask=leaf.ask if leaf else listed.ask,
        field=grid,
        acts=(SetCells, *undo),
        help=leaf.help if leaf else listed.help,
        seen=plan.seen(home),
    )


def _unasked_page(plan: OpenPlan, path: str) -> Page:
    """The page of a carried answer that no question asks any more."""
    value = plan.value(path)
    told = value.get("text", "") if isinstance(value, dict) else value
    reason = standings(plan.tree)[path].get("reason", "")
    return Page(
        path=path,
        title=about(plan.tree, path),
        stands="",
        ask="Is this still right?",
        field=Text(changes.words(told)),
        acts=(Confirm,),
        notes=(f"Carried over from the last plan. {reason}".rstrip(),),
        seen=plan.seen(path),
    )
