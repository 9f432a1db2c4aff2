"""Commands as an operator types them, within the process."""

import pytest

from bot import cli

Commanded = tuple[int, str, str]


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> Commanded:
    """Run a command and return its exit code and what it printed."""
    code = cli.main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err
