"""What a hostile world does to the terminal; the long sweeps run with `python -m tests.hostile`."""
