"""How large a text may be, whatever its format: all limits of the readers that share this process.

A resolution is small: the longest, 70/1 (the 2030 Agenda), has 110,000 characters in French, in 400 paragraphs. The
limits leave thirty times that and more, and keep what a file may cost to seconds and to 200 million bytes of memory.
Programs apart have limits of their own, of seconds too: ``pdf_glyphs``, tesseract (``pdf``), LibreOffice (``office``).
"""

__all__ = [
    "CHARACTERS",
    "ELEMENTS",
    "FILE",
    "LINE",
    "LINES",
    "PARAGRAPHS",
    "PARTS",
    "UNPACKED",
]

FILE = 20_000_000  # bytes of a file; the largest document met, a Word file with pictures, has 3 million
CHARACTERS = 4_000_000  # of a text
LINES = 100_000  # of a text; 70/1 has 2,500 when it is wrapped
PARAGRAPHS = 20_000  # blocks of lines of a text
LINE = 400_000  # characters of one line: a whole resolution may stand on one
UNPACKED = 150_000_000  # bytes all parts of a Word file may have together; a resolution with its styles has 2 million
PART = 40_000_000  # bytes of a part of XML; a resolution has under 2 million
PARTS = 5_000  # files in a Word file; a resolution has about 20
ELEMENTS = 600_000  # signs "<" or "=" of a part of a Word file: each costs memory; 70/1 has 60,000
