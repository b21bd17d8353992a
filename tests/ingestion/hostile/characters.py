"""Texts of odd bytes and characters: other encodings, controls, marks without end, words without end."""

import unicodedata
from collections.abc import Iterator

from app.domain.article import UnreadableReason as Reason
from tests.ingestion.hostile.hostile_input import SENTENCE, Hostile, refused, stored
from tests.ingestion.hostile.records import json_line

HEBREW_MARK, ARABIC_MARK, ISOLATE, POP = "\u200f", "\u061c", "\u2067", "\u2069"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\U0001f3fd"
SAID = f"“We counted twice,” Ana Ortega said. {SENTENCE}"


def inputs() -> Iterator[Hostile]:
    """Yield them."""
    yield from _encodings()
    yield from _marks()
    yield from _lengths()
    yield from _quotation_marks()


def _encodings() -> Iterator[Hostile]:
    yield refused("empty.txt", Reason.EMPTY, bytes)
    yield refused("spaces.txt", Reason.EMPTY, lambda: b" \t\r\n\n" * 999)
    yield refused("byte-order-mark.txt", Reason.EMPTY, lambda: b"\xef\xbb\xbf")
    yield stored("utf-16-mark.txt", SAID.encode("utf-16"))
    yield stored("utf-16-big.txt", lambda: b"\xfe\xff" + SAID.encode("utf-16-be"))
    yield refused("utf-16.txt", Reason.NOT_TEXT, SAID.encode("utf-16-le"))
    yield refused("utf-32.txt", Reason.NOT_TEXT, SAID.encode("utf-32"))
    yield stored("utf-16-odd.txt", lambda: SAID.encode("utf-16") + b"\x00")
    yield stored("utf-16-halves.txt", lambda: SAID.encode("utf-16") + b"\x00\xd8")
    yield stored("few-broken-bytes.txt", lambda: f"{SAID} é".encode() + b"\xff")
    yield refused("broken-bytes.txt", Reason.BAD_ENCODING, lambda: f"{SAID} é".encode() + b"\xff\xfe" * 99)
    yield refused("no-encoding.txt", Reason.BAD_ENCODING, lambda: b"\x81\x8d\x8f\x90\x9d" * 9)
    yield stored("windows-1252.txt", SAID.encode("cp1252"))
    yield refused("nul.txt", Reason.NOT_TEXT, lambda: f"{SAID}\0")
    yield stored("few-controls.txt", lambda: f"{SAID} \x01 {SAID}\x1b[0m")
    yield refused("controls.txt", Reason.NOT_TEXT, lambda: bytes(range(1, 32)) * 99)
    yield stored("mojibake.txt", lambda: f"{SAID} {_mojibake()}")


def _marks() -> Iterator[Hostile]:
    yield stored("right-to-left.txt", lambda: f"{HEBREW_MARK}“{ISOLATE}No,{POP}” {ARABIC_MARK}{SAID}")
    yield stored("turned-around.txt", lambda: f"{SAID} {chr(0x202E) * 50_000} {SAID}")
    yield stored("combining.txt", lambda: SAID.replace("a", "a\u0301\u0327").encode())
    yield stored("combining-without-end.txt", lambda: f"{SAID} a{chr(0x301) + chr(0x316)} {SAID}")
    yield stored("heap-of-marks.txt", lambda: f"{SAID} a{(chr(0x301) + chr(0x316)) * 100_000} {SAID}")
    yield stored("emoji.txt", lambda: f"{FAMILY}“{FAMILY} We counted,” {FAMILY}Ana Ortega{FAMILY} said.")
    yield stored("joiners.txt", lambda: f"{SAID} a{chr(0x200D) * 100_000}b")
    yield stored("flags.txt", lambda: f"{SAID} {chr(0x1F1FA) * 20_000}")
    yield stored("private.txt", lambda: f"{SAID} {chr(0xE000)}{chr(0xFFFF)}{chr(0x10FFFF)}")
    yield stored("every-character.jsonl", lambda: json_line(language="zh", text=_every_character()))
    yield stored("ligatures.txt", lambda: f"{SAID} {chr(0xFDFA) * 2_000} {chr(0xFB2C) * 2_000}")
    yield stored("line-ends.txt", lambda: f"{SAID}\r\r\n\n\r\x0b\x0c\u2028\u2029\x85{SAID}")


def _lengths() -> Iterator[Hostile]:
    yield refused("ten-megabytes.txt", Reason.TOO_LONG, lambda: b"a " * 5_000_000)
    yield refused("ten-megabytes.jsonl", Reason.TOO_LONG, lambda: b'{"text": "' + b"a " * 5_000_000 + b'"}')
    yield stored("long-words.txt", lambda: f"{SAID} {'a' * 2_500} {'é' * 5_000} {'b1' * 100_000}")
    yield stored("initials.txt", lambda: f"{'A.' * 25_000}b.\n\n{SAID}")
    yield stored("parties.txt", lambda: f"Sen. {'R-A ' * 36}met Ana Ortega. {SAID}")
    yield stored("address.txt", lambda: f"{SAID} https://example.com/{'a-b/' * 10_000}")
    yield stored("lines.txt", lambda: f"{SAID}{chr(10) * 200_000}{SAID}")
    yield stored("spaces-between.txt", lambda: f"{SAID}{' ' * 200_000}{SAID}")
    yield stored("digits.txt", lambda: f"{SAID} {'1,234.5' * 3_000}")
    yield stored("brackets.txt", lambda: f"{SAID} {'(' * 20_000}")
    yield stored("opened-brackets.txt", lambda: f"{SAID} {'([a ' * 500}")
    yield stored("different-words.jsonl", lambda: json_line(language="ru", text=_different_words()))


def _quotation_marks() -> Iterator[Hostile]:
    yield stored("marks-never-closed.txt", lambda: "“We counted, Ana Ortega said.\n\n" * 200)
    yield stored("marks-never-opened.txt", lambda: "We counted,” Ana Ortega said.\n\n" * 200)
    yield stored("quotation-marks.txt", lambda: b'"' * 20_000)
    yield stored("quotation-marks-apart.txt", lambda: b'" ' * 10_000)
    yield stored("nested-quotations.txt", lambda: f"{'“‘' * 500}No{'’”' * 500} {SAID}")


def _different_words() -> str:
    """Return 80,000 words of five letters of two bytes: more than an index of PostgreSQL has room for."""
    numbers = (f"{number:05o}" for number in range(80_000, 160_000))
    return " ".join(numbers).translate({ord(str(digit)): chr(0x430 + digit) for digit in range(8)})


def _mojibake() -> str:
    """Return a letter that was read in the wrong encoding twelve times over."""
    damaged = "é"
    for _ in range(12):
        damaged = damaged.encode().decode("latin-1")
    return damaged


def _every_character() -> str:
    """Return each letter and mark there is, in words of twenty."""
    known = [chr(code) for code in range(0x20, 0x30000) if unicodedata.category(chr(code))[0] in "LMNPS"]
    return " ".join("".join(known[at : at + 20]) for at in range(0, len(known), 20))
