"""When a page says it was published: what it declares, else a day that a library finds and the page has.

The library fills in what a page leaves out (today's day for "2020-02", the first for the 31st of February);
so what it finds is believed only as far as it is written on the page.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime

from htmldate import find_date
from lxml import etree

from app.readers.dates import MONTHS_A_YEAR, parse_published
from app.readers.normalise import normalise_line

# Where pages declare it, the surest first.
DECLARED_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datePublished",
    "article.published", "parsely-pub-date", "sailthru.date", "cXenseParse:recs:publishtime", "publish-date",
    "publish_date", "publication_date", "pubdate", "DC.date.issued", "DC.date", "dcterms.created", "date",
)  # fmt: skip
SURER_THAN_JSON_LD = 5  # of the names; the JSON may speak of other articles too
DECLARED = etree.XPath(
    "//meta[@property=$name or @name=$name or @itemprop=$name]/@content"
    " | //time[@itemprop=$name or ($name='pubdate' and @pubdate)]/@datetime"
)
JSON_LD = etree.XPath("//script[@type='application/ld+json']/text()")
JSON_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{4,60})"')


def published_on(tree: etree._Element, *, url: str | None, now: datetime) -> str | None:
    """Return the time as `parse_published` takes it, null when the page tells none.

    What is declared and cannot be is returned too: it leaves a warning, and nothing is guessed instead.
    """
    declared = list(_declared(tree))
    for given in declared:
        if parse_published(given, now=now).at is not None:
            return given
    return declared[0] if declared else _found(tree, url, now)


def _declared(tree: etree._Element) -> Iterator[str]:
    for name in DECLARED_NAMES[:SURER_THAN_JSON_LD]:
        yield from _values(tree, name)
    for script in JSON_LD(tree):
        yield from (match[1] for match in JSON_LD_DATE.finditer(str(script)))
    for name in DECLARED_NAMES[SURER_THAN_JSON_LD:]:
        yield from _values(tree, name)


def _values(tree: etree._Element, name: str) -> Iterator[str]:
    yield from filter(None, (normalise_line(str(value)) for value in DECLARED(tree, name=name)))


def _found(tree: etree._Element, url: str | None, now: datetime) -> str | None:
    found = find_date(
        tree,
        url=url,
        original_date=True,
        extensive_search=False,  # no guess from any year on the page
        max_date=f"{now:%Y-%m-%d}",
    )
    if not found:
        return None
    day = date.fromisoformat(found)
    written = f"{url} {etree.tostring(tree, encoding='unicode')}"
    if _ways_to_write(day).search(written):
        return found
    month = re.search(rf"(?<!\d){day:%Y}[-/]{day:%m}(?![-/]?\d)", written)
    return f"{day:%Y-%m}" if month else None


def _ways_to_write(day: date) -> re.Pattern[str]:
    year, month, number, name = day.year, day.month, day.day, f"{day:%b}"
    ways = [
        rf"(?<!\d){year}(?P<mark>[-/.]?){month:02}(?P=mark){number:02}(?!\d)",
        rf"(?<!\d){year}[-/.]{month}[-/.]{number}(?!\d)",
        rf"(?<!\d)0?{number}\.0?{month}\.{year}(?!\d)",
        rf"(?<!\d)0?{number}(?:st|nd|rd|th)?\s+{name}[a-z]*\.?,?\s+{year}",
        rf"\b{name}[a-z]*\.?\s+0?{number}(?:st|nd|rd|th)?,?\s+{year}",
    ]
    if number > MONTHS_A_YEAR or number == month:  # else it can be read two ways
        ways += [rf"(?<!\d)0?{month}/0?{number}/{year}", rf"(?<!\d)0?{number}/0?{month}/{year}"]
    return re.compile("|".join(ways), re.IGNORECASE)
