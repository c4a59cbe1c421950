"""Connections as uvicorn speaks them, mended where they keep too much.

Holds always:
1. Of what stands beside a body (request line, headers, sizes of chunks, trailers) no more than HEAD bytes and what one
   reading brings are kept; a line that sends more is told that this is no request, and closed. (httptools reads a head
   however long it is.)
2. A line of the live channel, open for days, keeps nothing of the request that opened it.
"""

from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

HEAD = 64 * 1024  # bytes; what browsers and proxies send is a few thousand


class Http(HttpToolsProtocol):
    """One connection."""

    _open = False  # a request has begun that has not ended
    _body = 0  # bytes of body in what is being read
    _beside = 0  # bytes of the present request that were not body

    def data_received(self, data: bytes) -> None:
        """Bytes have come."""
        self._body = 0
        super().data_received(data)
        self._beside = self._beside + len(data) - self._body if self._open else 0
        if self._beside > HEAD and not self.transport.is_closing():
            self.logger.warning("A request's head has no end.")
            self.send_400_response("Invalid HTTP request received.")

    def on_message_begin(self) -> None:
        """A request begins."""
        self._open = True
        super().on_message_begin()

    def on_body(self, body: bytes) -> None:
        """A piece of its body."""
        self._body += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """It has ended."""
        self._open = False
        super().on_message_complete()


class Live(WebSocketsSansIOProtocol):
    """One line of the live channel."""

    async def send(self, message: Any) -> None:
        """Say something to the tablet; once the line stands, what came and went with its opening is let go."""
        await super().send(message)
        if message["type"] == "websocket.accept":
            self.request.headers.clear()  # not the request itself: others hold it, too
            self.response.headers.clear()
            cast(list[Any], self.scope["headers"]).clear()
