"""The picture of a round: for each aspect one bar, cut by how many answered on each step."""

import pygal
from django.utils.translation import gettext as _
from pygal.style import Style

from mentoring_ext.evaluation.reports import RoundFigures
from theme.charts import Drawing, draw

BAR = 56


def chart_of(figures: RoundFigures) -> Drawing | None:
    """Draw the distribution of a round's answers, weakest aspect on top; None without answers on scales."""
    measured = [aspect for aspect in reversed(figures.aspects) if aspect.answers]
    if not measured:
        return None
    chart = pygal.HorizontalStackedBar(
        css=[],
        js=[],
        width=620,
        height=BAR * len(measured) + 40,
        show_legend=False,
        show_x_guides=False,
        show_y_guides=False,
        show_x_labels=True,
        print_values=True,
        print_zeroes=False,
        margin=4,
        spacing=8,
        no_prefix=True,
        style=Style(label_font_size=19, value_font_size=19, major_label_font_size=19),
        value_formatter=lambda value: str(int(value)),
    )
    chart.x_labels = [aspect.label for aspect in measured]
    for step, words in enumerate(figures.steps):
        chart.add(str(words), [aspect.counts[step] for aspect in measured])
    return draw(chart, _("Answers on each step, by aspect. The same numbers stand in the table."))
