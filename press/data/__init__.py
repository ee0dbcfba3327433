"""The tables: a folder of CSV files with their descriptions becomes ``Data``.

Takes ``data/``: each NAME.csv, held to its NAME.toml (Table Schema in TOML). Gives
tables of typed rows, each of which remembers its file and line; or every cell, key,
range and anchor that is wrong.

* ``fields``: types of columns, and whether a cell keeps to its column; ``schema``: what
  a description says; ``descriptions``: whether it may.
* ``records``: the rows of a file; ``cross_checks``: whether foreign keys, anchors,
  magnitudes and times are right; ``loading``: the folder.
* ``tables``: the values.
"""

from press.data.cross_checks import yield_rows_with_predecessors
from press.data.fields import COUNTED, TIMES, Field, Value
from press.data.loading import load_tables, replace_table_texts
from press.data.records import parse_rows
from press.data.schema import EACH_ROW, TableDescription
from press.data.tables import (
    Data,
    Row,
    Table,
    add_steps_to_time,
    list_problems_of_overdue_tables,
)
