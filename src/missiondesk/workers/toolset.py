"""The tools as a model is given them: reads and knowledge answer at once, a question and every write end the turn.

A write is called like any tool, with its own arguments and one field more, `for_approval`: why, on which observations
it rests, and what the customer is told once it is done. So each call can stand alone before a person; no second call
has to fit to it, and no field of ours can be taken for one of the tool's.
"""

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, TypeVar

from jsonschema import Draft202012Validator
from pydantic import BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic_ai import CallDeferred, ModelRetry, RunContext, ToolDefinition, ToolFailed
from pydantic_ai.toolsets import AbstractToolset, ToolsetTool
from pydantic_core import SchemaValidator, core_schema

from missiondesk.cases import checked_text
from missiondesk.decisions import Derived
from missiondesk.integrations import NotOffered, Offer
from missiondesk.kit.canonical import canonical, digest
from missiondesk.kit.errors import Invalid, Refused
from missiondesk.trace import observed
from missiondesk.workers.evidence import Evidence, evidence_in
from missiondesk.workers.moves import Wanted
from missiondesk.workers.workbench import Workbench, transactions_of

SEARCH, ASK = "search_knowledge", "ask_customer"
CONCLUDE, HAND_OFF = "conclude", "hand_off"
NO_SUCH_RECORD = "No such record."
LONGEST_RESULT = 20_000  # characters of one result
_UNBOUNDED = 1_000_000  # how often a step is refused before we give up is counted by us: `refusals.hopeless`
_APPROVAL = "for_approval"
_OBJECT = SchemaValidator(core_schema.dict_schema(core_schema.str_schema(), core_schema.any_schema()))

# written out: what pydantic makes of it has references that lead nowhere inside another schema
_DERIVED = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "properties": {
            "op": {"enum": ["sum", "difference", "min"]},
            "of": {
                "type": "array",
                "minItems": 2,
                "items": {
                    "type": "object",
                    "properties": {"observation": {"type": "integer"}, "path": {"type": "string"}},
                    "required": ["observation", "path"],
                },
            },
        },
        "required": ["op", "of"],
    },
    "description": "Only for an amount or a whole number that stands in no record and that you made of several: by "
    "its argument's name, the fields it was made of, such as payments[1].amount. It is computed again.",
}

Shape = TypeVar("Shape", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SearchKnowledge(_Strict):
    """Search the company's approved articles. Each passage can be cited by its label."""

    question: str = Field(min_length=1, max_length=500, description="What you want to know, in plain words.")


class AskCustomer(_Strict):
    """Ask the customer for what you need and no record holds. The mission waits for the answer. Call it alone."""

    question: str = Field(min_length=1, description="Said to the customer exactly like this.")


class ForApproval(_Strict):
    """What the person who decides needs to know about this change."""

    why: str = Field(
        min_length=1,
        max_length=1000,
        description="The reason for this change, in one or two sentences, with the "
        "label of the clause that it follows.",
    )
    evidence: list[int] | None = Field(
        description="The numbers of the observations that this change rests on: records and articles. null if another "
        "change of this step cites them."
    )
    message_to_customer: str | None = Field(
        description="Sent to the customer once everything is done; so write as if it were done. null if another change "
        "of this step has it."
    )
    derived: Annotated[dict[str, Derived], WithJsonSchema(_DERIVED)] = {}


class ModelTools(AbstractToolset[None]):
    """Of one turn. `names` leads from the name that a model sees to the tool: providers take no dots in names."""

    def __init__(self, desk: Workbench) -> None:
        self._desk = desk
        self.names = named(desk.gate.offers)

    @property
    def id(self) -> str:
        return "desk"

    async def get_tools(self, ctx: RunContext[None]) -> dict[str, ToolsetTool[None]]:
        offered = [_offered(name, offer) for name, offer in self.names.items()]
        ours = [_ours(SEARCH, SearchKnowledge), _ours(ASK, AskCustomer)]
        return {
            tool.name: ToolsetTool(toolset=self, tool_def=tool, max_retries=_UNBOUNDED, args_validator=_OBJECT)
            for tool in (*offered, *ours)
        }

    async def call_tool(
        self, name: str, tool_args: dict[str, Any], ctx: RunContext[None], tool: ToolsetTool[None]
    ) -> dict[str, Any]:
        """Raises what pydantic-ai understands, `SystemAway` and `ConnectionPaused`."""
        assert ctx.tool_call_id is not None
        return await self.result_of(name, tool_args, ctx.tool_call_id)

    async def result_of(self, name: str, arguments: Mapping[str, Any], call_id: str) -> dict[str, Any]:
        """What a read or a search gives; `call_id` is ours, so a repeated turn gets the same again.

        Raises `ModelRetry` for a call that the model can put right, `ToolFailed` for one that it cannot, `CallDeferred`
        for a question and a write, `SystemAway` and `ConnectionPaused`.
        """
        try:
            canonical(arguments)
        except (ValueError, TypeError):  # lone surrogates, NaN
            raise ModelRetry("The arguments hold what JSON or Unicode does not have.") from None
        try:
            match name:
                case "search_knowledge":
                    return await self._search(checked(SearchKnowledge, arguments))
                case "ask_customer":
                    question = checked_text(checked(AskCustomer, arguments).question)
                    raise CallDeferred({"question": question}, kind="question")
                case _ if self.names[name].reads:
                    return await self._read(self.names[name], dict(arguments), call_id)
                case _:
                    raise CallDeferred(await self._wanted(self.names[name], arguments))
        except NotOffered as absent:
            raise ToolFailed(str(absent)) from absent
        except (Invalid, Refused) as no:
            raise ModelRetry(str(no)) from no

    def is_write(self, name: str) -> bool:
        return name in self.names and not self.names[name].reads

    def key_of(self, name: str) -> str:
        """`billing.refund_payment`, as gate, policy and trace name it; our own tools keep their names."""
        return self.names[name].key if name in self.names else name

    async def evidence(self) -> Evidence:
        """What can be cited now."""
        async with transactions_of(self._desk)() as tx:
            return evidence_in(await observed(tx, self._desk.mission_id))

    async def _search(self, asked: SearchKnowledge) -> dict[str, Any]:
        found = await self._desk.consult(asked.question)
        passages = [{"label": one.label, "text": one.text} for one in found]
        return _numbered(found[0].observation, passages) if found else {"result": []}

    async def _read(self, offer: Offer, arguments: dict[str, Any], call_id: str) -> dict[str, Any]:
        if wrong := list(_wrong(offer.schema, arguments)):
            raise Invalid("; ".join(wrong))
        seen = await self._desk.look(offer.key, arguments, step=call_id)
        if seen.told["answer"] != "ok":
            return {"observation": seen.n, "result": None, "missing": NO_SUCH_RECORD}
        return _numbered(seen.n, seen.told["value"])

    async def _wanted(self, offer: Offer, arguments: Mapping[str, Any]) -> dict[str, Any]:
        own = {name: value for name, value in arguments.items() if name != _APPROVAL}
        wrong = list(_wrong(offer.schema, own))
        try:
            given = await self._approvable(arguments.get(_APPROVAL))
        except Invalid as no:
            raise Invalid("; ".join((*wrong, str(no)))) from no
        if wrong:
            raise Invalid("; ".join(wrong))
        await self._desk.vet(Wanted(offer.key, own, given.derived), given.evidence or ())
        return {"tool": offer.key, "arguments": own, **given.model_dump(mode="json")}

    async def _approvable(self, said: Any) -> ForApproval:
        given = checked(ForApproval, said, at=_APPROVAL)
        if given.message_to_customer is not None:
            checked_text(given.message_to_customer)
        (await self.evidence()).check(given.evidence or ())
        return given


def named(offers: Sequence[Offer]) -> dict[str, Offer]:
    """The offers by a name that every provider takes: at most 64 letters, digits and `_`, no two the same.

    A name depends on its key and on which keys it would collide with, never on their order.
    """
    plain = {offer.key: re.sub(r"[^A-Za-z0-9_]", "_", offer.key) for offer in offers}
    taken = [*plain.values(), SEARCH, ASK, CONCLUDE, HAND_OFF]
    found: dict[str, Offer] = {}
    for offer in offers:
        name = plain[offer.key]
        if len(name) > 64 or taken.count(name) > 1:
            name = f"{name[:55]}_{digest(offer.key)[:8]}"
        found[name] = offer
    return found


def checked(shape: type[Shape], value: Any, *, at: str = "") -> Shape:
    """Raises `Invalid` saying which fields are wrong, and how."""
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        wrong = [_at((*((at,) if at else ()), *one["loc"]), one["msg"]) for one in error.errors()]
        raise Invalid("; ".join(wrong)) from error


def _wrong(schema: dict[str, Any], arguments: Mapping[str, Any]) -> Iterator[str]:
    """All that is wrong with the arguments, each with its place."""
    validator: Any = Draft202012Validator(schema)
    for error in sorted(validator.iter_errors(dict(arguments)), key=lambda one: str(one.json_path)):
        yield _at(error.absolute_path, error.message[:200])


def _at(path: Iterable[str | int], said: str) -> str:
    place = ".".join(map(str, path))
    return f"{place}: {said}" if place else said


def _numbered(observation: int, value: Any) -> dict[str, Any]:
    """A result as the model sees it, with the number by which it can be cited."""
    text = canonical(value).decode()
    if len(text) > LONGEST_RESULT:
        return {"observation": observation, "result": text[:LONGEST_RESULT], "cut": f"of {len(text)} characters"}
    return {"observation": observation, "result": value}


def _offered(name: str, offer: Offer) -> ToolDefinition:
    description = inspect.cleandoc(offer.description)
    if offer.reads:
        return ToolDefinition(name=name, description=description, parameters_json_schema=offer.schema)
    schema = {
        **offer.schema,
        "properties": {**offer.schema.get("properties", {}), _APPROVAL: ForApproval.model_json_schema()},
        "required": [*offer.schema.get("required", []), _APPROVAL],
    }
    note = "This only proposes the change: a person decides, and until then nothing happens."
    return ToolDefinition(name=name, description=f"{description}\n\n{note}", parameters_json_schema=schema)


def _ours(name: str, shape: type[BaseModel]) -> ToolDefinition:
    schema = shape.model_json_schema()
    return ToolDefinition(name=name, description=schema.pop("description"), parameters_json_schema=schema)
