"""Every import contract of pyproject.toml holds, and each is broken by the one import that it exists to forbid."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import grimp
import pytest
from importlinter.application.use_cases import read_user_options
from importlinter.configuration import configure
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract

if TYPE_CHECKING:
    from importlinter.domain.contract import Contract

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"
TYPES: dict[str, type[Contract]] = {
    "acyclic_siblings": AcyclicSiblingsContract,
    "forbidden": ForbiddenContract,
    "independence": IndependenceContract,
    "layers": LayersContract,
    "protected": ProtectedContract,
}
PLANTED = {
    "Layers point one way": ("mctop.api.client", "mctop.store.store"),
    "Configuration knows no part": ("mctop.config", "mctop.store.store"),
    "The ui never touches HTTP or the service": ("mctop.ui.app.app", "mctop.api.client"),
    "Textual stays in the ui": ("mctop.store.store", "textual"),
    "The service uses the wire format and nothing else": ("mctop.service.base.backend", "mctop.store.store"),
    "plotext stays in one module": ("mctop.ui.widgets.chart", "plotext"),
    "httpx stays in one module": ("mctop.api.client", "httpx"),
    "The rooms of the store stand on floors": ("mctop.store.series.outlier", "mctop.store.store"),
    "The rooms of the ui stand on floors": ("mctop.ui.widgets.panel", "mctop.ui.screens.overview.cards"),
    "Views know one another by the registry alone": (
        "mctop.ui.screens.log.screen",
        "mctop.ui.screens.keypage.screen",
    ),
    "What is drawn knows no Textual": ("mctop.ui.renderables.table", "textual"),
    "The rooms of the service stand on floors": ("mctop.service.http.operation", "mctop.service.operations.v1"),
    "Simulated and real servers know nothing of each other": (
        "mctop.service.memcached.backend",
        "mctop.service.simulation.simulation",
    ),
    "The rooms of the simulation stand on floors": (
        "mctop.service.simulation.workload.load",
        "mctop.service.simulation.counters.samples",
    ),
    "No room imports in a circle": ("mctop.ui.words.text", "mctop.ui.renderables.table"),
}
"""For each contract an import, importer first, that breaks it."""

configure()


@cache
def graph() -> grimp.ImportGraph:
    """The imports of mctop, those for types alone among them."""
    return grimp.build_graph("mctop", include_external_packages=True, cache_dir=None)


def contracts() -> dict[str, Contract]:
    """The contracts of pyproject.toml by their names."""
    options = read_user_options(str(PYPROJECT))
    session = options.session_options
    return {
        each["name"]: TYPES[each["type"]](each["name"], session, {k: v for k, v in each.items() if k != "type"})
        for each in options.contracts_options
    }


def test_every_contract_has_its_planted_import() -> None:
    assert set(contracts()) == set(PLANTED)


@pytest.mark.parametrize("name", sorted(PLANTED))
def test_a_contract_holds_until_the_planted_import_breaks_it(name: str) -> None:
    contract, imports = contracts()[name], deepcopy(graph())
    assert contract.check(imports, verbose=False).kept
    importer, imported = PLANTED[name]
    imports = deepcopy(graph())
    assert importer in imports.modules
    assert imported in imports.modules
    imports.add_import(importer=importer, imported=imported)
    assert not contract.check(imports, verbose=False).kept
