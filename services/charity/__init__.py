"""Charity: love orders on the hall, and who claims and fulfils them.

Owns: charities 慈善组织, claimants 爱心人士 and 爱心企业 (names sealed) with their open claims, love orders
爱心服务订单 with their places, holds, waiting list and expiry.
Tells: love_order_published, love_order_claimed, love_order_released, love_order_fulfilled, love_order_lapsed,
month_sealed.
Hears: orders' policy_adopted, love_order_formed, order_matched, order_cancelled, order_returned; settlement's
month_close_requested.
"""
