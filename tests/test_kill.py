"""`set` killed at any moment: the file can be read and holds the old or the new value."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[1] / "examples" / "complete.yaml"
KILLER = """
import os, random, signal, sys
from pathlib import Path
from localplan.cli.app import run
from localplan.plan.file.answers import load
from localplan.plan.tree import leaves

file, path = Path(sys.argv[1]), "narratives.instruction"


def steps_of(new, last=0):
    # Set the answer in a process of its own that kills itself at the step `last`; a step is a
    # call or its return, so every call of the system lies between two of them.
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        sys.stdout = open(os.devnull, "w")
        steps = 0

        def clock(frame, event, called):
            nonlocal steps
            steps += 1
            if steps == last:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(clock)
        run(["set", str(file), path, new])
        sys.setprofile(None)
        os.write(tell, str(steps).encode())
        os._exit(0)
    os.close(tell)
    done = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    steps = int(os.read(told, 20) or 0)
    os.close(told)
    return steps if done else 0


run(["set", str(file), path, "Before."])
others = {name: value for name, value in leaves(load(file).tree).items() if name != path}
steps_of("First. " * 600 + "End.")
whole = steps_of("Measured. " * 600 + "End.")
chance, said, killed, saved = random.Random(5), load(file).tree["narratives"]["instruction"], 0, 0
for number in range(200):
    new = f"{number} is the number. " * 300 + "End."
    # Half of them anywhere, half on the last steps, where the file is written.
    last = chance.randrange(1, whole) if number % 2 else whole - chance.randrange(500)
    killed += not steps_of(new, last)
    for left in file.parent.glob(".*.tmp"):
        left.unlink()  # a later save would look at each, and take more steps
    answers = leaves(load(file).tree)
    now = answers.pop(path)
    assert now in (said, new), (number, now[:60])
    assert answers == others, number
    saved += now != said
    said = now
print(whole, killed, saved)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal")
def test_set_killed_200_times_leaves_the_old_or_the_new_value(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_bytes(EXAMPLE.read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", KILLER, str(plan)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    killed, saved = map(int, done.stdout.split()[-2:])
    assert killed > 150, "too few were killed on the way to prove anything"
    assert saved > 20, "too few were saved to prove anything"
