"""The known places and organizations: loaded before the first article, and again when their files change."""

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

FILES = ("gazetteer.tsv.gz", "organizations.yaml", "committees.tsv")
DIGEST_CHARS = 16


@lru_cache(maxsize=1)
def known_data() -> str:
    """Return the name of this version's gazetteer and authority files: the start of their SHA-256."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(files("app.linking").joinpath("data", name).read_bytes())
    return digest.hexdigest()[:DIGEST_CHARS]


def load_known(connection: Connection) -> None:
    """Make the tables equal to the files, in the caller's transaction; a second, when nothing has changed."""
    now = datetime.now(UTC)
    loaded = [load_places(connection, iter_places()), *_load_organizations(connection)]
    if any(known.changed for known in loaded):
        reindex(connection, now=now)  # cards hold the old names
    elif any(known.added for known in loaded):
        raise_revision(connection, now=now)


def _load_organizations(connection: Connection) -> list[Loaded]:
    """Load the authority file; a serving install cannot read it, and whoever ingests will load it."""
    try:
        from app.linking.authority import load_authority as read_authority  # noqa: PLC0415 - needs a parser
    except ModuleNotFoundError:
        return []
    return [load_authority(connection, list(read_authority().by_slug.values()))]
