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
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

PARAGRAPH_BREAK = 0


def connect(port):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    address = f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext"
    for _ in range(240):
        try:
            context = resolver.resolve(address)
            break
        except Exception:  # the office is still starting
            time.sleep(0.25)
    else:
        raise SystemExit("LibreOffice did not start")
    return context, context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context
    )


def value(name, what):
    made = PropertyValue()
    made.Name, made.Value = name, what
    return made


class Editor:
    def __init__(self, doc, chance):
        self.doc, self.chance = doc, chance
        self.marks = doc.getBookmarks()
        self.count = 0

    def paragraph(self, answer, index):
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

    def word(self, answer, index):
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

    def comment(self, answer, index, lines):
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

    def replace(self, answer, index, lines):
        found = self.word(answer, index)
        if found is None:
            return None
        _, cursor, word = found
        new = f"Renewed{self.count}"
        cursor.setString(new)
        lines[index] = lines[index].replace(word, new, 1)
        return {}

    def append(self, answer, index, lines):
        text, cursor = self.paragraph(answer, index)
        cursor.collapseToEnd()
        added = f" Added sentence {self.count}."
        text.insertString(cursor, added, False)
        lines[index] += added
        return {}

    def prepend(self, answer, index, lines):
        text, cursor = self.paragraph(answer, index)
        cursor.gotoStartOfParagraph(False)
        text.insertString(cursor, f"Before{self.count} ", False)
        lines[index] = f"Before{self.count} " + lines[index]
        return {}

    def insert(self, answer, index, lines):
        text, cursor = self.paragraph(answer, index)
        cursor.collapseToEnd()
        text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        text.insertString(cursor, f"A new paragraph {self.count}.", False)
        lines.insert(index + 1, f"A new paragraph {self.count}.")
        return {}

    def split(self, answer, index, lines):
        found = self.word(answer, index)
        if found is None or lines[index].startswith(found[2]):
            return None
        text, cursor, word = found
        cursor.collapseToStart()
        text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        at = lines[index].index(word)
        lines[index : index + 1] = [lines[index][:at], lines[index][at:]]
        return {}

    def merge(self, answer, index, lines):
        if index + 1 >= len(lines):
            return None
        text, cursor = self.paragraph(answer, index)
        cursor.collapseToEnd()
        cursor.goRight(1, True)
        cursor.setString("")
        lines[index : index + 2] = [lines[index] + lines[index + 1]]
        return {}

    def delete(self, answer, index, lines):
        if len(lines) < 2 or index == 0:
            return None
        text, cursor = self.paragraph(answer, index)
        cursor.gotoStartOfParagraph(False)
        cursor.goLeft(1, False)
        cursor.goRight(1, True)
        cursor.gotoEndOfParagraph(True)
        cursor.setString("")
        del lines[index]
        return {}

    def clear(self, answer, index, lines):
        text, cursor = self.paragraph(answer, index)
        cursor.setString("")
        lines[index] = ""
        return {}

    def retype(self, answer, index, lines):
        text, cursor = self.paragraph(answer, index)
        cursor.setString(f"Something else entirely {self.count}.")
        lines[index] = f"Something else entirely {self.count}."
        return {}


KINDS = (
    "comment", "replace", "append", "prepend", "insert", "split", "merge", "delete", "clear", "retype"
)


def edit(desktop, job):
    chance = random.Random(job["seed"])
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
        if answer["cell"]:
            kinds = [kind if kind in {"comment", "replace", "append"} else "append" for kind in kinds]
        comments = []
        for kind in kinds:
            made = getattr(editor, kind)(answer, chance.randrange(len(lines)), lines)
            if made:
                comments.append(made)
        done[answer["name"]] = {"kinds": kinds, "lines": lines, "comments": comments}
    doc.setPropertyValue("RecordChanges", False)
    doc.storeToURL(
        Path(job["target"]).as_uri(), (value("FilterName", "MS Word 2007 XML"),)
    )
    doc.close(True)
    Path(job["target"] + ".json").write_text(json.dumps(done))


def main():
    port, jobs = sys.argv[1:3]
    _, desktop = connect(port)
    try:
        for job in json.loads(Path(jobs).read_text()):
            edit(desktop, job)
    finally:
        try:
            desktop.terminate()
        except Exception:  # it closes the line while it answers
            pass


main()
