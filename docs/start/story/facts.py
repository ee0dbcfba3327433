"""What authors may cite: ``[$240.1 billion](fact:total/2023)`` asks ``total`` for 2023."""

from press.facts import Panel, year

trade = Panel("totals", year)
total = trade.value("value_usd_million", "precision_usd_million", "USD billion", subject="total")
