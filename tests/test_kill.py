"""Killed at any moment, a verb leaves files that can be read and hold the old or the new state."""

import subprocess
import sys
from pathlib import Path

import pytest
from review_helper import small_plan

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


DECIDER = """
import os, shutil, signal, sys
from pathlib import Path
from localplan.cli.app import run
from localplan.plan.file.answers import load
from localplan.plan.tree import get
from localplan.review.items import Item, Review, joined, open_review, save_review

answers, path = Path(sys.argv[1]), "narratives.supportive_services"
text = get(load(answers).tree, path).strip()
edit = Item("edit", "Ana", "Partners pay for it all.", path=path, base=text)
save_review(answers, joined(Review(), [edit]))
pristine, here = answers.parent.with_name("pristine"), answers.parent
accepted = answers.parent.with_name("accepted")


def stands():
    # What the answer says, and whether the item waits for a decision.
    return get(load(answers).tree, path).strip(), open_review(answers).item("1").is_open


def put_back(state):
    shutil.rmtree(here)
    shutil.copytree(state, here)


def killed(verb, last):
    # Run the verb in a process of its own that kills itself as it touches the disk the n-th time.
    child = os.fork()
    if not child:
        sys.stdout, times = open(os.devnull, "w"), 0

        def watch(event, _):
            nonlocal times
            times += event == "open" or event.startswith("os.")
            if times == last:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        os._exit(run(["resolve", str(answers), "1", verb]))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, -signal.SIGKILL), code
    return code != 0


shutil.copytree(here, pristine)
old = stands()
assert run(["resolve", str(answers), "1", "--accept"]) == 0
new = stands()
assert (old[1], new[1]) == (True, False) and new[0] == "Partners pay for it all."
shutil.copytree(here, accepted)
assert run(["resolve", str(answers), "1", "--undo"]) == 0
assert stands() == old
for verb, state in (("--accept", pristine), ("--undo", accepted)):
    last, seen = 0, set()
    while True:
        last += 1
        put_back(state)
        if not killed(verb, last):
            break
        seen.add(stands())
        assert stands() in (old, new), (verb, last, stands())
        if stands() == old:
            assert run(["resolve", str(answers), "1", "--accept"]) == 0
        assert stands() == new, (verb, last)
        assert run(["resolve", str(answers), "1", "--undo"]) == 0
        assert stands() == old, (verb, last)
    print(last, len(seen))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal")
def test_a_decision_killed_at_any_touch_of_the_disk_is_made_or_not_and_can_be_undone(
    tmp_path: Path,
) -> None:
    plan = small_plan(tmp_path)
    folder = tmp_path / "plan"
    folder.mkdir()
    plan = plan.rename(folder / plan.name)
    done = subprocess.run(
        [sys.executable, "-c", DECIDER, str(plan)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for line in done.stdout.splitlines():
        if line[0].isdigit():
            touches, states = map(int, line.split())
            assert touches > 20, "too few were killed on the way to prove anything"
            assert states == 2, "none was killed before, or none after, it was decided"
