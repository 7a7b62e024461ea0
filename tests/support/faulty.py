"""A small MCP server that does wrong what it is asked to do wrong: what it says, whichever way it is reached.

The tool `look` takes the name of a fault as its argument, so that a faulty call and a sound one can meet. Faults of the
listing are set on the `System`. Over HTTP: `faulty_http.py`; as a command: `faulty_stdio.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MODERN = "2026-07-28"
NAME = "faulty"
HUGE = 200_000_000  # bytes
METADATA = "http://169.254.169.254/latest/meta-data/"
_VERSION = "io.modelcontextprotocol/protocolVersion"
Json = dict[str, Any]

LOOK: Json = {
    "name": "look",
    "description": "Look something up.",
    "inputSchema": {"type": "object", "properties": {"fault": {"type": "string"}, "note": {"type": "string"}}},
    "outputSchema": {"type": "object", "properties": {"found": {"type": "string"}}, "required": ["found"]},
}
PLAIN: Json = {"name": "plain", "description": "Answers in text.", "inputSchema": {"type": "object"}}

ASKS: Json = {"mode": "form", "message": "Who?", "requestedSchema": {"type": "object", "properties": {}}}
RESULTS: dict[str, Json] = {  # what `look` or `plain` says instead of its good result
    "lies": {"structuredContent": {"found": 17}, "content": []},
    "no_structure": {"content": [{"type": "text", "text": "found"}]},
    "nan": {"structuredContent": {"found": "x", "more": float("nan")}, "content": []},
    "nul": {"structuredContent": {"found": "a\x00b"}, "content": []},
    "refuses": {
        "isError": True,
        "content": [{"type": "text", "text": "Error executing tool look: order_not_found: no such order"}],
        "structuredContent": {"code": 17},
    },
    "texts": {"content": [{"type": "text", "text": "one"}, {"type": "text", "text": "two"}]},
    "json_text": {"content": [{"type": "text", "text": '{"order": 4471}'}]},
    "almost_json": {"content": [{"type": "text", "text": '{"order": NaN}'}]},
    "pictures": {
        "content": [
            {"type": "text", "text": "see"},
            {"type": "image", "data": "aGk=", "mimeType": "image/png"},
            {"type": "resource_link", "uri": METADATA, "name": "more"},
        ]
    },
    "input_required": {
        "resultType": "input_required",
        "inputRequests": {"who": {"method": "elicitation/create", "params": ASKS}},
    },
}


@dataclass
class System:
    """What it is, and its book: `done` has the fault (or "") of each call that was really carried out."""

    era: str = MODERN
    name: str | None = NAME
    opening: str = ""  # a fault of the way, at its first word
    listing: str = ""  # "twice", "endless", "too_many", or a fault of the way
    tools: list[Json] = field(default_factory=lambda: [dict(LOOK), dict(PLAIN)])
    capabilities: Json = field(default_factory=lambda: {"tools": {}, "resources": {}, "prompts": {}})
    done: list[str] = field(default_factory=list[str])
    asked: list[str] = field(default_factory=list[str])
    asked_with: list[Json] = field(default_factory=list[Json])

    def fault_of(self, message: Json) -> str:
        """The fault that this request asks for, or gets without asking."""
        if message.get("method") in ("server/discover", "initialize"):
            return self.opening
        if message.get("method") == "tools/list":
            return self.listing
        if message.get("method") == "tools/call":
            return str(message["params"].get("arguments", {}).get("fault", ""))
        return ""

    def reply(self, message: Json) -> Json:
        """The answer to one request; a call is carried out by asking for it."""
        kind, content = "result", self._result(message)
        if "code" in content:
            kind = "error"
        elif self.era == MODERN:
            content = {"resultType": "complete", "ttlMs": 0, "cacheScope": "private", **content, **self._stamp()}
        return {"jsonrpc": "2.0", "id": message["id"], kind: content}

    def _result(self, message: Json) -> Json:
        match message["method"]:
            case "server/discover" if self.era == MODERN:
                return {"supportedVersions": [MODERN], "capabilities": self.capabilities}
            case _ if self.era == MODERN and _VERSION not in message.get("params", {}).get("_meta", {}):
                data = {"supported": [MODERN], "requested": "older"}
                return {"code": -32022, "message": "Unsupported protocol version", "data": data}
            case "initialize":
                about = {"name": self.name, "version": "1"}
                return {"protocolVersion": self.era, "capabilities": self.capabilities, "serverInfo": about}
            case "tools/list":
                return self._page(message)
            case "tools/call":
                fault = self.fault_of(message)
                self.done.append(fault)
                good = {"structuredContent": {"found": "4471"}, "content": [{"type": "text", "text": "4471"}]}
                return dict(RESULTS.get(fault, good))
            case method:
                return {"code": -32601, "message": f"No such method: {method}"}

    def _page(self, message: Json) -> Json:
        match self.listing:
            case "twice":
                return {"tools": [*self.tools, {**self.tools[0], "description": "Another one."}]}
            case "endless":
                asked: Json = message.get("params") or {}
                page = int(asked.get("cursor", "0")) + 1
                return {"tools": [{**PLAIN, "name": f"plain-{page}"}], "nextCursor": str(page)}
            case "too_many":
                return {"tools": [{**PLAIN, "name": f"plain-{n}"} for n in range(2_001)]}
            case _:
                return {"tools": self.tools}

    def _stamp(self) -> Json:
        about = {"name": self.name, "version": "1"}
        return {"_meta": {"io.modelcontextprotocol/serverInfo": about}} if self.name is not None else {}


def told(message: Json, count: int) -> Iterator[Json]:
    """Progress of one call, `count` times."""
    token = message["params"].get("_meta", {}).get("progressToken")
    for n in range(1, count + 1):
        params = {"progressToken": token, "progress": n, "total": count, "message": f"step\u202e {n}"}
        yield {"jsonrpc": "2.0", "method": "notifications/progress", "params": params}


def noise(n: int) -> Json:
    """A message that nobody asked for."""
    return {"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": f"noise {n}"}}
