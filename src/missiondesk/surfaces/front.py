"""The front of the house: the app with its routes, pages, security headers, size limit, and errors as problem+json."""

import logging
from collections.abc import MutableMapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from missiondesk.kit.database import AWAY
from missiondesk.kit.errors import Trouble
from missiondesk.surfaces import (
    attending,
    batches,
    changes,
    customer,
    desk,
    desk_cases,
    desk_edits,
    desk_stream,
    freezes,
    keys,
    notices,
    reviewers,
    sessions,
    studio,
    studio_people,
    studio_policy,
)
from missiondesk.surfaces.installation import Installation
from missiondesk.surfaces.shapes import Problem

LARGEST_BODY = 1_000_000
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; frame-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}

log = logging.getLogger(__name__)


def front(installation: Installation | None) -> FastAPI:
    """The whole web app. Without an installation it only tells its OpenAPI."""
    app = _House(title="Missiondesk", version="1", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.installation = installation
    at_desk = (desk, desk_edits, attending, batches, changes, desk_cases, desk_stream, freezes, notices, reviewers)
    for part in (sessions, customer, *at_desk, studio, studio_policy, studio_people, keys):
        app.include_router(part.router)
    app.add_exception_handler(Trouble, _trouble)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)
    for away in AWAY:
        app.add_exception_handler(away, _away)
    if installation is not None and (installation.pages / "assets").is_dir():
        app.mount("/assets", StaticFiles(directory=installation.pages / "assets"))
        app.add_api_route("/", lambda: RedirectResponse("/desk/"), include_in_schema=False)
        app.frontend("/desk", directory=installation.pages / "desk", fallback="index.html")
        app.frontend("/studio", directory=installation.pages / "studio", fallback="index.html")
        app.frontend("/p", directory=installation.pages / "portal", fallback="index.html")
    return app


class _House(FastAPI):
    """The guard stands before everything, also before what answers when all else fails."""

    def build_middleware_stack(self) -> ASGIApp:
        return Guard(super().build_middleware_stack())


class Guard:
    """Around every answer: security headers and cache rules; before every request: a limit on its size."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        cache = _cache(scope["path"])

        async def guarded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                added = {**_HEADERS, "cache-control": cache}
                kept = [(name, value) for name, value in message["headers"] if name.decode().lower() not in added]
                message["headers"] = [*kept, *((name.encode(), value.encode()) for name, value in added.items())]
            await send(message)

        await self._app(scope, _limited(scope, receive), guarded)


def _limited(scope: Scope, receive: Receive) -> Receive:
    count = 0

    async def limited() -> MutableMapping[str, Any]:
        nonlocal count
        message = await receive()
        count += len(message.get("body", b""))
        if count > LARGEST_BODY:
            raise HTTPException(413, f"At most {LARGEST_BODY:,} bytes, please.")
        return message

    return limited


def _cache(path: str) -> str:
    if path.startswith("/assets/"):
        return "public, max-age=31536000, immutable"
    return "no-store" if path.startswith("/api/") else "no-cache"


def _problem(status: int, code: str, message: str, **more: Any) -> JSONResponse:
    body = Problem(title=HTTPStatus(status).phrase, status=status, code=code, message=message, **more)
    return JSONResponse(body.model_dump(mode="json"), status, media_type="application/problem+json")


async def _trouble(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Trouble)
    return _problem(error.status, error.code, str(error), nothing_sent=error.nothing_sent, current=error.current)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    pointer = "/".join(str(part) for part in first["loc"][1:])
    return _problem(422, "invalid", f"{'/' + pointer if pointer else 'The body'}: {first['msg']}")


async def _away(request: Request, error: Exception) -> JSONResponse:
    log.error("%s %s: the database is away", request.method, request.url.path, exc_info=error)
    sentence = "This could not be saved or read just now. Please try again."
    return _problem(503, "try_again", sentence, nothing_sent=False)  # a commit may have come through


async def _unforeseen(_: Request, __: Exception) -> JSONResponse:
    """The server logs the error; it is our own business."""
    sentence = "Something went wrong on our side. Please look again before you try once more."
    return _problem(500, "unforeseen", sentence, nothing_sent=False)


async def _http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return _problem(error.status_code, HTTPStatus(error.status_code).name.lower(), str(error.detail))
