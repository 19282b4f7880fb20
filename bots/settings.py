"""The settings: read once from the environment and `.env`, checked, and frozen."""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import NoDecode, SettingsConfigDict

from bots import formats
from bots.dotenv import DOTENV, check_dotenv
from bots.formats import Says
from bots.secretfiles import SECRETS, SecretsFromFiles, is_secret
from bots.secrets import looks_secret
from core.errors import SettingTrouble
from core.llm.wire import EFFORTS

NO_FALLBACK = "none"
"""The name of no model: an overloaded Claude is waited for by the people."""


def _data_dir() -> Path:
    from platformdirs import user_data_path  # noqa: PLC0415 - a set ELEVATE_DATA_DIR saves its time

    return user_data_path("elevate", appauthor=False)


KEY = AfterValidator(formats.secret())
WEB_URL = AfterValidator(formats.url("http", "https"))
WEB_ADDRESS = "an http:// or https:// address"
DOLLARS = "US dollars, such as 2 or 0.50; 0 sets no limit"


class Settings(SecretsFromFiles):
    """Every setting, by the name that it has in the environment. An empty value is as good as none."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        case_sensitive=True,
        env_file=DOTENV,
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        validate_by_name=True,
        validate_default=False,
    )

    data_dir: Annotated[
        Path,
        AfterValidator(formats.folder_to_be),
        Says("Where your data is kept", "the path of a folder", "the account's own data folder"),
    ] = Field(default_factory=_data_dir, validation_alias="ELEVATE_DATA_DIR")
    content_dir: Annotated[
        Path | None,
        AfterValidator(formats.folder_that_is),
        Says("An edited copy of the course to use", "the path of a folder that exists", "the course as shipped"),
    ] = Field(default=None, validation_alias="ELEVATE_CONTENT_DIR")
    mongodb_uri: Annotated[
        SecretStr | None,
        AfterValidator(formats.secret(formats.url("mongodb", "mongodb+srv"))),
        Says("A MongoDB that keeps the record", "a mongodb:// or mongodb+srv:// address", "a file in the data folder"),
    ] = Field(default=None, validation_alias="ELEVATE_MONGODB_URI")
    log_level: Annotated[
        str,
        AfterValidator(formats.log_level),
        Says("How much is logged", "one of " + ", ".join(formats.LOG_LEVELS), "`INFO`"),
    ] = Field(default="INFO", validation_alias="ELEVATE_LOG_LEVEL")
    anthropic_api_key: Annotated[
        SecretStr | None,
        KEY,
        Says("The key that turns Claude on", "a key without spaces", "the practice model answers"),
    ] = Field(default=None, validation_alias="ANTHROPIC_API_KEY")
    anthropic_base_url: Annotated[
        str,
        WEB_URL,
        Says("Where Claude is reached", WEB_ADDRESS, "`https://api.anthropic.com`"),
    ] = Field(default="https://api.anthropic.com", validation_alias="ANTHROPIC_BASE_URL")
    model: Annotated[
        str,
        AfterValidator(formats.no_spaces),
        Says("The Claude model that coaches", "the name of a model, without spaces", "`claude-sonnet-5-5`"),
    ] = Field(default="claude-sonnet-5-5", validation_alias="ELEVATE_MODEL")
    effort: Annotated[
        str,
        AfterValidator(formats.one_of(*EFFORTS)),
        Says("How much it thinks before it answers", "one of " + ", ".join(EFFORTS), "`medium`"),
    ] = Field(default="medium", validation_alias="ELEVATE_EFFORT")
    small_model: Annotated[
        str,
        AfterValidator(formats.no_spaces),
        Says(
            "The Claude model for small work, such as sorting pasted text",
            "the name of a model, without spaces",
            "`claude-haiku-5-5`",
        ),
    ] = Field(default="claude-haiku-5-5", validation_alias="ELEVATE_SMALL_MODEL")
    small_effort: Annotated[
        str,
        AfterValidator(formats.one_of(*EFFORTS)),
        Says("How much that one thinks", "one of " + ", ".join(EFFORTS), "`low`"),
    ] = Field(default="low", validation_alias="ELEVATE_SMALL_EFFORT")
    fallback_model: Annotated[
        str,
        AfterValidator(formats.no_spaces),
        Says(
            "The Claude model that coaches while the first is overloaded",
            f"the name of a model, without spaces; {NO_FALLBACK} for no other",
            "the model for small work",
        ),
    ] = Field(default="", validation_alias="ELEVATE_FALLBACK_MODEL")
    web_search: Annotated[
        str,
        AfterValidator(formats.one_of("on", "off")),
        Says("Whether agents may have Claude search and read the web, which Anthropic charges for", "on or off", "`on`"),
    ] = Field(default="on", validation_alias="ELEVATE_WEB_SEARCH")
    daily_budget: Annotated[
        Decimal,
        BeforeValidator(formats.dollars),
        Says("What each person may spend on Claude in a day of theirs", DOLLARS, "`2`"),
    ] = Field(default=Decimal(2), validation_alias="ELEVATE_DAILY_BUDGET")
    monthly_budget: Annotated[
        Decimal,
        BeforeValidator(formats.dollars),
        Says("What all of a workspace or guild may spend on Claude together in a month", DOLLARS, "`200`"),
    ] = Field(default=Decimal(200), validation_alias="ELEVATE_MONTHLY_BUDGET")
    nudge_holdout: Annotated[
        float,
        BeforeValidator(formats.share),
        Says(
            "The share of students whose reminders are decided and not sent, to compare with the others",
            "a share from 0 to 1, such as 0.1",
            "`0`: everybody gets theirs",
        ),
    ] = Field(default=0.0, validation_alias="ELEVATE_NUDGE_HOLDOUT")
    slack_bot_token: Annotated[
        SecretStr | None,
        AfterValidator(formats.secret(formats.matching(r"xoxb-[!-~]+"))),
        Says("The bot token that turns Slack on, in one workspace", "a token that starts with xoxb-", "Slack is off"),
    ] = Field(default=None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: Annotated[
        SecretStr | None,
        AfterValidator(formats.secret(formats.matching(r"xapp-[!-~]+"))),
        Says("The app token for Slack's socket mode", "a token that starts with xapp-", "no socket mode"),
    ] = Field(default=None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: Annotated[
        SecretStr | None,
        KEY,
        Says("Proves that an HTTP request is Slack's", "the signing secret, without spaces", "no requests by HTTP"),
    ] = Field(default=None, validation_alias="SLACK_SIGNING_SECRET")
    slack_client_id: Annotated[
        str | None,
        AfterValidator(formats.no_spaces),
        Says("The Slack app's client id, for several workspaces", "a client id, such as 123.456", "one workspace, by its token"),
    ] = Field(default=None, validation_alias="SLACK_CLIENT_ID")
    slack_client_secret: Annotated[
        SecretStr | None,
        KEY,
        Says("The client secret beside it", "the client secret, without spaces", "one workspace, by its token"),
    ] = Field(default=None, validation_alias="SLACK_CLIENT_SECRET")
    slack_config_token: Annotated[
        SecretStr | None,
        AfterValidator(formats.secret(formats.matching(r"xoxe[.-][!-~]+"))),
        Says(
            "A configuration token, by which `elevate check` sees the app's manifest; Slack ends it after 12 hours",
            "a token that starts with xoxe",
            "the bot's scopes alone are checked",
        ),
    ] = Field(default=None, validation_alias="SLACK_CONFIG_TOKEN")
    slack_api_url: Annotated[
        str,
        WEB_URL,
        Says("Where Slack's API is reached", WEB_ADDRESS, "`https://slack.com/api`"),
    ] = Field(default="https://slack.com/api", validation_alias="SLACK_API_URL")
    discord_bot_token: Annotated[
        SecretStr | None,
        KEY,
        Says("The bot token that turns Discord on", "the token alone, without spaces", "Discord is off"),
    ] = Field(default=None, validation_alias="DISCORD_BOT_TOKEN")
    discord_api_url: Annotated[
        str,
        WEB_URL,
        Says("Where Discord's API is reached", WEB_ADDRESS, "`https://discord.com/api/v10`"),
    ] = Field(default="https://discord.com/api/v10", validation_alias="DISCORD_API_URL")
    discord_gateway_url: Annotated[
        str | None,
        AfterValidator(formats.url("ws", "wss")),
        Says("Where Discord's gateway is reached", "a ws:// or wss:// address", "the one that Discord names"),
    ] = Field(default=None, validation_alias="DISCORD_GATEWAY_URL")
    discord_shards: Annotated[
        int,
        BeforeValidator(formats.whole(1, 1_024)),
        Says(
            "Into how many shards Discord's gateway is divided, the same in every process; Discord wants one for 2,500 guilds",
            "a whole number from 1 to 1024",
            "`1`",
        ),
    ] = Field(default=1, validation_alias="DISCORD_SHARDS")
    web_host: Annotated[
        str,
        AfterValidator(formats.no_spaces),
        Says("The address that the web pages listen on", "a host name or an IP address", "`127.0.0.1`"),
    ] = Field(default="127.0.0.1", validation_alias="ELEVATE_WEB_HOST")
    web_port: Annotated[
        int,
        BeforeValidator(formats.whole(0, 65_535)),
        Says("The port that they listen on", "a whole number from 0 to 65535; 0 takes any free one", "`8080`"),
    ] = Field(default=8080, validation_alias="ELEVATE_WEB_PORT")
    public_url: Annotated[
        str | None,
        WEB_URL,
        Says("The address by which people reach the web pages", WEB_ADDRESS, "the host and port above"),
    ] = Field(default=None, validation_alias="ELEVATE_PUBLIC_URL")
    metrics_token: Annotated[
        SecretStr | None,
        AfterValidator(formats.secret(formats.matching(r"[!-~]{16,}"))),
        Says(
            "Lets whoever brings it as a bearer token read the numbers at `/metrics`",
            "at least 16 characters without spaces",
            "this machine alone reads them, and nobody where the server is reached from outside",
        ),
    ] = Field(default=None, validation_alias="ELEVATE_METRICS_TOKEN")
    secrets_dir: Annotated[
        tuple[Path, ...],
        NoDecode,
        BeforeValidator(formats.folders_that_are),
        Says(
            "Where secrets lie as files, each under its setting's name; the environment and `.env` win over them",
            f"the path of a folder that exists; several have {os.pathsep} between them",
            f"`{SECRETS}`, where there is one",
        ),
    ] = Field(default=(), validation_alias="ELEVATE_SECRETS_DIR")
    secret_key: Annotated[
        SecretStr | None,
        AfterValidator(formats.secret(formats.matching(r"[!-~]{32,}"))),
        Says(
            "Signs links and sessions, and encrypts Slack's tokens",
            "at least 32 characters without spaces",
            "one is made and kept",
        ),
    ] = Field(default=None, validation_alias="ELEVATE_SECRET_KEY")

    @property
    def fallback(self) -> str | None:
        """The model that coaches where `model` is overloaded, if there is another."""
        name = self.fallback_model or self.small_model
        return None if name in {NO_FALLBACK, self.model} else name

    @property
    def slack(self) -> bool:
        """Whether something turns Slack on."""
        tokens = (self.slack_bot_token, self.slack_app_token, self.slack_signing_secret)
        return any((*tokens, self.slack_client_id, self.slack_client_secret))

    @property
    def discord(self) -> bool:
        """Whether something turns Discord on."""
        return self.discord_bot_token is not None


def load() -> Settings:
    """The settings of this process.

    Raises:
        SettingTrouble: with a line for each wrong value, or for what is wrong with `.env`.
    """
    check_dotenv(Path(DOTENV))
    try:
        return Settings()
    except ValidationError as trouble:
        said = described()
        lines = [_wrong(str(each["loc"][0]), each["input"], said) for each in trouble.errors(include_url=False)]
        raise SettingTrouble("\n".join(lines)) from None


def described() -> Mapping[str, Says]:
    """What people are told of each setting, by its name, in order."""
    return {
        str(field.validation_alias): each
        for field in Settings.model_fields.values()
        for each in field.metadata
        if isinstance(each, Says)
    }


def secret_names() -> frozenset[str]:
    """The settings whose values are never shown."""
    return frozenset(str(field.validation_alias) for field in Settings.model_fields.values() if is_secret(field))


def _wrong(name: str, value: object, said: Mapping[str, Says]) -> str:
    text = str(value)
    got = formats.got(text, hidden=name in secret_names() or looks_secret(text))
    return f"{name}: got {got}, wants {said[name].wants}."
