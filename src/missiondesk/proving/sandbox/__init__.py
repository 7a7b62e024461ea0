"""The sandbox: a small system that keeps honest books, and an installation that pays through it. No real money."""

from missiondesk.proving.sandbox.book import Arrival, Book, Payment, account_of
from missiondesk.proving.sandbox.installing import CONNECTION, CUSTOMER, PORTAL, TWO_PEOPLE_ABOVE, URL_NAME, installed
from missiondesk.proving.sandbox.starting import Served, served, serving

__all__ = [
    "CONNECTION",
    "CUSTOMER",
    "PORTAL",
    "URL_NAME",
    "Arrival",
    "Book",
    "TWO_PEOPLE_ABOVE",
    "Payment",
    "Served",
    "account_of",
    "installed",
    "served",
    "serving",
]
