"""Fields break their lines between words, and the cursor still finds its place."""

from hypothesis import given
from hypothesis import strategies as st

from localplan.interview.wordwrap import blanks_before


def rows(text: str, width: int) -> list[str]:
    shown = "".join(
        " " * blank + letter for letter, blank in zip(text, blanks_before(text, width), strict=True)
    )
    return [shown[at : at + width].rstrip() for at in range(0, len(shown), width)]


def test_no_word_is_broken_that_fits_on_a_row() -> None:
    assert rows("The Board meets each spring.", 10) == ["The Board", "meets", "each", "spring."]


def test_a_word_that_is_longer_than_a_row_is_broken_all_the_same() -> None:
    assert rows("ab abcdefghijkl", 10) == ["ab abcdefg", "hijkl"]


def test_text_that_fits_is_left_alone() -> None:
    assert not any(blanks_before("The Board", 10))


def test_wide_letters_count_for_two_columns() -> None:
    assert blanks_before("語語 語語", 8)[3] == 3


@given(st.text(alphabet="ab c", max_size=80), st.integers(min_value=4, max_value=12))
def test_every_word_that_fits_stands_whole_on_one_row(text: str, width: int) -> None:
    whole = " ".join(rows(text, width)).split()
    for word in text.split():
        assert len(word) > width or word in whole


def test_a_wide_screen_is_not_filled_to_its_edge() -> None:
    blanks = blanks_before("ab cd ef", 100, 6)
    assert [at for at, blank in enumerate(blanks) if blank] == [6]
    assert blanks[6] == 94
