"""The list of benchmarks, and what one of them answers."""

import gc
import importlib
import pkgutil
import time
from collections.abc import Callable
from dataclasses import dataclass

import tests.benchmarks


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number; `reach` is the greatest that is promised, None where it only stands for comparison."""

    name: str
    value: float
    unit: str
    reach: float | None = None

    @property
    def reached(self) -> bool:
        """Whether the promise is kept."""
        return self.reach is None or self.value <= self.reach


Benchmark = Callable[[], tuple[Figure, ...]]
BENCHMARKS: dict[str, Benchmark] = {}


def benchmark(name: str) -> Callable[[Benchmark], Benchmark]:
    """Put a benchmark on the list; any module of this package may."""

    def listed(call: Benchmark) -> Benchmark:
        BENCHMARKS[name] = call
        return call

    return listed


def discover() -> None:
    """Import every module of this package that is no test, so that its benchmarks are on the list."""
    for module in pkgutil.iter_modules(tests.benchmarks.__path__):
        if not module.name.startswith(("test_", "__")):
            importlib.import_module(f"{tests.benchmarks.__name__}.{module.name}")


def milliseconds(call: Callable[[], object], rounds: int = 7) -> float:
    """The best of some rounds: what the work takes when nothing else disturbs it."""
    call()
    gc.collect()
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best * 1000
