"""What texts may cite of the Winter Games, declared from the shape of their table."""

from press.facts import Mark, Panel, year

games = Panel("games", year, "team")

gold, silver = games.value("gold"), games.value("silver")
golds = gold.total("team")
gold_share = gold.share("team")
gold_rank = gold.rank("team")
gold_change, gold_multiple = gold.change(), gold.multiple()
gold_so_far = gold.added_up()
teams = games.things_of("team", "teams")
thirty = Mark(30, "gold medals")
