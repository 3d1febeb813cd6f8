"""A terminal that survives its data, its signals and its own end."""

from mctop.ui.terminal.hardened_app import HardenedApp, keys_on

__all__ = ["HardenedApp", "keys_on"]
