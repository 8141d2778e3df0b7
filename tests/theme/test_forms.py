"""How forms are drawn."""

from datetime import date, datetime, time

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template


class Trip(forms.Form):
    name = forms.CharField(label="Name", help_text="As in your passport.")
    note = forms.CharField(label="Note", required=False)
    day = forms.DateField(label="Day")
    at = forms.TimeField(label="At")
    starts = forms.DateTimeField(label="Starts")
    way = forms.ChoiceField(label="Way", choices=[("bus", "Bus"), ("train", "Train")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="I am sure")

    def clean(self) -> None:
        if self.cleaned_data.get("note") == "wrong":
            raise ValidationError("These do not go together.")


def drawn(form: object, source: str = "{{ form }}") -> str:
    return " ".join(Template(source).render(Context({"form": form})).split())


def test_field_has_label_above_and_help_tied_to_it():
    html = drawn(Trip(), "{{ form.name.as_field_group }}")

    assert '<label for="id_name" class="field__label">Name</label>' in html
    assert '<div class="field__help" id="id_name_helptext">As in your passport.</div>' in html
    assert 'aria-describedby="id_name_helptext"' in html


def test_only_what_may_be_left_out_says_so():
    form = Trip()

    assert [
        "(optional)" in drawn(form, f"{{{{ form.{name}.as_field_group }}}}") for name in ("name", "note", "sure")
    ] == [
        False,
        True,
        False,
    ]


def test_wrong_field_is_marked_and_points_to_its_error():
    html = drawn(Trip({}), "{{ form.name.as_field_group }}")

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("name", "Write something here."),
        ("day", "Choose a day or time."),
        ("way", "Choose one."),
        ("sure", "Tick this box to go on."),
    ],
)
def test_field_left_out_says_what_to_do(name: str, words: str):
    assert Trip({}).errors[name] == [words]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        (forms.IntegerField(min_value=0), "-3", "Write 0 or a higher number."),
        (forms.IntegerField(max_value=5), "9", "Write 5 or a lower number."),
        (forms.CharField(max_length=3), "four", "Write at most 3 characters. These are 4."),
        (forms.EmailField(), "anna", "Write a whole e-mail address, such as anna@example.org."),
    ],
)
def test_wrong_value_says_how_to_mend_it(field: forms.Field, typed: str, words: str):
    wrong = type("Wrong", (forms.Form,), {"thing": field})

    assert wrong({"thing": typed}).errors["thing"] == [words]


def test_own_words_for_a_field_left_out_are_kept():
    class Own(forms.Form):
        name = forms.CharField(error_messages={"required": "Tell us your name."})

    assert Own({}).errors["name"] == ["Tell us your name."]


def test_choices_are_a_group_with_a_legend():
    html = drawn(Trip(), "{{ form.way.as_field_group }}")

    assert (html.startswith("<fieldset"), '<legend class="field__label">Way</legend>' in html) == (True, True)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("day", date(2026, 5, 12), 'type="date" name="day" value="2026-05-12"'),
        ("at", time(17, 0), 'type="time" name="at" value="17:00"'),
        ("starts", datetime(2026, 5, 12, 17, 0), 'type="datetime-local" name="starts" value="2026-05-12T17:00"'),
    ],
)
def test_days_and_times_use_the_browsers_own_inputs(name: str, value: object, expected: str):
    assert expected in drawn(Trip(initial={name: value}), f"{{{{ form.{name} }}}}")


def test_what_the_native_inputs_send_is_understood():
    form = Trip({"day": "2026-05-12", "at": "17:00", "starts": "2026-05-12T17:00"})

    assert [name for name in ("day", "at", "starts") if name in form.errors] == []


def test_a_widget_of_ones_own_stays():
    class Own(forms.Form):
        day = forms.DateField(widget=type("MyDate", (forms.DateInput,), {}))

    assert 'type="text"' in drawn(Own(), "{{ form.day }}")


def test_a_wrong_day_is_kept_as_typed():
    assert 'value="32 May"' in drawn(Trip({"day": "32 May"}), "{{ form.day }}")


def test_summary_links_to_each_wrong_field():
    html = drawn(Trip({"note": "wrong"}), "{% form_summary form %}")

    assert "<li>These do not go together.</li>" in html
    assert '<a href="#id_name">Name</a>: Write something here.' in html
    assert '<a href="#id_way_0">Way</a>: Choose one.' in html


def test_summary_is_empty_while_nothing_is_wrong():
    assert [drawn(form, "{% form_summary form %}") for form in (Trip(), forms.Form({}))] == ["", ""]


def test_errors_of_the_whole_form_are_said_once():
    with_summary = drawn(Trip({"note": "wrong"}), "{% form_summary form %}{{ form }}")
    without = drawn(Trip({"note": "wrong"}))

    assert (with_summary.count("These do not go together."), without.count("These do not go together.")) == (1, 1)


def test_hidden_fields_are_sent_along():
    class Hidden(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput, initial="abc")

    assert drawn(Hidden()) == '<input type="hidden" name="token" value="abc" id="id_token">'


def test_formset_shows_each_form_on_a_card():
    html = drawn(forms.formset_factory(Trip, extra=2)())

    assert (html.count('class="card stack"'), "form-TOTAL_FORMS" in html) == (2, True)
