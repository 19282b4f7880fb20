"""What the `elevate` command has for setting up an app on a platform."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import click


@click.group()
def slack() -> None:
    """Set up the Slack app.

    \b
    Example:
      elevate slack manifest
    """


@slack.command("manifest")
@click.option(
    "--url", default="", metavar="https://…", help="The web server's address: Slack sends requests there, not by socket."
)
def slack_manifest(url: str) -> None:
    """Print the app's manifest, to be pasted at api.slack.com/apps.

    Without an address Slack speaks to Elevate by socket, which needs SLACK_APP_TOKEN and no address.

    \b
    Examples:
      elevate slack manifest
      elevate slack manifest --url https://coach.example.org
    """
    from bots.features import catalog  # noqa: PLC0415
    from bots.slack.manifest import manifest  # noqa: PLC0415 - `elevate --help` needs none of these

    parts = urlsplit(url)
    if url and (parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment):
        raise click.UsageError("Slack wants an https:// address, such as https://coach.example.org")
    click.echo(json.dumps(manifest(catalog(), url), indent=2, ensure_ascii=False))
