"""What texts may cite of the London Marathon."""

from decimal import Decimal

from press.data import Data
from press.facts import Panel, day
from press.ground.period import Day, Period
from press.quantity import Quantity, rows_behind

marathon = Panel("marathon", day)

applicants, accepted = marathon.value("applicants"), marathon.value("accepted")
starters, finishers = marathon.value("starters"), marathon.value("finishers")
raised = marathon.value("raised", unit="GBP million")
acceptance = accepted.share(applicants)
finishing = finishers.share(starters)
finishers_multiple = finishers.multiple()


def place(data: Data, day: Day) -> Quantity | None:
    """The place of a race among all of the table, by its finishers."""
    counts = finishers.series(data)
    if day not in counts:
        return None
    larger = [item for item in counts.values() if item.value > counts[day].value]
    place = Quantity(
        Decimal(1 + len(larger)), Decimal(0), "", rows_behind(counts.values())
    )
    return place.with_meaning("rank", period=Period.parse(day))


__all__ = ["place"]
