"""What both loops of the month came to: love orders from claim to certificate, verification from exception to cause.

Counted from the services' lists, and where a list does not tell it from their logs: how many events of each kind stand
there since the beginning. Noughts are printed: each row names all there is to count, so that it can be seen what did
not happen. What *happens* (``Row.counts``) is never nought in a county's month; of what it *is* at the moment
(``Row.states``: all statuses, kinds or channels that there are) much may be.

Races: who claims too late is refused and, unless it asks for it, does not wait (decision 0023). A refusal leaves no
event and no kept answer, so each race's answers are noted by ``claiming`` when they came; as many races were lost as
claims were answered with ``claim.no_place_left``, whoever then asked to wait (``queued`` in the log, at most as many).
A race that a killed run had not noted is asked again by the next one, before anything else happens to the order, with
the same keys and to the same effect: so none is missing and none counts twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from careloop.demo.caller import BUREAU
from careloop.demo.claiming import HELD, LOST, RACED
from careloop.demo.marks import COUNTY
from careloop.demo.stage import Stage
from careloop.demo.world import claimants
from careloop.output import yuan
from services.charity.domain.love_order import state as love_order
from services.orders.domain import appeal, cause, complaint, correction, referral
from services.providers.domain import exception, finding, grading, month_grade, visit

NONE = "none"
"""What a thing's status is before it exists; no row shows it."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the summary, without leaving out a nought; ``besides`` are figures that are no counts."""

    counts: Mapping[str, int]
    states: Mapping[str, int] = field(default_factory=dict)
    besides: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """First what happened, then, behind a stroke, what there is of each state."""
        told = {**self.counts, **self.besides}
        parts = [", ".join(f"{name} {figure}" for name, figure in some.items()) for some in (told, self.states) if some]
        return " | ".join(parts)

    @property
    def noughts(self) -> list[str]:
        """What did not happen."""
        return [name for name, figure in self.counts.items() if not figure]


Rows = dict[str, Row]


async def count(stage: Stage, month: str) -> Rows:
    """All rows of both loops by their name."""
    logs = {name: await _log(stage, name) for name in ("orders", "providers", "charity")}
    return {
        **await _love(stage, logs["charity"]),
        **await _lists(stage, logs["charity"]),
        **await _claims(stage, logs["charity"]),
        **await _money(stage, logs["charity"]),
        **await _checks(stage, month),
        **await _exceptions(stage, month),
        **await _desk(stage, logs["orders"]),
        **await _grades(stage, month, logs["providers"]),
        **await _tickets(stage),
    }


async def not_raised(stage: Stage, month: str) -> list[str]:
    """Codes of the county's catalogue that no visit of the month raised."""
    raised = {row["code"] for row in await _of_month(stage, month)}
    catalogue = await stage.caller.get("providers", "/v1/exception-codes", by=BUREAU)
    return [one["code"] for one in catalogue["items"] if one["code"] not in raised]


async def _log(stage: Stage, service: str) -> Counter[str]:
    """How many events of each kind a service's log holds."""
    query = f"select topic, count(*) as number from {service}.events where county = $1 group by topic"
    rows = await stage.connection.fetch(query, COUNTY)
    return Counter({row["topic"]: row["number"] for row in rows})


async def _rows(stage: Stage, service: str, path: str, **query: str) -> list[dict[str, Any]]:
    return await stage.caller.rows(service, path, by=BUREAU, **query)


def _counted(rows: list[dict[str, Any]], by: str) -> Counter[str]:
    return Counter(str(row[by]) for row in rows)


def every(counted: Mapping[str, int], names: Iterable[str], *, without: Iterable[str] = ()) -> dict[str, int]:
    """The figure of each of ``names``; then of whatever else was counted, so that nothing is kept back."""
    left = {NONE, *without}
    known = [name for name in names if name not in left]
    return {name: counted.get(name, 0) for name in dict.fromkeys([*known, *sorted(set(counted) - left)])}


async def _love(stage: Stage, log: Counter[str]) -> Rows:
    rows = await _rows(stage, "charity", "/v1/love-orders")
    states = every(_counted(rows, "status"), get_args(love_order.Status))
    told = ("referred", "accepted", "declined", "published", "closed", "lapsed")
    return {
        "爱心订单 love orders": Row(counts={"love orders": len(rows)}, states=states),
        "转介、发布 referred": Row(counts={name: log[f"charity.love_order.{name}"] for name in told}),
    }


async def _lists(stage: Stage, log: Counter[str]) -> Rows:
    lists = await _rows(stage, "orders", "/v1/referrals")
    counts = {
        "lists": len(lists),
        "people": sum(row["people"] for row in lists),
        "content decided": log["charity.referral.content_decided"],
        "sent back": log["charity.referral.person_sent_back"],
    }
    return {"转介名单 lists": Row(counts=counts, states=every(_counted(lists, "state"), get_args(referral.Stage)))}


async def _claims(stage: Stage, log: Counter[str]) -> Rows:
    known = [
        await stage.caller.get("charity", f"/v1/claimants/{one.id}/reliability", by=BUREAU)
        for one in claimants(stage.people)
    ]
    told = [told for name, told in stage.notes.ids.items() if name.startswith(RACED)]
    answers, event = Counter(" ".join(told).split()), "charity.love_order."
    counts = {
        "asked at once": answers.total(),
        "held at once": log[f"{event}claimed"],
        "races lost": answers[LOST],
        "asked to wait": log[f"{event}queued"],
        "promoted from waiting": log[f"{event}promoted"],
        "confirmed": log[f"{event}confirmed"],
        "fulfilled": log[f"{event}fulfilled"],
        "shares of money": log[f"{event}share_received"],
        **{name: sum(one[key] for one in known) for name, key in ENDS.items()},
    }
    otherwise = answers.total() - answers[LOST] - answers[HELD]
    return {"认领 claims": Row(counts=counts, states={"refused for other reasons": otherwise})}


ENDS = {"withdrawals": "withdrawals", "no-shows": "no_shows", "holds run out": "lapsed"}


async def _money(stage: Stage, log: Counter[str]) -> Rows:
    donations = await _rows(stage, "charity", "/v1/donations")
    received = sum(row["amount"] for row in donations if row["what"] == "money")
    given = {
        "donations": len(donations),
        "pledges": log["charity.pledge.made"],
        "set aside": log["charity.pot.allotted"],
    }
    volunteers = {
        "deeds counted": log["charity.service_entry.counted"],
        "certificates": log["charity.certificate.issued"],
    }
    return {
        "捐赠 donations": Row(counts=given, besides={"yuan": yuan(received)}),
        "志愿服务 volunteers": Row(counts=volunteers),
    }


async def _checks(stage: Stage, month: str) -> Rows:
    year = await stage.caller.get("orders", f"/v1/spot-checks/{month[:4]}", by=BUREAU)
    counts = {name: year[name] for name in ("judged", "listed", "drawn", "checked", "rejected")}
    counts["numbers withheld"] = sum(one["times"] for one in year["withheld"])
    share = {"share inspected": f"{year['share'] / 100:.2f} %"}
    states = {name: year[name] for name in ("open", "owed", "extra")}
    return {"抽查 checks": Row(counts=counts, besides=share, states=states)}


async def _of_month(stage: Stage, month: str) -> list[dict[str, Any]]:
    """The exceptions of visits of the month."""
    return [row for row in await _rows(stage, "providers", "/v1/exceptions") if row["day"].startswith(month)]


async def _exceptions(stage: Stage, month: str) -> Rows:
    told = await _of_month(stage, month)
    codes, states = Counter(f"{row['code']}({row['colour']})" for row in told), _counted(told, "state")
    resolved = ("acknowledged", "mended", "upheld")
    return {
        "异常 exceptions": Row(counts={"exceptions": len(told)}, states=dict(sorted(codes.items()))),
        "异常颜色 by colour": Row(counts=every(_counted(told, "colour"), get_args(visit.words.Colour))),
        "异常处理 resolutions": Row(
            counts={name: states[name] for name in resolved},
            states=every(states, get_args(exception.words.Status), without=resolved),
        ),
    }


async def _desk(stage: Stage, log: Counter[str]) -> Rows:
    appeals = await _rows(stage, "orders", "/v1/appeals")
    corrections = await _rows(stage, "orders", "/v1/corrections")
    return {
        "验收申诉 appeals": Row(
            counts={"appeals": len(appeals)}, states=every(_counted(appeals, "state"), get_args(appeal.Stage))
        ),
        "撤回验收 undone": Row(counts={"judgements": log["orders.order.undone"]}),
        "更正 corrections": Row(
            counts={"corrections": len(corrections)},
            states=every(_counted(corrections, "kind"), get_args(correction.Kind)),
        ),
        "差错性质 causes": Row(counts={}, states=every(_counted(corrections, "cause"), cause.CAUSES)),
    }


async def _grades(stage: Stage, month: str, log: Counter[str]) -> Rows:
    grades = await _rows(stage, "providers", "/v1/month-grades", month=month)
    findings = await _rows(stage, "providers", "/v1/findings")
    told = await stage.caller.get("providers", "/v1/satisfaction", by=BUREAU, month=month)
    averages = [one["average"] for one in told["items"] if one["average"] is not None]
    by_grade = Counter(str(row["grade"] or row["status"]) for row in grades)
    stars = f"{sum(averages) / len(averages) / 100:.2f}" if averages else "–"
    names = [*(band.grade for band in grading.BANDS), *get_args(month_grade.words.Status)]
    signed = ("issued", "objected", "rejudged")
    return {
        "月度考核 grades": Row(
            counts={"grades": sum(bool(row["grade"]) for row in grades)},
            states=every(by_grade, names, without=[name for name in signed if not by_grade[name]]),
        ),
        "整改 findings": Row(
            counts={"findings": len(findings)},
            states=every(_counted(findings, "status"), get_args(finding.words.Status)),
        ),
        "满意度 ratings": Row(counts={"ratings": log["providers.rating.rated"]}, besides={"average of stars": stars}),
    }


async def _tickets(stage: Stage) -> Rows:
    rows = await _rows(stage, "orders", "/v1/complaints")
    anonymous = sum(bool(row["anonymous"]) for row in rows)
    channels = every(_counted(rows, "channel"), get_args(complaint.words.Channel))
    states = every(_counted(rows, "state"), get_args(complaint.state.Stage))
    return {
        "投诉、热线 tickets": Row(counts={"tickets": len(rows), "anonymous": anonymous}, states={**channels, **states})
    }
