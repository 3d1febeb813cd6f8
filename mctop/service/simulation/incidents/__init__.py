"""Incidents of the simulated cache: their effects, the scenarios, and the timeline they are on."""
