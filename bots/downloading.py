"""What people sent, read off the wire as far as it is any use."""

from __future__ import annotations

from aiohttp import ClientResponse

from core.errors import Refusal

BYTES_AT_MOST = 20_000_000
"""Nothing larger is any use to an agent; the core's own limits are smaller and are told to people first."""


class FileNotRead(Refusal):
    """I could not fetch that file. Send it again, or paste what is in it."""


async def read_whole(answer: ClientResponse) -> bytes:
    """All that comes, which may be more than the answer said it would be.

    Raises:
        FileNotRead: it is too large.
        aiohttp.ClientError, TimeoutError: it broke off.
    """
    content = bytearray()
    while len(content) <= BYTES_AT_MOST and (more := await answer.content.read(BYTES_AT_MOST)):
        content += more
    if len(content) > BYTES_AT_MOST:
        raise FileNotRead()
    return bytes(content)
