"""Tests of mctop, in the shape of the package."""
