"""The one family of errors that a person can put right."""


class LocalPlanError(Exception):
    """Something a person can put right: says what, where and what to do next, in two lines.

    The command line prints the message and ends with `exit_code`: 1 something to put right,
    3 the plan is incomplete.
    """

    exit_code = 1
