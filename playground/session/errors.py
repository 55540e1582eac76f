"""The one exception that reaches the user."""


class UserError(ValueError):
    """Something the user gave cannot be used; the message says what and what to do, in their words."""
