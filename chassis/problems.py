"""Refusals as RFC 9457 problem details: one table of codes, Chinese and English titles, HTTP status.

A problem never echoes what was sent: it names a code, plain facts and the places that are wrong. General codes stand
here; a service adds its own in ``Service.refusals``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from chassis.kernel import Plain, Rejected

MEDIA_TYPE = b"application/problem+json"

Refusal = tuple[int, str, str]
"""HTTP status, Chinese title, English title."""

GENERAL: Mapping[str, Refusal] = {
    "request.malformed": (400, "不是有效的 HTTP 请求", "This is no HTTP request"),
    "header.repeated": (400, "请求头重复", "A header is given twice"),
    "header.too_large": (431, "请求头过大", "The headers are too large"),
    "header.too_slow": (408, "请求头发送过慢", "The headers took too long to arrive"),
    "path.malformed": (400, "路径格式不正确", "The path has an encoded slash, a control character, or is not UTF-8"),
    "path.too_long": (414, "路径过长", "The path is too long"),
    "query.too_long": (414, "查询参数过长", "The query is too long"),
    "not_found": (404, "没有找到", "Not found"),
    "method_not_allowed": (405, "不支持该方法", "Method not allowed"),
    "internal": (500, "系统内部错误，已记录", "Internal error, recorded"),
    "route.sunset": (410, "该接口已停用，请改用后继接口", "This route has ended; its successor is in the header Link"),
    "rate.limited": (429, "请求过于频繁，请稍后再试", "Too many requests; wait as long as Retry-After says"),
    "overloaded": (503, "系统繁忙，请稍后重试", "Too many requests are waiting; try again later"),
    "unavailable": (503, "服务暂不可用，请用同一幂等键重试", "Unavailable; try again with the same Idempotency-Key"),
    "not_ready": (503, "服务尚未就绪", "Not ready"),
    "token.missing": (401, "缺少访问令牌", "A bearer token is needed"),
    "token.invalid": (401, "访问令牌无效", "The token is not valid"),
    "token.expired": (401, "访问令牌已过期", "The token has expired"),
    "forbidden.role": (403, "该角色无权进行此操作", "The caller's role may not do this"),
    "forbidden.scope": (403, "令牌的权限范围不含此操作", "The token's scopes do not cover this"),
    "forbidden.owner": (403, "只能操作本单位的数据", "The caller may act only on what is its own"),
    "forbidden.township": (403, "只能操作本乡镇的数据", "The caller may act only on its own township"),
    "forbidden.conflict": (403, "同一人不得办理此两项职责", "One person may not do both of these"),
    "forbidden.field": (403, "不可按无权查看的内容筛选或排序", "No filter or sort by what the caller does not see"),
    "forbidden.county": (403, "无权访问该县区", "The caller may not act on this county"),
    "county.missing": (400, "请用 Careloop-County 指明县区", "Name the county in the header Careloop-County"),
    "county.malformed": (400, "县区代码格式不正确", "The county code is malformed"),
    "idempotency_key.missing": (400, "缺少幂等键 Idempotency-Key", "The header Idempotency-Key is needed"),
    "idempotency_key.malformed": (400, "幂等键格式不正确", "An Idempotency-Key is 1 to 128 visible ASCII characters"),
    "idempotency_key.reused": (422, "幂等键已用于另一请求", "The Idempotency-Key was used for another request"),
    "precondition.missing": (428, "须用 If-Match 指明所见版本", "Name the version you saw in the header If-Match"),
    "precondition.failed": (412, "所见版本已变化，请重新读取", "It is not as you saw it any more; read it again"),
    "precondition.malformed": (400, "条件请求头格式不正确", "If-Match or If-None-Match is malformed"),
    "body.media_type": (415, "请求体须为 UTF-8 编码的 application/json", "The body must be application/json in UTF-8"),
    "body.encoded": (415, "请求体不得压缩", "The body must not be compressed"),
    "body.too_slow": (408, "请求体发送过慢", "The body took too long to arrive"),
    "body.too_large": (413, "请求体过大", "The body is too large"),
    "body.missing": (400, "缺少请求体", "A body is needed"),
    "body.unexpected": (400, "此操作不接受请求体", "This operation takes no body"),
    "body.incomplete": (400, "请求体不完整", "The body ended too early"),
    "body.byte_order_mark": (400, "请求体不得带字节顺序标记", "The body must not begin with a byte order mark"),
    "body.not_utf8": (400, "请求体不是 UTF-8", "The body is not UTF-8"),
    "body.nul": (400, "请求体含有空字符", "The body contains a NUL character"),
    "body.surrogate": (400, "请求体含有不成对的代理字符", "The body contains a lone surrogate"),
    "body.not_finite": (400, "请求体含有非有限数值", "The body contains a number that is not finite"),
    "body.number_too_long": (400, "请求体含有过长的数字", "The body contains a number with too many digits"),
    "body.duplicate_key": (400, "请求体含有重复的键", "The body contains a key twice"),
    "body.too_deep": (400, "请求体嵌套过深", "The body is nested too deeply"),
    "body.malformed": (400, "请求体不是有效的 JSON", "The body is not valid JSON"),
    "body.invalid": (422, "请求内容不符合要求", "The body does not have the right shape"),
    "photo.empty": (400, "没有图片内容", "The upload is empty"),
    "photo.too_large": (413, "图片文件过大，请压缩后上传", "The picture file is too large"),
    "photo.not_a_picture": (415, "不是 JPEG、PNG 或 WebP 图片", "This is no JPEG, PNG or WebP picture"),
    "photo.svg": (415, "不接受 SVG：它可以带有脚本", "SVG is not taken: it may carry scripts"),
    "photo.heic_not_taken": (415, "不接受 HEIC，请让手机以 JPEG 拍摄或转换", "HEIC is not taken: send JPEG"),
    "photo.type_wrong": (415, "Content-Type 与图片实际格式不符", "Content-Type names another format than it has"),
    "photo.too_many_pixels": (422, "图片像素过多", "The picture has too many pixels"),
    "photo.more_than_one": (422, "不接受动图或多幅图", "The file holds several pictures or an animation"),
    "photo.trailing_data": (422, "图片之后附有其他数据，不予接受", "There are other data after the end of the picture"),
    "photo.broken": (422, "图片已损坏或不完整", "The picture is broken or incomplete"),
    "photo.lost": (503, "图片文件目前读不到", "The picture is not where it was kept"),
    "photo.store_away": (503, "图片存储暂不可用，请用同一幂等键重试", "Pictures cannot be kept or read now; try again"),
    "photo.too_slow": (422, "图片处理超时", "The picture took too long to read"),
    "query.unknown": (400, "未知的查询参数", "Unknown query parameter"),
    "query.repeated": (400, "查询参数重复", "A query parameter is given twice"),
    "query.invalid": (400, "查询参数格式不正确", "A query parameter is malformed"),
    "query.missing": (400, "缺少查询参数", "A query parameter is missing"),
    "sort.unknown": (400, "不支持的排序", "The list cannot be sorted so"),
    "constraint.violated": (409, "与已有记录冲突，未作任何更改", "In conflict with what is recorded"),
    "export.too_many_rows": (422, "行数超过单个文件的上限，请缩小范围", "Too many rows for a file; ask for less"),
    "cursor.invalid": (400, "分页游标无效", "The cursor does not belong to this query"),
    "clock.fixed": (403, "此部署的时钟不可拨动", "The clock of this deployment cannot be moved"),
    "feed.too_many_waiting": (503, "等待事件的连接过多", "Too many callers wait for events"),
    "parked.no_consumer": (503, "此进程不运行消费者", "This process runs no consumer"),
    "person.erased": (410, "该人员的个人信息已被销毁", "This person's personal data have been destroyed"),
    "vault.purpose_missing": (400, "查阅个人信息须说明用途", "Reading personal data needs a purpose"),
}


class Place(NamedTuple):
    """Something wrong at a place of the request: ``items[2].units``, ``int_type``; never the value itself."""

    place: str
    code: str


class Refused(Rejected):
    """A refusal of the HTTP edge: a rejection that may also name places and response headers."""

    def __init__(
        self,
        code: str,
        *,
        places: tuple[Place, ...] = (),
        headers: tuple[tuple[bytes, bytes], ...] = (),
        **facts: Plain,
    ) -> None:
        super().__init__(code, **facts)
        self.places = places
        self.headers = headers


@dataclass(frozen=True)
class Problem:
    """A refusal ready to be sent: status, JSON bytes, headers beyond content type and length; and its code."""

    status: int
    body: bytes
    headers: tuple[tuple[bytes, bytes], ...] = ()
    code: str = "internal"


class Problems:
    """All codes one service may answer with; its own may not hide a general one."""

    def __init__(self, refusals: Mapping[str, Refusal]) -> None:
        hidden = sorted(GENERAL.keys() & refusals.keys())
        if hidden:
            raise ValueError(f"refusals that are general already: {', '.join(hidden)}")
        self._refusals = {**GENERAL, **refusals}

    def __contains__(self, code: str) -> bool:
        return code in self._refusals

    def of(self, code: str) -> Refusal:
        """Status and titles of ``code``; a code nobody declared is a conflict without an explanation."""
        return self._refusals.get(code, (409, "请求被拒绝", "The request is refused"))

    def answer(self, refusal: Rejected) -> Problem:
        """The problem that tells of ``refusal``."""
        status, title, title_en = self.of(refusal.code)
        told: dict[str, object] = {
            "type": f"urn:careloop:problem:{refusal.code}",
            "title": title,
            "title_en": title_en,
            "status": status,
            "code": refusal.code,
        }
        if refusal.facts:
            told["facts"] = refusal.facts
        headers: tuple[tuple[bytes, bytes], ...] = ()
        if isinstance(refusal, Refused):
            headers = refusal.headers
            if refusal.places:
                told["errors"] = [{"place": place, "code": code} for place, code in refusal.places]
        if status == 401:
            headers = (*headers, (b"www-authenticate", _challenge(refusal.code)))
        elif status == 503:
            headers = (*headers, (b"retry-after", b"1"))
        return Problem(status, msgspec.json.encode(told), headers, refusal.code)


def _challenge(code: str) -> bytes:
    """RFC 6750, section 3: no error is named where no token was given."""
    return b'Bearer realm="careloop"' if code == "token.missing" else b'Bearer realm="careloop", error="invalid_token"'


SCHEMA: Mapping[str, object] = {
    "title": "Problem",
    "description": "RFC 9457. `code` is stable; `facts` and `errors` never echo what was sent.",
    "type": "object",
    "required": ["type", "title", "title_en", "status", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "中文"},
        "title_en": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "facts": {"type": "object", "additionalProperties": {"type": ["string", "integer", "boolean", "null"]}},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["place", "code"],
                "properties": {"place": {"type": "string"}, "code": {"type": "string"}},
            },
        },
    },
}
"""The JSON schema of a problem, for the OpenAPI description."""
