r"""The one normalisation of a text, before any offset is counted.

Unicode NFC; newlines are `\n`; tabs and every kind of space become plain spaces, one for one; spaces at the
end of a line, characters without width and control characters go; damaged encoding is repaired (ftfy).
Paragraphs, runs of spaces and quotation marks stay as they are: all of them tell who is speaking.
"""

import re
import unicodedata

import ftfy

LINE_ENDS = re.compile("\r\n|[\r\v\f\u2028\u2029]")  # not U+0085: in damaged text it is half a letter
SPACES = dict.fromkeys([*map(ord, "\t\u00a0\u1680\u202f\u205f\u3000"), *range(0x2000, 0x200B)], " ")
# Soft hyphen, zero-width space, word joiner, byte order mark, marks of writing direction, interlinear marks.
NO_WIDTH = (
    *(0x00AD, 0x200B, 0x2060, 0xFEFF, 0x200E, 0x200F),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *range(0xFFF9, 0xFFFC),
)
CONTROLS = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) != "\n"]
DELETED = dict.fromkeys([*NO_WIDTH, *CONTROLS])
# Joiners shape letters of other scripts and emoji; beside an ASCII character they are refuse.
STRAY_JOINER = re.compile("(?<=[\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\x7f])")
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
SURROGATES = re.compile("[\ud800-\udfff]")
SAME_LENGTH = {
    **SPACES,
    **dict.fromkeys(CONTROLS, " "),
    **dict.fromkeys(map(ord, "\v\f\x85\u2028\u2029"), "\n"),
}


def normalise_text(given: str) -> str:
    """Return `given` normalised as the module says, without empty lines at both ends; idempotent."""
    text = LINE_ENDS.sub("\n", SURROGATES.sub("\ufffd", given))
    repaired = "\n".join(_repair(line) for line in text.split("\n"))
    clean = STRAY_JOINER.sub("", LINE_ENDS.sub("\n", repaired).translate(SPACES).translate(DELETED))
    lines = (line.rstrip(" ") for line in unicodedata.normalize("NFC", clean).split("\n"))
    return "\n".join(lines).strip("\n")


def normalise_line(given: str) -> str:
    """Return a short field (title, name) normalised, on one line, with single spaces."""
    return " ".join(normalise_text(given).split())


def normalise_in_place(given: str) -> str:
    """Return `given` with spaces, line ends and surrogates made plain, character for character.

    Every offset into the result is an offset into `given`; nothing longer or shorter is repaired.
    """
    text = re.sub("\r(?!\n)", "\n", SURROGATES.sub("\ufffd", given))
    return text.translate(SAME_LENGTH)


def _repair(line: str) -> str:
    if SUSPECT.search(line) is None:
        return line
    return ftfy.fix_text(line, REPAIRS)
