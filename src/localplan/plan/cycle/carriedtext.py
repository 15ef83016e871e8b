"""The text of a carried answers file: the old file's order and comments, the new answers."""

from localplan.errors import LocalPlanError
from localplan.plan.file import emit
from localplan.plan.file.rewrite import reads_as, wordings
from localplan.yamltext import Tree

_AT_THE_END = ("parked", "history", "status")


class CarryError(LocalPlanError):
    """The carried answers cannot be written so that they read back as meant."""


def carried_text(text: str, old: Tree, new: Tree, remark: str) -> str:
    """The text, which holds `old`, changed to hold `new`; `remark` becomes its first line.

    The long lists that only the program reads go to the end, where nobody trips over them.

    Raises:
        CarryError: the text does not read back as `new`.
    """
    body = {key: value for key, value in new.items() if key not in _AT_THE_END}
    rest = {key: new[key] for key in _AT_THE_END if new.get(key)}
    end = f"\n# Kept by the program.\n{emit.document(rest)}" if rest else ""
    for wording in wordings(text, old, body):
        whole = f"# {remark}\n{wording}{end}"
        if reads_as(whole, {**body, **rest}):
            return whole
    raise CarryError(
        "The answers cannot be carried so that they read back the same. Nothing was written. "
        "Open the old file with localplan check, and put right what it says."
    )
