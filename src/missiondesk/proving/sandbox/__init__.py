"""The sandbox: a small system that keeps honest books, and an installation that pays through it. No real money."""

from missiondesk.proving.sandbox.book import Book, Payment, account_of
from missiondesk.proving.sandbox.installing import CONNECTION, CUSTOMER, PORTAL, URL_NAME, installed
from missiondesk.proving.sandbox.starting import serving

__all__ = [
    "CONNECTION",
    "CUSTOMER",
    "PORTAL",
    "URL_NAME",
    "Book",
    "Payment",
    "account_of",
    "installed",
    "serving",
]
