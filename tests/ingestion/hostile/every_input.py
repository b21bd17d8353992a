"""All hostile inputs, by name."""

from tests.ingestion.hostile import characters, compression, files, json_documents, markup
from tests.ingestion.hostile.hostile_input import Hostile

HARD_TO_STORE: tuple[Hostile, ...] = (*characters.inputs(), *json_documents.inputs(), *files.inputs())
"""Those with texts, fields, names or reasons that a database might not take."""

EVERY_INPUT: tuple[Hostile, ...] = (*compression.inputs(), *markup.inputs(), *HARD_TO_STORE)
