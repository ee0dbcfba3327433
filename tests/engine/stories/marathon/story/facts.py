"""Facts of a marathon of readers, by day."""

from press.facts import Mark, Panel, day

marathon = Panel("marathon", day, "school")

read = marathon.value("read")
read_to = marathon.value("read_to_day")
all_read_to = read_to.total("school")
share_to = read_to.share("school")
rank_to = read_to.rank("school")
thousand = Mark(1000, "books")
