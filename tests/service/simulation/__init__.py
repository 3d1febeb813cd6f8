"""The simulation's promises."""
