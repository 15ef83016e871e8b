"""`localplan set`: one answer, for scripts and editors."""

import difflib
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from localplan.cli.common import answers_argument, as_of_option, examples, mention_copies
from localplan.cli.output import echo
from localplan.desk.desk import Desk, open_plan
from localplan.desk.openplan import Conflicts, Refused
from localplan.desk.places import answer_at
from localplan.errors import LocalPlanError
from localplan.interview.ordering import used_in
from localplan.interview.typed import kept, problem_with
from localplan.knowledge.lists import Option, code_meant
from localplan.knowledge.questions import Question, Questionnaire
from localplan.plan.checks.coverage import mark_path
from localplan.plan.checks.structure import MANY, dangling_references, misfit_of
from localplan.plan.file.answers import Change
from localplan.plan.file.journal import person
from localplan.plan.file.merge import Conflict
from localplan.plan.names import general
from localplan.plan.reading import read_plan
from localplan.plan.standings import MARKS, answering, removing, standings
from localplan.plan.tree import get, is_blank, join, put, records, remove, steps
from localplan.yamltext import Tree

STANDARD_INPUT = "-"
_SHOWN = 90
_STATUS = "status."


class NotAnAnswerError(LocalPlanError):
    """A path that names no answer, or a value that does not fit it."""


class SaidByOthersError(LocalPlanError):
    """Someone else gave another answer to the same question meanwhile."""


@click.command(
    "set",
    epilog=examples(
        "localplan set answers.yaml board.state CA",
        "localplan set answers.yaml partners.delta-college.role - < role.md",
        "localplan set answers.yaml plan.frameworks aqcp linked-learning",
        'localplan set answers.yaml accepted.criterion/aqcp-delivery-6 "3.5, second paragraph"',
    ),
)
@answers_argument
@click.argument("path")
@click.argument("values", nargs=-1, required=True, metavar="VALUE|-")
@as_of_option
def command(file: Path, *, path: str, values: tuple[str, ...], today: date) -> int:
    """Put VALUE as the answer at PATH in FILE; with - the value comes from standard input.

    PATH is keys and record ids joined by dots, such as partners.delta-college.role. An empty VALUE
    removes the answer, or the whole record where PATH ends with its id; status.PATH with an empty
    VALUE takes back that it was put off or does not apply. A choice or a record may be written by
    its name, or a part of it that no other has. Several values, or one for an answer that is a
    list, make a list. An answer carried from the last plan is then marked as changed or confirmed,
    with your name and the day. accepted.criterion/ID marks a criterion of a framework
    as addressed; VALUE says what you found.
    """
    desk = open_plan(file, today=today, person=person())
    mention_copies(file)
    if path.startswith(mark_path("")):
        _save(desk, [_mark(path, " ".join(values).strip(), desk)], path)
        return 0
    texts = [sys.stdin.read().rstrip("\n")] if values == (STANDARD_INPUT,) else list(values)
    if path.startswith(_STATUS):
        _save(desk, [_taking_back(path, texts, desk.file.tree)], path)
        return 0
    if texts == [""] and (gone := _emptied(path, desk)):
        _save(desk, _removal(gone, desk), path, "" if gone == path else f" ({gone} is removed)")
        return 0
    value, made = _answer(path, texts, desk)
    _save(desk, made, path, _as_kept(texts, value))
    return 0


def _mark(path: str, found: str, desk: Desk) -> Change:
    """The mark of a criterion with who set it and when; without words, its removal.

    Raises:
        NotAnAnswerError: the criterion belongs to no framework of the plan, or nobody is known.
    """
    from localplan.plan.checks.checkup import chosen_frameworks  # noqa: PLC0415 (marks only)

    name = path.removeprefix(mark_path(""))
    known = [row.id for each in chosen_frameworks(desk.plan) for row in each.criteria]
    if found and name not in known:
        close = difflib.get_close_matches(name, known, 1)
        hint = f" Did you mean {close[0]}?" if close else ""
        raise NotAnAnswerError(f'No framework of this plan has a criterion "{name}".{hint}')
    if found and not desk.person:
        raise NotAnAnswerError("A mark needs a name, and this computer does not say who you are.")
    said = {"reason": found, "by": desk.person, "on": desk.today.isoformat()}
    return Change(path, said if found else None)


def _save(desk: Desk, made: Sequence[Change], path: str, kept_as: str = "") -> None:
    """Save, and say so, with the form in which it is kept where that is another.

    Raises:
        NotAnAnswerError: the file cannot be written.
        SaidByOthersError: someone else gave another answer meanwhile.
    """
    match desk.change(made):
        case Refused(why):
            raise NotAnAnswerError(why)
        case Conflicts(conflicts):
            raise SaidByOthersError(_both(conflicts, desk.path))
        case _:
            gone = get(desk.file.tree, path) is None
            stays = gone and desk.value(path) is not None
            echo(f"Saved: {path}{' (a shared file still says it)' if stays else kept_as}")


def _as_kept(texts: list[str], value: str | list[str] | None) -> str:
    """The form in which the answer is kept, where it is another than was given."""
    if isinstance(value, str) and texts != [value] and "\n" not in value:
        return f" (as {value})"
    return ""


def _answer(
    path: str, texts: list[str], desk: Desk
) -> tuple[str | list[str] | None, tuple[Change, ...]]:
    """The answer that the texts give, and the changes that keep it.

    Raises:
        NotAnAnswerError: nothing is asked at `path`, or the answer does not fit.
    """
    question = _question(path, desk.questions)
    _refuse_nameless(path, desk.tree, desk.by_fills)
    value = _value(question, texts)
    if value is not None:
        value = _named(question, value, desk.tree, desk.by_fills)
        _refuse_misfit(path, question, value, put(desk.tree, path, value))
    signed = {"by": desk.person, "on": desk.today.isoformat()}
    known = {key: said for key, said in signed.items() if said}
    return value, answering(desk.file.tree, path, value, known)


def _emptied(path: str, desk: Desk) -> str:
    """The record that is gone with the value at `path`: it is there, or was the record's last."""
    names, fills = list(steps(path)), desk.by_fills
    for end in range(len(names), 1, -1):
        above, record = join(names[: end - 1]), join(names[:end])
        listed = fills.get(general(above))
        if not listed or listed.kind != "records" or record not in records(desk.tree, above):
            continue
        left = get(remove(desk.tree, path), record)
        held = (
            {key: each for key, each in left.items() if key != "id"}
            if isinstance(left, dict)
            else {}
        )
        return record if record == path or is_blank(held) else ""
    return ""


def _removal(record: str, desk: Desk) -> tuple[Change, ...]:
    """The changes that remove the record.

    Raises:
        NotAnAnswerError: other answers name it.
    """
    uses = used_in(desk.tree, desk.by_fills.values(), record)
    if uses:
        named = "\n".join(f"  {path} ({answer_at(desk, path)})" for path in uses)
        raise NotAnAnswerError(
            f"{record} was not removed, because other answers name it. Change these first:\n{named}"
        )
    return removing(desk.file.tree, record)


def _taking_back(path: str, texts: list[str], tree: Tree) -> Change:
    """The change that takes back what was said instead of an answer.

    Raises:
        NotAnAnswerError: something is to be said, or nothing was.
    """
    about = path.removeprefix(_STATUS)
    if texts != [""]:
        raise NotAnAnswerError(
            f'{path} can only be taken back, with "" as its value. "Answer later" and "not '
            'applicable" are said in the interview (Tab), with their reason.'
        )
    if get(tree, path) is None:
        marked = list(standings(tree))
        close = difflib.get_close_matches(about, marked, 1)
        hint = f" Did you mean {_STATUS}{close[0]}?" if close else ""
        raise NotAnAnswerError(f"Nothing is said of {about} instead of an answer.{hint}")
    state = standings(tree).get(about, {}).get("state", "")
    if state not in MARKS and get(tree, about) is not None:
        raise NotAnAnswerError(
            f'{about} is marked "{state}", which is nothing to take back. Set the answer again to '
            "confirm it or to change it."
        )
    return Change(path, None)


def _both(conflicts: Sequence[Conflict], file: Path) -> str:
    from localplan.plan.cycle.changes import both_shown, words  # noqa: PLC0415 (conflicts only)

    lines = [f"Someone else changed the same answer in {file.name} meanwhile:"]
    for each in conflicts:
        mine, theirs = both_shown(words(each.mine), words(each.theirs), _SHOWN)
        lines += [f"  {each.path}", f"    yours:  {mine}", f"    theirs: {theirs}"]
    return "\n".join([*lines, "Nothing was overwritten. To put yours in its place, set it again."])


def _question(path: str, questionnaire: Questionnaire) -> Question:
    """The question that the answer at `path` belongs to.

    Raises:
        NotAnAnswerError: no question fills `path`, or it is a list of records.
    """
    fills = questionnaire.by_fills()
    asked = general(path)
    if asked not in fills:
        close = difflib.get_close_matches(asked, fills, 1)
        hint = f" Did you mean {close[0]}?" if close else ""
        raise NotAnAnswerError(f"Nothing is asked under {path}.{hint}")
    if fills[asked].kind == "records":
        raise NotAnAnswerError(
            f"{path} is a list of records. Name one field of one record, such as "
            f"{path}.an-id.{fills[asked].label}"
        )
    return fills[asked]


def _refuse_nameless(path: str, tree: Tree, fills: Mapping[str, Question]) -> None:
    """Begin a new record with its name only, so that a misspelled id makes none.

    Raises:
        NotAnAnswerError: `path` is inside a record that is not in the file.
    """
    names = list(steps(path))
    for index in range(1, len(names)):
        above, record = ".".join(names[:index]), ".".join(names[: index + 1])
        listed = fills.get(general(above))
        if not listed or listed.kind != "records" or record in records(tree, above):
            continue
        if names[index + 1 :] == [listed.label]:
            return
        known = [each.rpartition(".")[2] for each in records(tree, above)]
        close = difflib.get_close_matches(names[index], known, 1)
        hint = f"Did you mean {close[0]}? " if close else ""
        raise NotAnAnswerError(
            f"There is no {listed.one} {names[index]}. {hint}A new one begins with: "
            f"{record}.{listed.label}"
        )


def _value(question: Question, texts: list[str]) -> str | list[str] | None:
    if texts == [""]:
        return None
    if question.kind in {"choices", "picks"}:
        return texts
    if len(texts) > 1 and question.kind != "lines":
        raise NotAnAnswerError(f"{question.fills} is one answer. Put its words in quotation marks.")
    text = "\n".join(texts)
    if not problem_with(question, text):
        return kept(question, text)
    # What does not fit is refused as it was written.
    return texts if question.kind == "lines" else text


def _named(
    question: Question, value: str | list[str], tree: Tree, fills: Mapping[str, Question]
) -> str | list[str]:
    """The value with each choice as its code and each record as its id, also where it was named."""
    if question.kind not in {"choice", "choices", "pick", "picks"}:
        return value
    records_by_id = [*question.options, *_records(question, tree, fills)]
    if isinstance(value, str):
        return code_meant(records_by_id, value) or value
    return [code_meant(records_by_id, each) or each for each in value]


def _records(question: Question, tree: Tree, fills: Mapping[str, Question]) -> Iterator[Option]:
    """The records that the answer can name, each as a choice with its id and name."""
    for home in question.sources:
        label = fills[home].label if home in fills else "name"
        for record in records(tree, home):
            yield Option(record.rpartition(".")[2], str(get(tree, f"{record}.{label}") or ""))


def _refuse_misfit(path: str, question: Question, value: object, tree: Tree) -> None:
    message = misfit_of(question, value)
    if message:
        raise NotAnAnswerError(f"{path} was not changed. {message}")
    reading = read_plan(tree)
    for problem in reading.problems:
        if problem.kind == "type" and (problem.path == path or problem.path.startswith(f"{path}.")):
            raise NotAnAnswerError(f"{path} was not changed. What fits here: {problem.message}")
    for loose in dangling_references(reading.plan):
        if loose.path == path:
            raise NotAnAnswerError(
                f"{path} was not changed. {loose.message}{_there(question, tree)}"
            )


def _there(question: Question, tree: Tree) -> str:
    """The ids that an answer can name, a few of many."""
    ids = [each.rpartition(".")[2] for home in question.sources for each in records(tree, home)]
    more = " ..." if len(ids) > MANY else ""
    return f" In the file: {', '.join(ids[:MANY])}{more}" if ids else " There is none yet."
