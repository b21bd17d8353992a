r"""The one normalisation of a text, before any offset is counted.

Unicode NFC; newlines are `\n`; tabs and every kind of space become plain spaces, one for one; spaces at the
end of a line, characters without width and control characters go; damaged encoding is repaired (ftfy).
Paragraphs, runs of spaces and quotation marks stay as they are: all of them tell who is speaking.
"""

import re
import unicodedata

import ftfy

LINE_ENDS = re.compile("\r\n|[\r\v\f\u2028\u2029]")  # not U+0085: in damaged text it is half a letter
TABS_AND_SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
ODD_SPACE = re.compile(f"[{TABS_AND_SPACES}]")
# Soft hyphen, zero-width space, word joiner, byte order mark, marks of writing direction, interlinear marks.
NO_WIDTH = "\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb"
CONTROLS = "\x00-\x09\x0b-\x1f\x7f-\x9f"
DELETED = re.compile(f"[{NO_WIDTH}{CONTROLS}]")
# Joiners shape letters of other scripts and emoji; beside an ASCII character they are refuse.
JOINERS = re.compile("[\u200c\u200d]")
STRAY_JOINERS = re.compile(
    "(?<![^\x00-\x7f])[\u200c\u200d]++|(?<![\u200c\u200d])[\u200c\u200d]++(?![^\x00-\x7f])"
)
TRAILING_SPACES = re.compile("(?<! ) ++$", re.MULTILINE)  # looks at each run of spaces once
# Damage always shows a character outside this set, or an entity; the other lines (97% in news) need no look.
SUSPECT = re.compile("&[#a-zA-Z]|[^\x00-\x7f‘’“”–—…]")
REPAIRS = ftfy.TextFixerConfig(
    uncurl_quotes=False,  # quotation marks tell where a quotation opens and closes
    fix_character_width=False,  # full width is right in Chinese and Japanese
    remove_control_chars=False,  # done here, for every line
    fix_line_breaks=False,  # as above
    normalization=None,  # as above
    explain=False,
)
# Marks upon a letter are put in order, for which Python takes the square of their number. Where there are
# more than any language has, a joiner divides them (Unicode Standard Annex 15, "stream-safe text").
MARKS_AT_MOST = 30
HEAPS = re.compile(r"[^\w\s\x00-\u02ff]{31,}")  # of marks or symbols
GRAPHEME_JOINER = "\u034f"
SURROGATES = re.compile("[\ud800-\udfff]")
# Quotation marks and dashes of Windows-1252 that were read as control characters: one character for one.
WINDOWS_1252 = {
    code: mark for code in range(0x80, 0xA0) if (mark := bytes([code]).decode("cp1252", "ignore"))
}
LONE_RETURN = re.compile("\r(?!\n)|[\v\f\u2028\u2029]")


def normalise_text(given: str) -> str:
    """Return `given` normalised as the module says, without empty lines at both ends."""
    text = _composed(LINE_ENDS.sub("\n", SURROGATES.sub("\ufffd", given)))
    if SUSPECT.search(text):
        text = LINE_ENDS.sub("\n", "\n".join(_repair(line) for line in text.split("\n")))
    text = _composed(DELETED.sub("", ODD_SPACE.sub(" ", text)))
    if JOINERS.search(text):
        text = _composed(STRAY_JOINERS.sub("", text))
    return TRAILING_SPACES.sub("", text).strip("\n")


def normalise_line(given: str) -> str:
    """Return a short field (title, name) normalised, on one line, with single spaces."""
    return " ".join(normalise_text(given).split())


def normalise_in_place(given: str) -> str:
    """Return `given` with spaces, line ends, surrogates and C1 characters made plain, one for one.

    Every offset into the result is an offset into `given`; nothing longer or shorter is repaired.
    """
    text = LONE_RETURN.sub("\n", SURROGATES.sub("\ufffd", given)).translate(WINDOWS_1252)
    return re.sub(f"[{TABS_AND_SPACES}{CONTROLS}]", " ", text)


def _composed(text: str) -> str:
    """Return `text` in Unicode NFC."""
    return text if text.isascii() else unicodedata.normalize("NFC", HEAPS.sub(_divided, text))


def _divided(heap: re.Match[str]) -> str:
    parts, marks = [], 0
    for character in heap[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > MARKS_AT_MOST:
            parts.append(GRAPHEME_JOINER)
            marks = 1
        parts.append(character)
    return "".join(parts)


def _repair(line: str) -> str:
    if SUSPECT.search(line) is None:
        return line
    return ftfy.fix_text(line, REPAIRS)
