"""Draft a workforce board's WIOA local plan from a guided questionnaire.

`open_plan` lays a plan open, as a `Desk`; docs/python.md shows what can be done with it.
"""

from typing import TYPE_CHECKING, Any

from localplan.version import VERSION

__version__ = VERSION
__all__ = ["Desk", "__version__", "open_plan"]

if TYPE_CHECKING:
    from localplan.desk.desk import Desk, open_plan


def __getattr__(name: str) -> Any:
    # The desk knows the whole house; `localplan --version` should not wait for it.
    if name in {"Desk", "open_plan"}:
        from localplan.desk import desk  # noqa: PLC0415

        return getattr(desk, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
