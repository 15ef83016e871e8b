"""The command `localplan`: its verbs, and the one place where errors become messages."""

import importlib
import io
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from localplan.cli.output import echo
from localplan.errors import LocalPlanError
from localplan.version import VERSION

GROUPS = {
    "Begin": {
        "demo": "Draft the complete example, to see what comes out.",
        "new": "Start a new answers file for a plan.",
        "carry": "Begin the next plan from the last one.",
    },
    "Answer and look": {
        "interview": "Answer the questions, one at a time, at your own pace.",
        "set": "Change one answer, for scripts and editors.",
        "check": "See what is answered, what is missing, what does not agree.",
        "calendar": "Plan back from the day the State wants the plan.",
        "standards": "Show what law, frameworks and States ask.",
        "import": "See what public data files say about your area.",
    },
    "Write": {
        "draft": "Write the plan as Word, web page, PDF or text.",
        "compare": "See what changed between two plans, as tracked changes.",
    },
    "Review with partners": {
        "share": "Write packets to review in Word.",
        "collect": "Take comments and edits out of returned Word files.",
        "resolve": "Decide about what reviewers sent back, one by one.",
        "comments": "Write the comment matrix, or add comments to it.",
    },
    "Keep and join": {
        "snapshot": "Keep the plan as it is now, under a name.",
        "history": "See the kept states of a plan and of each answer.",
        "restore": "Go back to a kept state, or take one answer from it.",
        "merge": "Bring two people's copies of a plan together.",
        "upgrade": "Bring an older answers file to this version.",
    },
}
"""Every verb with its one line of help, in the order of the work."""

VERBS = {verb: text for group in GROUPS.values() for verb, text in group.items()}
"""Every verb with its help; each lives in the module of its name."""

_MODULES = {"import": "importing"}
"""Verbs whose name no module can have."""

INTERRUPTED = 130


class _Verbs(click.Group):
    """Imports the module of a verb only when that verb is used, so that help comes at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click calls it so)
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"localplan.cli.{_MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        return _taking_a_day(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            _unknown_verb(ctx, args[0])
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        for title, verbs in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(f"{verb:9}", text) for verb, text in verbs.items()])


def _taking_a_day(command: click.Command) -> click.Command:
    """Let each verb take --as-of, so that a script can give one day to all of them."""
    if not any("--as-of" in option.opts for option in command.params):
        command.params.insert(
            -1,
            click.Option(
                ["--as-of"], metavar="DATE", expose_value=False,
                help="Taken by every verb; this one does not look at the day.",
            ),
        )  # fmt: skip
    return command


def _unknown_verb(ctx: click.Context, word: str) -> NoReturn:
    import difflib  # noqa: PLC0415 (only to suggest a verb)

    close = difflib.get_close_matches(word, VERBS, 1)
    hint = f" Did you mean {close[0]}?" if close else " See: localplan --help"
    raise click.UsageError(f'There is no verb "{word}".{hint}', ctx)


def _want_more(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 (click calls it so)
    ctx.meta["verbose"] = wanted


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 (as above)
    if not wanted:
        return
    echo(f"localplan {VERSION}")
    if ctx.meta["verbose"]:
        from localplan.cli.installed import installed  # noqa: PLC0415 (only for a bug report)

        echo("\n".join(installed()))
    ctx.exit()


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 92},
    epilog="Start with: localplan demo, or localplan new answers.yaml",
)
@click.option(
    "-V",
    "--version",
    is_flag=True,
    expose_value=False,
    callback=_show_version,
    help="Say which version this is, and leave.",
)
@click.option(
    "--verbose", is_flag=True, is_eager=True, expose_value=False, callback=_want_more,
    help="With --version: what a bug report needs, and nothing of any plan.",
)  # fmt: skip
def localplan() -> None:
    """Draft your board's WIOA local plan: answer questions, get a Word document."""


def run(arguments: Sequence[str]) -> int:
    """Run the command line `arguments` and return the exit code.

    0 done, 1 something to put right, 2 wrong usage, 3 plan incomplete, 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may not be set to UTF-8; a plan is full of names that need it.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    try:
        result = localplan.main(list(arguments), prog_name="localplan", standalone_mode=False)
    except click.ClickException as error:
        said = io.StringIO()
        error.show(file=said)
        echo(said.getvalue(), err=True, nl=False)
        return error.exit_code
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except (click.Abort, KeyboardInterrupt):
        echo("Stopped.", err=True)
        return INTERRUPTED
    except LocalPlanError as error:
        echo(str(error), err=True)
        return error.exit_code
    except BrokenPipeError:
        # Whoever reads our output, such as `head`, has seen enough.
        sys.stderr.close()
        return 0
    except OSError as error:
        echo(_trouble_with(error), err=True)
        return LocalPlanError.exit_code
    return result if isinstance(result, int) else 0


def _trouble_with(error: OSError) -> str:
    """What to say of a file or folder that no verb expected trouble with."""
    what = (error.strerror or str(error)).lower()
    where = f"{error.filename} cannot be used" if error.filename else "A file cannot be used"
    return f"{where} ({what}). See that it may be written to and that the disk has room."
