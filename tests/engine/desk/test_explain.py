"""Where a number comes from."""

import pytest

from press.desk.explain import describe_fact
from tests.engine.bindings import CHART, INDEX, bind_project
from tests.engine.intake.tables import FIELD

FACTS, WORDS = "content/en/facts.toml", "content/en/words.toml"


def test_a_fact_is_explained_from_its_rows_up(story):
    """Value, precision, formula with its places filled, rows with file and line,
    sources, and every use.
    """
    outcome = story.run("explain", "share/import/2023")

    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.split("\n") == [
        "share/import/2023",
        "  label      Part of imports in 2023",
        "  formula    imports in 2023 by trade in 2023",
        "  value      53.78368248 percent",
        "  precision  known to 0.00640472 percent",
        "  kind       share",
        "  period     2023",
        "  subject    import",
        "  rows",
        (
            "    data/trade.csv:9: year 2023; flow import; value_usd_million 129140;"
            " precision_usd_million 10; source_ids beta-2024"
        ),
        (
            "    data/trade.csv:10: year 2023; flow total; value_usd_million 240110;"
            " precision_usd_million 10; source_ids beta-2024"
        ),
        "  sources",
        "    one source only",
        "    beta-2024: Beta, Trade of 2023, 2024-03-07, https://beta.example/2024",
        "  used in",
        f"    {INDEX}:21:44: about 54%",
        "Explained share/import/2023: 2 rows, 1 use",
        "",
    ]


def test_a_change_says_that_it_is_signed_and_what_it_is_counted_from(story):
    """A sentence needs a sign for it, and may name its base; several sources are no
    single one.
    """
    lines = list(describe_fact(bind_project(story), "fact:growth/2023"))

    assert "  kind       change, signed" in lines
    assert "  period     2023; a sentence may also name 2022" in lines
    assert [
        line.strip().partition(":")[0]
        for line in lines[lines.index("  sources") + 1 : lines.index("  used in")]
    ] == ["alpha-2023", "beta-2023", "beta-2024"]


def test_uses_in_claims_are_uses(story):
    """A fact that a claim compares is used where the claim stands."""
    lines = list(describe_fact(bind_project(story), "total/2023"))
    column = story.read(INDEX).split("\n")[6].index("more](claim") + 1

    assert f"    {INDEX}:7:{column}: more" in lines
    assert f"    {CHART}:2:25: more each year" in lines
    assert len(lines) - lines.index("  used in") - 1 == 9


def test_a_fact_that_no_text_uses_says_so(story):
    """It can be asked for before anything is written."""
    assert list(describe_fact(bind_project(story), "total/2021"))[-2].startswith(
        f"    {CHART}:15:"
    )
    assert list(describe_fact(bind_project(story), "flow/import/2021"))[-3:-1] == [
        "  used in",
        "    no text",
    ]


def test_the_strength_of_a_source_is_told(story):
    """What a table of sources knows of strength and ownership stands behind each
    source.
    """
    text = story.read("data/sources.toml")
    fields = (
        FIELD.format(*column, "")
        for column in (("strength", "string"), ("state_media", "boolean"))
    )
    story.write("data/sources.toml", text + "".join(fields))
    head, *rows = story.read("data/sources.csv").splitlines()
    ends = ["primary,false", "primary,false", "secondary,true", "secondary,true"]
    rows = [f"{row},{end}" for row, end in zip(rows, ends, strict=True)]
    story.write(
        "data/sources.csv", "\n".join([f"{head},strength,state_media", *rows, ""])
    )

    lines = list(describe_fact(bind_project(story), "growth/2023"))

    assert [line.rpartition(" (")[2] for line in lines if "example/" in line] == [
        "primary)",
        "secondary, state media or a copy)",
        "secondary, state media or a copy)",
    ]


@pytest.mark.parametrize(
    "words", ["Trade in {yaer}", "Trade in {", "Trade } {}", "{year.real:x}"]
)
def test_a_slip_in_the_words_of_a_fact_hides_nothing(story, words):
    """A place that is no parameter, or a lone brace, stays as it is written."""
    story.replace(FACTS, 'label = "Trade in {year}"', f'label = "{words}"')

    assert f"  label      {words}" in story.run("explain", "total/2023").out


def test_without_a_name_all_facts_are_listed(story):
    """Each as authors write it, beside its label, one without words beside its name;
    then a sentence that binds it.
    """
    story.replace(FACTS, "[limit]", "[limits]")
    whole = story.run("explain").out.split("\n")
    lines = [line for line in whole if not line.startswith(" ")]

    assert [line.split() for line in lines[:3]] == [
        ["flow/NAME/YEAR", "The", "{name}", "of", "{year}"],
        ["growth/YEAR", "Change", "of", "trade", "in", "{year}"],
        ["limit", "Limit"],
    ]
    assert lines[-2:] == ["8 facts listed", ""]
    assert whole[whole.index(lines[1]) + 1].startswith(
        "    In 2023 trade [rose by 26.2%](fact:growth/2023) to ["
    )


@pytest.mark.parametrize(
    ("dimension", "label"),
    [
        ("name", "Trade with the Borsians in 2022"),
        ("land", "Trade with borsia in 2022"),
    ],
)
def test_a_thing_is_named_by_the_dimension_of_its_own_name(story, dimension, label):
    """What another dimension calls such a value may be no name: "of Borsia’s"."""
    story.write(
        WORDS,
        f'{story.read(WORDS)}\n[dimensions.{dimension}]\nborsia = ["the Borsians"]\n',
    )

    assert f"  label      {label}" in story.run(
        "explain", "partner/borsia/2022"
    ).out.split("\n")
