"""Providers: who may serve, who is asked, what was done.

Owns: providers 服务供给主体 with certificates, tenders, agreements and outlets, their workers, the points of villages,
the search for who serves an order (offers with a deadline, one candidate after another, every choice explained),
visits, their exceptions and what became of each, outages, appointments, the API keys of providers' systems.
Tells: provider_found, provider_not_found, provider_released, agreement_ended, visit_completed, visit_noticed,
visit_missed, month_sealed.
Hears: orders' policy_adopted, order_opened, order_matched, order_cancelled, order_returned; settlement's
month_close_requested.
"""
