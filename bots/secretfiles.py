"""Secrets as files, as Docker and Kubernetes hand them in: one for each setting, under the setting's name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from core.errors import SettingTrouble

SECRETS = Path("/run/secrets")
"""Where Docker puts them (https://docs.docker.com/compose/how-tos/use-secrets/)."""
BYTES_AT_MOST = 65_536
"""None of ours has a hundredth of it."""


class SecretFiles(PydanticBaseSettingsSource):
    """The last source of the settings: values of those that are secret, from the folder that the others name."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[str | None, str, bool]:
        """One field's value, by its name in the environment."""
        name = str(field.validation_alias)
        return self().get(name), name, False

    def __call__(self) -> dict[str, str]:
        """The values there are."""
        fields = self.settings_cls.model_fields.values()
        return dict(read_secrets(self._folders(), [str(each.validation_alias) for each in fields if is_secret(each)]))

    def _folders(self) -> Sequence[Path]:
        told = self.current_state.get("ELEVATE_SECRETS_DIR")
        if isinstance(told, str):
            return [Path(each).expanduser() for each in told.split(os.pathsep) if each]
        return tuple(told) if told else (SECRETS,)


class SecretsFromFiles(BaseSettings):
    """Settings whose secrets may lie in files."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given wins over the environment, that over `.env`, and all of them over files with secrets."""
        return init_settings, env_settings, dotenv_settings, SecretFiles(settings_cls)


def is_secret(field: FieldInfo) -> bool:
    """Whether a setting's value is never shown."""
    return SecretStr.__name__ in repr(field.annotation)


def read_secrets(folders: Iterable[Path], names: Iterable[str]) -> Mapping[str, str]:
    """The secrets that lie in the folders, the first that has one, by the names of their settings; a file's name may be in small
    letters as well. An empty file is as good as none.

    Raises:
        SettingTrouble: a file is there and cannot be read, or is none that could be one.
    """
    places = tuple(folders)
    return {name: value for name in names if (value := _first(places, name))}


def _first(folders: Iterable[Path], name: str) -> str:
    for folder in folders:
        for path in (folder / name, folder / name.lower()):
            value = _read(path, name)
            if value:
                return value
    return ""


def _read(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(BYTES_AT_MOST + 1)
        if len(content) > BYTES_AT_MOST:
            raise SettingTrouble(f"{name}: {path} has more than {BYTES_AT_MOST:,} bytes, which is no secret of Elevate's.")
        return content.decode("utf-8-sig").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as trouble:
        raise SettingTrouble(
            f"{name}: {path} cannot be read ({trouble.strerror}). Let the account that runs Elevate read it."
        ) from None
    except UnicodeDecodeError:
        raise SettingTrouble(f"{name}: {path} is not UTF-8. It should hold the value and nothing else.") from None
