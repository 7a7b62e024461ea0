"""`python -m evals.mcp_client [REVISION …]`: one JSON object; exit 1 when a scenario does not end as it must."""

import asyncio
import base64
import json
import os
import secrets
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals.mcp_client.suite import NotThere, Result, installed, run
from missiondesk.app import database_at
from missiondesk.kit.settings import Settings

REVISIONS = ("2025-11-25", "2026-07-28")
NOT_OURS = {  # scenario → why we do not do what it is about
    "elicitation-sep1034-client-defaults": "elicitation: what a server asks for in the middle of a call is never "
    "answered; nobody sits there, and it must not reach a model",
    "sep-2322-client-request-state": "input_required: a call that asks for more may have acted: it is never sent "
    "again, and ends as `unknown`",
    "auth/client-credentials-jwt": "private_key_jwt: client credentials are an id and a secret",
    "auth/enterprise-managed-authorization": "an extension: identity assertions of a company's own provider",
    "auth/dpop": "an extension: tokens bound to a key (DPoP)",
    "auth/dpop-nonce": "an extension: tokens bound to a key (DPoP)",
    "auth/wif-jwt-bearer": "an extension: workload identity (JWT bearer grant)",
}
MUST_GIVE_UP = (  # the server is not to be trusted, or never content: the right end is a refusal
    "auth/scope-retry-limit",
    "auth/resource-mismatch",
    "auth/iss-supported-missing",
    "auth/iss-wrong-issuer",
    "auth/iss-unexpected",
    "auth/iss-normalized",
    "auth/metadata-issuer-mismatch",
)


def main(revisions: Sequence[str]) -> int:
    began = time.monotonic()
    told: dict[str, Any] = {"exam": "mcp_client"}
    try:
        told["suite"] = installed()
    except NotThere as reason:
        return _end({**told, "skipped": str(reason)}, 0)
    for revision in revisions:
        with TemporaryDirectory(prefix="missiondesk-exam-") as home:
            os.chmod(home, 0o711)  # as root, the embedded database is another user
            told[revision] = _reckoned(asyncio.run(_held(revision, Path(home))))
    told["seconds"] = round(time.monotonic() - began)
    return _end(told, 1 if any(told[revision]["differs"] for revision in revisions) else 0)


async def _held(revision: str, home: Path) -> list[Result]:
    """On an installation of its own: an embedded database and a key, gone afterwards."""
    async with database_at(replace(Settings.read({}), home=home)) as database:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("MISSIONDESK_")},
            "DATABASE_URL": database.url,
            "MISSIONDESK_HOME": str(home),
            "MISSIONDESK_SECRET_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        }
        return await asyncio.to_thread(run, revision, home / "out", environment)


def _reckoned(results: Sequence[Result]) -> dict[str, Any]:
    scored = [one for one in results if one.scored]
    ours = [one for one in scored if one.name not in NOT_OURS]
    return {
        "scored": len(scored),
        "passed": sum(one.passed for one in scored),
        "concern_us": len(ours),
        "concern_us_passed": sum(not _wrong(one) for one in ours),
        "checks": sum(one.checks for one in results),
        "not_supported": {one.name: NOT_OURS[one.name] for one in results if one.name in NOT_OURS and not one.passed},
        "beside_passed": [one.name for one in results if not one.scored and not _wrong(one) and one.passed],
        "differs": {one.name: wrong for one in results if (wrong := _wrong(one)) and one.name not in NOT_OURS},
    }


def _wrong(one: Result) -> list[str]:
    """What is not as it must be. The suite passes some scenarios whose client gave up half-way: we do not."""
    gave_up = [f"our client gave up: {one.gave_up}"] if one.gave_up and one.name not in MUST_GIVE_UP else []
    went_on = ["our client went on"] if one.name in MUST_GIVE_UP and one.gave_up is None else []
    return [*one.failed, *gave_up, *went_on, *([] if one.passed or one.failed else ["the suite does not pass it"])]


def _end(told: dict[str, Any], status: int) -> int:
    sys.stdout.write(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    return status


if __name__ == "__main__":
    wanted = sys.argv[1:] or REVISIONS
    if unknown := [one for one in wanted if one not in REVISIONS]:
        raise SystemExit(f"There is no revision {unknown[0]}: {' and '.join(REVISIONS)}.")
    sys.exit(main(wanted))
