"""The story's colours and type, for charts and pages alike: a colour for each meaning,
light and dark.
"""

from press.ground.colour import PALETTE as BASE
from press.ground.colour import ColourRoles

# name: (on light paper, on dark). Charts name them as var(--name);
# press/theme/static/site.css uses the same names.
PALETTE = {**BASE, "export": ("#7d3200", "#ffa54a"), "import": ("#0d6de9", "#268bfc")}
ROLES = ColourRoles(
    paper="paper",
    texts=("ink", "muted", "accent", "export", "import"),
    marks=("ink", "muted", "context", "accent", "export", "import"),
    series=("context", "accent", "export", "import"),
    grey=("export", "import"),
)
