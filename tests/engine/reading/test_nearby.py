"""What stands nearest to a figure: sentences that a journalist may write about one raise no alarm."""

from __future__ import annotations

import pytest

from press.reading.lexicon import Phrases
from tests.engine.sentences import found_in

TRUE = [
    "Trade was [$240.1 billion](fact:total/2023) up to December, over the year and about as planned.",
    "It took [three years](fact:delay), late in 2019 as in early May 2020.",
    "Imports [grew by 44%](fact:import_growth/2022/2021) from Borsia in 2022.",
    "Exports [grew by 13%](fact:export_growth/2022/2021) to Borsia in 2022.",
    "Trade was [$240.1 billion](fact:total/2023)",
    "It is a post-[$200 billion](fact:goal) world, of 84–[85](fact:goal) chapters.",
    "On 7 December 2023 it was printed. In November trade was [$21.7 billion](fact:total/2023-11).",
    "Trade fell in 2020, then it [grew by 35.8%](fact:total_growth/2021/2020).",
    "Since 2021 trade has [grown by 63%](fact:total_growth/2023/2021).",
    "After 2022 trade [grew by 26.3%](fact:total_growth/2023/2022) in a year.",
    "Compared with 2022, trade was [26.3% higher](fact:total_growth/2023/2022) in 2023.",
    "Against 2022 trade was [26.3% higher](fact:total_growth/2023/2022).",
    "From 2022 to 2023 trade [grew by 26.3%](fact:total_growth/2023/2022).",
    "Trade [grew by 26.3%](fact:total_growth/2023/2022) between 2022 and 2023.",
    "2023 brought [26.3% more](fact:total_growth/2023/2022) than 2022.",
    "In 2023 trade was [26.3% higher](fact:total_growth/2023/2022) than the year before.",
    "It crosses the line in October and November. 2022 ended at [$190.3 billion](fact:total/2022).",
    "In 2025 tonnes [fell by about 7%](fact:oil_growth/2025/2024).",
    "By 2023 vehicles made up [a fifth](fact:export_share/2023) of exports to Borsia.",
    "The first of the two goals was set in 2011; trade was [$79.3 billion](fact:total/2011) that year.",
    "Ames [spoke of $200 billion by 2020](said:S1) when trade was [$79.3 billion](fact:total/2011).",
    "In 2014 Ames and Brandt [repeated 2020](said:S1); trade in 2020 was [$107.8 billion](fact:total/2020).",
    "In May 2014, when trade was still small, the two presidents met; 2014 ended at [$95.3 billion](fact:total/2014).",
    "Trade rose in 2022, to [$190.3 billion](fact:total/2022), and in 2023, to [$240.1 billion](fact:total/2023).",
    (
        "In 2022 it was [$190.3 billion](fact:total/2022); in 2023, [$240.1 billion](fact:total/2023); in 2024, "
        "[$244.8 billion](fact:total/2024)."
    ),
    "Of the three years 2022, 2023 and 2024 the last was the largest, at [$244.8 billion](fact:total/2024).",
    "The price in March and April 2026 was [$103](fact:brent/2026-03) and [$117](fact:brent/2026-04).",
    "Arden buys oil, and Borsia buys cars: [$11.5 billion](fact:export/2023) worth in 2023.",
    "A surplus of exports over imports is told elsewhere; trade was [$240.1 billion](fact:total/2023).",
    "Exports f.o.b. and imports c.i.f. add up to [$240.1 billion](fact:total/2023) of trade with Borsia.",
    "Only [a tenth](fact:share/2023) was gas.",
    "It cost [$103 a barrel](fact:brent/2026-03) more or less everywhere.",
    "The deal is worth [$400 billion](fact:goal) over 30 years.",
    "Trade came to [$240.1 billion](fact:total/2023) under the customs’ own rules.",
    "Trade, at [$240.1 billion](fact:total/2023), was not flat.",
    "They talked about trade: [$240.1 billion](fact:total/2023).",
    "Sooner or later [$300 billion](fact:goal) may follow.",
    "Rather than fall, trade came to [$240.1 billion](fact:total/2023).",
    "It was as early as 2019 that [$200 billion](fact:goal) was named.",
    (
        "At the end of October 2023 the year’s trade between Arden and Borsia stood at [$196.5 "
        "billion](fact:total_to/2023-10)."
    ),
    (
        "At the end of October 2023 trade stood at [$196.5 billion](fact:total_to/2023-10). A month later it "
        "stood at [$218.2 billion](fact:total_to/2023-11), [26.7% more](fact:total_growth_to/2023-11/2022-11) "
        "than in the first eleven months of 2022."
    ),
    "The largest year before, 2022, had ended at [$190.3 billion](fact:total/2022).",
    "By the calendar it was [November 2023](fact:crossing).",
    (
        "The twelve months to February 2023 came to [$197.5 billion](fact:total_rolling/2023-02), the twelve "
        "months to March 2023 to [$205.9 billion](fact:total_rolling/2023-03)."
    ),
    "The goal, [$200 billion](fact:goal) by 2024, named a calendar year.",
    (
        "The two prime ministers [backed $200 billion by 2024](said:S064) in September 2019; trade came to it "
        "[one year early](fact:delay)."
    ),
    (
        "Ames and Brandt [named it for 2020](said:S057) in June 2011. Against that goal trade was [three years "
        "late](fact:delay)."
    ),
    "[$60–80 billion](fact:goal) was the goal for 2010, when trade came to [about $55 billion](fact:total/2010).",
    (
        "From 2021 to 2023 Arden’s sales of vehicles and parts to Borsia [grew about "
        "fivefold](fact:export_multiple/2021/2023), and those of machinery and computers [by more than two "
        "fifths](fact:export_growth/2021/2023)."
    ),
    (
        "Together the two [rose by $25.9 billion](fact:export_change/2021/2023). By Ardense customs’ own count "
        "all exports to Borsia [rose by $43.5 billion](fact:export_change/2021/2023) in those years."
    ),
    (
        "Arden’s purchases of four Borsian fuels rose from [$49.7 billion](fact:import/2021) in 2021 to [$81.9 "
        "billion](fact:import/2023) in 2023, [about three quarters](fact:share/2023) of it crude oil."
    ),
    (
        "The company reports [4.1 billion cubic metres](fact:gas/2020) through the Northern Line in 2020 and [38.8 "
        "billion](fact:gas/2025) in 2025."
    ),
    (
        "In 2021 Arden bought [5% fewer tonnes](fact:import_growth/2021/2020) from Borsia than in 2020, and each"
        " tonne cost [about half as much again](fact:price_growth/2021/2020)."
    ),
    (
        "In 2022 both rose: [tonnes by 8%](fact:oil_growth/2022/2021), the price of a tonne [by a "
        "third](fact:oil_growth/2022/2021)."
    ),
    "[Four fifths](fact:import_share/2022) of that year’s rise in all trade were imports from Borsia.",
    (
        "In 2023 Arden bought [about 24% more](fact:import_growth/2023/2022) tonnes, the price of a tonne [fell "
        "by about 16%](fact:oil_growth/2023/2022), and the bill [grew by about "
        "4%](fact:import_growth/2023/2022)."
    ),
    (
        "In 2019 a tonne of Borsian crude cost Arden [the same](claim:equal/price.2019/price.2019) as a tonne of"
        " Corland crude."
    ),
    "In 2023 it cost [between 9 and 10% less](fact:discount/2023), and [5.3% less](fact:discount/2024) in 2024.",
    (
        "2023 ended at [$240.1 billion](fact:total/2023) and 2024 at [$244.8 billion](fact:total/2024), a record"
        " in current dollars."
    ),
    "2025 ended at [$228.1 billion](fact:total/2025), [6.9% less](fact:total_growth/2025/2024).",
    (
        "From January to April 2026 trade was [$85.2 billion](fact:total_to/2026-04), [19.7% "
        "more](fact:total_growth_to/2026-04/2025-04) than a year earlier, by the one report that we can cite. "
        "[About half](fact:export_share_to/2026-04/2025-04) of that rise was Ardense exports."
    ),
    (
        "2025 ended at [$228.1 billion](fact:total/2025). Brent crude averaged [$103 a "
        "barrel](fact:brent/2026-03) in March and [$117](fact:brent/2026-04) in April 2026, against "
        "[$73](fact:brent/2025-03) and [$68](fact:brent/2025-04) a year earlier."
    ),
    "In January and February 2026 it had been [cheaper](claim:less/brent.2026-01/brent.2025-01) than the year before.",
    (
        "In 2023 exports were [$111.0 billion](fact:export/2023), more than in 2022, and imports [$129.1 "
        "billion](fact:import/2023), Arden’s customs say."
    ),
    "In 2023 Ardense exports grew faster than in 2022 or 2021 and reached [$111.0 billion](fact:export/2023).",
    (
        "In 2023 trade [rose by more than a quarter](fact:total_growth/2023/2022) from 2022 to [$240.1 "
        "billion](fact:total/2023)."
    ),
    (
        "Exports to Borsia reached [$111.0 billion](fact:export/2023) in 2023, imports from Borsia [$129.1 "
        "billion](fact:import/2023)."
    ),
    (
        "Arden and Borsia traded goods worth [$240.1 billion](fact:total/2023) in 2023 and [$244.8 "
        "billion](fact:total/2024) in 2024."
    ),
    "From 2021 to 2023 trade climbed from [$146.9 billion](fact:total/2021) to [$240.1 billion](fact:total/2023).",
    "Between 2021 and 2023 trade went from [$146.9 billion](fact:total/2021) to [$240.1 billion](fact:total/2023).",
    "Trade in 2021–2023 [grew by 63%](fact:total_growth/2021/2023).",
    "Trade over the year 2023 came to [$240.1 billion](fact:total/2023).",
    "In early 2026 a barrel cost [$103](fact:brent/2026-03), and in late 2024 [$74](fact:brent/2024-11).",
    (
        "By the end of November 2023 trade had passed [$200 billion](fact:goal): it stood at [$218.2 "
        "billion](fact:total_to/2023-11)."
    ),
    "From January to November, trade in 2023 was [$218.2 billion](fact:total_to/2023-11).",
    (
        "In the first four months of 2026 trade was [$85.2 billion](fact:total_to/2026-04), and in the same "
        "months of 2025 [$71.1 billion](fact:total_to/2025-04)."
    ),
    "To November 2023 the total was [$218.2 billion](fact:total_to/2023-11).",
    "By December 2023 trade had come to [$240.1 billion](fact:total/2023).",
    (
        "In November 2022 trade was [$17.6 billion](fact:total/2022-11); a year later it was [$21.7 "
        "billion](fact:total/2023-11)."
    ),
    "On 7 December 2023 customs put the total at [$218.2 billion](fact:total_to/2023-11).",
    "Customs reported it on 14 December: the total was [$218.2 billion](fact:total_to/2023-11).",
    "Trade in the first half of 2024 was [$116.9 billion](fact:total_to/2024-06).",
    "The meeting may have helped: trade was [$240.1 billion](fact:total/2023).",
    "Trade was [$240.1 billion](fact:total/2023), about the size of a small economy.",
    "Trade was [$240.1 billion](fact:total/2023) and rose further.",
    "Trade is at [$240.1 billion](fact:total/2023); the level is high, and over the years it changed.",
    "Trade stood at a level of [$240.1 billion](fact:total/2023) in 2023.",
    "Trade was above the [$200 billion](fact:goal) line in 2023.",
    "Trade was [$240.1 billion](fact:total/2023), up from [$190.3 billion](fact:total/2022).",
    "Trade passed [$200 billion](fact:goal) earlier in the year, and later [$240 billion](fact:goal).",
    "Trade reached the goal [a year early](fact:delay), in early 2024.",
    "Of all exports to Borsia [a fifth](fact:export_share/2023) were vehicles.",
    "The share of vehicles in Arden’s exports to Borsia was [a fifth](fact:export_share/2023) in 2023.",
    "Borsian oil exports to Arden came to [107 million tonnes](fact:import/2023) in 2023.",
    "Ardense car exports came to [$11.5 billion](fact:export/2023) in 2023.",
    "Borsia’s imports from Arden were [$111.0 billion](fact:export/2023) in 2023.",
    (
        "Arden’s customs count exports of [$111.0 billion](fact:export/2023) and imports of [$129.1 "
        "billion](fact:import/2023) in 2023."
    ),
    "Exports and imports came to [$240.1 billion](fact:total/2023) in 2023, by Arden’s count.",
    "[Exports to Borsia rose](claim:more/export.2023/export.2022) in 2023.",
    "In 2023 [exports of $111.0 billion in 2023](fact:export/2023) left Arden.",
    "Between the two goals, of 2011 and 2014, lies little: both named [$200 billion](fact:goal).",
    (
        "Growth came in two steps. In 2022 trade [grew by 29.3%](fact:total_growth/2022), in 2023 [by "
        "26.3%](fact:total_growth/2023)."
    ),
    "Trade ([$240.1 billion](fact:total/2023)) was [26.3% higher](fact:total_growth/2023/2022) in 2023 than in 2022.",
    "Trade [fell](fact:total_change/2025/2024) in 2025, [by 6.9%](fact:total_growth/2025/2024).",
    "In March 2023 the twelve months ended at [$205.9 billion](fact:total_rolling/2023-03) by end of March.",
    "Prices fell until June 2020. By December a barrel cost [$50](fact:brent/2020-12).",
    (
        "The price was [$50](fact:brent/2020-12) in December, [$10 more](fact:brent_change/2020-12/2020-11) than"
        " in November 2020."
    ),
    "Nov. 2023 brought [$21.7 billion](fact:total/2023-11) of trade.",
    "Borsia’s exports to Arden, [$129.1 billion](fact:import/2023) in 2023, were mostly fuels.",
    (
        "Arden’s exports to Borsia were [$111.0 billion](fact:export/2023), its imports [$129.1 "
        "billion](fact:import/2023)."
    ),
    "What Arden sold to Borsia in 2023 was worth [$111.0 billion](fact:export/2023).",
    "Sales of Ardense cars to Borsia came to [$11.5 billion](fact:export/2023).",
    "In 2023, for the first time, Borsia bought cars worth [$11.5 billion](fact:export/2023) from Arden.",
    "The customs of both countries disagree: Borsia counts [$111.0 billion](fact:export/2023) of imports from Arden.",
    "Imports rose faster than exports: from Borsia came [$129.1 billion](fact:import/2023) of goods.",
    "Borsian gas reached Arden through one pipe: [38.8 billion cubic metres](fact:gas/2025) in 2025.",
    "Trade had been [$68.0 billion](fact:total/2015) in 2015, and it doubled in the six years to 2021.",
    "After the fall of 2015 trade recovered; 2018 ended at [$107.1 billion](fact:total/2018).",
    "In 2020, a year of closed borders, trade came to [$107.8 billion](fact:total/2020).",
    "In the year before the war, 2021, trade was [$146.9 billion](fact:total/2021).",
    "Two years later, in 2023, it was [$240.1 billion](fact:total/2023).",
    "The year 2023 began with [$14.3 billion](fact:total/2023-01) in January.",
    "January 2023 alone brought [$14.3 billion](fact:total/2023-01).",
    "March brought [$20.1 billion](fact:total/2023-03), the most of any month until then; it was March 2023.",
    "December 2023, with [$21.9 billion](fact:total/2023-12), closed the year.",
    "Trade in November 2023 ([$21.7 billion](fact:total/2023-11)) was typical.",
    "At [$244.8 billion](fact:total/2024), 2024 was slightly ahead of 2023.",
    "2024’s [$244.8 billion](fact:total/2024) is the largest figure in the table.",
    "2024’s total was [$244.8 billion](fact:total/2024).",
    "The total for 2024 is [$244.8 billion](fact:total/2024), that for 2023 [$240.1 billion](fact:total/2023).",
    "Customs first printed [$240.1 billion](fact:total/2023) for 2023, and later revised it.",
    "In January 2024 customs printed [$240.1 billion](fact:total/2023) for 2023.",
    "Trade was [$240.1 billion](fact:total/2023) in 2023, according to a report of 12 January 2024.",
    (
        "Trade was [$146.9 billion](fact:total/2021), [$190.3 billion](fact:total/2022) and [$240.1 "
        "billion](fact:total/2023) in 2021, 2022 and 2023."
    ),
    (
        "In 2021, 2022 and 2023 trade was [$146.9 billion](fact:total/2021), [$190.3 billion](fact:total/2022) "
        "and [$240.1 billion](fact:total/2023)."
    ),
    "Between January and April 2026 trade came to [$85.2 billion](fact:total_to/2026-04).",
    "From January through April 2026 trade came to [$85.2 billion](fact:total_to/2026-04).",
    "By the end of April it had come to [$85.2 billion](fact:total_to/2026-04) in 2026.",
    "By April 2026 trade had come to [$85.2 billion](fact:total_to/2026-04).",
    "The running total reached [$85.2 billion](fact:total_to/2026-04) by April 2026.",
    "In the four months to April 2026 trade was [$85.2 billion](fact:total_to/2026-04).",
    "In 2026 to April trade came to [$85.2 billion](fact:total_to/2026-04).",
    "Trade [grew by 19.7%](fact:total_growth_to/2026-04/2025-04) in the first four months of 2026.",
    "Trade in January–April 2026 was [19.7% above](fact:total_growth_to/2026-04/2025-04) that of January–April 2025.",
    "The price went from [$103](fact:brent/2026-03) in March 2026 to [$117](fact:brent/2026-04) a month later.",
    "The price rose from [$103](fact:brent/2026-03) in March to [$117](fact:brent/2026-04) in April 2026.",
    "In the summer of 2022 prices peaked; the year’s average was [$101](fact:brent/2022).",
    "A tonne cost [$600](fact:price/2023) in 2023, [a sixth less](fact:price_growth/2023/2022) than in 2022.",
    "Arden paid [$600 a tonne](fact:price/2023) in 2023, and [$715](fact:price/2022) the year before.",
    "A tonne of Borsian crude cost [$600](fact:price/2023) in 2023; a year earlier, [$715](fact:price/2022).",
    "Trade [doubled](fact:total_multiple/2015/2021) from 2015 to 2021.",
    "From 2015 trade [more than doubled](fact:total_multiple/2015/2021) by 2021.",
    "Trade grew in 2021, [by 36%](fact:total_growth/2021/2020), and in 2022, [by 29%](fact:total_growth/2022/2021).",
    "Half of the growth of 2022 came from oil: [half](fact:share/2022).",
    "Against a goal of [$200 billion](fact:goal), trade stood at [$190.3 billion](fact:total/2022) in 2022.",
    "In 2022 trade missed the goal by [$9.7 billion](fact:gap/2022).",
    "Trade had passed [$100 billion](fact:goal) in 2018, and [$200 billion](fact:goal) in 2023.",
    "The goal for 2020, [$200 billion](fact:goal), was missed in 2020: trade was [$107.8 billion](fact:total/2020).",
    "Of 13 chapters one fell: [−3.2%](fact:export_growth/2023/2022) for footwear.",
    "The early estimate of [$240 billion](fact:total/2023) held.",
    "A later count gives [$240.1 billion](fact:total/2023) for 2023.",
    "Later, in 2023, it was [$240.1 billion](fact:total/2023).",
    "In the early 2020s trade was about to change: 2021 ended at [$146.9 billion](fact:total/2021).",
    "Prices fell early in 2023, and the average for 2023 was [$82](fact:brent/2023).",
    "A growing trade: [$240.1 billion](fact:total/2023) in 2023.",
    "Trade, growing since 2020, reached [$240.1 billion](fact:total/2023) in 2023.",
    "Up close, [$240.1 billion](fact:total/2023) is a sum of months.",
    "Added up, the months make [$240.1 billion](fact:total/2023).",
    "Some of the [$240.1 billion](fact:total/2023) was gas.",
    "All but [a tenth](fact:share/2023) went by sea.",
    "The bill came to [$60.7 billion](fact:import/2023) for crude alone.",
    "With [$60.7 billion](fact:import/2023), crude oil led Arden’s imports from Borsia in 2023.",
    "Arden’s imports of crude oil from Borsia were [$60.7 billion](fact:import/2023).",
    "For coal, Arden paid Borsia [$12 billion](fact:import/2023).",
    "Coal was [$12 billion](fact:import/2023) of Arden’s purchases.",
    "Exports of machinery from Arden to Borsia were [$21 billion](fact:export/2023).",
    "Ardense machinery exports to Borsia were [$21 billion](fact:export/2023).",
    "Machinery exports to Borsia were [$21 billion](fact:export/2023), Arden’s customs report.",
    (
        "Trade was [$240.1 billion](fact:total/2023): exports of [$111.0 billion](fact:export/2023) and imports "
        "of [$129.1 billion](fact:import/2023), seen from Arden."
    ),
    "Of the total of [$240.1 billion](fact:total/2023), [$111.0 billion](fact:export/2023) were Ardense exports.",
    "Trade in both directions was [$240.1 billion](fact:total/2023).",
    "Together exports and imports were worth [$240.1 billion](fact:total/2023), counted by Arden.",
    "Arden’s trade with Borsia was [$240.1 billion](fact:total/2023).",
    "Turnover was [$240.1 billion](fact:total/2023) in 2023.",
    "In November, trade in 2023 was [$21.7 billion](fact:total/2023-11).",
]


@pytest.mark.parametrize("sentence", TRUE)
def test_true_sentences_stay_silent(sentence):
    """A sentence that a journalist may write about a figure raises no alarm."""
    assert found_in(sentence) == []


@pytest.mark.parametrize(
    ("phrases", "words", "found"),
    [
        (["up", "up to"], "up to 5, up", [(0, 5, "up to"), (9, 11, "up")]),
        (["up"], "upper, sup, up2, _up and up_", []),
        (["A  Third", "-fold", "%", "hs #"], "a\n third, 5-fold, 5%, hs 27", [
            (0, 8, "a  third"), (11, 16, "-fold"), (19, 20, "%"), (22, 27, "hs #")]),
        (["more than", "than a year", "a year"], "more than a year", [(0, 9, "more than"), (10, 16, "a year")]),
        (["up to"], "up, to; up", []),
    ],
)  # fmt: skip
def test_phrases_are_found_as_whole_words(phrases, words, found):
    """The longest phrase is found from the left, over line ends, and never as a part of a word."""
    assert list(Phrases(phrases).finditer(words)) == found
    assert Phrases(phrases).search(words) == (found[0] if found else None)
