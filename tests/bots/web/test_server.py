"""The web server over real sockets: opening, closing, its limits and faces."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bots.web.health import healthz
from bots.web.server import BODY_BYTES, NotServed, faces, serving
from core.contents import SHIPPED

HOST = "127.0.0.1"
PNG = b"\x89PNG\r\n\x1a\n of a face"


async def _length(request: web.Request) -> web.Response:
    return web.Response(text=str(len(await request.read())))


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody who asks."""
    async with aiohttp.ClientSession() as session:
        yield session


async def _get(session: aiohttp.ClientSession, url: str, **headers: str) -> tuple[int, bytes]:
    async with session.get(url, headers=headers) as answer:
        return answer.status, await answer.read()


async def test_a_taken_port_is_told_in_one_line() -> None:
    async with serving([healthz()], HOST, 0) as address:
        port = int(address.rpartition(":")[2])
        with pytest.raises(NotServed) as caught:
            async with serving([healthz()], HOST, port):
                pass
    message = f"Something else uses port {port} of 127.0.0.1 already. Set ELEVATE_WEB_PORT to another; 0 takes any free one."
    assert caught.value.message == message


async def test_a_host_that_is_not_of_this_machine_is_told_in_one_line() -> None:
    with pytest.raises(NotServed, match="Check ELEVATE_WEB_HOST"):
        async with serving([healthz()], "192.0.2.1", 0):
            pass


async def test_a_port_is_free_again_after_the_end() -> None:
    async with serving([healthz()], HOST, 0) as address:
        port = int(address.rpartition(":")[2])
    async with serving([healthz()], HOST, port) as again:
        assert again == address


async def test_ipv6_has_its_brackets(session: aiohttp.ClientSession) -> None:
    with socket.socket(socket.AF_INET6) as tried:
        try:
            tried.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6")
    async with serving([healthz()], "::1", 0) as address:
        assert address.startswith("http://[::1]:")
        assert (await _get(session, f"{address}/healthz"))[0] == 200


async def test_a_body_over_the_limit_is_refused_whole_or_in_pieces(session: aiohttp.ClientSession) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(BODY_BYTES // 10_000 + 1):
            yield b"x" * 10_000

    async with serving([web.post("/", _length)], HOST, 0) as address:
        for body, status in ((b"x" * BODY_BYTES, 200), (b"x" * (BODY_BYTES + 1), 413), (pieces(), 413)):
            async with session.post(address, data=body) as answer:
                assert answer.status == status


async def test_a_request_that_runs_is_answered_before_the_end(session: aiohttp.ClientSession) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(request: web.Request) -> web.Response:
        begun.set()
        await go_on.wait()
        await asyncio.sleep(0.05)  # longer than no grace at all
        return web.Response(text="whole")

    server = serving([web.get("/", slow)], HOST, 0)
    address = await server.__aenter__()
    asked = asyncio.create_task(_get(session, address))
    await begun.wait()
    closing = asyncio.create_task(server.__aexit__(None, None, None))
    while True:  # it lets nobody in any more
        try:
            _, writer = await asyncio.open_connection(HOST, int(address.rpartition(":")[2]))
        except ConnectionError:
            break
        writer.close()
    assert not asked.done()
    go_on.set()
    assert await asked == (200, b"whole")
    await closing


async def test_a_request_that_runs_for_longer_than_the_grace_ends_with_it(session: aiohttp.ClientSession) -> None:
    begun = asyncio.Event()

    async def endless(request: web.Request) -> web.Response:
        begun.set()
        await asyncio.Event().wait()
        return web.Response()

    async with serving([web.get("/", endless)], HOST, 0, grace_seconds=0.01) as address:
        asked = asyncio.create_task(_get(session, address))
        await begun.wait()
    with pytest.raises(aiohttp.ClientError):
        await asked


async def test_faces_are_pictures_that_may_be_kept_for_a_day(session: aiohttp.ClientSession, tmp_path: Path) -> None:
    (tmp_path / "writer.png").write_bytes(PNG)
    async with serving([faces(tmp_path)], HOST, 0) as address:
        async with session.get(f"{address}/faces/writer.png") as answer:
            assert (answer.status, answer.content_type, await answer.read()) == (200, "image/png", PNG)
            assert answer.headers["Cache-Control"] == "public, max-age=86400"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Server"] == "elevate"
            tag = answer.headers["ETag"]
        assert await _get(session, f"{address}/faces/writer.png", **{"If-None-Match": tag}) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/faces/nobody.png",
        "/faces/writer.md",
        "/faces/.png",
        "/faces/..%2Fsecret.png",
        "/faces/%2e%2e/secret.png",
        "/faces/../secret.png",
        "/faces//etc/passwd",
        "/faces/%2Fetc%2Fpasswd%00.png",
        "/faces/linked.png",
        "/faces/",
    ],
)
async def test_nothing_beside_the_faces_can_be_reached(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "agents"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "writer.png").write_bytes(PNG)
    (folder / "writer.md").write_bytes(b"secret")
    (folder / "linked.png").symlink_to(tmp_path / "secret.png")
    async with serving([faces(folder)], HOST, 0) as address:
        reader, writer = await asyncio.open_connection(HOST, int(address.rpartition(":")[2]))
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
    assert answer.startswith((b"HTTP/1.1 404", b"HTTP/1.1 400"))
    assert b"secret" not in answer


async def test_every_face_of_the_shipped_course_is_served(session: aiohttp.ClientSession, tmp_path: Path) -> None:
    shutil.copytree(SHIPPED / "agents", tmp_path / "agents")
    (tmp_path / "agents" / "newcomer.png").write_bytes(PNG)
    async with serving([faces(tmp_path / "agents")], HOST, 0) as address:
        for face in (tmp_path / "agents").glob("*.png"):
            assert await _get(session, f"{address}/faces/{face.name}") == (200, face.read_bytes())
