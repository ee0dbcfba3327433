"""The tables: a folder of CSV files with their descriptions becomes ``Data``.

Takes ``data/``: each NAME.csv, held to its NAME.toml (Table Schema in TOML). Gives
tables of typed rows, each of which remembers its file and line; or every cell, key,
range and anchor that is wrong.

* ``schema``: what a description may say, and whether a cell keeps to it: types, ranges,
  patterns, required columns.
* ``loading``: whether rows, keys, foreign keys, anchors and magnitudes are right.
* ``tables``: the values.
"""

from press.data.loading import (
    load_tables,
    pair_with_rows_before,
    parse_rows,
    replace_table_texts,
)
from press.data.schema import COUNTED, EACH_ROW, TIMES, Description, Field, Value
from press.data.tables import Data, Row, Table, add_steps_to_time, find_overdue
