"""The labels by which links and page counts find the parts of a State's outline."""

from localplan.knowledge.states import OutlineSection, Prompt, State


def section_label(section: OutlineSection) -> str:
    """Return the label of the section's heading."""
    return f"outline-{_slug(section.number or section.heading)}"


def prompt_label(prompt: Prompt, section: OutlineSection) -> str:
    """Return the label of the prompt's heading; that of its section may serve for both."""
    if (prompt.number, prompt.heading) == (section.number, section.heading):
        return section_label(section)
    return f"prompt-{prompt.id}".lower()


def counted_labels(state: State) -> frozenset[str]:
    """Return the labels of the prompts that are known by a number."""
    return frozenset(
        prompt_label(prompt, section)
        for section in state.sections
        for prompt in section.prompts
        if prompt.number
    )


def _slug(text: str) -> str:
    kept = "".join(letter if letter.isalnum() else "-" for letter in text.lower())
    return "-".join(part for part in kept.split("-") if part)
