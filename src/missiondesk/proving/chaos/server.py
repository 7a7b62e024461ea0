"""The chaos server itself: an MCP server with the wrapped one's name and tools, that spoils calls by the plan."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.dispatcher import ProgressFnT
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INTERNAL_ERROR,
    CallToolRequestParams,
    CallToolResult,
    InputRequiredResult,
    ListToolsResult,
    PaginatedRequestParams,
)

from missiondesk.proving.chaos.faults import INPUT_REQUIRED, Json, breaking, drifted, of_another_customer
from missiondesk.proving.chaos.ledger import Delivered, End, Entry, Ledger, digest_of
from missiondesk.proving.chaos.plan import Fault, Injection, Plan
from missiondesk.proving.chaos.wrapped import About, NoAnswer, Wrapped, WrappedAway

Context = ServerRequestContext[Any]
_OURS = (
    "io.modelcontextprotocol/",
    "progressToken",
    "progress_token",
)  # of `_meta`: about the way to us, not about the call
_NOTHING: Json = {"content": []}


class Wire(Protocol):
    """The way from us to the caller, over HTTP or stdio."""

    def decided(self, context: Context, injection: Injection | None) -> None:
        """The answer to this call is to be spoilt like this, or not at all."""
        ...

    def headers(self, context: Context) -> Mapping[str, str]:
        """What the caller sent along for the wrapped server, such as a credential."""
        ...


@dataclass(frozen=True, slots=True)
class _Came:
    """What one delivery came to."""

    end: End
    result: Json | None = None
    error: MCPError | None = None

    @property
    def told(self) -> Delivered:
        return Delivered(self.end, None if self.result is None else digest_of(self.result))


class Chaos:
    """`plan` may be replaced at any time; a definition that had drifted is then as the wrapped server's again."""

    def __init__(self, wrapped: Wrapped, about: About, plan: Plan, ledger: Ledger) -> None:
        self._wrapped = wrapped
        self._about = about
        self._plan = plan
        self._ledger = ledger
        self._tools: dict[str, Json] = {tool["name"]: tool for tool in about.tools}
        self._drifts: dict[str, int] = {}
        self._under_way: set[asyncio.Task[_Came]] = set()

    @property
    def plan(self) -> Plan:
        return self._plan

    @plan.setter
    def plan(self, plan: Plan) -> None:
        self._plan, self._drifts = plan, {}

    def server(self, wire: Wire) -> Server[Any]:
        """The MCP server, under the name that the wrapped one gives itself."""

        async def list_tools(context: Context, params: PaginatedRequestParams | None) -> ListToolsResult:
            return await self._listed(params.cursor if params else None, wire.headers(context))

        async def call_tool(context: Context, params: CallToolRequestParams) -> CallToolResult | InputRequiredResult:
            return await self._called(context, params, wire)

        told = self._about.server
        return Server(
            told.name,
            version=told.version,
            title=told.title,
            on_list_tools=list_tools,
            on_call_tool=call_tool,
            get_tool_input_schema=lambda name: self._tools.get(name, {}).get("inputSchema"),
        )

    async def _listed(self, cursor: str | None, headers: Mapping[str, str]) -> ListToolsResult:
        try:
            page = await self._wrapped.page(cursor, headers)
        except WrappedAway as away:
            raise MCPError(INTERNAL_ERROR, str(away)) from away
        self._tools |= {tool["name"]: tool for tool in page["tools"]}
        tools = [drifted(tool, self._drift_of(tool["name"])) for tool in page["tools"]]
        shown = {"tools": tools, "nextCursor": page.get("nextCursor")}
        return ListToolsResult.model_validate(shown, by_name=False)

    def _drift_of(self, tool: str) -> int:
        """A definition changes just before the call that was to meet the changed one, and stays so."""
        coming = self._plan.injection(tool, self._ledger.come(tool) + 1)
        return self._drifts.get(tool, 0) + (coming is not None and coming.fault == "drift")

    async def _called(
        self, context: Context, params: CallToolRequestParams, wire: Wire
    ) -> CallToolResult | InputRequiredResult:
        meta = {name: value for name, value in (context.meta or {}).items() if not name.startswith(_OURS)}
        asked = {**params.model_dump(mode="json", by_alias=True, exclude_none=True), "_meta": meta or None}
        entry = self._ledger.begin(
            params.name, params.arguments or {}, meta, lambda nth: self._plan.injection(params.name, nth)
        )
        if entry.injection is not None and entry.injection.fault == "drift":
            self._drifts[params.name] = self._drifts.get(params.name, 0) + 1
        wire.decided(context, entry.injection)
        # in a task of its own: what is under way is carried out, whether or not the caller waits for it
        work = asyncio.create_task(self._carried_out(entry, asked, wire.headers(context), _progress(context)))
        self._under_way.add(work)
        work.add_done_callback(self._under_way.discard)
        came = await asyncio.shield(work)
        if came.error is not None:
            raise came.error
        result = came.result or _NOTHING
        if result.get("resultType") == "input_required":
            return InputRequiredResult.model_validate(result, by_name=False)
        return CallToolResult.model_validate(result, by_name=False)

    async def _carried_out(self, entry: Entry, asked: Json, headers: Mapping[str, str], told: ProgressFnT) -> _Came:
        """As often as the plan says. It is in the ledger before the caller can see what came of it."""
        fault = entry.injection.fault if entry.injection else None
        if entry.injection is not None and fault == "latency":
            await asyncio.sleep(entry.injection.luck * self._plan.latency)
        deliveries = entry.injection.deliveries if entry.injection else 1
        answers = [await self._delivered(asked, headers, told) for _ in range(deliveries)]
        first = answers[0] if answers else _Came("not-reached", _NOTHING)
        spoilt = self._spoilt(first, fault, asked)
        self._ledger.end(entry, fault if spoilt is not None else None, [one.told for one in answers])
        return spoilt or first

    async def _delivered(self, asked: Json, headers: Mapping[str, str], told: ProgressFnT) -> _Came:
        in_headers = "x-mcp-header" in json.dumps(self._tools.get(asked["name"], {}).get("inputSchema"))
        try:
            result = await self._wrapped.call(asked, headers, told, listed=in_headers)
        except WrappedAway as away:
            return _Came("not-reached", error=MCPError(INTERNAL_ERROR, str(away)))
        except NoAnswer as none:
            return _Came("no-answer", error=MCPError(INTERNAL_ERROR, str(none)))
        except MCPError as error:
            return _Came("error", error=error)
        if result.get("resultType") == "input_required":
            return _Came("input-required", result)
        return _Came("refused" if result.get("isError") else "ok", result)

    def _spoilt(self, first: _Came, fault: Fault | None, asked: Json) -> _Came | None:
        """What the caller gets instead; `None` when the fault cannot be done to this answer."""
        match fault:
            case None:
                return None
            case "input-required":
                result = INPUT_REQUIRED
            case "foreign-record":
                result = first.result and of_another_customer(
                    first.result, asked.get("arguments", {}), self._plan.customers
                )
            case "broken-schema":
                schema = self._tools.get(asked["name"], {}).get("outputSchema")
                result = breaking(first.result, schema) if first.result and first.end == "ok" else None
            case _:
                return first  # it is the way that goes wrong
        return None if result is None else _Came(first.end, result)


def _progress(context: Context) -> ProgressFnT:
    async def told(progress: float, total: float | None, message: str | None) -> None:
        await context.session.report_progress(progress, total, message)

    return told
