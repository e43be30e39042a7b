"""What an operator can set, from the environment or `.env`; docs/operating.md explains each."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

DISCORD_PER_SECOND = 40.0
"""Of the fifty requests a second that Discord allows a bot."""


class Settings(BaseSettings):
    """The settings. Every name is also the environment variable, in capitals."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_per_second: float = Field(default=25.0, ge=0, description="messages a second at most, 0 without a limit")
    discord_token: SecretStr | None = None
    discord_api_url: str | None = None
    discord_gateway_url: str | None = None
    kucha_data: Path = Field(default=Path("data"), description="where the embedded database and made pictures live")
    kucha_database: str | None = Field(default=None, description="an SQLAlchemy URL, for PostgreSQL")
    kucha_packs: str = Field(default="", description="folders of further content, separated by ':'")
    kucha_executor: Path | None = Field(default=None, description="the socket of `kucha executor --listen`")
    kucha_lease_seconds: float = Field(default=60, ge=1, description="silence after which a sender counts as dead")
    kucha_log: str = "INFO"
    sentry_dsn: SecretStr | None = None
    metrics_port: int | None = None

    @property
    def database_url(self) -> str:
        """The database's URL; an SQLite file in the data folder when nothing else is set."""
        return self.kucha_database or f"sqlite+aiosqlite:///{self.kucha_data.resolve() / 'kucha.sqlite3'}"

    @property
    def packs(self) -> tuple[Path, ...]:
        """The operator's own packs of content."""
        return tuple(Path(part) for part in self.kucha_packs.split(":") if part)
