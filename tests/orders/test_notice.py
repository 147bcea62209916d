"""The notice in the village: masked, one line a person, minors a number."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from services.orders.domain.notice import Posted, groups_of, of_a_village
from tests.orders.examples import VILLAGE, ZHAO, day
from tests.orders.needs_in_depth import NINGJIN_2

TODAY = day("2024-10-08")
posted = Posted(
    person=ZHAO, name="赵大爷", born=day("1940-10-16"), groups=("生活服务",), from_day=day("2024-10-01"),
    posted_on=day("2024-10-02"), until=day("2024-10-08"),
)  # fmt: skip
child = replace(posted, person=uuid4(), name="", born=day("2006-10-09"))


def test_who_was_erased_still_has_a_line():
    assert of_a_village(VILLAGE, TODAY, [replace(posted, name="")]).entries[0].masked == "**"


def test_a_person_has_one_line_however_many_needs():
    further = replace(posted, groups=("健康照护", "生活服务"), posted_on=day("2024-10-05"), until=day("2024-10-11"))
    notice = of_a_village(VILLAGE, TODAY, [posted, further])
    [line] = notice.entries
    assert line.groups == ("生活服务", "健康照护")
    assert (line.posted_on, line.until) == (day("2024-10-02"), day("2024-10-11"))


def test_minors_are_a_number_until_their_birthday():
    assert of_a_village(VILLAGE, TODAY, [posted, child, child]).minors == 1
    assert of_a_village(VILLAGE, day("2024-10-09"), [child]).minors == 0


def test_the_text_for_printing_names_nobody():
    text = of_a_village(VILLAGE, TODAY, [posted, child]).text
    assert "1. 赵**　生活服务　自 2024-10-01 起　公示 2024-10-02 至 2024-10-08" in text
    assert "另有未成年人 1 人" in text
    assert "大爷" not in text


def test_a_village_without_anybody_says_so():
    assert "当日无公示内容" in of_a_village(VILLAGE, TODAY, []).text


def test_items_are_shown_by_their_groups():
    shown = groups_of(("home_cleaning", "meal_help", "counselling", "no_longer_there"), NINGJIN_2.needs.group_of)
    assert len(shown) == 2
