"""The charts: a function's name is what authors write, ``![](chart:race_to_200bn)``.

A chart selects, sorts and draws; what is computed is computed in ``story.measures`` and
the modules beside it.
"""

from story.charts.customs import two_customs
from story.charts.fall import fall_of_2025
from story.charts.flows import both_flows
from story.charts.fuels import price_or_volume
from story.charts.goods import what_china_sells
from story.charts.money import in_what_money
from story.charts.partners import partners_of_russia
from story.charts.promises import promises_and_outturns
from story.charts.purchases import what_russia_sells
from story.charts.race import race_to_200bn
from story.charts.rolling import rolling_trade
from story.charts.ruler import ruler
from story.charts.shares import how_big_for_each
from story.charts.timeline import timeline

__all__ = [
    "both_flows",
    "fall_of_2025",
    "how_big_for_each",
    "in_what_money",
    "partners_of_russia",
    "price_or_volume",
    "promises_and_outturns",
    "race_to_200bn",
    "rolling_trade",
    "ruler",
    "timeline",
    "two_customs",
    "what_china_sells",
    "what_russia_sells",
]
