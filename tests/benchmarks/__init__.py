"""Benchmarks: figures that mctop promises to reach, measured by `python -m tests.benchmarks`."""
