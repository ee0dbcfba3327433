"""Forms: figures become a chart that labels itself, with its table, in about ten lines
of a story.

Takes figures by time or by thing, as facts have them, each kind with the name of its
column and a colour of the story; the words of the chart say the rest. Gives what a
chart function returns.

* ``chart_data``: the figures as a table and as frames; ``cells``: how a figure is
  written in a table and beside its mark.
* ``in_time``: ``draw_columns`` and ``draw_lines``, over time; ``small_multiples``:
  ``draw_small_multiples``, a small line for each kind; ``by_thing``:
  ``draw_bars``, ``draw_joined_dots`` and ``draw_slopes_between_kinds``.
* ``axes``, ``marks``, ``layers``: what the forms are made of, for layers of a story's
  own, or for a whole chart of Altair; ``add_layers`` puts layers behind a form and over
  it.
"""

from press.forms.axes import (
    Axes,
    choose_ticks_within,
    choose_years,
    extend_scale_by_pixels,
    format_label_expression,
    format_number,
    locate_time_on_year_axis,
    make_axis_of_amounts,
    make_axis_of_times,
    make_axis_of_years,
    make_hidden_axis,
)
from press.forms.by_thing import draw_bars, draw_joined_dots, draw_slopes_between_kinds
from press.forms.cells import (
    format_label,
    list_tip_texts,
    make_cell,
    make_cell_of_upper_end,
    make_frame,
    make_tip_template,
)
from press.forms.chart_data import ChartData, FiguresOfKind
from press.forms.in_time import draw_columns, draw_lines
from press.forms.layers import (
    LayeredChart,
    add_layers,
    finish_chart,
    name_layers_by_kind,
    name_layers_by_step,
)
from press.forms.marks import (
    MarkProperties,
    describe_marks,
    draw_legend,
    draw_line,
    draw_marks,
    draw_open_dots,
    draw_texts,
    draw_ticks_between_years,
    draw_zero_line,
    flag_times_after_gaps,
    get_colour_variable,
    measure_widest_label,
    measure_widest_text,
    move_values_apart,
)
from press.forms.small_multiples import draw_small_multiples
