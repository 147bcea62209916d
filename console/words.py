"""What the pages say of codes and of what went wrong, in Chinese and English.

The codes are those of the providers service's ``POST /v1/rating-page``; a test compares them with its description.
"""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """The same in Chinese and in English."""

    zh: str
    en: str


STARS: dict[int, Word] = {
    1: Word("非常不满意", "Very dissatisfied"),
    2: Word("不满意", "Dissatisfied"),
    3: Word("一般", "So-so"),
    4: Word("满意", "Satisfied"),
    5: Word("非常满意", "Very satisfied"),
}
REASONS: dict[str, Word] = {
    "on_time": Word("准时", "On time"),
    "kind": Word("态度好", "Kind"),
    "well_done": Word("做得好", "Well done"),
    "late": Word("来晚了", "Late"),
    "rude": Word("态度不好", "Rude"),
    "hurried": Word("匆忙敷衍", "In a hurry"),
    "not_done": Word("该做的没有做", "Not all was done"),
    "unsafe": Word("做得不安全", "Not safe"),
    "asked_for_money": Word("额外要钱", "Asked for money"),
}
REASONS_MAX = 5
RATED_BY: dict[str, Word] = {
    "self": Word("本人（接受服务的人）", "I was served"),
    "guardian": Word("监护人", "Guardian"),
    "household": Word("同住的家人", "Somebody of the household"),
}

VISIT_WRONG = Word("请填写单子上的服务编号：32 位数字和字母", "Enter the 32 figures and letters on the slip")
CODE_MISSING = Word("请填写评价码：单子上的 8 位数字", "Enter the rating code: 8 digits, on the slip")
CODE_WRONG = Word("评价码应是 8 位数字，请再看一下单子", "The rating code has 8 digits: look at the slip again")
STARS_MISSING = Word("请选择满意程度，只选一项", "Choose how satisfied you are, one of the five")
REASONS_WRONG = Word(f"原因最多选 {REASONS_MAX} 项", f"Choose at most {REASONS_MAX} reasons")
RATED_BY_MISSING = Word("请选择由谁评价", "Choose who rates")
NUMBER_WRONG = Word("请填写证明上的完整编号，例如 130528-2026-000001", "Enter the whole number, as 130528-2026-000001")
COUNTY_WRONG = Word("请填写 6 位县（区）代码，例如 130528", "Enter the county's code, 6 digits, as 130528")

AWAY = Word("系统暂时连接不上，请过一会儿再试。", "The service cannot be reached just now. Please try again later.")
TOO_MANY = Word("现在请求太多，请过几分钟再试。", "Too many requests just now. Please try again in some minutes.")
KEPT = Word("您填写的内容还在下面，请过一会儿再按“提交”。", "What you entered is still below: send it again later.")


class Said(NamedTuple):
    """A page that only says something: heading, and what to do."""

    title: Word
    text: Word


BY_STATUS: dict[int, Said] = {
    400: Said(Word("请求有误", "Not understood"), Word("请返回重新填写。", "Please go back and try again.")),
    404: Said(
        Word("没有这个页面", "There is no such page"),
        Word("地址可能不完整。请重新扫码，或从首页进入。", "Perhaps it is cut off: scan again, or begin anew."),
    ),
    405: Said(
        Word("不能这样打开这个页面", "This page cannot be opened so"),
        Word("请从首页进入。", "Please begin at the first page."),
    ),
    413: Said(Word("内容太长", "Too long"), Word("请返回，少填一些。", "Please go back and enter less.")),
    414: Said(Word("地址太长", "The address is too long"), Word("请重新扫码，或从首页进入。", "Please scan again.")),
    415: Said(Word("请求有误", "Not understood"), Word("请用本站的页面填写。", "Please use the form of these pages.")),
    429: Said(Word("访问太多", "Too many requests"), TOO_MANY),
    500: Said(
        Word("系统出错了", "Something went wrong"),
        Word("不是您的错，已经记录。请过一会儿再试。", "Not your fault, and recorded. Please try again later."),
    ),
    503: Said(Word("暂时不能使用", "Not available just now"), AWAY),
}
