"""Missiondesk as programs see it: its HTTP API, for one signed-in person."""

from typing import Any

import httpx


class Person:
    """A customer or a colleague, signed in."""

    def __init__(self, api: httpx.AsyncClient, token: str) -> None:
        self._api = api
        self._headers = {"authorization": f"Bearer {token}"}

    @classmethod
    async def sign_in(cls, api: httpx.AsyncClient, email: str, password: str, *, portal: str | None = None) -> "Person":
        body = {"email": email, "password": password, "portal": portal}
        answer = await api.post("/api/sessions", json=body)
        return cls(api, _told(answer)["token"])

    async def get(self, path: str) -> Any:
        """Raises `httpx.HTTPStatusError` for a no."""
        return _told(await self._api.get(path, headers=self._headers))

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        return _told(await self._api.post(path, json=body, headers=self._headers))


def _told(answer: httpx.Response) -> Any:
    return answer.raise_for_status().json()
