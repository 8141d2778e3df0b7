"""Writing what people typed into a spreadsheet without it becoming a formula."""

RISKY = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula: a risky beginning gets an apostrophe before it.

    *Source:* OWASP, CSV Injection.
    """
    return f"'{text}" if text.startswith(RISKY) else text
