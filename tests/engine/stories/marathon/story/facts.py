"""Facts of a marathon of readers, by day."""

from types import SimpleNamespace

from press.facts import Mark, Panel, Thing, citable, day

school = Thing("school")
marathon = Panel("marathon", day, school)

read = marathon.value("read")
read_to = marathon.value("read_to_day")
all_read_to = read_to.total(school)
share_to = read_to.share(school)
rank_to = read_to.rank(school)
thousand = Mark(1000, "books")

__all__ = [*citable(SimpleNamespace(**globals()))]


def bound(_data, _name, *_arguments):
    """No source says anything of what has no figure."""
