"""The mock exam: nine tiny tasks of tau2's mock domain, in the same form as the shop's.

    python -m evals.retail.mock

All of them have the same customer, so each gets an installation of its own. The system names no owners: the connection
belongs whole to one customer.
"""
