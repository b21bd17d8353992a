"""How far fetching goes: times, sizes, ports, and who is named as the one who asks."""

from dataclasses import dataclass

PRODUCT = "Dateline"  # what robots.txt calls us
MOST_REDIRECTS = 5
TRIES = 3  # of one request, when the site says that it is busy
LONGEST_WAIT = 120.0  # seconds for which a site may keep us waiting; beyond, the address is given up


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What holds for all requests; times in seconds, sizes in bytes.

    `contact` is the page or address of whoever runs the job. `read_seconds` is how long the next bytes may
    take, `whole_seconds` how long all of an answer, from the connection on. `most_bytes` counts the unpacked
    body.
    `private_open` lets loopback and private addresses be asked; the others that are closed stay so.
    """

    contact: str
    version: str
    delay_seconds: float = 2.0
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    whole_seconds: float = 60.0
    most_bytes: int = 10_000_000
    ports: frozenset[int] = frozenset({80, 443})
    private_open: bool = False

    @property
    def user_agent(self) -> str:
        """Return the name under which sites see us."""
        return f"{PRODUCT}/{self.version} (+{self.contact})"
