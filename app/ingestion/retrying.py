"""How an input that was refused can be taken in after all."""

from shlex import quote

from app.domain.article import UnreadableReason

OF_THE_CORPUS = "article "  # what the origin of a stored article begins with
ADDRESSES = ("http://", "https://")

ADVICE = {
    UnreadableReason.EMPTY: "it holds no text of an article: name its fields with --map, or leave it out",
    UnreadableReason.NOT_TEXT: "it holds bytes that are no text: convert it, or leave it out",
    UnreadableReason.BAD_ENCODING: "save it as UTF-8",
    UnreadableReason.BAD_COMPRESSION: "fetch the packed file again; look into one that grows too much",
    UnreadableReason.BAD_JSON: "mend the JSON at the place that is named",
    UnreadableReason.BAD_FRONT_MATTER: "mend the lines between the `---` at its top",
    UnreadableReason.BAD_FIELD: "mend the field that is named, or name another with --map",
    UnreadableReason.BAD_STRUCTURE: "its parts are nested too deeply or too many: split it",
    UnreadableReason.TOO_LONG: "raise DATELINE_MAX_ARTICLE_CHARS, or split it",
    UnreadableReason.UNSUPPORTED: "say --format, rename it, or convert it",
    UnreadableReason.UNREADABLE: "see that the file is there, whole and may be read",
    UnreadableReason.FETCH_REFUSED: "see what forbids it: robots.txt, the page, or a setting of fetching",
    UnreadableReason.FETCH_FAILED: "the site gave no answer that could be read: try again later",
    UnreadableReason.EXTRACTION_FAILED: "a newer version may take it; please report it with this detail",
    UnreadableReason.SAVING_FAILED: "see the detail; please report it where it names no cause of yours",
}
"""What to do about each reason, before the input is read again."""


def command_for(origin: str) -> str:
    """Return the command that tries an input again: unchanged articles beside it cost next to nothing."""
    if origin.startswith(OF_THE_CORPUS):
        return "dateline reextract"
    if origin.startswith(ADDRESSES):
        return f"dateline ingest --allow-fetch {quote(origin)}"
    file, colon, number = origin.rpartition(":")
    return f"dateline ingest {quote(file if colon and number.isdigit() else origin)}"
