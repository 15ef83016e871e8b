"""Carry out what a person decided about an item. Nothing is ever applied without a decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from localplan.knowledge.questions import Question
from localplan.plan.checks.passages import basis
from localplan.plan.file import disk
from localplan.plan.file.answers import AnswersFile, Change, load
from localplan.plan.file.identifiers import with_ids
from localplan.plan.file.saving import changed, save
from localplan.plan.file.uses import with_shared
from localplan.plan.tree import get
from localplan.review.adopted import following
from localplan.review.grids import NEW
from localplan.review.items import (
    Decision,
    Item,
    Review,
    intend,
    open_review,
    save_review,
    with_decision,
)
from localplan.review.ledger import built_from, open_ledger
from localplan.review.proposals import (
    NotDecidedError,
    as_answer,
    fitting,
    packed,
    plain_text,
    proposal_of,
    record_of,
    target_of,
    unpacked,
)
from localplan.yamltext import Tree, Value


@dataclass(frozen=True, slots=True)
class Ruling:
    """Who decides, when, and why."""

    by: str
    now: datetime
    reason: str = ""

    @property
    def day(self) -> str:
        """The day of the decision."""
        return self.now.date().isoformat()


def accept(
    answers: Path,
    name: str,
    ruling: Ruling,
    asked: Mapping[str, Question],
    *,
    text: str | None = None,
    path: str = "",
) -> Item:
    """Put what the item proposes into the answers, or `text` in its place, and return the item.

    `path` names the answer to change where the item is about text made from several answers;
    `asked` holds the questions of the plan by the path they fill.

    Raises:
        NotDecidedError: there is nothing to put in, or the answer changed since in the same words.
        ReviewError: there is no such item.
    """
    with disk.changing(answers):
        review, file = open_review(answers), load(answers)
        item = review.item(name)
        _refuse_accepted(item, answers)
        if item.values and item.kind == "contribution":
            return _add_record(file, review, item, ruling)
        whole = with_shared(file.tree, answers.parent)
        target = path or target_of(item)
        wanted = _wanted(item, answers.name, whole.tree, text, path)
        if wanted is None or not target:
            decision = Decision("accepted", ruling.by, ruling.day, ruling.reason)
            return _settle(file, review, replace(item, decision=decision), ruling)
        if target.startswith("passages."):
            value: Value = {"text": as_answer(wanted, None), **_basis(answers, item, whole.tree)}
        else:
            value = fitting(whole.tree, target, wanted, asked) if wanted else ""
        before = get(file.tree, target)
        change = Change(target, value or None)
        made = whole.override(change, file.tree) if whole.shared else change
        decision = Decision(
            "accepted", ruling.by, ruling.day, ruling.reason, target,
            packed(before), packed(value), before is not None,
            packed(get(file.tree, f"status.{target}")),
        )  # fmt: skip
        changes = [made, _standing(target, item, ruling)]
        return _settle(file, review, replace(item, decision=decision), ruling, changes)


def _refuse_accepted(item: Item, answers: Path) -> None:
    """What stood there before is kept with the first decision; a second would forget it.

    Raises:
        NotDecidedError: what the item proposes is in the answers already.
    """
    if item.decision is not None and item.decision.path and item.decision.state == "accepted":
        raise NotDecidedError(
            f"{item.id} is in the answers already. Take it out first: "
            f"localplan resolve {answers.name} {item.id} --undo"
        )


def _basis(answers: Path, item: Item, tree: Tree) -> dict[str, Value]:
    """What the passage of `item` was built from, as the ledger knows it from the draft."""
    targets = built_from(open_ledger(answers), item.draft, item.path)
    return {"built_from": basis(targets, tree)} if targets else {}


def settle(answers: Path, name: str, state: str, ruling: Ruling) -> Item:
    """Record a decision that changes no answer: declined, answered, assigned or later."""
    with disk.changing(answers):
        review = open_review(answers)
        item = review.item(name)
        _refuse_accepted(item, answers)
        decision = Decision(state, ruling.by, ruling.day, ruling.reason)
        return _settle(load(answers), review, replace(item, decision=decision), ruling)


def mark(answers: Path, name: str, disagrees: str, ruling: Ruling) -> Item:
    """Record whether the reviewer disagrees with the plan, yes or no, for the matrix."""
    with disk.changing(answers):
        review = open_review(answers)
        marked = replace(review.item(name), disagrees=disagrees)
        return _settle(load(answers), review, marked, ruling)


def undo(answers: Path, name: str, ruling: Ruling) -> Item:
    """Take the decision back, and put the answer back to what it was.

    Raises:
        NotDecidedError: nothing was decided, or the answer changed again since.
    """
    with disk.changing(answers):
        review, file = open_review(answers), load(answers)
        item = review.item(name)
        decision = item.decision
        if decision is None:
            raise NotDecidedError(f"Nothing was decided about {item.id} yet.")
        changes: list[Change] = []
        if decision.path:
            now = packed(get(file.tree, decision.path))
            if _bare(now) != _bare(decision.after):
                raise NotDecidedError(
                    f"{decision.path} was changed again since, so it was left alone. "
                    f"To change it: localplan set {answers.name} {decision.path} ..."
                )
            before = unpacked(decision.before) if decision.existed else None
            said = unpacked(decision.standing) or None
            changes = [Change(decision.path, before), Change(f"status.{decision.path}", said)]
        return _settle(file, review, replace(item, decision=None), ruling, changes)


def rivals(review: Review, item: Item) -> Sequence[Item]:
    """Return other open proposals for the same answer, which want something else."""
    if item.kind not in {"edit", "contribution"} or not item.path:
        return ()
    return tuple(
        other
        for other in review.items
        if other.is_open and other.path == item.path and other.kind in {"edit", "contribution"}
        and other.id != item.id and other.text != item.text
    )  # fmt: skip


def _wanted(item: Item, file: str, tree: Tree, text: str | None, path: str) -> str | None:
    if text is not None:
        if not (path or target_of(item)):
            raise NotDecidedError(_name_one(item, file))
        return text.strip("\n")
    if item.kind in {"comment", "sign-off"}:
        return None
    if item.placement == "unplaced":
        raise NotDecidedError(
            f"{item.id} has no place in the plan. Name the answer: --path PATH --text-file FILE"
        )
    if path:
        return item.text
    proposal = proposal_of(item, tree)
    if proposal is None:
        raise NotDecidedError(_name_one(item, file))
    if proposal.joined is None:
        raise NotDecidedError(
            f"{item.path} was changed since draft {item.draft}, in the same words. "
            "Write what it should say: --text-file FILE"
        )
    return proposal.joined


def _name_one(item: Item, file: str) -> str:
    behind = ", ".join(item.behind[:4]) or "other answers"
    return (
        f"{item.id} is about text that is made from {behind}.\n"
        f"Change the answer itself: localplan resolve {file} {item.id} "
        "--path PATH --text-file FILE"
    )


def _add_record(file: AnswersFile, review: Review, item: Item, ruling: Ruling) -> Item:
    home, _, name = item.path.rpartition(".")
    if name.startswith(NEW):
        taken = get(file.tree, home)
        used = (
            {str(entry.get("id")) for entry in taken if isinstance(entry, dict)}
            if isinstance(taken, list)
            else set()
        )
        number = 1
        while f"shared-{number}" in used:
            number += 1
        name = f"shared-{number}"
    target = f"{home}.{name}"
    record: Value = record_of(item.values)
    change = Change(target, record)
    kept = get(_with(file.tree, [change]), target)
    decision = Decision(
        "accepted", ruling.by, ruling.day, ruling.reason, target, "", packed(kept), existed=False
    )
    changes = [change, _standing(target, item, ruling)]
    return _settle(file, review, replace(item, decision=decision), ruling, changes)


def _standing(path: str, item: Item, ruling: Ruling) -> Change:
    """The entry that says who changed the answer, when and from which draft."""
    who = (
        item.who
        if not item.organization or item.organization == item.who
        else f"{item.who}, {item.organization}"
    )
    said = f"From draft {item.draft}, item {item.id}"
    if ruling.reason:
        said += f": {ruling.reason}"
    standing: dict[str, str] = {"state": "changed", "by": who, "on": ruling.day, "reason": said}
    return Change(f"status.{path}", standing)


def _settle(
    file: AnswersFile, review: Review, after: Item, ruling: Ruling, changes: Sequence[Change] = ()
) -> Item:
    """Save the answers as `changes` make them, and the item as it is `after` the decision.

    The plan's own list of comments says what was decided about one of them.
    """
    made = list(changes)
    comments = following(_with(file.tree, made), review.item(after.id), after)
    if comments is not None and comments != file.tree.get("comments"):
        made.append(Change("comments", comments))
    if made:
        path = made[0].path
        intend(file.path, after, path, get(_with(file.tree, made), path))
        save(file, made, now=ruling.now, by=ruling.by)
    save_review(file.path, with_decision(review, after))
    return after


def _with(tree: Tree, changes: Sequence[Change]) -> Tree:
    """The answers as they will stand once `changes` are saved."""
    for change in changes:
        tree = changed(tree, change)
    return with_ids(tree)


def _bare(text: str) -> str:
    return plain_text(text) if not text.startswith("json:") else text
