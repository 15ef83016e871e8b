"""A table pasted from a spreadsheet, as the table that long answers hold."""

import re


def pasted_table(text: str) -> bool:
    """Return whether `text` holds lines that a spreadsheet separated by tabs."""
    return any(len(block) > 1 and _is_grid(block) for block in _blocks(text))


def with_tables(text: str) -> str:
    """Return `text` with each tab-separated stretch as a Markdown table; the rest as it was."""
    parts: list[str] = []
    for block in _blocks(text):
        if len(block) > 1 and _is_grid(block):
            if parts and parts[-1].strip():
                parts.append("")
            parts += [*_table(block), ""]
        else:
            parts += block
    return "\n".join(parts).strip("\n")


def _blocks(text: str) -> list[list[str]]:
    """The lines in stretches that have tabs and stretches that have none."""
    blocks: list[list[str]] = []
    for line in text.split("\n"):
        if blocks and ("\t" in line) == ("\t" in blocks[-1][0]):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _is_grid(block: list[str]) -> bool:
    return all("\t" in line for line in block)


def _table(block: list[str]) -> list[str]:
    rows = [[_cell(cell) for cell in line.split("\t")] for line in block]
    width = max(len(row) for row in rows)
    full = [row + [""] * (width - len(row)) for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in full]
    return [lines[0], "|" + " --- |" * width, *lines[1:]]


def _cell(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", text.strip().strip('"'))
