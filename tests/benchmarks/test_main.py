"""The command that runs benchmarks."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.benchmarks import registry
from tests.benchmarks.__main__ import main
from tests.benchmarks.registry import Figure


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.BENCHMARKS, "kept", lambda: (Figure("a", 1, "ms", 2),))
    monkeypatch.setitem(registry.BENCHMARKS, "broken", lambda: (Figure("b", 3, "ms", 2),))


@pytest.mark.usefixtures("listed")
def test_figures_are_a_table_and_json(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    result = CliRunner().invoke(main, ["kept", "--json", str(path)])
    assert result.exit_code == 0
    assert "1.00 ms" in result.output
    assert json.loads(path.read_text()) == {"kept": [{"name": "a", "value": 1, "unit": "ms", "reach": 2}]}


@pytest.mark.usefixtures("listed")
def test_a_figure_that_is_not_reached_fails_the_command() -> None:
    result = CliRunner().invoke(main, ["kept", "broken"])
    assert result.exit_code == 1
    assert "MISSED" in result.output


def test_an_unknown_name_is_refused() -> None:
    result = CliRunner().invoke(main, ["nothing"])
    assert result.exit_code == 2
    assert "chart" in result.output
