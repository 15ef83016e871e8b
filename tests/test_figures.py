"""Pictures: labels are drawn, long ones fit, many boxes stay on the page."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from localplan.document.maps import fonts
from localplan.document.maps.drawing import lines_of, png_of
from localplan.document.maps.figures import (
    MapBox,
    PathwayMap,
    WageLadder,
    pathway_figure,
    wages_figure,
)

NURSING = PathwayMap(
    "Nursing & care",
    (MapBox("Adult <learners>", ("Grade 6 reading",)), MapBox("High school students")),
    (MapBox("1. Bridge", ("Life support card",)), MapBox("2. Nursing assistant", ("CNA",))),
    (MapBox("Nursing assistant", ("$19.80 an hour",), 1), MapBox("Home health aide", (), 0)),
)


def test_a_map_says_what_it_shows_and_where_the_same_facts_stand() -> None:
    figure = pathway_figure(NURSING, "Nursing", "figure-nursing", "See the tables.")
    assert figure.alt == (
        "Map of Nursing & care, from left to right: two entry points, two steps and two exits. "
        "See the tables."
    )
    assert figure.svg.startswith("<svg")
    assert png_of(figure.svg).startswith(b"\x89PNG")


def test_the_labels_of_a_map_are_drawn() -> None:
    figure = pathway_figure(NURSING, "Nursing", "figure-nursing", "See the tables.")
    without = png_of(re.sub(r"<text .*?</text>", "", figure.svg))
    assert len(png_of(figure.svg)) > 2 * len(without), "letters take room that empty boxes do not"


def test_typed_text_stays_text_in_the_picture() -> None:
    figure = pathway_figure(NURSING, "Nursing", "figure-nursing", "See the tables.")
    assert "Adult &lt;learners&gt;" in figure.svg
    assert "<title>Map of Nursing &amp; care</title>" in figure.svg


def test_many_steps_still_fit_on_a_page() -> None:
    steps = tuple(MapBox(f"{n}. Course", ("Certificate", "12 weeks")) for n in range(1, 21))
    figure = pathway_figure(PathwayMap("Long", (), steps, ()), "Long", "figure-long", "")
    height = float(re.search(r'viewBox="0 0 468 ([\d.]+)"', figure.svg)[1])  # type: ignore[index]
    assert figure.width * height / 468 <= 8.4


@pytest.mark.parametrize("exits", [0, 1, 5])
def test_exits_never_overlap(exits: int) -> None:
    ways = tuple(MapBox(f"Job {n}", ("$20.00 an hour",), 0) for n in range(exits))
    shown = PathwayMap("Jobs", (MapBox("Door"),), (MapBox("1. Course"), MapBox("2. Course")), ways)
    svg = pathway_figure(shown, "Jobs", "figure-jobs", "").svg
    boxes = re.findall(r'<rect x="347.0" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', svg)
    assert len(boxes) == exits
    for (y, height), (below, _) in pairwise(boxes):
        assert float(y) + float(height) <= float(below)


def test_wages_are_labelled_and_the_family_wage_is_named() -> None:
    ladders = [WageLadder("Nursing", (18.1, 61.1)), WageLadder("Machining", (21.0,))]
    svg = wages_figure(ladders, 29.8, "Wages", "A dot for each wage.").svg
    assert all(words in svg for words in ("$18.10", "$61.10", "$21.00", "Family wage $29.80"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_label_fits_its_box(text: str) -> None:
    for line in lines_of(text, 9.5, 100):
        assert fonts.regular().width(line.text.rstrip("…"), 9.5) <= 100.5 or len(line.text) == 1
