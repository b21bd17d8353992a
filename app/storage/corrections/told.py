"""Who decides, and why a decision cannot be taken."""

from dataclasses import dataclass
from datetime import datetime


class CorrectionError(ValueError):
    """The decision is on something that is not there, or would change nothing; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who decides, why and when."""

    by: str
    why: str
    now: datetime
