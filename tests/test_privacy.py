"""No byte of any file that leaves the board holds what should stay inside."""

import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from localplan.cli.app import run
from localplan.desk.desk import open_plan
from localplan.knowledge.questions import Question, load_questionnaire
from localplan.plan.checks.gate import obstacles
from localplan.plan.file.figures import Origin, TakenFigure, note_figures
from localplan.plan.keys import RESPONSIBLE, WORKING_ONLY
from localplan.plan.series import Area, Figure, Subject
from localplan.plan.tree import get, put
from localplan.resources import EXAMPLES
from localplan.review.items import Item, Review, named, save_review
from localplan.yamltext import Tree, parse

AS_OF = ("--as-of", "2027-03-20")
TODAY = date(2027, 3, 20)
COLLECTED = "what somebody said"
"""It stands in the matrix of comments, which is made of it, and nowhere else."""
_SECRET = re.compile(r"hush\d+x")
_WORDS = {"text", "line", "lines"}


class Hush:
    """Makes words that stand nowhere else, and knows where each was put."""

    def __init__(self, begin: int) -> None:
        self.places: dict[str, str] = {}
        self._next = begin

    def word(self, place: str) -> str:
        """A new secret for `place`."""
        self._next += 1
        made = f"hush{self._next}x"
        self.places[made] = place
        return made

    def person(self, place: str) -> str:
        """A secret that looks like somebody's name."""
        return f"{self.word(place).title()} Lindgren"


def secretive(hush: Hush) -> Tree:
    """A small plan with a secret in every place that should stay inside."""
    tree = parse((EXAMPLES / "quick-start.yaml").read_text(encoding="utf-8"), "quick-start")
    private: list[str] = []
    lists = [q for q in load_questionnaire().questions() if q.kind == "records"]
    outer = [question for question in lists if "*" not in question.fills]
    for question in outer:
        tree = _with_private_record(tree, question, hush, private)
    hidden = {path.partition(".")[0]: path.rpartition(".")[2] for path in private}
    for question in load_questionnaire().questions():
        tree = _pointing_to_private(tree, question, hidden)
    for path in ("board.mission", "narratives.partnership_vision"):
        tree = put(tree, path, f"It is {hush.word(path)}.")
        private.append(path)
    for record in _records(tree, "partners"):
        if record["id"] not in hidden.values():
            record["responsibilities"] = f"To {hush.word('a pattern')}."
    tree = put(tree, "passages.about-board", {"text": f"We are {hush.word('a passage')}."})
    tree = {**tree, "private": [*private, "partners.*.responsibilities", "passages.about-board"]}
    return _with_names_and_notes(_with_unknown_keys(tree, hush), hush)


def _with_private_record(tree: Tree, question: Question, hush: Hush, private: list[str]) -> Tree:
    home = question.fills
    if not _records(tree, home):
        tree = put(tree, f"{home}.seen.{_last(question.fields[0])}", "Seen")
    name = hush.word(f"the id of a private record of {home}")
    for field in question.fields:
        if field.kind in _WORDS and "*" not in field.fills.removeprefix(f"{home}.*."):
            word = hush.word(f"{field.fills} of a private record")
            tree = put(
                tree, field.fills.replace("*", name), word if field.kind != "lines" else [word]
            )
    private.append(f"{home}.{name}")
    return put(tree, f"{home}.{name}.more", {"remark": hush.word("more of a private record")})


def _pointing_to_private(tree: Tree, question: Question, hidden: dict[str, str]) -> Tree:
    """The first record of a list points to a private one wherever it can point to something."""
    home = next((hidden[one] for one in question.sources if one in hidden), "")
    if not home:
        return tree
    path = question.fills
    while "*" in path:
        before, _, rest = path.partition(".*")
        records = _records(tree, before)
        if not records:
            return tree
        path = f"{before}.{records[0]['id']}{rest}"
    old = get(tree, path)
    kept = old if isinstance(old, list) else []
    return put(tree, path, [*kept, home] if question.kind == "picks" else home)


def _with_unknown_keys(tree: Tree, hush: Hush) -> Tree:
    tree = {**tree, "memo": {"of": hush.word("an unknown top-level key")}}
    for home, value in list(tree.items()):
        if isinstance(value, dict) and home in {"board", "plan", "public_comment"}:
            tree = put(tree, f"{home}.gossip", hush.word(f"an unknown key of {home}"))
        if isinstance(value, list) and home != "private":
            for record in _records(tree, home):
                record["gossip"] = hush.word(f"an unknown key of {home}")
                more = record.get("more")
                added = {"aside": hush.word(f"more of {home}")}
                record["more"] = {**more, **added} if isinstance(more, dict) else added
    tree = put(tree, "narratives.gossip", hush.word("an unknown narrative"))
    return put(tree, "plan.regional_plan.sections", {"gossip": hush.word("an unknown item")})


def _with_names_and_notes(tree: Tree, hush: Hush) -> Tree:
    for path in ("board.contact", "partners.breakwater-college.contact"):
        for key in ("name", "title", "phone", "address"):
            tree = put(tree, f"{path}.{key}", hush.word(f"{path}.{key}"))
        tree = put(tree, f"{path}.email", f"{hush.word(path)}@example.org")
    tree = put(tree, "partners.breakwater-college.pain_points", hush.word("pain points"))
    for general in sorted(RESPONSIBLE):
        tree = put(tree, _first(tree, general), hush.person(general))
    for general in sorted(WORKING_ONLY):
        if general.rpartition(".")[2] in {"reason", "next_step", "by"}:
            tree = put(tree, _first(tree, general), hush.person(general))
            tree = put(tree, _first(tree, f"{general.rpartition('.')[0]}.standing"), "gap")
    folder = f"/home/{hush.word('a folder')}/deep"
    tree = put(tree, "attachments.map", {"item": "Map", "file": f"{folder}/map.pdf"})
    tree = put(tree, "attachments.chart", {"file": f"{folder}/chart.pdf", "standing": "present"})
    later = {"state": "later", "owner": hush.person("owner"), "by": hush.person("by")}
    groups: Tree = {
        "notes": {"board.name": hush.word("a note")},
        "status": {"narratives.supportive_services": {**later, "reason": hush.word("reason")}},
        "accepted": {"some/finding": {"reason": hush.word("accepted"), "by": hush.person("by")}},
        "parked": [{"id": "old", "heading": hush.word("parked"), "text": hush.word("parked")}],
        "history": [{"id": "past", "path": "board.name", "text": hush.word("history")}],
    }
    return {**tree, **groups}


def _records(tree: Tree, home: str) -> list[dict[str, Any]]:
    found = get(tree, home)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _first(tree: Tree, general: str) -> str:
    path = general
    while "*" in path:
        before, _, rest = path.partition(".*")
        records = _records(tree, before)
        path = f"{before}.{records[0]['id'] if records else 'one'}{rest}"
    return path


def _last(question: Question) -> str:
    return question.fills.rpartition(".")[2]


def _let_pass(path: Path, hush: Hush) -> None:
    """Accept whatever keeps the plan from being submitted, each for a reason."""
    plan = open_plan(path, today=TODAY)
    checkup = plan.checkup("submission")
    gaps = obstacles(checkup, plan.state, today=TODAY, folder=path.parent)
    tree: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for gap in filter(lambda gap: gap.key, gaps):
        tree["accepted"].setdefault(gap.key, {"reason": "It follows.", "by": hush.person("by")})
    path.write_text(json.dumps(tree), encoding="utf-8")


def _figure(hush: Hush) -> TakenFigure:
    """A figure of the ledger that says nothing but secrets."""
    word = hush.word("the ledger of figures")
    area = Area("county", "06059", word)
    source = (word, word, word, word, f"https://{word}.example", area, word)
    figure = Figure(None, (Subject("industry", word, word),), mark=word, note=word)
    origin = Origin(*source, TODAY, 12, word, word, (word,))
    return TakenFigure(origin, word, word, figure, {word: word}, word)


@pytest.fixture(scope="module")
def hush() -> Hush:
    return Hush(1000)


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory, hush: Hush) -> tuple[Path, Path]:
    """Two states of one plan with other secrets in the same places."""
    folder = tmp_path_factory.mktemp(hush.word("the folder"))
    found = []
    for name, secrets in (("old", Hush(5000)), ("new", hush)):
        path = folder / f"{name}.yaml"
        path.write_text(json.dumps(secretive(secrets)), encoding="utf-8")
        hush.places.update(secrets.places)
        found.append(path)
    _let_pass(found[1], hush)
    collected = Item("comment", "Ana Ruiz", hush.word(COLLECTED), "board.name")
    save_review(found[1], Review((named(collected),)))
    note_figures(found[1], (_figure(hush),), now=datetime(2027, 3, 20, tzinfo=UTC))
    return found[0], found[1]


VERBS = {
    **{
        f"draft {stage} {end}": ("draft", "NEW", "--stage", stage, "-o", f"OUT/{stage}.{end}")
        for stage in ("public", "board", "submission")
        for end in ("docx", "html", "md")
    },
    "outline": ("draft", "NEW", "--stage", "submission", "--outline", "ca", "-o", "OUT/ca.docx"),
    "public": ("share", "NEW", "--public", "-o", "OUT"),
    "partner": ("share", "NEW", "--partner", "breakwater-college", "-o", "OUT"),
    "full": ("share", "NEW", "--partner", "breakwater-college", "--full", "-o", "OUT"),
    "questions": ("share", "NEW", "--questions", "-o", "OUT"),
    "compared docx": ("compare", "OLD", "NEW", "-o", "OUT/changes.docx"),
    "compared md": ("compare", "OLD", "NEW", "-o", "OUT/changes.md"),
    "compared json": ("compare", "OLD", "NEW", "--json"),
    "proof": ("check", "NEW", "--stage", "public", "--proof", "OUT/proof.docx"),
    "calendar": ("calendar", "NEW", "-o", "OUT/dates.ics"),
    "matrix csv": ("comments", "NEW", "-o", "OUT/matrix.csv"),
    "matrix docx": ("comments", "NEW", "-o", "OUT/matrix.docx"),
}
"""Everything that writes a file for somebody else."""


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_nothing_that_should_stay_inside_is_in_a_file_that_leaves(
    verb: Sequence[str],
    plans: tuple[Path, Path],
    hush: Hush,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    old, new = plans
    names = {"OLD": str(old), "NEW": str(new)}
    arguments = [names.get(word, word.replace("OUT", str(tmp_path))) for word in verb]
    assert run([*arguments, *AS_OF]) in {0, 3}
    printed = capsys.readouterr().out if "--json" in verb else ""
    assert said_in(printed.replace(str(old), "").replace(str(new), ""), hush) == []
    assert printed or any(tmp_path.rglob("*"))
    found = told(tmp_path, hush)
    assert [each for each in found if verb[0] != "comments" or each[0] != COLLECTED] == []


def test_nothing_that_should_stay_inside_is_in_the_packet_for_the_state(
    plans: tuple[Path, Path], hush: Hush, tmp_path: Path
) -> None:
    plan = open_plan(plans[1], today=TODAY)
    written = plan.packet(tmp_path / "out")
    assert len(written) > 6
    assert told(tmp_path, hush) == []


def told(folder: Path, hush: Hush) -> list[tuple[str, str, str]]:
    """Each secret that stands in a file: its place, the file, and the part of it."""
    return [
        (place, path.name, part)
        for path in sorted(folder.rglob("*"))
        for part, text in parts(path)
        for place in said_in(text, hush)
    ]


def said_in(text: str, hush: Hush) -> list[str]:
    return [hush.places[word] for word in _SECRET.findall(text.casefold())]


def parts(path: Path) -> Iterator[tuple[str, str]]:
    """Every part of a file as text."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            for entry in package.infolist():
                yield entry.filename, package.read(entry).decode("utf-8", "replace")
    elif path.is_file():
        yield "", path.read_text(encoding="utf-8", errors="replace")


HELD = """localplan: 2
board: {name: Three Rivers}
partners:
  - {id: mesa, name: Mesa Adult School, role: Teaches., private_note: She is difficult.}
actions:
  - {id: sign, action: Sign the agreements, owner: Ana Ruiz}
  - {id: meet, action: Meet, owner: Mesa Adult School}
private: [partners.*.role, partners.delta]
"""
LEFT_OUT = [
    '"partners.delta" under private hides nothing: nothing in plan.yaml goes by it.',
    "1 private answer is left out.",
    "Left out, because nothing asks for it: Mesa Adult School: private note "
    "(partners.mesa.private_note).",
    "Names of persons are left out, and partners, contractors and boards stay, in: "
    "Sign the agreements: owner (actions.sign.owner).",
]


@pytest.mark.parametrize(
    "verb", [("draft", "--stage", "public"), ("share", "--public"), ("share", "--all")]
)
def test_who_writes_for_other_readers_is_told_what_they_do_not_get(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: tuple[str, ...]
) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(HELD, encoding="utf-8")
    assert run([verb[0], str(path), *verb[1:], *AS_OF]) == 0
    said = capsys.readouterr()
    told = (said.out + said.err).splitlines()
    assert [line for line in LEFT_OUT if line in told] == LEFT_OUT


def test_a_working_draft_leaves_nothing_out_unsaid(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(HELD, encoding="utf-8")
    assert run(["draft", str(path), "-o", str(tmp_path / "plan.md"), *AS_OF]) == 0
    assert "Left out" not in capsys.readouterr().out
    text = (tmp_path / "plan.md").read_text(encoding="utf-8")
    assert "She is difficult." in text
    assert "Ana Ruiz" in text


@pytest.mark.parametrize(("stage", "shown"), [("public", False), ("working", True)])
def test_a_comparison_shows_names_of_staff_to_the_board_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], stage: str, shown: bool
) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "plan.yaml"
    old.write_text(HELD, encoding="utf-8")
    new.write_text(HELD.replace("Ana Ruiz", "Bo Chen"), encoding="utf-8")
    assert run(["compare", str(old), str(new), "--stage", stage, *AS_OF]) == 0
    assert ("Bo Chen" in capsys.readouterr().out) == shown


def test_no_packet_goes_to_a_partner_that_is_private(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.yaml"
    second = "  - {id: delta, name: Delta College}\nactions:"
    path.write_text(HELD.replace("actions:", second), encoding="utf-8")
    assert run(["share", str(path), "--all", "-o", str(tmp_path / "out"), *AS_OF]) == 0
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["Mesa Adult School"]
    assert run(["share", str(path), "--partner", "delta", *AS_OF]) == 1
    assert 'The partner "delta" is private' in capsys.readouterr().err
