"""The command line, run in this process."""

from click.testing import CliRunner, Result

from mctop.cli import main


def run(*words: str) -> Result:
    """Run `mctop` with these words."""
    return CliRunner().invoke(main, list(words))
