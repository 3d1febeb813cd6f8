"""How the account says no."""


class Declined(Exception):
    """The account will not do this; the routes answer 400 with its words."""
