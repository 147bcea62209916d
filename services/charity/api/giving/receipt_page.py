"""A receipt as text to print: the same values as the answer, one a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.charity.domain.ledger import MONEY

WIDTH = 40


def page_of(told: Mapping[str, Any]) -> str:
    """Chinese, UTF-8; a void receipt says so in its first line."""
    amount = (
        f"人民币（大写）{told['in_capitals']}  ￥{told['amount'] // 100}.{told['amount'] % 100:02d}"
        if told["what"] == MONEY
        else f"物资 {told['what']}  {told['amount']} 件"
    )
    lines = [
        "捐赠票据（已作废）" if told["standing"] == "void" else "捐赠票据",
        "─" * WIDTH,
        f"编号：{told['receipt']}",
        f"捐赠人：{told['donor'] or '未具名'}",
        f"捐赠：{amount}",
        f"用途：{told['purpose']}",
        f"日期：{told['day'].isoformat()}",
        f"受赠人：{told['charity_name']}",
        f"统一社会信用代码：{told['credit_code']}",
        "─" * WIDTH,
    ]
    return "\n".join(lines) + "\n"
