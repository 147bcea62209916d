"""Refusals about providers, agreements, workers and keys: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "policy.none_in_force": (409, "当日没有生效的政策包", "No policy is in force on that day"),
    "policy.version_is_taken": (409, "该版本号已被另一政策包使用", "The version belongs to another pack"),
    "provider.unknown": (404, "没有该服务机构", "There is no such provider"),
    "provider.credit_code_wrong": (422, "统一社会信用代码有误", "The unified social credit code is wrong"),
    "provider.registered_already": (409, "该信用代码已登记", "The credit code is registered already"),
    "agreement.number_taken": (409, "协议编号已被占用", "The agreement number is taken by another agreement"),
    "agreement.ends_before_it_begins": (422, "协议止期早于起期", "The agreement ends before it begins"),
    "agreement.too_long": (422, "协议期限超过政策规定", "The agreement is longer than the policy allows"),
    "agreement.without_tender": (422, "须注明招投标依据", "The policy asks for a tender"),
    "worker.unknown": (404, "没有该服务人员", "There is no such worker"),
    "key.invalid": (401, "密钥无效", "The key is not valid"),
    "key.unknown": (404, "没有该密钥", "There is no such key"),
    "key.ended": (409, "密钥已撤销或到期", "The key is revoked or has expired"),
    "key.expires_in_the_past": (422, "密钥到期日已过", "The key's last day is in the past"),
    "key.expires_too_late": (422, "密钥有效期过长", "The key lasts longer than is allowed"),
    "key.too_many": (409, "有效密钥数量已达上限", "The provider has as many active keys as it may have"),
}
