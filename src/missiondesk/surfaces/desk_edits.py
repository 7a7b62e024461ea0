"""Editing at the Desk: the form of a proposal, what an edit would come to, and the edit itself."""

from fastapi import APIRouter

from missiondesk.decisions import AlreadyDecided, Changed, Proposal, decisions_made, proposal, proposals_of
from missiondesk.ids import ProposalId
from missiondesk.insights import Seeded, answer_test, seeded
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction
from missiondesk.kit.text import visible
from missiondesk.missions import Arguments, Draft, draft_of, edit, preview
from missiondesk.people import Staff
from missiondesk.surfaces.card import card, difference_views, ruling_view
from missiondesk.surfaces.desk_shapes import Card, EditForm, EditPreview, NewEdit
from missiondesk.surfaces.doors import AProposer, AReader, Here, Key
from missiondesk.surfaces.edit_form import editable
from missiondesk.surfaces.ids import AProposal
from missiondesk.surfaces.installation import Installation

router = APIRouter(prefix="/api/desk/proposals/{proposal_id}/edit", tags=["desk"])


@router.get("", operation_id="edit_form")
async def form(proposal_id: AProposal, who: AReader, here: Here) -> EditForm:
    """What of a proposal a person can change, and how.

    409 for a proposal whose tool is not the reviewed one any more.
    """
    await here.parts.connections.refresh()
    async with here.parts.database.transaction() as tx:
        found = await seeded(tx, proposal_id) or await proposal(tx, proposal_id)
    actions = [editable(one, here.parts.connections) for one in found.proposed.actions]
    return EditForm(digest=found.digest, actions=actions, message=found.proposed.message)


@router.post("/preview", operation_id="preview_edit")
async def try_out(proposal_id: AProposal, body: NewEdit, who: AProposer, here: Here) -> EditPreview:
    """What this edit would come to, by the schema and today's policy. Nothing is written.

    422 says what does not fit. 409 with the current card: it was decided or changed meanwhile.
    """
    await here.parts.connections.refresh()
    try:
        async with here.parts.database.transaction() as tx:
            test = await seeded(tx, proposal_id)
            draft = (
                await _draft_of_test(tx, here, who, test, body)
                if test
                else await preview(
                    tx, here.parts, proposal_id, _changes(body), by=who, seen=body.digest, message=body.message
                )
            )
    except (AlreadyDecided, Changed) as conflict:
        raise await _conflict(here, who, proposal_id, conflict) from conflict
    return EditPreview(
        title=visible("; then ".join(one.sentence for one in draft.actions)),
        changes=difference_views(draft.changes, draft.actions),
        ruling=ruling_view(draft.ruling, draft.policy),
    )


@router.post("", status_code=201, operation_id="edit")
async def save(proposal_id: AProposal, body: NewEdit, who: AProposer, here: Here, key: Key = None) -> Card:
    """Close the proposal and put the edited one in its place: the card is the new one's. Under the same key it is once.

    409 with the current card: it was decided or changed meanwhile, and nothing was changed by this.
    """
    await here.parts.connections.refresh()
    try:
        async with here.parts.database.transaction() as tx:
            if (test := await seeded(tx, proposal_id)) is not None:
                shown = await _edit_test(tx, here, who, test, body)
            elif (made := await _made_before(tx, who, proposal_id, key)) is not None:
                shown = made.id
            else:
                made = await edit(
                    tx,
                    here.parts,
                    proposal_id,
                    _changes(body),
                    by=who,
                    seen=body.digest,
                    message=body.message,
                    reason=body.reason,
                    key=key,
                )
                shown = made.id
        crashpoint("decisions.edited.after_commit")
    except (AlreadyDecided, Changed) as conflict:
        raise await _conflict(here, who, proposal_id, conflict) from conflict
    async with here.parts.database.transaction() as tx:
        return await card(tx, here.parts, who, shown)


async def _draft_of_test(tx: Transaction, here: Installation, who: Staff, test: Seeded, body: NewEdit) -> Draft:
    if test.answer is not None:
        raise AlreadyDecided(test.sentence(who.id))
    return await draft_of(tx, here.parts, test, _changes(body), by=who, seen=body.digest, message=body.message)


async def _edit_test(tx: Transaction, here: Installation, who: Staff, test: Seeded, body: NewEdit) -> ProposalId:
    """What would be refused for a proposal is refused; else it is an answer."""
    draft = await _draft_of_test(tx, here, who, test, body)
    changed = [one.argument for one in draft.changes if one.position is not None]
    await answer_test(tx, here.parts, test.id, "edit", by=who, seen=body.digest, reason=body.reason, changed=changed)
    return test.id


def _changes(body: NewEdit) -> Arguments:
    return {one.position: one.arguments for one in body.actions}


async def _made_before(tx: Transaction, who: Staff, proposal_id: ProposalId, key: str | None) -> Proposal | None:
    """The proposal that this very request made when it came first."""
    of = await proposal(tx, proposal_id)
    if key is None or all(
        (one.by_id, one.kind, one.key) != (who.id, "edit", key) for one in await decisions_made(tx, of.id)
    ):
        return None
    return next(
        one for one in await proposals_of(tx, of.mission_id) if one.proposed.edited and one.proposed.edited.of == of.id
    )


async def _conflict(
    here: Installation, who: Staff, proposal_id: ProposalId, conflict: AlreadyDecided | Changed
) -> AlreadyDecided | Changed:
    async with here.parts.database.transaction() as tx:
        current = await card(tx, here.parts, who, proposal_id)
    return type(conflict)(str(conflict), current=current.model_dump(mode="json"))
