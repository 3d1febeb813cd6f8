"""Runs benchmarks, prints their figures as a table and, if asked, writes them as JSON."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from tests.benchmarks.registry import BENCHMARKS, Figure, discover


@click.command()
@click.argument("names", nargs=-1)
@click.option("--json", "path", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures there too.")
def main(names: tuple[str, ...], path: Path | None) -> None:
    """Run the benchmarks NAMES, or all; the exit code is 1 if a promised figure is not reached."""
    discover()
    if unknown := set(names) - set(BENCHMARKS):
        raise click.UsageError(f"There is no {', '.join(sorted(unknown))}; there are {', '.join(sorted(BENCHMARKS))}.")
    figures = {name: BENCHMARKS[name]() for name in names or sorted(BENCHMARKS)}
    for name, measured in figures.items():
        click.echo(name)
        for figure in measured:
            click.echo(f"  {figure.name:<64}{_written(figure)}")
    if path is not None:
        path.write_text(json.dumps({name: [asdict(figure) for figure in found] for name, found in figures.items()}))
    if not all(figure.reached for found in figures.values() for figure in found):
        raise SystemExit(1)


def _written(figure: Figure) -> str:
    text = f"{figure.value:>10,.2f} {figure.unit:<8}"
    if figure.reach is None:
        return text.rstrip()
    return f"{text} reach {figure.reach:>8,.2f}   {'ok' if figure.reached else 'MISSED'}"


if __name__ == "__main__":
    main()
