"""The CRM: contacts, notes about them, and their credentials."""

from pydantic import BaseModel

from missiondesk_demo.systems.book import Asked, Book, Call, Refused, now, recorded
from missiondesk_demo.systems.fields import CustomerId, Email, Key, Text
from missiondesk_demo.systems.server import READS, SystemServer, Tool, writes


class Contact(BaseModel):
    """A person and how to reach them; `language` is ISO 639-1."""

    customer_id: str
    name: str
    email: str
    phone: str
    postal_address: str
    language: str
    since: str


class Note(BaseModel):
    """What somebody wrote about a contact."""

    note_id: str
    customer_id: str
    text: str
    created_at: str


class ContactFound(BaseModel):
    """One contact."""

    customer_id: str
    contact: Contact


class NotesFound(BaseModel):
    """Notes, the oldest first."""

    customer_id: str
    notes: list[Note]


class NoteAdded(BaseModel):
    """The note that was written."""

    customer_id: str
    note: Note


class CredentialsReset(BaseModel):
    """The password is void, and a link for a new one is on its way to the e-mail address on record."""

    customer_id: str
    reset_at: str


def get_contact(asked: Asked, customer_id: CustomerId) -> ContactFound:
    """This customer's name, e-mail address, phone, postal address and language."""
    with recorded(asked) as call:
        return ContactFound(customer_id=customer_id, contact=_contact(call, customer_id))


def list_notes(asked: Asked, customer_id: CustomerId) -> NotesFound:
    """The notes about this customer, the oldest first."""
    with recorded(asked) as call:
        _contact(call, customer_id)
        rows = call.tx.execute("select * from notes where customer_id = ? order by n", [customer_id])
        return NotesFound(
            customer_id=customer_id,
            notes=[
                Note(note_id=f"note_{row['n']}", customer_id=customer_id, text=row["text"], created_at=row["at"])
                for row in rows
            ],
        )


def add_note(asked: Asked, customer_id: CustomerId, text: Text, idempotency_key: Key | None = None) -> NoteAdded:
    """Write a note about this customer, for colleagues.

    The idempotency key may also stand in the request's `_meta`, as `io.missiondesk/idempotency-key`.
    """
    with recorded(asked, idempotency_key) as call:

        def add() -> NoteAdded:
            _contact(call, customer_id)
            at = now()
            n = call.tx.execute(
                "insert into notes (customer_id, text, at) values (?, ?, ?)", [customer_id, text, at]
            ).lastrowid
            return NoteAdded(
                customer_id=customer_id,
                note=Note(note_id=f"note_{n}", customer_id=customer_id, text=text, created_at=at),
            )

        return call.once(NoteAdded, add)


def update_email(
    asked: Asked, customer_id: CustomerId, email: Email, idempotency_key: Key | None = None
) -> ContactFound:
    """Replace this customer's e-mail address.

    The idempotency key may also stand in the request's `_meta`, as `io.missiondesk/idempotency-key`.
    """
    with recorded(asked, idempotency_key) as call:

        def replace() -> ContactFound:
            _contact(call, customer_id)
            taken = call.tx.execute(
                "select 1 from contacts where email = ? and customer_id <> ?", [email, customer_id]
            ).fetchone()
            if taken is not None:  # without saying whose it is
                raise Refused("email_not_possible", "this e-mail address cannot be used")
            call.tx.execute("update contacts set email = ? where customer_id = ?", [email, customer_id])
            return ContactFound(customer_id=customer_id, contact=_contact(call, customer_id))

        return call.once(ContactFound, replace)


def reset_credentials(asked: Asked, customer_id: CustomerId) -> CredentialsReset:
    """Void this customer's password and send a link for a new one. Takes no key, and leaves nothing to look up."""
    with recorded(asked) as call:
        _contact(call, customer_id)
        at = now()
        call.tx.execute("insert into credential_resets (customer_id, at) values (?, ?)", [customer_id, at])
        return CredentialsReset(customer_id=customer_id, reset_at=at)


def serve_crm(book: Book) -> SystemServer:
    """The CRM's MCP server over this book."""
    return SystemServer(
        "northwind-crm",
        "Northwind CRM",
        book,
        [
            Tool(get_contact, "Contact", READS),
            Tool(list_notes, "Notes", READS),
            Tool(add_note, "Add a note", writes(destructive=False, idempotent=False)),
            Tool(update_email, "Change the e-mail address", writes(destructive=True, idempotent=True)),
            Tool(reset_credentials, "Reset credentials", writes(destructive=True, idempotent=False)),
        ],
    )


def _contact(call: Call, customer_id: str) -> Contact:
    row = call.tx.execute("select * from contacts where customer_id = ?", [customer_id]).fetchone()
    if row is None:
        raise Refused("customer_not_found", "no such customer")
    return Contact(**row)
