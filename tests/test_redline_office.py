"""LibreOffice takes in, and turns down, every change of a comparison: both plans come out whole."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from test_redline import EXAMPLE, body_texts, compared, revised, texts

from localplan.document.assemble import Drafting, assemble
from localplan.document.numbering import numbered
from localplan.knowledge.questions import load_questionnaire
from localplan.plan.file.answers import load

SYSTEM_PYTHON = "/usr/bin/python3"
SETTLE = """
import subprocess, sys, time, uno
from com.sun.star.beans import PropertyValue

def named(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made

folder, port = sys.argv[1:]
office = subprocess.Popen([
    "soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile",
    f"--accept=socket,host=localhost,port={port};urp;",
], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
here = uno.getComponentContext()
resolver = here.ServiceManager.createInstanceWithContext(
    "com.sun.star.bridge.UnoUrlResolver", here)
for _ in range(120):
    try:
        there = resolver.resolve(
            f"uno:socket,host=localhost,port={port};urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.5)
make = there.ServiceManager.createInstanceWithContext
desktop = make("com.sun.star.frame.Desktop", there)
dispatcher = make("com.sun.star.frame.DispatchHelper", there)
for way in ("Accept", "Reject"):
    document = desktop.loadComponentFromURL(
        f"file://{folder}/compared.docx", "_blank", 0, (named("Hidden", True),))
    frame = document.CurrentController.Frame
    dispatcher.executeDispatch(frame, f".uno:{way}AllTrackedChanges", "", 0, ())
    document.storeToURL(
        f"file://{folder}/{way.lower()}ed.docx", (named("FilterName", "MS Word 2007 XML"),))
    document.close(True)
try:
    desktop.terminate()
except Exception:
    pass
office.wait(30)
"""


def has_office() -> bool:
    if not shutil.which("soffice") or not Path(SYSTEM_PYTHON).exists():
        return False
    asked = subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return asked.returncode == 0


@pytest.mark.office
@pytest.mark.skipif(not has_office(), reason="needs LibreOffice with its Python bridge")
def test_libreoffice_gives_both_plans_back(tmp_path: Path) -> None:
    tree = load(EXAMPLE).tree
    drafting = Drafting(today=date(2027, 2, 1), stage="public")
    old, new = (
        numbered(assemble(each, load_questionnaire(), drafting)) for each in (tree, revised(tree))
    )
    (tmp_path / "compared.docx").write_bytes(compared(old, new))
    subprocess.run([SYSTEM_PYTHON, "-c", SETTLE, str(tmp_path), "2417"], check=True, timeout=180)
    for way, plan in (("accepted", new), ("rejected", old)):
        settled = (tmp_path / f"{way}.docx").read_bytes()
        assert texts(settled, tmp_path) == body_texts(plan, tmp_path)
