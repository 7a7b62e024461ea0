"""Signing in: the credentials that the environment gives, put where the description says that they go."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field

from missiondesk.integrations.openapi.description import Operation, Scheme
from missiondesk.integrations.secrets.hiding import hidden


@dataclass(frozen=True, slots=True)
class Signature:
    """What is added to one request."""

    headers: dict[str, str] = field(default_factory=dict[str, str], repr=False)
    query: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]], repr=False)


class Secrets:
    """The credentials of one process. They leave it only as a `Signature`."""

    def __init__(self, schemes: Mapping[str, Scheme], environ: Mapping[str, str]) -> None:
        self._schemes = schemes
        self._values = {name: value for name, one in schemes.items() if (value := environ.get(one.env, "").strip())}

    def signature(self, operation: Operation) -> Signature | None:
        """By the first set of schemes that we have all values for; `None` when there is none and one is needed."""
        if not operation.security:
            return Signature()
        for schemes in sorted(operation.security, key=len, reverse=True):
            if all(name in self._values for name in schemes):
                return self._signed(schemes)
        return None

    def wanted(self, operation: Operation) -> list[str]:
        """The environment variables of which a value is missing."""
        return sorted({self._schemes[n].env for each in operation.security for n in each if n not in self._values})

    def hidden(self, text: str) -> str:
        """`text` without any of the values."""
        return hidden(text, self._values.values())

    def _signed(self, schemes: tuple[str, ...]) -> Signature:
        made = Signature()
        for name in schemes:
            scheme, value = self._schemes[name], self._values[name]
            match scheme.kind:
                case "bearer":
                    made.headers["authorization"] = f"Bearer {value}"
                case "basic":
                    made.headers["authorization"] = f"Basic {base64.b64encode(value.encode()).decode()}"
                case "header":
                    made.headers[scheme.name.lower()] = value
                case "query":
                    made.query.append((scheme.name, value))
        return made
