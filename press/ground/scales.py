"""The words by which amounts are counted in powers of ten: in units of tables, and in
texts.
"""

SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
