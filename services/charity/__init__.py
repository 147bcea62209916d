"""Charity: love orders on the hall, and who claims and fulfils them.

Owns: charities 慈善组织 and who acts for them, claimants 爱心人士 and 爱心企业 (names sealed), their open claims and
their record, love orders 爱心服务订单 with their pieces, holds, waiting list and expiry, low-price offers; appeals and
village funds, pledges and donations, what is behind a love order; the volunteer record and its certificates.
Tells: love_order_accepted, love_order_declined, love_order_published, love_order_claimed, claim_confirmed,
love_order_released, love_order_fulfilled, love_order_lapsed, pledge_bound, month_sealed.
Hears: orders' policy_adopted, love_order_formed, order_matched, order_cancelled, order_returned, order_verified,
order_turned_down, verification_undone; settlement's month_close_requested.
"""
