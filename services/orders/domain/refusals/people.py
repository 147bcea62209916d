"""Refusals about people and their files: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "beneficiary.unknown": (404, "没有该救助对象", "There is no such person"),
    "beneficiary.duplicate": (409, "该人员已登记", "This person is registered already"),
    "beneficiary.id_number_wrong": (422, "身份证号码不正确", "The identity number is wrong"),
    "beneficiary.born_differs": (422, "出生日期与身份证号码不一致", "The birthday differs from the identity number"),
    "beneficiary.born_in_the_future": (422, "出生日期在未来", "The birthday lies in the future"),
    "beneficiary.region_wrong": (422, "村、乡镇、县代码不一致", "Village, township and county do not fit"),
    "beneficiary.died": (409, "该救助对象已去世", "The person has died"),
    "beneficiary.death_day_wrong": (422, "去世日期不正确", "The day of death is wrong"),
    "beneficiary.discharged_before_admitted": (422, "出院早于入院", "Discharged before admitted"),
}
