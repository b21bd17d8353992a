"""What lists and pages show of cities."""

from datetime import datetime

from pydantic import Field

from app.schemas.references import CityReference
from app.schemas.speaker import FIRST, LAST


class CityEntry(CityReference):
    """A city that the selected articles mention."""

    geonameid: int | None = Field(description="Id of the city at GeoNames.")
    latitude: float | None = Field(description="Degrees, WGS 84.")
    longitude: float | None = Field(description="Degrees, WGS 84.")
    population: int | None = Field(description="Inhabitants, as GeoNames has it.")
    articles: int = Field(description="Selected articles that mention it.")
    statements: int = Field(description="Statements in these articles.")
    first_published_at: datetime | None = Field(description=FIRST)
    last_published_at: datetime | None = Field(description=LAST)


class CityDetail(CityEntry):
    """A city with everything that the corpus has."""

    aliases: list[str] = Field(description="Other names.")
    speakers: int = Field(description="Speakers in the articles that mention it.")
