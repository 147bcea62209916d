"""Refusals about photos and packets of devices: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "visit.phone_not_allowed": (422, "该项目不得以电话代替上门", "The item is not served by phone"),
    "visit.photo_unknown": (422, "照片须先上传再引用", "A picture is uploaded before a visit names it"),
    "device.unknown": (404, "没有该终端", "There is no such device"),
    "device.key_malformed": (422, "公钥不是有效的 Ed25519 公钥", "The public key is no Ed25519 key"),
    "device.key_used": (409, "该公钥已登记在另一终端", "Another device has this public key"),
    "packet.device_revoked": (409, "该终端已停用，不再接受其数据包", "The device is revoked"),
    "packet.signature_wrong": (422, "数据包签名不正确", "The packet's signature is wrong"),
    "packet.sequence_used": (409, "该序号已用于另一数据包", "The number was used for another packet"),
    "packet.sequence_too_far": (422, "数据包序号跳得过远", "The number is too far ahead of the last one"),
    "packet.signed_in_the_future": (422, "签名时间晚于当前时间", "The packet was signed in the future"),
}
