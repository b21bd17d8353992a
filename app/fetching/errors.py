"""Why an address gave nothing, raised inside fetching and told as a reason like that of every other input."""

from app.domain.article import UnreadableReason


class NotFetched(Exception):  # noqa: N818 # an answer about the address, not an error of the program
    """Nothing came from an address; `detail` is one sentence that a stranger can act on."""

    def __init__(self, reason: UnreadableReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def forbidden(detail: str) -> NotFetched:
    """Return the error of an address that is not asked at all, whatever it holds."""
    return NotFetched(UnreadableReason.FETCH_REFUSED, detail)


def failed(detail: str) -> NotFetched:
    """Return the error of an address that was asked, or could not be reached: another time it may answer."""
    return NotFetched(UnreadableReason.FETCH_FAILED, detail)
