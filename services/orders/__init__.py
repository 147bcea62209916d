"""Orders: from a person's need to a verified service.

Owns: the county's policy packs, beneficiaries 救助对象 with their status day by day, needs 需求, care plans 服务方案,
service orders 服务订单 with completion and verification, village notices 公示, the seal of each month.
Tells: policy_adopted, order_opened, order_matched, order_cancelled, love_order_formed, order_returned, order_verified
(with its settlement fact), order_turned_down, aid_verified (a neighbour's with a fact), bundle_month (fact),
notice_posted, month_sealed (fact).
Hears: providers' provider_found, provider_not_found, provider_released, visit_completed, visit_noticed; charity's
love_order_claimed, love_order_released, love_order_fulfilled, love_order_lapsed; settlement's month_close_requested.
"""
