"""How a statement stands with the people who check the record."""

from enum import StrEnum


class Review(StrEnum):
    """Whether a person has looked at a statement, and with what result."""

    UNREVIEWED = "unreviewed"
    CONFIRMED = "confirmed"  # who said it is right
    CORRECTED = "corrected"  # a person told who said it
    RETRACTED = "retracted"  # it is no statement, or was never made: nobody is its speaker
