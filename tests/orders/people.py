"""A county under the policy in depth, for tests about people, and identity numbers for many of them."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path
from typing import Any

from services.orders.domain.identity import check_character
from services.orders.domain.policy import Policy, read_policy
from tests.edge import Edge
from tests.orders.examples import at

PACK = Path(__file__).parents[2] / "deploy/localities/130528/0002.toml"
IN_DEPTH: Policy = read_policy(tomllib.loads(PACK.read_text(encoding="utf-8")))
_number = itertools.count(980_001)


async def fresh(edge: Edge) -> Edge:
    """The service in a county that no other test has, with Ningjin's second pack, on 10 October 2024."""
    edge.running.clock.move(at("2024-10-10"))
    edge.county = str(next(_number))
    edge.heard.clear()
    await edge.done("/v1/policies", {"document": PACK.read_text(encoding="utf-8").replace("130528", edge.county)})
    return edge


def id_number(county: str, number: int, born: str = "19401016") -> str:
    """A generated identity number."""
    first_17 = f"{county[:6]}{born}{number:03}"
    return first_17 + check_character(first_17)


def row(county: str, number: int, **changes: Any) -> dict[str, str]:
    """A row of a ledger."""
    return {
        "姓名": f"周某{number}", "身份证号码": id_number(county, number), "村代码": f"{county}100201",
        "类别": "特困人员", "自理能力": "半失能", **changes,
    }  # fmt: skip


def target(county: str, number: int, **changes: Any) -> dict[str, str]:
    """A row of a department's list."""
    return {
        "姓名": f"吴某{number}", "身份证号码": id_number(county, number), "村代码": f"{county}100201",
        "名单类别": "severe_disability", "风险等级": "高", **changes,
    }  # fmt: skip
