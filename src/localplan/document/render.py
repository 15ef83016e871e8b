"""Render a template to blocks: Markdown with Jinja, where nothing typed can become structure.

Short values are escaped as they are printed. Everything else (long answers, tables, figures, boxes)
goes in by reference: a function leaves a token in the text, and the blocks take its place once the
text is parsed. Tokens are made of private-use characters, which no answer can hold.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    Undefined,
    pass_context,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError, TemplateNotFound, UndefinedError
from jinja2.loaders import split_template_path
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from localplan import cache as kept
from localplan.document import markup
from localplan.document.blocks import (
    Block,
    Boundary,
    Figure,
    Heading,
    Inline,
    PageBreak,
    Paragraph,
    Run,
    Table,
    empty_headings,
)
from localplan.errors import LocalPlanError
from localplan.resources import TEMPLATES

_OPEN, _CLOSE, _ZERO = "\ue000", "\ue001", 0xE010
_TOKEN = re.compile(f"{_OPEN}([{chr(_ZERO)}-{chr(_ZERO + 9)}]+){_CLOSE}")
_SENTENCE = re.compile(r"(?<=[.!?]) ")
_LABEL = re.compile(r"\s*\{:\s*(-)?\s*(?:#([a-z0-9-]+))?\s*\}$")


class TemplateProblem(LocalPlanError):  # noqa: N818 (it is about the template, and so it reads)
    """A template that cannot be rendered, with its file, line and what is wrong."""


class Slots:
    """Keeps blocks aside while the text around them is rendered, and puts them back."""

    def __init__(self) -> None:
        self._kept: list[tuple[Block, ...]] = []

    def hold(self, blocks: Iterable[Block]) -> Markup:
        """Return a token that stands, as a paragraph of its own, for `blocks`."""
        self._kept.append(tuple(blocks))
        digits = "".join(chr(_ZERO + int(digit)) for digit in str(len(self._kept) - 1))
        return Markup(f"\n\n{_OPEN}{digits}{_CLOSE}\n\n")  # noqa: S704 (our own token)

    def blocks_of(self, text: str) -> Iterator[Block]:
        """Yield the blocks of a rendered text, what tokens stand for in their places."""
        for place, part in enumerate(_TOKEN.split(text)):
            if place % 2:
                yield from self._filled(part)
            elif part.strip():
                yield from markup.parse_template(part)

    def _filled(self, digits: str) -> Iterator[Block]:
        for block in self._kept[int("".join(str(ord(digit) - _ZERO) for digit in digits))]:
            match block:
                case Paragraph(text=(Run(text=words),)) if token := _TOKEN.fullmatch(words):
                    yield from self._filled(token.group(1))
                case _:
                    yield block


class _Outside(BaseLoader):
    """Finds templates beside one that is not ours: `.j2` files of its folder, and no links."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of a template and where it stands."""
        del environment
        place = self._folder.joinpath(*split_template_path(template))
        here = place.suffix == ".j2" and place.resolve() == place and place.is_file()
        if not here:
            raise TemplateNotFound(template)
        try:
            return place.read_text(encoding="utf-8"), str(place), lambda: True
        except (OSError, UnicodeDecodeError) as error:
            raise TemplateNotFound(template) from error


class _Compiled(BytecodeCache):
    """Keeps compiled templates from one run to the next; a changed template is compiled again."""

    def load_bytecode(self, bucket: Bucket) -> None:
        known = kept.read("template", bucket.key.encode())
        if known is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        kept.keep("template", bucket.key.encode(), bucket.bytecode_to_string())


def is_ours(template: Path) -> bool:
    """Return whether a template came with the program."""
    return template.resolve().is_relative_to(TEMPLATES.resolve())


@cache
def environment(folder: Path) -> ImmutableSandboxedEnvironment:
    """Return the sandbox for the templates of `folder`; they are compiled once."""
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder) if is_ours(folder) else _Outside(folder),
        bytecode_cache=_Compiled(),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["in_sentence"] = _in_sentence
    return made


def render(
    template: Path,
    view: Mapping[str, Any],
    functions: Mapping[str, Callable[..., Any]],
    slots: Slots,
) -> tuple[Block, ...]:
    """Return the blocks of `template`, with `view` as its data.

    Raises:
        TemplateProblem: the template has an error; the message names file and line.
    """
    made = environment(template.parent.resolve())
    try:
        text = made.get_template(template.name).render({**functions, **view})
    except TemplateSyntaxError as error:
        raise TemplateProblem(
            f"{error.filename or error.name}, line {error.lineno}: {error.message}"
        ) from error
    except TemplateNotFound as error:
        raise TemplateProblem(f"There is no template {_shown(error.name, template)}.") from error
    except (
        TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        LookupError,
        RecursionError,
    ) as error:
        raise TemplateProblem(_said(error, template)) from error
    return tidy(slots.blocks_of(text))


def tidy(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return blocks ready to be numbered.

    Labels are read from headings, empty headings are gone, every region is begun, and a sentence
    that names a table or figure which is not there is left out.
    """
    labelled = [_labelled(block) if isinstance(block, Heading) else block for block in blocks]
    return tuple(_bounded(_without_empty_headings(list(_without_lost_pointers(labelled)))))


@pass_context
def _in_sentence(context: Context, text: str) -> str:
    """The function of this plan as a filter, because `map` takes filters only."""
    said: str = context["in_sentence"](text)
    return said


def _printed(value: object) -> object:
    if isinstance(value, (Markup, Undefined)):
        return value
    return Markup(markup.escape(str(value)))  # noqa: S704 (escaped for Markdown, the only structure there is)


def _shown(name: object, template: Path) -> str:
    """A missing template as the person wrote it: the command line's, or one that it includes."""
    return str(template) if name == template.name else f"{name}, which {template} includes"


def _said(error: Exception, template: Path) -> str:
    line, name = 0, template.name
    trace = error.__traceback__
    while trace is not None:
        place = Path(trace.tb_frame.f_code.co_filename)
        if place.suffix == ".j2":
            name, line = place.name, trace.tb_lineno
        trace = trace.tb_next
    what = error.message if isinstance(error, (UndefinedError, SecurityError)) else str(error)
    return f"{name}, line {line}: {what}"


def _labelled(heading: Heading) -> Heading:
    last = heading.text[-1] if heading.text else None
    found = _LABEL.search(last.text) if last else None
    if last is None or found is None:
        return heading
    text: Inline = (
        *heading.text[:-1],
        Run(last.text[: found.start()], last.bold, last.italic, last.link),
    )
    numbered = heading.numbered and not found.group(1)
    return replace(heading, text=text, label=found.group(2) or "", numbered=numbered)


def _without_lost_pointers(blocks: Sequence[Block]) -> Iterator[Block]:
    known = _labels(blocks)
    for block in blocks:
        if not isinstance(block, Paragraph) or not _points_nowhere(block.text, known):
            yield block
            continue
        kept = [part for part in _sentences(block.text) if not _points_nowhere(part, known)]
        if kept:
            yield replace(block, text=_joined(kept))


def _labels(blocks: Iterable[Block]) -> set[str]:
    return {block.label for block in blocks if isinstance(block, (Heading, Table, Figure))}


def _points_nowhere(text: Iterable[Run], known: Collection[str]) -> bool:
    """True where a run stands for the number of what is not in the document."""
    links = (run.link for run in text if not run.text)
    return any(link[:1] == "#" and link[1:] not in known for link in links)


def _sentences(text: Inline) -> list[list[Run]]:
    """The runs of each sentence; the space between two is with neither."""
    found: list[list[Run]] = [[]]
    for run in text:
        first, *more = _SENTENCE.split(run.text)
        found[-1].append(replace(run, text=first))
        found.extend([replace(run, text=part)] for part in more)
    said = [[run for run in part if run.text or run.link] for part in found]
    return [part for part in said if part]


def _joined(said: Sequence[Sequence[Run]]) -> Inline:
    first, *more = said
    return (*first, *(run for part in more for run in (Run(" "), *part)))


def _without_empty_headings(blocks: list[Block]) -> list[Block]:
    """Drop each heading that nothing stands under, from the end so that emptied parents go too."""
    empty = empty_headings(blocks)
    kept: list[Block] = []
    for place in reversed(range(len(blocks))):
        if place not in empty:
            kept.append(blocks[place])
        elif kept and isinstance(kept[-1], Boundary) and kept[-1].kind == "heading":
            kept.pop()
    kept.reverse()
    return _without_idle_breaks(kept)


def _without_idle_breaks(blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, PageBreak) and (not kept or isinstance(kept[-1], PageBreak)):
            continue
        kept.append(block)
    while kept and isinstance(kept[-1], PageBreak):
        kept.pop()
    return kept


def _bounded(blocks: list[Block]) -> Iterator[Block]:
    """Begin a region at every heading that has none, so that no answer runs into the next part."""
    before: Block | None = None
    for place, block in enumerate(blocks):
        if isinstance(block, Heading) and not isinstance(before, Boundary):
            yield Boundary(f"headings.{block.label or place}", "heading")
        yield block
        before = block
