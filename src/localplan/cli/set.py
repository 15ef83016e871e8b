"""`localplan set`: one answer, for scripts and editors."""

import difflib
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click

from localplan.cli.common import answers_argument, as_of_option, examples, person
from localplan.cli.plans import joined, questionnaire_of
from localplan.errors import LocalPlanError
from localplan.knowledge.questions import Question, Questionnaire
from localplan.plan.checks.coverage import mark_path
from localplan.plan.checks.structure import misfit_of
from localplan.plan.file.answers import AnswersFile, Change, load
from localplan.plan.file.saving import SaveConflict, save
from localplan.plan.reading import read_plan
from localplan.plan.standings import answering
from localplan.plan.tree import get, put, records, steps
from localplan.yamltext import Tree

STANDARD_INPUT = "-"
_SHOWN = 90


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
    removes the answer. Several values, or one for an answer that is a list, make a list. An answer
    carried from the last plan is then marked as changed or confirmed, with your name and the day.
    accepted.criterion/ID marks a criterion of a framework as addressed; VALUE says what you found.
    """
    answers = load(file)
    if path.startswith(mark_path("")):
        _save(answers, [_mark(path, " ".join(values).strip(), answers.tree, today)], path)
        return 0
    whole, questionnaire = joined(answers).tree, questionnaire_of(answers)
    question = _question(path, questionnaire)
    _refuse_nameless(path, whole, questionnaire.by_fills())
    texts = [sys.stdin.read().rstrip("\n")] if values == (STANDARD_INPUT,) else list(values)
    value = _value(question, texts)
    if value is not None:
        _refuse_misfit(path, question, value, put(whole, path, value))
    signed = {"by": person(), "on": today.isoformat()}
    made = answering(answers.tree, path, value, {key: said for key, said in signed.items() if said})
    _save(answers, made, path)
    return 0


def _mark(path: str, found: str, tree: Tree, today: date) -> Change:
    """The mark of a criterion with who set it and when; without words, its removal.

    Raises:
        NotAnAnswerError: the criterion belongs to no framework of the plan, or nobody is known.
    """
    from localplan.plan.checks.checkup import chosen_frameworks  # noqa: PLC0415 (marks only)

    name = path.removeprefix(mark_path(""))
    known = [row.id for each in chosen_frameworks(read_plan(tree).plan) for row in each.criteria]
    if found and name not in known:
        close = difflib.get_close_matches(name, known, 1)
        hint = f" Did you mean {close[0]}?" if close else ""
        raise NotAnAnswerError(f'No framework of this plan has a criterion "{name}".{hint}')
    if found and not person():
        raise NotAnAnswerError("A mark needs a name, and this computer does not say who you are.")
    said = {"reason": found, "by": person(), "on": today.isoformat()}
    return Change(path, said if found else None)


def _save(answers: AnswersFile, made: Sequence[Change], path: str) -> None:
    """Save, and say so.

    Raises:
        SaidByOthersError: someone else gave another answer meanwhile.
    """
    try:
        saved = save(answers, made, now=datetime.now(UTC))
    except SaveConflict as conflict:
        raise SaidByOthersError(_both(conflict, answers.path)) from conflict
    gone = get(saved.tree, path) is None
    stays = gone and get(joined(saved).tree, path) is not None
    click.echo(f"Saved: {path}" + (" (a shared file still says it)" if stays else ""))


def _both(conflict: SaveConflict, file: Path) -> str:
    from localplan.plan.cycle.changes import both_shown, words  # noqa: PLC0415 (conflicts only)

    lines = [f"Someone else changed the same answer in {file.name} meanwhile:"]
    for each in conflict.conflicts:
        mine, theirs = both_shown(words(each.mine), words(each.theirs), _SHOWN)
        lines += [f"  {each.path}", f"    yours:  {mine}", f"    theirs: {theirs}"]
    return "\n".join([*lines, "Nothing was overwritten. To put yours in its place, set it again."])


def _question(path: str, questionnaire: Questionnaire) -> Question:
    """The question that the answer at `path` belongs to.

    Raises:
        NotAnAnswerError: no question fills `path`, or it is a list of records.
    """
    fills = questionnaire.by_fills()
    general = _general(path, fills)
    if general not in fills:
        close = difflib.get_close_matches(general, fills, 1)
        hint = f" Did you mean {close[0]}?" if close else ""
        raise NotAnAnswerError(f"Nothing is asked under {path}.{hint}")
    if fills[general].kind == "records":
        raise NotAnAnswerError(
            f"{path} is a list of records. Name one field of one record, such as {path}.an-id.name"
        )
    return fills[general]


def _general(path: str, fills: Mapping[str, Question]) -> str:
    """The path with the id of each record widened to `*`, as the questions write it."""
    names = list(steps(path))
    for index in range(1, len(names)):
        above = fills.get(".".join(names[:index]))
        if above and above.kind == "records":
            names[index] = "*"
    return ".".join(names)


def _refuse_nameless(path: str, tree: Tree, fills: Mapping[str, Question]) -> None:
    """Begin a new record with its name only, so that a misspelled id makes none.

    Raises:
        NotAnAnswerError: `path` is inside a record that is not in the file.
    """
    names = list(steps(path))
    for index in range(1, len(names)):
        above, record = ".".join(names[:index]), ".".join(names[: index + 1])
        listed = fills.get(_general(above, fills))
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
    if question.kind in {"choices", "picks", "lines"}:
        return texts
    if len(texts) > 1:
        raise NotAnAnswerError(f"{question.fills} is one answer. Put its words in quotation marks.")
    return texts[0]


def _refuse_misfit(path: str, question: Question, value: object, tree: Tree) -> None:
    message = misfit_of(question, value)
    if message:
        raise NotAnAnswerError(f"{path} was not changed. {message}")
    for problem in read_plan(tree).problems:
        if problem.kind == "type" and (problem.path == path or problem.path.startswith(f"{path}.")):
            raise NotAnAnswerError(f"{path} was not changed. What fits here: {problem.message}")
