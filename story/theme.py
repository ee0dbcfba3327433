"""The story's colours and type, for charts and pages alike: a colour for each meaning, light and dark."""

# name: (on light paper, on dark). Charts name them as var(--name); templates/static/site.css uses the same names.
PALETTE = {
    "paper": ("#fdfcf9", "#14171a"),
    "raised": ("#f4f1ea", "#1d2226"),
    "ink": ("#1b1a17", "#eceae4"),
    "muted": ("#5c5850", "#b0aca2"),
    "rule": ("#dcd7cb", "#363b40"),
    "context": ("#8b857a", "#7d7f80"),
    "accent": ("#0b6e5f", "#4cc4ae"),
    "export": ("#b8470f", "#f2955c"),
    "import": ("#1f5f9e", "#7fb4ec"),
    "price": ("#8a5a00", "#e0b050"),
}
# Liberation Sans comes with the renderer and has the widths of Arial and Helvetica: labels fit wherever they are read.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"


def colour(name: str) -> str:
    """Return a colour of the palette as charts name it."""
    if name not in PALETTE:
        raise ValueError(f"found the colour {name!r}, expected one of {', '.join(PALETTE)}")
    return f"var(--{name})"
