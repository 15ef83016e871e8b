"""What every part of the answers file has in common."""

from pydantic import BaseModel, ConfigDict, model_validator

from localplan.plan.values import Email, Identifier, Markdown, Text, is_blank


class Part(BaseModel):
    """One part of the answers file; unknown keys are kept, so that nothing typed is lost."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _blank_is_unanswered(cls, written: object) -> object:
        """A key with nothing behind it, as in a blank file, is no answer of any kind."""
        if not isinstance(written, dict):
            return written
        known = cls.model_fields
        return {
            key: value for key, value in written.items() if key not in known or not is_blank(value)
        }


class Record(Part):
    """A part that lives in a list and keeps its `id` through renaming and reordering."""

    id: Identifier = ""
    more: dict[str, Markdown] = {}
    """Answers to questions that data alone added to this kind of record."""


class Contact(Part):
    """Someone to reach. Private unless the key that holds it is `public_contact`."""

    name: Text = None
    title: Text = None
    email: Email = None
    phone: Text = None
    address: Text = None
