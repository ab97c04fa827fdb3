"""Settings: typed, frozen, read once from the environment or `.env`; everything missing is named at once.

Production is the default and refuses to start on anything that was not set on purpose. Only the demonstration, which
`make run` starts, may make up its own secrets.
"""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

WEAK = frozenset({"", "changeme", "change-me", "secret", "dev", "demo", "test", "password"})
SHORTEST_SECRET = 32


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    mode: Literal["production", "demo"] = Field("production", alias="XIANGYIN_MODE")
    data: Path = Field(Path("var"), alias="XIANGYIN_DATA")
    public_url: str = Field(alias="XIANGYIN_PUBLIC_URL")
    host: str = Field("127.0.0.1", alias="XIANGYIN_HOST")
    port: int = Field(8080, alias="XIANGYIN_PORT")
    pages_port: int = Field(8081, alias="XIANGYIN_PAGES_PORT")
    exchange_port: int = Field(8082, alias="XIANGYIN_EXCHANGE_PORT")
    sealed_port: int = Field(8083, alias="XIANGYIN_SEALED_PORT")
    secret_key: SecretStr = Field(alias="XIANGYIN_SECRET_KEY")
    speech_model: str = Field("", alias="XIANGYIN_SPEECH_MODEL")
    database_url: str = Field(alias="DATABASE_URL")
    redis_url: str = Field(alias="REDIS_URL")
    account_sid: str = Field(alias="TWILIO_ACCOUNT_SID")
    auth_token: SecretStr = Field(alias="TWILIO_AUTH_TOKEN")
    api_url: str = Field("https://api.twilio.com", alias="TWILIO_API_URL")
    number: str = Field(alias="TWILIO_NUMBER")
    fallback_url: str = Field("", alias="TWILIO_FALLBACK_URL")

    @model_validator(mode="after")
    def _strong_enough(self) -> "Settings":
        secret = self.secret_key.get_secret_value()
        if secret.lower() in WEAK or len(secret) < SHORTEST_SECRET:
            raise ValueError(f"XIANGYIN_SECRET_KEY must be {SHORTEST_SECRET} characters or more that nobody can guess")
        return self

    @property
    def demo(self) -> bool:
        return self.mode == "demo"

    @property
    def clock_file(self) -> Path:
        """Where the drill clock's offset lies; read in demo mode only."""
        return self.data / "drill-clock"

    @property
    def house(self) -> str:
        """A name for this installation that nobody can turn back into its secret."""
        secret = self.secret_key.get_secret_value().encode()
        return hashlib.blake2b(secret, person=b"xiangyin", salt=b"house", digest_size=8).hexdigest()

    @property
    def recordings(self) -> Path:
        return self.data / "recordings"


_NAMES = frozenset(str(field.alias) for field in Settings.model_fields.values())


def set_by_hand() -> bool:
    """Whether anybody named a setting of ours here, in the environment or in `.env`."""
    return Path(".env").exists() or any(name in os.environ for name in _NAMES - {"XIANGYIN_DATA"})


def read() -> Settings:
    """The settings of this process. Ends the program with one sentence that names all that is missing or weak."""
    try:
        return Settings()
    except ValidationError as wrong:
        raise SystemExit(f"settings: {'; '.join(_complaint(error) for error in wrong.errors())}") from None


def from_mapping(environment: Mapping[str, str]) -> Settings:
    """Settings from a mapping of the same names instead of this process's own environment."""
    return Settings.model_validate({name: value for name, value in environment.items() if name in _NAMES})


def _complaint(error: object) -> str:
    """One field's trouble by its environment name; never its value, which may be a secret."""
    assert isinstance(error, dict)  # noqa: S101 - pydantic's own type, for the type checker
    name = ".".join(str(part) for part in error["loc"])
    sentence = error["msg"].removeprefix("Value error, ")
    return f"{name}: {sentence}" if name else sentence
