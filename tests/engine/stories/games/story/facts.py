"""Facts of the Lake Games, declared from the shape of their table."""

from press.facts import Mark, Panel, year

games = Panel("games", year, "team")

gold, silver = games.value("gold"), games.value("silver")
golds = gold.total("team")
gold_share = gold.share("team")
gold_rank = gold.rank("team")
gold_change, gold_growth, gold_multiple = gold.change(), gold.growth(), gold.multiple()
gold_so_far = gold.added_up()
teams = games.things_of("team", "teams")
hundred = Mark(100, "gold medals")
