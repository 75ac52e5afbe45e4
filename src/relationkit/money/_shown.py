"""Shown: a value in an error message, of whatever size it is."""

__all__ = ["shown"]

LONG = 60


def shown(value: object) -> str:
    """The repr of *value*, its middle left out if it is long."""
    try:
        text = repr(value)
    except ValueError:  # an int of more digits than Python turns into text
        return "a number too long to show"
    return text if len(text) <= LONG else f"{text[:40]}...{text[-15:]}"
