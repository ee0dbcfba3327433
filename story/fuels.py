"""What China pays Russia for crude oil, coal, liquefied gas and oil products, how much
it gets for that, and what others charge and sell.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from press.facts import Panel, Thing, added, growth, month, restore_spaces, year
from press.quantity import PLUS, Quantity
from story import measures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from press.data import Data

GOODS = {
    "crude_oil": "crude oil",
    "coal": "coal",
    "lng": "liquefied gas",
    "oil_products": "oil products",
    "four_fuels": "fuels",
}
FOUR_FUELS = tuple(GOODS)[:4]
RUSSIA = "Russia"
SAUDI_ARABIA = "Saudi-Arabia"
PER_TONNE = "USD per tonne"
OF_FUELS: dict[str, Any] = {
    "subject": "import",
    "goods": GOODS["four_fuels"],
    "supplier": RUSSIA,
}
OF_CRUDE: dict[str, Any] = {"goods": GOODS["crude_oil"], "supplier": RUSSIA}
OF_PRICES: dict[str, Any] = {
    "kind": "change",
    "signed": True,
    "measure": "price",
    **OF_CRUDE,
}


# --- What figures are of
# --------------------------------------------------------------------------------------


def _name_fuel(_data: Data, product: str) -> Mapping[str, str]:
    """Return the name of a fuel, or of the four together."""
    return {"goods": GOODS[product]}


def _name_other_fuels(_data: Data, product: str) -> Mapping[str, str]:
    """Return the names of the fuels that are left without one."""
    others = [GOODS[other] for other in FOUR_FUELS if other != product]
    return {"goods": PLUS.join(others)}


def _name_supplier(_data: Data, supplier: str) -> Mapping[str, str]:
    """Return the name of a supplier, and whether it is a flow of this story: what
    others sell to China is none.
    """
    return {
        "supplier": restore_spaces(supplier),
        "subject": "import" if supplier == RUSSIA else "",
    }


products = Thing("product", FOUR_FUELS, says=_name_fuel)
other_fuel = Thing("product", FOUR_FUELS, says=_name_other_fuels)
fuels_or_all = Thing("product", tuple(GOODS), says=_name_fuel)
suppliers = Thing("supplier", (RUSSIA, SAUDI_ARABIA), RUSSIA, says=_name_supplier)
grades = Thing("grade", ("Brent", "Urals"), "Brent")


# --- What the tables hold
# --------------------------------------------------------------------------------------

_values = Panel("energy_values", year, products, suppliers)
_volumes = Panel("energy_volumes", year, products, suppliers)
_crude_suppliers = Panel("crude_suppliers", year)
_pipeline_gas = Panel("pipeline_gas", year)
_oil_prices = Panel("oil_prices", month, grades)

energy = _values.value(*measures.USD)
tonnes = _volumes.value("volume_million_tonnes", "precision_million_tonnes")
share_of_crude = _crude_suppliers.value(
    "share_percent", "precision_points", measure="value", **OF_CRUDE
)
rank_of_crude = _crude_suppliers.value("rank_of_russia", kind="rank", **OF_CRUDE)
pipeline_gas = _pipeline_gas.value(
    "volume_bcm", "precision_bcm", subject="import", goods="gas by pipeline"
)
oil_price = _oil_prices.value(
    "price_usd_per_barrel", "precision_usd_per_barrel", **OF_CRUDE
)


# --- What follows from them
# --------------------------------------------------------------------------------------

_energy_of_russia = energy.at(supplier=RUSSIA)
_tonnes_of_russia = tonnes.at(supplier=RUSSIA)
_imports = measures.total.at(flow="import")
price_per_tonne = energy.per(tonnes, PER_TONNE, subject="")
_prices_of_russia = price_per_tonne.at(supplier=RUSSIA)
four_fuels = _energy_of_russia.total(products, goods=GOODS["four_fuels"])
energy_growth = _energy_of_russia.growth("before", measure="value")
pipeline_gas_growth = pipeline_gas.growth("before", measure="volume")
tonnes_growth = _tonnes_of_russia.growth("before", measure="weight")
price_growth = _prices_of_russia.growth("before", measure="price")
tonnes_growth_since = _tonnes_of_russia.growth("base", measure="weight")
price_growth_since = _prices_of_russia.growth("base", measure="price")


def _find_payment_for_fuel_or_all(
    data: Data, time: int, place: Mapping[str, str]
) -> Quantity | None:
    """Return what China paid Russia for a fuel in a year, or for the four."""
    is_all = place["product"] == "four_fuels"
    measure = four_fuels if is_all else _energy_of_russia
    return measure.find_figure(data, time, place)


_payment_for_fuel_or_all = replace(
    _energy_of_russia,
    things=(fuels_or_all, suppliers),
    find_figure=_find_payment_for_fuel_or_all,
)
share_of_imports = _payment_for_fuel_or_all.share(_imports)


def _find_share_of_fuels_in_change(
    data: Data, time: int, _place: Mapping[str, str]
) -> Quantity | None:
    """The change of crude oil, coal, liquefied gas and oil products, divided by that of
    all imports from Russia.
    """
    part = four_fuels.change("before").figure(data, time)
    whole = _imports.change("before").figure(data, time)
    if part is None or whole is None:
        return None
    return measures.compute_share_of_change(part, whole)


def _add_other_fuels(
    data: Data, time: int, place: Mapping[str, str]
) -> Quantity | None:
    """Crude oil, coal, liquefied gas and oil products, added up without one, as China
    filed them with UN Comtrade.
    """
    others = [fuel for fuel in FOUR_FUELS if fuel != place["product"]]
    return added(energy.figure(data, time, fuel) for fuel in others)


def _compare_price_with_saudi(
    data: Data, time: int, _place: Mapping[str, str]
) -> Quantity | None:
    """What China paid for a tonne of Russian crude, compared with a tonne of Saudi
    crude: dollars over tonnes.
    """
    theirs = price_per_tonne.figure(data, time, "crude_oil", SAUDI_ARABIA)
    ours = price_per_tonne.figure(data, time, "crude_oil", RUSSIA)
    return growth(theirs, ours) if theirs and ours else None


def _compare_urals_with_brent(
    data: Data, time: str, _place: Mapping[str, str]
) -> Quantity | None:
    """The monthly mean of Urals, Russia's main grade, compared with that of Brent."""
    brent = oil_price.figure(data, time, "Brent")
    urals = oil_price.figure(data, time, "Urals")
    return growth(brent, urals) if brent and urals else None


share_of_fuels_in_change = _values.own(
    _find_share_of_fuels_in_change, kind="share", compared=True, **OF_FUELS
)
other_fuels = _values.own(_add_other_fuels, other_fuel, subject="import")
multiple_of_other_fuels = other_fuels.multiple()
urals_against_brent = _oil_prices.own(
    _compare_urals_with_brent, base="Brent", **OF_PRICES
)
price_against_saudi = _values.own(
    _compare_price_with_saudi, base="Saudi crude", **OF_PRICES
)
