"""Facts of a marathon of readers, by day."""

from press.facts import Mark, Panel, day

__all__ = ["all_read_to", "rank_to", "read", "read_to", "share_to", "thousand"]

marathon = Panel("marathon", day, "school")

read = marathon.value("read")
read_to = marathon.value("read_to_day")
all_read_to = read_to.total("school")
share_to = read_to.share("school")
rank_to = read_to.rank("school")
thousand = Mark(1000, "books")


def bound(_data, _name, *_arguments):
    """No source says anything of what has no figure."""
