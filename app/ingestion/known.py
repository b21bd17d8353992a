"""The known places, organizations and topics: loaded at first, and again when their files change."""

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files

from sqlalchemy import Connection

from app.linking.gazetteer import iter_places
from app.storage.bulk import Loaded
from app.storage.organizations import load_authority
from app.storage.places import load_places
from app.storage.reindex import reindex
from app.storage.revision import raise_revision
from app.storage.topic_rows import Tell
from app.storage.topics import load_topics

FILES = (
    ("app.linking", "gazetteer.tsv.gz"),
    ("app.linking", "small_places.tsv.gz"),
    ("app.linking", "zip_places.tsv.gz"),
    ("app.linking", "organizations.yaml"),
    ("app.linking", "committees.tsv"),
    ("app.extraction", "topics.yaml"),
)
DIGEST_CHARS = 16


@lru_cache(maxsize=1)
def known_data() -> str:
    """Return the name of this version's gazetteer, authority files and topics: the start of their SHA-256."""
    digest = hashlib.sha256()
    for package, name in FILES:
        digest.update(files(package).joinpath("data", name).read_bytes())
    return digest.hexdigest()[:DIGEST_CHARS]


def load_known(connection: Connection) -> None:
    """Make the tables equal to the files, in the caller's transaction; a second, when nothing has changed."""
    now = datetime.now(UTC)
    loaded = [load_places(connection, iter_places()), *_load_organizations(connection)]
    topics = _load_topics(connection)
    if any(known.changed for known in (*loaded, *topics)) or any(known.added for known in topics):
        # Cards hold the old names, and nobody has told yet which articles are on a new topic.
        reindex(connection, now=now, tell=topic_teller())
    elif any(known.added for known in loaded):
        raise_revision(connection, now=now)


def _load_organizations(connection: Connection) -> list[Loaded]:
    """Load the authority file; a serving install cannot read it, and whoever ingests will load it."""
    try:
        from app.linking.authority import load_authority as read_authority  # noqa: PLC0415 - needs a parser
    except ModuleNotFoundError:
        return []
    return [load_authority(connection, list(read_authority().by_slug.values()))]


def _load_topics(connection: Connection) -> list[Loaded]:
    """Load the taxonomy, where it can be read, as the authority file."""
    try:
        from app.extraction.topics import load_taxonomy  # noqa: PLC0415 - needs a parser
    except ModuleNotFoundError:
        return []
    return [load_topics(connection, list(load_taxonomy().topics.values()))]


def topic_teller() -> Tell | None:
    """Return what tells the topics of an article; null in a serving install, which cannot read them."""
    try:
        from app.extraction.topics import find_topics  # noqa: PLC0415 - needs a parser
    except ModuleNotFoundError:
        return None
    return find_topics
