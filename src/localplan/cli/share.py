"""`localplan share`: write packets for partners, colleagues or the public, and see who replied."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click

from localplan.cli.common import Day, answers_argument, as_of_option, examples, quoted
from localplan.cli.output import echo
from localplan.desk.desk import Desk, open_plan
from localplan.desk.drafting import set_aside
from localplan.desk.files import write_whole
from localplan.desk.outward import kept_inside
from localplan.document import prose
from localplan.document.docx import write_docx
from localplan.plan.public import shareable
from localplan.plan.tree import id_of, records_in
from localplan.review.items import open_review
from localplan.review.ledger import open_ledger
from localplan.review.news import News, news_between, texts_of
from localplan.review.notices import Occasion, comment_days
from localplan.review.outgoing import kept_answers, kept_texts, next_number, record
from localplan.review.packets import (
    Packet,
    partner_of,
    partner_packet,
    public_packet,
    questions_packet,
)
from localplan.review.shares import Standing, last_to, open_shares, standings


@dataclass(frozen=True, slots=True)
class _Wanted:
    partners: tuple[str, ...]
    public: bool
    questions: bool
    owner: str
    full: bool


@click.command(
    "share",
    epilog=examples(
        "localplan share answers.yaml --partner delta-college --due 2026-12-15",
        "localplan share answers.yaml --all --due 2026-12-15",
        "localplan share answers.yaml --public",
        'localplan share answers.yaml --questions --owner "Ana Ruiz"',
        "localplan share answers.yaml --status",
    ),
)
@answers_argument
@click.option(
    "--partner",
    "partners",
    multiple=True,
    metavar="ID",
    help="A partner, by id or name; repeatable.",
)
@click.option("--all", "everyone", is_flag=True, help="Every partner, each its own packet.")
@click.option("--public", is_flag=True, help="The draft for public comment, with its notice.")
@click.option("--questions", is_flag=True, help="The unanswered questions as a Word form.")
@click.option("--owner", default="", metavar="NAME", help="Only the questions given to NAME.")
@click.option("--full", is_flag=True, help="The whole plan in each partner's packet.")
@click.option("--due", type=Day(), default=None, metavar="DATE", help="Reply by this date.")
@click.option("--status", is_flag=True, help="Who has what, who replied, what is overdue.")
@click.option(
    "-o", "--output", "out", type=click.Path(path_type=Path, file_okay=False), default=None,
    metavar="DIR", help="Where the packets go; without it a folder beside FILE.",
)  # fmt: skip
@as_of_option
def command(
    file: Path,
    *,
    partners: tuple[str, ...],
    everyone: bool,
    public: bool,
    questions: bool,
    owner: str,
    full: bool,
    due: date | None,
    status: bool,
    out: Path | None,
    today: date,
) -> int:
    """Write review packets from the plan in FILE: a Word draft and a cover note for each reader.

    Notes, private contacts, private answers, owners and internal status never go into a packet.
    """
    asked = sum((bool(partners) or everyone, public, questions, status))
    if asked != 1:
        raise click.UsageError("Say whom: --partner ID, --all, --public, --questions or --status.")
    if status:
        return _status(file, today)
    plan = open_plan(file, today=today)
    tree = plan.tree
    chosen = tuple(_ids(plan) if everyone else (partner_of(tree, said) for said in partners))
    wanted = _Wanted(chosen, public, questions, owner, full)
    number = next_number(file, tree)
    occasion = Occasion(tree, plan.questions, file.name, number, today, due)
    folder = out or file.with_name(f"{file.stem} packets") / f"draft {occasion.number}"
    for packet in _packets(file, occasion, wanted):
        written = _write(file, folder, packet, occasion)
        echo(f"Written: {written}")
    for line in kept_inside(plan):
        echo(line, err=True)
    if public and not comment_days(tree):
        _remind_of_days(file)
    return 0


def _remind_of_days(file: Path) -> None:
    echo(
        "The notice does not say when comments are open. Set public_comment.opens and "
        "public_comment.closes, and share again:\n"
        f"localplan interview {quoted(file)} --element administration",
        err=True,
    )


def _ids(plan: Desk) -> Iterator[str]:
    """Every partner that is not private."""
    for _, partner in records_in(shareable(plan.tree), "partners"):
        yield id_of(partner)


def _packets(file: Path, occasion: Occasion, wanted: _Wanted) -> Iterator[Packet]:
    if wanted.public:
        yield public_packet(occasion)
    elif wanted.questions:
        yield questions_packet(occasion, wanted.owner)
    else:
        for partner in wanted.partners:
            packet = partner_packet(occasion, partner, full=wanted.full)
            news = _news(file, packet, occasion)
            if news is not None:
                packet = partner_packet(occasion, partner, full=wanted.full, news=news)
            yield packet


def _news(file: Path, packet: Packet, occasion: Occasion) -> News | None:
    """What changed since the draft that this partner saw last."""
    before = last_to(open_shares(file), packet.recipient, packet.document.draft_id)
    if before is None:
        return None
    texts = kept_texts(file, before.draft)
    if before.full != packet.full and (tree := kept_answers(file, before.draft)) is not None:
        then = replace(occasion, tree=tree)
        same = partner_packet(then, packet.recipient, full=packet.full)
        texts, _ = texts_of(same.document)
    return news_between(texts, packet.document, number=before.number, sent=before.sent)


def _write(file: Path, folder: Path, packet: Packet, occasion: Occasion) -> Path:
    content = write_docx(packet.document)
    home = folder / packet.stem
    target = home / f"Draft {occasion.number} for {packet.stem}.docx"
    set_aside(target, content, open_ledger(file), occasion.today)
    write_whole(target, content)
    write_whole(home / "Cover note.txt", packet.note.encode())
    record(file, packet, content, target.name, occasion)
    return target


def _status(file: Path, today: date) -> int:
    found = standings(open_shares(file), open_review(file), today)
    if not found:
        echo(f"Nothing was shared yet. Start with: localplan share {file} --all")
        return 0
    width = max(len(standing.share.name) for standing in found)
    for standing in found:
        echo(f"{standing.share.name:<{width}}  {_line(standing)}")
    late = [standing.share.name for standing in found if standing.overdue]
    silent = sum(not standing.replied for standing in found)
    echo(f"{len(found)} sent, {len(found) - silent} replied, {len(late)} overdue.")
    return 0


def _line(standing: Standing) -> str:
    share = standing.share
    parts = [f"draft {share.number}, sent {prose.day_said(share.sent)}"]
    if share.due:
        parts.append(f"due {prose.day_said(share.due)}")
    if standing.replied:
        parts.append(f"replied {prose.day_said(standing.replied)}")
        parts.append(f"{standing.open_items} open, {standing.decided} decided")
    else:
        parts.append("OVERDUE" if standing.overdue else "no reply yet")
    return "; ".join(parts)
