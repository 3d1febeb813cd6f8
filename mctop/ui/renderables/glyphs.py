"""Which characters drawings are made of."""

from enum import Enum


class Glyphs(Enum):
    """Braille is finest, blocks where a font draws braille badly, ASCII where a terminal knows nothing else."""

    BRAILLE = "braille"
    BLOCK = "block"
    ASCII = "ascii"
