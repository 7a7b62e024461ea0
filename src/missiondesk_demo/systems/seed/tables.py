"""The tables of the three systems, and how the past is written into them."""

import sqlite3
from collections.abc import Iterable, Sequence

from missiondesk_demo.systems.seed.records import Past

TABLES = {
    "every": """
        create table calls (
            n integer primary key, at text not null, tool text not null,
            arguments text not null check (json_valid(arguments)), key text,
            outcome text not null check (outcome in ('ok', 'refused')), detail text);
        create table keys (key text primary key, tool text not null, arguments text not null, answer text not null);
        """,
    "shop": """
        create table customers (customer_id text primary key, name text not null, email text not null unique);
        create table orders (
            order_id text primary key, customer_id text not null references customers, placed_at text not null,
            status text not null check (status in ('placed', 'paid', 'packed', 'shipped', 'delivered', 'cancelled')),
            minor integer not null, currency text not null, return_window_ends text,
            cancelled_at text, cancel_reason text);
        create index orders_of on orders (customer_id, placed_at);
        create table items (
            order_id text not null references orders, line integer not null, sku text not null, name text not null,
            quantity integer not null, minor integer not null, primary key (order_id, line));
        create table shipments (
            order_id text primary key references orders, carrier text not null, tracking text not null,
            shipped_at text not null, delivered_at text);
        """,
    "billing": """
        create table accounts (customer_id text primary key, name text not null, email text not null unique);
        create table payments (
            payment_id text primary key, customer_id text not null references accounts, order_id text not null,
            minor integer not null, currency text not null,
            status text not null check (status in ('captured', 'failed', 'voided', 'authorised')),
            captured_at text, created_at text not null, card_last4 text not null);
        create index payments_of on payments (customer_id, order_id);
        create table refunds (
            refund_id text primary key, customer_id text not null references accounts,
            payment_id text not null references payments, minor integer not null check (minor > 0),
            currency text not null, reason text not null, reference text unique, created_at text not null);
        create index refunds_of on refunds (payment_id);
        create table subscriptions (
            subscription_id text primary key, customer_id text not null references accounts, name text not null,
            plan text not null check (plan in ('monthly', 'biweekly', 'paused', 'cancelled')),
            minor integer not null, currency text not null, started_at text not null, changed_at text);
        """,
    "crm": """
        create table contacts (
            customer_id text primary key, name text not null, email text not null unique collate nocase,
            phone text not null, postal_address text not null, language text not null, since text not null);
        create table notes (
            n integer primary key, customer_id text not null references contacts, text text not null, at text not null);
        create table credential_resets (
            n integer primary key, customer_id text not null references contacts, at text not null);
        """,
}

CARRIERS = ("Parcelo", "NordPost", "Swiftline")


def fill_shop(tx: sqlite3.Connection, past: Past) -> None:
    """Customers, orders with their items, shipments."""
    _insert(tx, "customers", ((one.shop_id, one.name, one.email) for one in past.people))
    orders = sorted(past.orders, key=lambda order: order.order_id)
    _insert(
        tx,
        "orders",
        (
            (
                order.order_id,
                order.person.shop_id,
                order.placed_at,
                order.status,
                order.total,
                order.person.currency,
                order.return_window_ends,
                order.cancelled_at,
                order.cancel_reason,
            )
            for order in orders
        ),
    )
    _insert(tx, "items", ((order.order_id, line, *item) for order in orders for line, item in enumerate(order.items)))
    _insert(
        tx,
        "shipments",
        (
            (
                order.order_id,
                CARRIERS[int(order.order_id) % len(CARRIERS)],
                f"NW{int(order.order_id) * 7919:09d}",
                order.shipped_at,
                order.delivered_at,
            )
            for order in orders
            if order.shipped_at
        ),
    )


def fill_billing(tx: sqlite3.Connection, past: Past) -> None:
    """Accounts, payments, refunds, subscriptions."""
    _insert(tx, "accounts", ((one.billing_id, one.name, one.email) for one in past.people))
    _insert(
        tx,
        "payments",
        (
            (
                one.payment_id,
                one.order.person.billing_id,
                one.order.order_id,
                one.minor,
                one.order.person.currency,
                one.status,
                one.created_at if one.status == "captured" else None,
                one.created_at,
                one.card_last4,
            )
            for one in past.payments
        ),
    )
    _insert(
        tx,
        "refunds",
        (
            (
                one.refund_id,
                one.payment.order.person.billing_id,
                one.payment.payment_id,
                one.minor,
                one.payment.order.person.currency,
                one.reason,
                one.reference,
                one.created_at,
            )
            for one in past.refunds
        ),
    )
    prices = {"biweekly": 3400}
    _insert(
        tx,
        "subscriptions",
        (
            (
                one.subscription_id,
                one.person.billing_id,
                "Coffee subscription",
                one.plan,
                prices.get(one.plan, 1890),
                one.person.currency,
                one.started_at,
                one.changed_at,
            )
            for one in past.subscriptions
        ),
    )


def fill_crm(tx: sqlite3.Connection, past: Past) -> None:
    """Contacts and the notes about them."""
    _insert(
        tx,
        "contacts",
        (
            (one.crm_id, one.name, one.email, one.phone, one.postal_address, one.language, one.since)
            for one in past.people
        ),
    )
    notes = sorted(past.notes, key=lambda note: note.at)
    _insert(tx, "notes", ((n, note.person.crm_id, note.text, note.at) for n, note in enumerate(notes, 1)))


def _insert(tx: sqlite3.Connection, table: str, rows: Iterable[Sequence[str | int | None]]) -> None:
    all_rows = list(rows)
    tx.executemany(f"insert into {table} values ({', '.join('?' * len(all_rows[0]))})", all_rows)
