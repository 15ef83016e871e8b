"""The pages for people agree with the program."""

import re
from pathlib import Path

import pytest

from localplan import __version__
from localplan.cli.app import VERBS
from localplan.resources import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
COMMAND = re.compile(r"^(?:\$ |`)?localplan ([a-z]+)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#]+?)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_on_a_page_is_a_verb(page: Path) -> None:
    used = set(COMMAND.findall(page.read_text(encoding="utf-8")))
    assert used <= set(VERBS)


def test_every_verb_is_described_on_a_page() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    missing = {
        verb for verb in VERBS if f"localplan {verb}" not in text and f"`{verb}`" not in text
    }
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_sends_people_to_another_authors_package(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"^(?:\$ )?(?:pipx|pip|uv tool) install localplan", text, re.MULTILINE)


def test_pages_name_the_wheel_of_this_version() -> None:
    for page in PAGES:
        for named in re.findall(r"wioa_localplan-([\d.]+)-py3", page.read_text(encoding="utf-8")):
            assert named == __version__, page.name


def test_the_changelog_begins_with_what_is_new_or_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"^## (.+)$", text, re.MULTILINE)
    assert first
    assert first.group(1).startswith(("Unreleased", __version__))


def test_every_passage_that_own_words_can_replace_is_named_in_the_guide() -> None:
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    templates = (ROOT / "templates" / "partials").glob("*.j2")
    names = {
        name
        for template in templates
        for name in re.findall(r'passage\("([a-z-]+)"', template.read_text(encoding="utf-8"))
    }
    assert len(names) > 20
    missing = {name for name in names - {"missing"} if f"`{name}" not in guide}
    assert not missing
