# Everyday commands; `make` alone lists them. All of them use .venv, which is made anew when pyproject.toml changes.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 4

.PHONY: help check test one pictures bench demo

help:
	@sed -n 's/^# make /make /p' Makefile

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --upgrade 'pip>=25.1'
	$(BIN)/pip install -q -e . --group test --group lint
	touch $@

# make check                            style, types and import contracts
check: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict mctop tests
	$(BIN)/lint-imports

# make test                             the whole suite, four tests at a time, for most of them wait
test: .venv/installed
	$(BIN)/pytest -q -n $(WORKERS)

# make one TEST=tests/test_cli.py       one file, folder or test
one: .venv/installed
	$(BIN)/pytest -q $(TEST)

# make pictures                         the snapshots and the README's picture anew; look at them before you commit
pictures: .venv/installed
	-$(BIN)/pytest -q -n $(WORKERS) tests/snapshots --snapshot-update
	$(BIN)/python screenshots/make.py

# make bench                            every benchmark with its promise; BENCH="steady" for one
bench: .venv/installed
	$(BIN)/python -m tests.benchmarks $(BENCH)

# make demo                             the dashboard over a simulated cache
demo: .venv/installed
	$(BIN)/mctop demo
