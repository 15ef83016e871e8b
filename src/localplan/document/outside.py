"""Draft with a template that came from somewhere else: in a process of its own, within limits."""

import copyreg
import multiprocessing
from multiprocessing.connection import Connection
from types import MappingProxyType

from localplan.document.assemble import Drafting, assemble
from localplan.document.blocks import Document
from localplan.document.render import TemplateProblem
from localplan.knowledge.questions import Questionnaire
from localplan.yamltext import Tree

SECONDS = 30.0
MEGABYTES = 1024


def assemble_outside(
    tree: Tree,
    questionnaire: Questionnaire,
    drafting: Drafting,
    *,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> Document:
    """Return what `assemble` returns, for a template that is not ours.

    Raises:
        TemplateProblem: the template has an error, or takes more time or memory than it may.
    """
    ours, theirs = multiprocessing.get_context("spawn").Pipe(duplex=False)
    child = multiprocessing.get_context("spawn").Process(
        target=_draft, args=(theirs, tree, questionnaire, drafting, megabytes), daemon=True
    )
    child.start()
    theirs.close()
    try:
        made = ours.recv() if ours.poll(seconds) else None
    except EOFError:
        raise TemplateProblem(
            f"{drafting.template.name} needs more than {megabytes} MB of memory. Make it simpler."
        ) from None
    finally:
        child.kill()
        child.join()
        ours.close()
    if made is None:
        raise TemplateProblem(
            f"{drafting.template.name} takes longer than {seconds:g} seconds. "
            "Look for an endless loop."
        )
    if isinstance(made, Document):
        return made
    raise TemplateProblem(str(made))


def _draft(
    answer: Connection,
    tree: Tree,
    questionnaire: Questionnaire,
    drafting: Drafting,
    megabytes: int,
) -> None:
    _limit_memory(megabytes)
    try:
        answer.send(assemble(tree, questionnaire, drafting))
    except MemoryError:
        answer.send(f"{drafting.template.name} needs more than {megabytes} MB of memory.")
    except TemplateProblem as problem:
        answer.send(str(problem))
    finally:
        answer.close()


def _limit_memory(megabytes: int) -> None:
    try:
        import resource  # noqa: PLC0415 (not on Windows, where only the time is limited)
    except ImportError:
        return
    most = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _read_only(mapping: dict[str, str]) -> MappingProxyType[str, str]:
    return MappingProxyType(mapping)


# The questionnaire holds read-only mappings, which cannot cross to another process by themselves.
copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))
