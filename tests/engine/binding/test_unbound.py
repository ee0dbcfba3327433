"""Nothing unbound: which figures, comparisons and words that expire are found outside links."""

from __future__ import annotations

from dataclasses import replace

import pytest
from babel import Locale

from press.binding.unbound import Scanner
from press.ground.errors import Fault
from press.reading.lexicon import Lexicon
from press.reading.sentence import sentences
from press.reading.text import Text
from tests.engine.wording import ENGLISH

SILENT = [
    "It came two years before the late count.",
    "The meeting of 20–22 March 2023 was long, that on May 3–4, 2024 was short.",
    "For the record, see page 12, chapter 27 and section 301.",
    "Now that the data are in, so far as we know, the picture is clear.",
    "Dozens of men met dozens of times, hundreds of them on the M road and at the m in the word.",
    "Trade by year, billions of US dollars a year, from 2015 on",
    "The weights are given in thousands of tonnes.",
    "It passed the finish; the two sides met in three rooms, one in the east.",
    "Every first Monday they meet.",
    "The Größe of the Ærø café, π and the Сила Сибири are words.",
    "In 2000 dollars were dear; in constant 2015 dollars it is another sum.",
    "The current account, and prices in current dollars, are other tables.",
    "The 200th ship and the third million-dollar question.",
    "A dozen ships waited, hundreds of cars stood, tens of trucks crossed.",
    "Customs records and court records agree; they recorded it.",
    "In 2023 trade was [$240.1 billion](fact:total/2023).",
    "The years 2021–2023 and 2011–12 stand in the tables, 2024/25 too.",
    "The note is dated 2023-12-07, the one before 7 March.",
    "It was the 1st of many, the 20th congress, in the 21st century.",
    "The third country is Corland; a third country may follow.",
    "In the third quarter of 2023 it slowed; the quarter before was quiet.",
    "One of them was the seller.",
    "The two met twice a year.",
    "The G20 met; COVID-19 closed the border; Northern Line 2 is a plan.",
    "Chapter HS 27 holds fuels.",
    "The 24-hour shop is open.",
    "In the 1990s trade was small, and in the 2010s it was not.",
    "Customs `round(26.7)` is code and <!-- 12 comments --> nothing.",
    "See [the table](data-and-methods.md#row-12) and <https://example.org/2023/11/200>.",
    "![A chart of trade](figure-12.png)",
    "The year’s trade was [more than a third](fact:share/2023) of all.",
    "[Trade doubled in 2022](claim:more/a.2022/a.2021) and [named 200 billion](said:S1).",
    "It takes twelve months to close the books.",
    "The halfway line was not drawn.",
    "The fifth of May is a holiday.",
    "It was a record in 2023.",
    "2024 brought a record in current dollars.",
    "A year later it was known; the year before it was not.",
    "By 2024 at the latest it was due.",
    "It is the last month for which a total is known.",
    "1. the first item",
    "- a bullet with &#8217; and &nbsp; in it",
    "The CC BY 4.0 licence holds.",
    "Both ways were open in June 2020, by land and by sea.",
    "The bill was a dollar a day. The dollar fell.",
    "One by one the banks left; no one replaced them.",
    "Customs publish on or about the 7th, 9th and 18th of the month.",
    "The seven-member board voted.",
    "From one to two meetings a year are planned.",
    "The source does not say so; it speaks of tonnes and of a barrel.",
    "The road is [older](source:S1) than {count} figures.",
]
FIRES = [
    ("There were thirteen of them.", "thirteen"),
    ("They met at 12:30 then.", "12:30"),
    ("The 5G net is here.", "5G"),
    ("The line ends at 0.", "0"),
    ("The rate was 7.1 yuan.", "7.1 yuan"),
    ("A third more was sold.", "A third"),
    ("The doubling of prices was felt.", "doubling"),
    ("The trend is still up.", "is still"),
    ("Trade passed $200 billion in 2023.", "$200 billion"),
    ("It was 26.7 percent more.", "26.7 percent"),
    ("There were 25 meetings.", "25"),
    ("They counted 12,345 cars.", "12,345"),
    ("Growth was −6.9% then.", "−6.9%"),
    ("It was 3–4% then.", "3–4%"),
    ("It was $60–80 billion then.", "$60–80 billion"),
    ("It was between 9 and 10% less.", "between 9 and 10%"),
    ("Past the 300-billion line", "300-billion"),
    ("Past the $200bn line", "$200bn"),
    ("Past the US$200 million line", "US$200 million"),
    ("It cost ¥2000 then.", "¥2000"),
    ("They paid US$ 7bn.", "US$ 7bn"),
    ("It cost $2000 then.", "$2000"),
    ("It was 2023% then.", "2023%"),
    ("It came to 107 million tonnes then.", "107 million tonnes"),
    ("It cost $103 a barrel then.", "$103 a barrel"),
    ("(42)", "42"),
    ("They sold five million cars.", "five million"),
    ("It was twenty-five percent then.", "twenty-five percent"),
    ("It was 2.2 times as large.", "2.2 times as large"),
    ("It took twenty years.", "twenty years"),
    ("It was two thirds of it.", "two thirds"),
    ("It was a third of it.", "a third"),
    ("It was half of it.", "half"),
    ("One in ten cars is Ardense.", "One in ten"),
    ("It was three quarters oil.", "three quarters"),
    ("Trade doubled then.", "doubled"),
    ("It grew fivefold then.", "fivefold"),
    ("Trade was twice the sum.", "twice"),
    ("Trade was twice as large.", "twice as large"),
    ("It came three years late.", "three years"),
    ("It came two years too late.", "two years"),
    ("- item with 5 in it", "5"),
    ("![A chart with 7 lines](x.png)", "7"),
    ("See [the 200 billion goal](source:S1).", "200 billion"),
    ("See [growth](sources.md 'It was 26.7% then').", "26.7%"),
    ("[a](fact:b/2023) and $5 billion", "$5 billion"),
    ("So far it holds.", "So far"),
    ("The latest figure is in.", "latest"),
    ("It grew this year.", "this year"),
    ("A record was set.", "record"),
    ("2024 is a record.", "is a record"),
    ("The sum to date is known.", "to date"),
    ("It grew over the last year.", "over the last year"),
    ("It is not yet known.", "not yet"),
    ("Trade rose by ½ in 2023.", "½"),
    ("It was ¾% then.", "¾%"),
    ("It was 三百 then.", "三百"),
    ("Trade was a billion dollars.", "a billion dollars"),
    ("Tens of billions of dollars moved.", "Tens of billions"),
    ("It was dozens of tonnes.", "dozens of tonnes"),
    ("It was a dozen billion dollars.", "dozen billion"),
    ("It grew twelve-fold.", "twelve-fold"),
    ("Trade sextupled.", "sextupled"),
    ("Trade halves.", "halves"),
    ("It was three eighths of it.", "three eighths"),
    ("The current total is known.", "The current"),
    ("Two years ago it was so.", "ago"),
    ("Trade is rising there.", "is rising"),
    ("So-far totals are known.", "So-far"),
    ("It is a trillion-dollar affair.", "a trillion-dollar"),
    ("Billions of dollars flow each year.", "Billions"),
    ("It ran to the millions of tonnes a month.", "millions"),
    ("Its share fell by a percentage point.", "a percentage point"),
    ("It grew by an order of magnitude.", "order of magnitude"),
    ("It was CCC billion then.", "billion"),
    ("It grew by two\u2011thirds.", "two\u2011thirds"),
    ("Nine out of ten cars are Ardense.", "Nine out of ten"),
    ("Every third car is Ardense.", "Every third"),
    ("It octupled.", "octupled"),
    ("It came a year late.", "a year"),
    ("It came five years before time.", "five years"),
]
TITLES = [
    ("The two goals", "two"),
    ("One goal, missed", "One"),
    ("Three of the goals", "Three"),
    ("The twelve months", "twelve months"),
    ("Past $200 billion", "$200 billion"),
    ("Past the 300-billion line", "300-billion"),
]


def text(value, what="text", *, markdown=True):
    return Text("a.md", value, 0, 1, value, what, markdown=markdown, strict=what != "text")


def shown(words, fault):
    return " ".join(words.plain[fault.start : fault.end].split())


def unbound(words, lexicon, excepted=()):
    return lexicon.once(Scanner).unbound(words, excepted)


def comparisons(words, lexicon):
    return lexicon.once(Scanner).comparisons(words, tuple(sentences(words, lexicon)))


def found_in(words, find=unbound):
    return [shown(words, fault) for fault in find(words, ENGLISH)]


@pytest.mark.parametrize("sentence", SILENT)
def test_ordinary_words_stay_silent(sentence):
    """Dates, years, ordinals, names, code, addresses and words that only look like a number raise no alarm."""
    assert found_in(text(sentence)) == []


@pytest.mark.parametrize(("sentence", "found"), FIRES)
def test_what_no_link_proves_is_found_once(sentence, found):
    """A figure or a word that expires is found once, as a whole, at its first character."""
    words = text(sentence)
    (fault,) = unbound(words, ENGLISH)

    assert shown(words, fault) == found
    assert not words.plain[fault.start].isspace()
    assert not words.plain[fault.end - 1].isspace()


@pytest.mark.parametrize("sentence", ["Ships came in March.", *dict(FIRES)])
def test_nothing_is_passed_over_at_a_glance(sentence):
    """Plain prose is passed without a closer look, and nothing that a closer look would find."""
    assert not ENGLISH.once(Scanner).is_silent(sentence)
    assert ENGLISH.once(Scanner).is_silent(
        "Ships came, and see [a page](page-0049.md) and *that*. Wörter, die niemand zählt."
    )


@pytest.mark.parametrize("kind", ["title", "heading"])
@pytest.mark.parametrize(("title", "found"), TITLES)
def test_a_title_bears_no_number_word(title, found, kind):
    """In titles and headings even "two" is a figure."""
    words = text(title, "title", markdown=False) if kind == "title" else text(f"## {title}")

    assert found_in(words) == [found]


@pytest.mark.parametrize("scheme", ["fact", "claim", "said"])
def test_proved_words_are_not_scanned(scheme):
    """The words of a fact, a claim or a statement are held to something already."""
    assert found_in(text(f"It was [now 26.7% more, two thirds]({scheme}:a/2023) then.")) == []


@pytest.mark.parametrize("target", ["source:S1", "term:a", "sources.md", "https://example.org"])
def test_the_words_of_other_links_are_scanned(target):
    """A link that proves nothing hides no figure."""
    assert found_in(text(f"It was [26.7% more]({target}) then.")) == ["26.7%"]


def test_places_in_the_words_of_charts_are_no_figures():
    """What the story fills in is not written by hand; what stands beside it is."""
    assert found_in(text("{year}: ${value} bn, 5% up", markdown=False)) == ["5%"]


def test_figures_of_two_paragraphs_are_two():
    """A number at the end of a paragraph takes no unit from the next."""
    assert found_in(text("There were 25\n\npercent and 5\n\n% signs")) == ["25", "5"]


def test_the_message_names_the_whole_figure_and_how_to_bind_it():
    """A journalist reads what was found and can copy the link."""
    (fault,) = unbound(text("Past $200 billion"), ENGLISH)

    assert fault == Fault(
        5,
        17,
        'the number "$200 billion" has no link to a fact',
        "write [$200 billion](fact:…), or list it with a reason in exceptions.toml",
        number=True,
    )


def test_the_message_says_that_a_word_expires():
    """A word that will be false some day is told apart from a number."""
    (fault,) = unbound(text("It is larger now."), ENGLISH)

    assert fault == Fault(
        13,
        16,
        '"now" will not stay true',
        "name the month or the year instead, or say up to when the data go",
    )


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("It was a record in 2023.", []),
        ("[In 2023](fact:a/2023) it was a record.", []),
        ("It was a record. In 2023 it fell.", ["record"]),
        ("In 2023 it is a record.", ["is a record"]),
    ],
)
def test_a_record_needs_its_year(sentence, found):
    """A record of a year stays one of that year; a record of today does not."""
    assert found_in(text(sentence)) == found


def test_an_exception_allows_its_phrase_and_tells_that_it_was_needed():
    """What an exception covers is yielded with its phrase, so that it can be counted; nothing else is covered."""
    words = text("The 26 chapters, 26 of 97.")

    faults = list(unbound(words, ENGLISH, ["26 chapters", "12 months"]))

    assert [(shown(words, fault), fault.excepted) for fault in faults] == [
        ("26", "26 chapters"),
        ("26", ""),
        ("97", ""),
    ]


def test_faults_stand_in_the_order_of_the_text():
    """Digits, number words and words that expire are told from the first to the last."""
    assert found_in(text("Now two thirds, 5% and half; so far 7.")) == [
        "Now",
        "two thirds",
        "5%",
        "half",
        "so far",
        "7",
    ]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Trade rose in 2023.", ["rose"]),
        ("Trade fell each year.", ["fell", "each"]),
        ("Most of it was oil.", ["Most"]),
        ("It was the highest, the first and the largest.", ["highest", "first", "largest"]),
        ("It never fell and always rose.", ["never", "fell", "always", "rose"]),
        ("Every month was higher.", ["Every", "higher"]),
        ("It was unprecedented.", ["unprecedented"]),
        ("![Trade rose](a.png)", ["rose"]),
        ("## Trade peaked", ["peaked"]),
        ("| more | less |", ["more", "less"]),
        ("See [the highest](source:a).", ["highest"]),
        ("Trade [rose](claim:more/a.2023/a.2022) then.", []),
        ("Trade was [26.7% more](fact:a) then.", []),
        ("They [wanted more](said:a).", []),
        ("Did trade rise, and was it the first time?", []),
        ("Trade fell to its lowest?", ["fell", "lowest"]),
        ("## Trade fell?", ["fell"]),
        ("## Why trade fell?", []),
        ("Trade fell\n-----", ["fell"]),
        ("Trade soared, then plunged.", ["soared", "plunged"]),
        ("## Recovered, then lost", ["Recovered", "lost"]),
        ("## Early, and what 2022 added to the surplus", []),
        ("It rose. Did it fall?", ["rose"]),
        ("The first eleven months of 2022 were known.", []),
        ("At first, after all, they met each other.", []),
        ("Not only oil was sold, at least by pipe.", []),
        ("`more` <!-- most --> [a](more.md)", []),
        ("The riser and the almost feller met.", []),
        ("Line 7higher and room Most2 are names.", []),
        ("## The lights are down\n\nOn and on.", []),
    ],
)
def test_loose_comparisons(sentence, found):
    """A comparison that no link proves is found; a question, a span of time and a turn of phrase compare nothing."""
    assert found_in(text(sentence), comparisons) == found
    assert not (found and ENGLISH.once(Scanner).is_silent(sentence))


@pytest.mark.parametrize("name", ["300 billion dollars", "# billion", "ten percent", "fell", "so far", "now", "$ 5"])
def test_a_name_that_is_a_figure_or_a_comparison_frees_nothing(name):
    """The list of names is no way round the checker: figures belong among the exceptions, with a reason."""
    lexicon = replace(ENGLISH, names=(*ENGLISH.names, name))
    words = text(f"## It was {name.replace('#', '7')} then")

    assert [*unbound(words, lexicon), *comparisons(words, lexicon)] != []


@pytest.mark.parametrize("name", ["200-billion line", "HS 270900", "half-year", "at least", "no 97"])
def test_a_name_frees_its_digits(name):
    """A name with digits that is more than a figure and its unit is a name."""
    lexicon = replace(ENGLISH, names=(*ENGLISH.names, name))
    words = text(f"It was the {name} then.")

    assert [*unbound(words, lexicon), *comparisons(words, lexicon)] == []


def test_a_question_is_one_where_a_language_names_no_question_words():
    """Without a list every sentence with a question mark asks."""
    assert list(comparisons(text("Trade fell?"), replace(ENGLISH, questions=()))) == []


def test_the_message_names_the_comparison():
    """A journalist reads the word and can copy the link."""
    assert list(comparisons(text("Trade rose."), ENGLISH)) == [
        Fault(
            6,
            10,
            'the comparison "rose" has no link that proves it',
            "write [rose](claim:…), or leave the comparison out",
        )
    ]


def test_a_language_without_tables_knows_digits():
    """Where words.toml says nothing yet, digits still fire, and nothing else."""
    words = text("Im Jahr 2023 am 7. Dezember waren es 26,7 und mehr.")

    assert [shown(words, fault) for fault in unbound(words, Lexicon(Locale("de")))] == ["26,7"]
