"""The text of an answers file changes only where an answer changed, and keeps its comments."""

import random
from typing import cast

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from localplan.plan.file.cleaning import cleaned
from localplan.plan.file.emit import document
from localplan.plan.file.rewrite import rewritten
from localplan.plan.tree import get, leaves, put, remove
from localplan.yamltext import Tree, Value, YamlError, parse

PLAN = """\
# Plan of the Delta board
# kept by Ana

localplan: 1   # the format
board:
  name: Delta   # legal name
  mission: |  # agreed in May
    One.

    Two.

# ---- Partners ----
partners:
  # who carries the pathways

  # the college
  - id: college   # short
    name: College
    programs: [vr, perkins]   # codes

    # what it does
    role: |
      Teaches.

  # the district
  - id: district
    name: "District"
    employers:
      - A corp   # first
      # the second
      - B corp
      # end of employers
  # - id: perhaps-one-day

# ---- Sectors ----
sectors:
- id: health
  name: Health
  # end of health
# ---- Narratives ----
narratives:
  # What is needed?
  sector_need:
  # What else?
  other:    # short please
"""
TREE = parse(PLAN, "plan")
COMMENTS = [line.partition("#")[2] for line in PLAN.splitlines() if "#" in line]

odd_text = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab :#-|>'\"\\{}[]*&!%@`,?~\t\n=<.…\u200f\u05d0🙂é\xa0"), st.characters()
    ),
    max_size=60,
).map(lambda text: cast(str, cleaned(text)))
keys = odd_text.filter(bool)
values = st.recursive(
    odd_text,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=12,
)
trees = st.dictionaries(keys, values, min_size=1, max_size=5)


def changed_to(tree: Tree) -> str:
    text = rewritten(PLAN, TREE, tree)
    assert parse(text, "plan") == tree
    return text


@given(trees)
def test_what_goes_in_comes_out(tree: Tree) -> None:
    assert parse(document(tree), "tree") == tree


@given(trees, trees)
def test_any_tree_can_be_rewritten_into_any_other(old: Tree, new: Tree) -> None:
    assert parse(rewritten(document(old), old, new), "tree") == new


@given(odd_text)
def test_any_text_can_take_the_place_of_an_answer(text: str) -> None:
    new = put(TREE, "narratives.sector_need", text)
    lines = changed_to(new)
    before, after = PLAN.split("  sector_need:\n")
    assert lines.startswith(before)
    assert lines.endswith(after)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "line\n" * 20_000,
        "\tbegins with a tab\nsecond",
        "  begins with spaces\nsecond",
        "\n\nbegins with blank lines",
        "ends with a blank line\n\n",
        "spaces\n   \nbetween",
        "item #3 and # more: yes",
        "# heading\n- list\n\n1. one",
        "--- \n... \n%x",
        "🙂 \u05e9\u05dc\u05d5\u05dd e\u0301",
    ],
)
def test_odd_text_is_kept_to_the_letter(text: str) -> None:
    assert get(parse(changed_to(put(TREE, "board.mission", text)), "plan"), "board.mission") == text


def test_300_random_answers_leave_every_other_byte_untouched() -> None:
    chance = random.Random(7)  # noqa: S311 (a test)
    paths = [path for path, value in leaves(TREE).items() if isinstance(value, str)]
    for number in range(300):
        path = chance.choice(paths)
        text = "".join(chance.choices("ab: #\n-'\"🙂", k=chance.randint(1, 40)))
        new = changed_to(put(TREE, path, f"{number}{text}."))
        assert changed_back(new, path) == PLAN.splitlines()


def changed_back(text: str, path: str) -> list[str]:
    """The lines of the text without the answer at `path`, beside those of the plan."""
    key = path.rpartition(".")[2]
    old = PLAN.splitlines()
    new = text.splitlines()
    head = next(at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1])
    tail = next(
        at
        for at, pair in enumerate(zip(reversed(old), reversed(new), strict=False))
        if pair[0] != pair[1]
    )
    replaced = old[head : len(old) - tail]
    assert len([line for line in replaced if line.strip()]) <= 4
    assert key in old[head] or key in "".join(old[head - 1 : head + 3])
    return new[:head] + replaced + new[len(new) - tail :]


def test_the_comment_behind_a_changed_answer_stays() -> None:
    assert "  name: Sierra   # legal name\n" in changed_to(put(TREE, "board.name", "Sierra"))
    assert "  other: |    # short please\n    a\n" in changed_to(
        put(TREE, "narratives.other", "a\nb")
    )


def test_an_added_record_stands_before_the_next_section_s_heading() -> None:
    text = changed_to(put(TREE, "sectors.energy.name", "Energy"))
    assert "  # end of health\n- id: energy\n  name: Energy\n# ---- Narratives ----" in text


def test_removing_the_last_record_leaves_the_next_section_s_heading() -> None:
    text = changed_to(remove(TREE, "sectors.health"))
    assert "sectors: []\n# ---- Narratives ----\nnarratives:" in text


def test_a_removed_record_takes_its_own_comment_along_and_no_other() -> None:
    text = changed_to(remove(TREE, "partners.college"))
    gone = {" the college", " short", " codes", " what it does"}
    kept = [line.partition("#")[2] for line in text.splitlines() if "#" in line]
    assert kept == [comment for comment in COMMENTS if comment not in gone]


def test_a_moved_record_keeps_its_comments() -> None:
    partners = cast(list[Value], TREE["partners"])
    text = changed_to({**TREE, "partners": partners[::-1]})
    assert "  # the college\n  - id: college   # short\n" in text
    assert text.index("# the district") < text.index("# the college")
    assert "partners:\n  # who carries the pathways\n" in text
    assert sorted(line.partition("#")[2] for line in text.splitlines() if "#" in line) == sorted(
        COMMENTS
    )


def test_items_of_a_list_keep_their_comments_when_others_come_and_go() -> None:
    new = put(TREE, "partners.district.employers", ["C corp", "B corp"])
    assert "      - C corp\n      # the second\n      - B corp\n      # end of" in changed_to(new)


def test_a_new_part_takes_its_place_in_the_order_of_the_file() -> None:
    text = changed_to(put(TREE, "plan.track", "existing"))
    assert text.index("board:") < text.index("\nplan:") < text.index("# ---- Partners")


@pytest.mark.parametrize("part", ["localplan", "board", "partners", "sectors", "narratives"])
def test_a_removed_part_leaves_every_other_as_it_was(part: str) -> None:
    old = parse(PLAN, "plan")
    new = remove(old, part)
    made = rewritten(PLAN, old, new)
    assert parse(made, "plan") == new
    lines = PLAN.splitlines()
    begin = next(at for at, line in enumerate(lines) if line.startswith(f"{part}:"))
    end = next((at for at in range(begin + 1, len(lines)) if lines[at][:1].isalpha()), len(lines))
    kept = [line for line in (*lines[:begin], *lines[end:]) if line and not line.startswith("#")]
    assert [line for line in made.splitlines() if line and not line.startswith("#")] == kept
    if part != "localplan":
        assert "# Plan of the Delta board" in made


def test_a_list_in_brackets_stays_in_brackets() -> None:
    text = changed_to(put(TREE, "partners.college.programs", ["tanf"]))
    assert "    programs: [tanf]   # codes\n" in text


@given(
    st.integers(0, PLAN.count("\n")),
    st.sampled_from([0, 2, 4, 6, 8]),
    st.sampled_from([path for path, value in leaves(TREE).items() if isinstance(value, str)]),
    st.sampled_from(["short", "One.\n\nTwo."]),
)
def test_a_comment_may_stand_anywhere(at: int, column: int, path: str, answer: str) -> None:
    lines = PLAN.splitlines(keepends=True)
    text = "".join([*lines[:at], " " * column + "# anywhere\n", *lines[at:]])
    assume(reads_as(text, TREE))
    new = put(TREE, path, answer)
    changed = rewritten(text, TREE, new)
    assert parse(changed, "plan") == new
    assert sorted(comments_of(changed)) == sorted(comments_of(text))


def comments_of(text: str) -> list[str]:
    return [line.partition("#")[2] for line in text.splitlines() if "#" in line]


def reads_as(text: str, tree: Tree) -> bool:
    try:
        return parse(text, "plan") == tree
    except YamlError:
        return False


def test_a_file_of_braces_can_be_changed() -> None:
    text = '{"board": {"name": "Delta"}}'
    old = parse(text, "json")
    new = put(old, "board.name", "Sierra")
    assert parse(rewritten(text, old, new), "json") == new


operations = st.lists(
    st.tuples(
        st.sampled_from(["partners", "sectors", "partners.district.employers"]),
        st.sampled_from(["add", "remove", "move", "change"]),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=200)
@given(operations)
def test_comments_survive_adding_moving_and_changing(done: list[tuple[str, str, int]]) -> None:
    text, tree = PLAN, TREE
    lost = 0
    for number, (path, kind, at) in enumerate(done):
        items = list(cast(list[Value], get(tree, path) or []))
        here = at % len(items) if items else 0
        if kind == "add":
            record: Value = {"id": f"new-{number}", "name": "N"}
            items.insert(here, "New corp" if path.endswith("employers") else record)
        elif kind == "move" and items:
            items.insert(0, items.pop(here))
        elif kind == "remove" and items:
            items.pop(here)
            lost = 99
        elif items and isinstance(items[here], dict):
            items[here] = {**cast(Tree, items[here]), "name": f"Changed {number}"}
        if get(tree, path) is None:
            continue
        new = put(tree, path, items)
        text, tree = rewritten(text, tree, new), new
        assert parse(text, "plan") == tree
    comments = [line.partition("#")[2] for line in text.splitlines() if "#" in line]
    assert not set(comments) - set(COMMENTS)
    assert lost or sorted(comments) == sorted(COMMENTS)
    assert "# ---- Sectors ----\nsectors:" in text
    assert "# ---- Narratives ----\nnarratives:" in text


@pytest.mark.parametrize(
    "text",
    [
        "a:\n-\n  id: x\n  n: 1\n-\n  # own\n  id: y\n  n: 2\n",
        "a:\n- - p\n  - q\n- - r\n",
        "a:\n- {id: x, n: 1}\n- {id: y, n: 2}\n",
        "? a\n: - id: x\n    n: 1\n  - id: y\n    n: 2\n",
        "---\na: [{id: x, n: 1}, {id: y, n: 2}]\n...\n",
        "a:\n  - id: x\n    n: |+\n      1\n\n\n  - id: y\n    n: |+\n      2\n\nb: c",
        "'a': 'x\n  y'\nb: \"p\n\n  q\"\n",
        "a:\n- x\n- |\n  long\n- >\n  folded\n  text\n- 'q'\n",
    ],
)
def test_every_way_of_writing_lists_can_be_changed(text: str) -> None:
    tree = parse(text, "plan")
    holder = tree["a"]
    changes: list[Value] = ["", "text", [], {}, {"k": "v"}, [{"id": "z"}], ["p", "q"]]
    if isinstance(holder, list):
        changes += [holder[::-1], holder[1:], [*holder, "new"], [*holder, {"id": "new"}]]
        changes += [[{**item, "n": "5"} if isinstance(item, dict) else "t" for item in holder]]
        changes += [[{"n": "5"} if isinstance(item, dict) else ["t"] for item in holder]]
    for change in changes:
        new = {**tree, "a": change}
        assert parse(rewritten(text, tree, new), "plan") == new
    others: list[Tree] = [{"z": "only"}, {**tree, "z": "more"}]
    for other in others:
        assert parse(rewritten(text, tree, other), "plan") == other
