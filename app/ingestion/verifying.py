"""Whether a corpus is whole: `dateline verify`."""

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import Engine

from app.ingestion.database import require_current
from app.storage.verification.corpus import verify
from app.storage.verification.findings import Wrong


@dataclass(frozen=True, slots=True)
class Verified:
    """What is wrong: how often each kind, and the first of each. Empty when everything holds."""

    counts: Counter[Wrong] = field(default_factory=Counter)
    findings: list[dict[str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """Return it as plain values."""
        return {
            "counts": {str(wrong): count for wrong, count in self.counts.items()},
            "findings": self.findings,
        }


def verify_corpus(engine: Engine, *, shown: int) -> Verified:
    """Look at every row of a corpus, in pieces; keep `shown` findings of each kind and count the others.

    Raises DatabaseNotReadyError.
    """
    verified = Verified()
    with engine.connect() as connection:
        require_current(connection)
        for finding in verify(connection):
            verified.counts[finding.wrong] += 1
            if verified.counts[finding.wrong] <= shown:
                told = {"wrong": str(finding.wrong), "where": finding.where, "detail": finding.detail}
                verified.findings.append(told)
    return verified
