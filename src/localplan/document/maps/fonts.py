"""The font of the figures: where it is, and how wide a text will be in it."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from localplan.resources import TEMPLATES

FAMILY = "Noto Sans"
FONTS = TEMPLATES / "fonts"
FILES = (FONTS / "NotoSans-Regular.ttf", FONTS / "NotoSans-Bold.ttf")


@dataclass(frozen=True, slots=True)
class Font:
    """The advance width of each character, in thousandths of the size."""

    widths: Mapping[int, int]
    missing: int

    def width(self, text: str, size: float) -> float:
        """Return how wide `text` is when set at `size`, in the unit of `size`."""
        total = sum(self.widths.get(ord(letter), self.missing) for letter in text)
        return total * size / 1000


@cache
def regular() -> Font:
    """Return the regular weight."""
    return _read(FILES[0].read_bytes())


@cache
def bold() -> Font:
    """Return the bold weight."""
    return _read(FILES[1].read_bytes())


def wrap(text: str, font: Font, size: float, width: float) -> list[str]:
    """Return `text` as lines no wider than `width`; a word too long for a line is broken."""
    lines: list[str] = []
    line = ""
    for word in _pieces(text, font, size, width):
        longer = f"{line} {word}" if line else word
        if line and font.width(longer, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def _pieces(text: str, font: Font, size: float, width: float) -> list[str]:
    pieces: list[str] = []
    for word in text.split():
        if font.width(word, size) <= width:
            pieces.append(word)
            continue
        piece = ""
        for letter in word:
            if piece and font.width(piece + letter, size) > width:
                pieces.append(piece)
                piece = ""
            piece += letter
        pieces.append(piece)
    return pieces


def _read(font: bytes) -> Font:
    tables = {
        font[at : at + 4]: struct.unpack_from(">II", font, at + 8)
        for at in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16)
    }
    per_em = struct.unpack_from(">H", font, tables[b"head"][0] + 18)[0]
    count = struct.unpack_from(">H", font, tables[b"hhea"][0] + 34)[0]
    advances = struct.unpack_from(">" + "Hh" * count, font, tables[b"hmtx"][0])[::2]
    scaled = [advance * 1000 // per_em for advance in advances]
    glyphs = _glyphs(font, tables[b"cmap"][0])
    widths = {letter: scaled[min(glyph, count - 1)] for letter, glyph in glyphs.items()}
    return Font(widths, scaled[0])


def _glyphs(font: bytes, cmap: int) -> dict[int, int]:
    start = cmap + struct.unpack_from(">I", font, cmap + 8)[0]  # both subtables hold format 4
    double = struct.unpack_from(">H", font, start + 6)[0]
    half = double // 2
    ends = struct.unpack_from(f">{half}H", font, start + 14)
    starts = struct.unpack_from(f">{half}H", font, start + 16 + double)
    deltas = struct.unpack_from(f">{half}H", font, start + 16 + 2 * double)
    offsets_at = start + 16 + 3 * double
    found: dict[int, int] = {}
    for index in range(half - 1):  # the last segment only ends the table
        offset = struct.unpack_from(">H", font, offsets_at + 2 * index)[0]
        for letter in range(starts[index], ends[index] + 1):
            if offset:
                place = offsets_at + 2 * index + offset + 2 * (letter - starts[index])
                glyph = struct.unpack_from(">H", font, place)[0]
            else:
                glyph = letter
            if glyph or not offset:
                found[letter] = (glyph + deltas[index]) & 0xFFFF
    return found
