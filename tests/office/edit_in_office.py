"""Edit a Word file in LibreOffice through its API, as a reviewer would, at random.

Runs under the Python that LibreOffice's bindings belong to, so it imports nothing of ours:
    python3 edit_in_office.py PORT JOBS.json
Each job names a source, a target, a seed, whether changes are tracked, and the answers with their
bookmark and lines. The target's `.json` says what each answer should hold afterwards.
"""

import json
import random
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found] # comes with LibreOffice
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found] # likewise

PARAGRAPH_BREAK = 0


def connect(port: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    address = f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext"
    for _ in range(240):
        try:
            context = resolver.resolve(address)
            break
        except Exception:  # noqa: BLE001 (whatever it says, the office is still starting)
            time.sleep(0.25)
    else:
        raise SystemExit("LibreOffice did not start")
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def value(name: str, what: object) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, what
    return made


class Editor:
    """Makes one edit at a time, and keeps the expected lines in step."""

    def __init__(self, doc: Any, chance: random.Random) -> None:
        self.doc, self.chance = doc, chance
        self.marks = doc.getBookmarks()
        self.count = 0

    def paragraph(self, answer: Any, index: int) -> Any:
        """A cursor over the whole text of one line of an answer."""
        anchor = self.marks.getByName(answer["mark"]).getAnchor()
        text = anchor.getText()
        cursor = text.createTextCursorByRange(anchor.getStart())
        for _ in range(index):
            if not cursor.gotoNextParagraph(False):
                raise RuntimeError("no such paragraph")
        cursor.gotoStartOfParagraph(False)
        cursor.gotoEndOfParagraph(True)
        return text, cursor

    def word(self, answer: Any, index: int) -> Any:
        """A cursor over one word, and the word."""
        text, cursor = self.paragraph(answer, index)
        line = cursor.getString()
        words = [w for w in line.split(" ") if len(w) > 3 and w.isalpha() and line.count(w) == 1]
        if not words:
            return None
        word = self.chance.choice(words)
        cursor.gotoStartOfParagraph(False)
        at = line.index(word)
        step = text.createTextCursorByRange(cursor)
        while at > 0:
            step.goRight(min(at, 200), False)
            at -= min(at, 200)
        step.goRight(len(word), True)
        return (text, step, word) if step.getString() == word else None

    def comment(self, answer: Any, index: int, _: list[str]) -> Any:
        """Comment on one word."""
        found = self.word(answer, index)
        if found is None:
            return None
        text, cursor, word = found
        said = f"Comment {self.count} on {word}"
        note = self.doc.createInstance("com.sun.star.text.textfield.Annotation")
        note.setPropertyValue("Content", said)
        note.setPropertyValue("Author", "Dana Whitehorse")
        text.insertTextContent(cursor, note, True)
        return {"comment": said, "quote": word}

    def replace(self, answer: Any, index: int, lines: list[str]) -> Any:
        """Put another word in place of one."""
        found = self.word(answer, index)
        if found is None:
            return None
        _, cursor, word = found
        new = f"Renewed{self.count}"
        cursor.setString(new)
        lines[index] = lines[index].replace(word, new, 1)
        return {}

    def append(self, answer: Any, index: int, lines: list[str]) -> Any:
        """Add a sentence to the end."""
        text, cursor = self.paragraph(answer, index)
        cursor.collapseToEnd()
        added = f" Added sentence {self.count}."
        text.insertString(cursor, added, False)
        lines[index] += added
        return {}

    def prepend(self, answer: Any, index: int, lines: list[str]) -> Any:
        """Add a word at the beginning."""
        text, cursor = self.paragraph(answer, index)
        cursor.gotoStartOfParagraph(False)
        text.insertString(cursor, f"Before{self.count} ", False)
        lines[index] = f"Before{self.count} " + lines[index]
        return {}

    def insert(self, answer: Any, index: int, lines: list[str]) -> Any:
        """Begin a new paragraph below."""
        text, cursor = self.paragraph(answer, index)
        cursor.collapseToEnd()
        text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        text.insertString(cursor, f"A new paragraph {self.count}.", False)
        lines.insert(index + 1, f"A new paragraph {self.count}.")
        return {}

    def split(self, answer: Any, index: int, lines: list[str]) -> Any:
        """Cut a paragraph in two."""
        found = self.word(answer, index)
        if found is None or lines[index].startswith(found[2]):
            return None
        text, cursor, word = found
        cursor.collapseToStart()
        text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        at = lines[index].index(word)
        lines[index : index + 1] = [lines[index][:at], lines[index][at:]]
        return {}

    def merge(self, answer: Any, index: int, lines: list[str]) -> Any:
        """Join a paragraph with the next."""
        if index + 1 >= len(lines):
            return None
        _, cursor = self.paragraph(answer, index)
        cursor.collapseToEnd()
        cursor.goRight(1, True)
        cursor.setString("")
        lines[index : index + 2] = [lines[index] + lines[index + 1]]
        return {}

    def delete(self, answer: Any, index: int, lines: list[str]) -> Any:
        """Take a paragraph out."""
        if len(lines) < 2 or index == 0:
            return None
        _, cursor = self.paragraph(answer, index)
        cursor.gotoStartOfParagraph(False)
        cursor.goLeft(1, False)
        cursor.goRight(1, True)
        cursor.gotoEndOfParagraph(True)
        cursor.setString("")
        del lines[index]
        return {}

    def cell(self, answer: Any, index: int, lines: list[str]) -> Any:
        """Give one cell of a table other words."""
        old = answer["cells"][index % len(answer["cells"])]
        search = self.doc.createSearchDescriptor()
        search.SearchString = old
        search.SearchCaseSensitive = True
        found = self.doc.findFirst(search)
        while found is not None:
            whole = found.getText().createTextCursorByRange(found)
            whole.gotoStartOfParagraph(False)
            whole.gotoEndOfParagraph(True)
            if whole.getString() == old:
                break
            found = self.doc.findNext(found.getEnd(), search)
        if found is None:
            return None
        new = f"Cell renewed {self.count}"
        found.setString(new)
        lines[lines.index(old)] = new
        return {"cell": new}

    def clear(self, answer: Any, index: int, lines: list[str]) -> Any:
        """Empty a paragraph."""
        _, cursor = self.paragraph(answer, index)
        cursor.setString("")
        lines[index] = ""
        return {}

    def retype(self, answer: Any, index: int, lines: list[str]) -> Any:
        """Write a paragraph anew."""
        _, cursor = self.paragraph(answer, index)
        cursor.setString(f"Something else entirely {self.count}.")
        lines[index] = f"Something else entirely {self.count}."
        return {}


KINDS = (
    "comment",
    "replace",
    "append",
    "prepend",
    "insert",
    "split",
    "merge",
    "delete",
    "clear",
    "retype",
)


def edit(desktop: Any, job: Any) -> None:
    chance = random.Random(job["seed"])  # noqa: S311 (edits, not secrets)
    doc = desktop.loadComponentFromURL(
        Path(job["source"]).as_uri(), "_blank", 0, (value("Hidden", True),)
    )
    doc.setPropertyValue("RecordChanges", job["tracked"])
    editor = Editor(doc, chance)
    done = {}
    answers = [one for one in job["answers"] if chance.random() < job["share"]]
    for answer in reversed(answers):
        editor.count += 1
        lines = list(answer["lines"])
        kinds = [chance.choice(KINDS)]
        if kinds[0] != "comment" and chance.random() < 0.2:
            kinds.append("comment")
        if answer["cells"]:
            kinds = ["cell"]
        elif answer["cell"]:
            kinds = [
                kind if kind in {"comment", "replace", "append"} else "append" for kind in kinds
            ]
        comments = []
        for kind in kinds:
            made = getattr(editor, kind)(answer, chance.randrange(len(lines)), lines)
            if made:
                comments.append(made)
        done[answer["name"]] = {
            "kinds": kinds,
            "lines": lines,
            "comments": comments,
            "path": answer["path"],
        }
    doc.setPropertyValue("RecordChanges", False)
    doc.storeToURL(Path(job["target"]).as_uri(), (value("FilterName", "MS Word 2007 XML"),))
    doc.close(True)
    Path(job["target"] + ".json").write_text(json.dumps(done))


def main() -> None:
    port, jobs = sys.argv[1:3]
    desktop = connect(port)
    try:
        for job in json.loads(Path(jobs).read_text()):
            edit(desktop, job)
    finally:
        with suppress(Exception):  # it closes the line while it answers
            desktop.terminate()


main()
