"""The servers that are measured against: strangers over loopback, in a process of their own."""

import sys
from typing import Literal

from mcp.server.mcpserver import MCPServer
from pydantic import BaseModel

Kind = Literal["orders", "many"]


class Order(BaseModel):
    customer_id: str
    order_id: str
    total: int


def orders() -> MCPServer:
    """Four tools, as a small system has them; one of them is slow."""
    import anyio

    server = MCPServer("orders", log_level="WARNING")

    @server.tool()
    async def get_order(customer_id: str, order_id: str) -> Order:
        """One order of a customer."""
        return Order(customer_id=customer_id, order_id=order_id, total=4990)

    @server.tool()
    async def slow_order(customer_id: str, order_id: str) -> Order:
        """One order of a customer, after two seconds."""
        await anyio.sleep(2)
        return Order(customer_id=customer_id, order_id=order_id, total=4990)

    return server


def many(count: int = 300) -> MCPServer:
    """As many tools as the largest systems have."""
    server = MCPServer("many", log_level="WARNING")
    for number in range(count):

        async def get(customer_id: str, record_id: str) -> Order:
            return Order(customer_id=customer_id, order_id=record_id, total=1)

        server.add_tool(get, name=f"get_record_{number}", description=f"Record of kind {number}, by its id. " * 4)
    return server


def serve(kind: Kind, port: int) -> None:
    import uvicorn

    app = (orders() if kind == "orders" else many()).streamable_http_app(stateless_http=True)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="critical")


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))  # type: ignore[arg-type]
