"""Amounts of money in Chinese capitals 大写金额, as receipts carry them (支付结算办法, annex 1)."""

from __future__ import annotations

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")
FEN_MAX = 10**14


def in_capitals(fen: int) -> str:
    """``123405`` fen is ``壹仟贰佰叁拾肆元零伍分``, whole yuan end in ``元整``; ValueError from 10¹² yuan on."""
    if not 0 <= fen < FEN_MAX:
        raise ValueError("no amount that a receipt can carry")
    yuan, jiao, cent = fen // 100, fen // 10 % 10, fen % 10
    whole = _whole(yuan) + "元" if yuan else ""
    if not jiao and not cent:
        return (whole or "零元") + "整"
    small = DIGITS[jiao] + "角" if jiao else "零" if yuan else ""
    return whole + small + (DIGITS[cent] + "分" if cent else "整")


def _whole(number: int) -> str:
    """Groups of four places; however many places are empty between two digits, they are one zero."""
    groups = [number // 10_000**place % 10_000 for place in range(len(GROUPS))]
    text = ""
    for place in reversed(range(len(GROUPS))):
        if group := groups[place]:
            gap = group < 1000 or groups[place + 1] == 0 if text else False
            text += ("零" if gap else "") + _group(group) + GROUPS[place]
    return text


def _group(group: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + PLACES[place]
        gap = not digit
    return text
