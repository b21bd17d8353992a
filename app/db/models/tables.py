"""Every table, by one import: the metadata that migrations and tests compare with."""

from app.db.models import (
    article,
    corpus,
    correction,
    links,
    organization,
    person,
    place,
    quotation,
    source,
    speaker,
    statement,
    story,
    topic,
    watched,
)
from app.db.models.base import Base

metadata = Base.metadata
modules = (
    article,
    corpus,
    correction,
    links,
    organization,
    person,
    place,
    quotation,
    source,
    speaker,
    statement,
    story,
    topic,
    watched,
)
