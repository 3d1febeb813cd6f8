"""Commands and options; imports nothing heavy at the top."""

import click


@click.group()
def main() -> None:
    """Watch a cache from the terminal."""
