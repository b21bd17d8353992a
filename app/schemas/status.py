"""How the server and the corpus stand."""

from typing import Literal

from pydantic import Field

from app.schemas.references import Output


class Health(Output):
    """The answer to a probe."""

    status: Literal["ok"] = Field(description="Always `ok`: anything else is a problem with status 503.")
