"""Cells as bytes, in the signs and colours that the terminal has, as few and as seldom as may be."""
