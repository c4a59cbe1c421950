"""The WebSocket of the live channel. It only speaks; what a tablet says on it is let fall."""

from contextlib import suppress
from functools import partial

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect

from server.live import Line
from server.log import log
from server.routes.access import Visit

BROKEN = 1011
SIGNED_OUT = 4401  # close code: the session has ended; sign in before coming back

_encoder = msgspec.json.Encoder()


async def live(visit: Visit, socket: WebSocket) -> None:
    """Send pokes until the tablet goes or its session ends."""
    channel = visit.front.live.channel(visit.school)
    await socket.accept()
    line = await channel.open(visit.session, partial(_speak, socket))
    try:
        await _until_gone(socket)
    finally:
        channel.leave(line)
        await line.hang_up()


async def _speak(socket: WebSocket, line: Line) -> None:
    with suppress(WebSocketDisconnect):
        try:
            while (poke := line.take()) is not None:
                await socket.send_text(_encoder.encode(poke).decode())
            if line.over:
                await socket.close(SIGNED_OUT, "signed_out")
        except WebSocketDisconnect:
            raise
        except Exception as bug:
            log.error("a line of the live channel broke", exc_info=bug)
            await socket.close(BROKEN)


async def _until_gone(socket: WebSocket) -> None:
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass
