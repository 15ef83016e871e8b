"""YAML is read the way people type it, and trouble is said in plain words with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localplan.yamltext import YamlError, lines, normalized, parse

NAME = "answers.yaml"


def trouble(text: str) -> str:
    with pytest.raises(YamlError) as caught:
        parse(text, NAME)
    return str(caught.value)


def read_or_refused(text: str) -> bool:
    try:
        parse(text, NAME)
    except YamlError as error:
        return str(error).startswith(NAME)
    return True


def test_every_value_is_the_text_that_was_typed() -> None:
    tree = parse("a: NO\nb: 01234\nc: 3.10\nd: 2025-07-01\ne: null\nf: ~\ng: <<\n", NAME)
    assert tree == {
        "a": "NO", "b": "01234", "c": "3.10", "d": "2025-07-01", "e": "null", "f": "~", "g": "<<",
    }  # fmt: skip


def test_a_name_with_nothing_behind_it_is_empty_text() -> None:
    assert parse("board:\n", NAME) == {"board": ""}


def test_the_line_break_that_ends_a_block_is_not_part_of_its_text() -> None:
    assert parse("a: |\n  one\n\n  two\nb: |-\n  x\n", NAME) == {"a": "one\n\ntwo", "b": "x"}


def test_groups_and_lists_nest() -> None:
    assert parse("a:\n- id: x\n  l: [p, q]\n- {id: y}\n", NAME) == {
        "a": [{"id": "x", "l": ["p", "q"]}, {"id": "y"}]
    }


def test_a_name_used_twice_is_refused_with_both_lines() -> None:
    assert trouble("partners: []\nboard:\n  name: x\npartners: []\n") == (
        'answers.yaml, line 4: "partners" is used twice (first in line 1). '
        "Join the two, or rename one."
    )


def test_the_same_name_in_two_records_is_no_duplicate() -> None:
    assert parse("a:\n- n: 1\n- n: 2\n", NAME) == {"a": [{"n": "1"}, {"n": "2"}]}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: &x 1\n", 2, "quotation marks"),
        ("a: 1\nb: *x\n", 2, "quotation marks"),
        ("a: 1\nb: **bold** words\n", 2, "quotation marks"),
        ("a: !!python/object:x 1\n", 1, "quotation marks"),
        ("a: @home\n", 1, '"@"'),
        ("a: `x`\n", 1, '"`"'),
        ("a: %x\n", 1, '"%"'),
        ("a: 1\n---\nb: 2\n", 2, "three dashes"),
        ("a:\n\tb: 1\n", 2, "tab"),
        ("a: 1\n<<<<<<< mine\nb: 2\n=======\nb: 3\n>>>>>>> theirs\n", 2, "two versions"),
        ("a: x\x07\n", 1, "control character"),
        ("? [a]\n: b\n", 1, "a name is expected"),
        ("a: {{ x }}\n", 1, "quotation marks"),
        ('"": x\n', 1, "no name"),
        ("a: b: c\n", 1, "second colon"),
        ("a: 1\nb: 'open\nc: 2\n", 2, "never closed"),
        ('a: "C:\\foo"\n', 1, "backslash"),
        ('a: "C:\\qoo"\n', 1, "backslash"),
        ("a: |text\n  more\n", 1, "the line below"),
        ("a: [b\nc: d\n", 2, "bracket"),
        ("a:\n  b: c\n c: d\n", 3, "line up"),
        ("a:\n- b\n  c: d\n", 3, "colon"),
        ("%YAML 3.0\n---\na: b\n", 1, '"%"'),
        ("a: ]\n", 1, "bracket"),
        ("a: - b\n", 1, "dash"),
        ("".join(" " * n + "a:\n" for n in range(70)), 61, "too deep"),
        ("a: " + "[" * 100_000, 1, "too deep"),
    ],
)
def test_trouble_is_named_with_its_line(text: str, line: int, said: str) -> None:
    message = trouble(text)
    assert message.startswith(f"{NAME}, line {line}: ")
    assert said in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("# only a comment\n", "is empty"),
        ("- a\n- b\n", "begins with a list"),
        ("only words\n", "holds only text"),
        ("PK\x03\x04\x00\x00", "not a text file"),
    ],
)
def test_what_is_no_answers_file_is_named_as_a_whole(text: str, said: str) -> None:
    assert said in trouble(text)


def test_messages_use_no_jargon() -> None:
    for text in ("a: b: c\n", "a: [b\nc: d\n", "a:\n  b: c\n c: d\n", "a: 'x", "a: %x"):
        said = trouble(text).removeprefix(NAME).lower()
        for word in ("mapping", "scalar", "token", "anchor", "alias", "parse", "key"):
            assert word not in said


def test_breaks_that_only_some_programs_see_keep_their_indentation() -> None:
    assert parse("a: |\n  one\u2028two\x85three\nb: x\u2029y\n# c\u2028d: e\n", NAME) == {
        "a": "one\ntwo\nthree",
        "b": "x y",
    }


def test_windows_and_old_mac_line_breaks_and_the_byte_order_mark_are_no_trouble() -> None:
    assert parse("\ufeffa: 1\r\nb: 2\r\n", NAME) == {"a": "1", "b": "2"}
    assert parse("a: 1\rb: 2\r", NAME) == {"a": "1", "b": "2"}


def test_the_line_of_each_answer_is_known_by_its_path() -> None:
    assert lines("a: 1\npartners:\n  - id: x\n    name: X\n  - name: Y\n    l: [p]\n") == {
        "a": 1,
        "partners": 2,
        "partners.x": 3,
        "partners.x.id": 3,
        "partners.x.name": 4,
        "partners.#2": 5,
        "partners.#2.name": 5,
        "partners.#2.l": 6,
    }


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    assert read_or_refused(text)


@given(st.text(alphabet="a:-#|>'\"[]{}&*!%@`?, \n\t\\<\x85\u2028é🙂", max_size=60))
def test_text_made_of_signs_is_read_or_refused_in_words(text: str) -> None:
    assert read_or_refused(text)


@given(st.text(alphabet="ab: \n\r\x85\u2028", max_size=40))
def test_normalizing_twice_changes_nothing_more(text: str) -> None:
    assert normalized(normalized(text)) == normalized(text)
