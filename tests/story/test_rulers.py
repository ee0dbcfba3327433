"""The drawing of the rulers goes as high as trade does."""

from dataclasses import replace
from decimal import Decimal

import pytest

from press.data import Data
from press.figures.plot import SIZES
from story.charts import ruler


def with_record(data, million):
    """Return the tables with another total of trade in 2024."""

    def change(row):
        if (row["year"], row["flow"]) != (2024, "total"):
            return row
        return replace(
            row, values={**row.values, "value_usd_million": Decimal(million)}
        )

    annual = data["trade_annual"]
    return Data(
        {**data, "trade_annual": replace(annual, rows=(*map(change, annual.rows),))}
    )


@pytest.mark.parametrize(
    ("million", "top"), [(244820, 250), (250000, 250), (251000, 300), (390000, 400)]
)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_the_scale_of_the_rulers_ends_above_what_is_drawn(bound, size, million, top):
    """A new record needs no change of the chart: the scale ends at the next tick."""
    data = with_record(bound.facts.data, million)
    words = bound.texts.charts["ruler"].words
    plot = ruler(data, words, bound.texts.language)

    spec = plot.draw(size).to_dict(validate=False)
    domains = {str(domain) for domain in find_domains(spec)}

    assert domains == {str([100, top])}


def find_domains(spec):
    """Yield the domains of the scales of amounts in a specification."""
    if isinstance(spec, dict):
        y = spec.get("y", {})
        if isinstance(y, dict) and y.get("field") == "value":
            yield y["scale"]["domain"]
        for part in spec.values():
            yield from find_domains(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from find_domains(part)
