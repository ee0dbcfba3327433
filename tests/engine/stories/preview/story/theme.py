"""A palette, what is asked of it, and no pages but the story's own."""

from press.ground.colour import ColourRoles

PALETTE = {
    "paper": ("#ffffff", "#000000"),
    "ink": ("#111111", "#eeeeee"),
    "accent": ("#0b6e5f", "#4cc4ae"),
    "tested": ("#100000", "#100000"),
}
ROLES = ColourRoles("paper", ("ink",), (), ())
FOLDER = None
