"""A file of many decisions: CSV with a header, a decision a line."""

import csv
from collections.abc import Iterable, Iterator, Mapping

from app.ingestion.correcting import Refused
from app.ingestion.decisions import WITH_TARGET, Action, Decision

COLUMNS = ("action", "subject", "target", "article", "by", "why")
NEW = "new:"
"""Before the name of a person who is to be made, where a slug stands else."""


class BadHeaderError(ValueError):
    """The first line does not name the columns; the message says which are wrong."""


def read_decisions(
    lines: Iterable[str], *, by: str | None = None, why: str | None = None
) -> tuple[list[Decision], list[Refused]]:
    """Return the decisions of a file, and the lines that are none with what is wrong with them.

    `by` and `why` hold where a line leaves them out. Several targets or articles of one line are separated
    by spaces. Raises BadHeaderError.
    """
    decisions: list[Decision] = []
    refused: list[Refused] = []
    rows = _rows(lines, refused)
    _, first = next(rows, (1, []))
    header = _header(first)
    for number, cells in rows:
        if not any(cells):
            continue
        if len(cells) > len(header):
            refused.append((number, f"{len(cells)} cells under {len(header)} columns"))
            continue
        row = {"by": by or "", "why": why or ""}
        row |= {name: cell for name, cell in zip(header, cells, strict=False) if cell}
        try:
            decisions.append(_decision(row, number))
        except ValueError as error:
            refused.append((number, str(error)))
    return decisions, refused


def _rows(lines: Iterable[str], refused: list[Refused]) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each line with its number."""
    reader = csv.reader(lines, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            refused.append((reader.line_num, f"no line of CSV: {error}"))
        else:
            yield reader.line_num, [" ".join(cell.split()) for cell in cells]


def _header(cells: list[str]) -> list[str]:
    header = [cell.lower().removeprefix("\ufeff") for cell in cells]
    unknown = [name for name in header if name not in COLUMNS]
    missing = [name for name in ("action", "subject") if name not in header]
    if unknown or missing or len(set(header)) < len(header):
        raise BadHeaderError(f"the first line has to name columns of {', '.join(COLUMNS)}, each once")
    return header


def _decision(row: Mapping[str, str], number: int) -> Decision:
    """Return the decision of a line. Raises ValueError, saying what is wrong with it."""
    given = row.get("action", "")
    if given not in set(Action):
        raise ValueError(f"there is no action {given!r}: it is one of {', '.join(Action)}")
    action = Action(given)
    for name in ("subject", "by", "why"):
        if not row.get(name):
            raise ValueError(f"{name} is empty")
    target = row.get("target", "")
    if bool(target) is not (action in WITH_TARGET):
        raise ValueError(f"{action} {'needs a' if action in WITH_TARGET else 'has no'} target")
    if action is Action.SPLIT_SPEAKER and not row.get("article"):
        raise ValueError(f"{action} needs the articles in which it holds")
    is_new = target.startswith(NEW)
    return Decision(
        action=action,
        subject=row["subject"],
        by=row["by"],
        why=row["why"],
        targets=() if is_new else tuple(target.split()),
        names=(target.removeprefix(NEW).strip(),) if is_new else (),
        articles=tuple(row.get("article", "").split()),
        number=number,
    )
