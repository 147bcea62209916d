"""What is open by what it is: operations that tell of others, or name them, on purpose."""

from __future__ import annotations

COUNTY_BOOKS = {
    "providers GET /v1/coverage/villages",
    "providers GET /v1/market",
    "providers GET /v1/tenders",
    "providers GET /v1/tenders/{tender_id}",
    "providers GET /v1/workers",
    "providers GET /v1/workers/{worker_id}",
    "settlement GET /v1/grades",
    "settlement GET /v1/rulings",
    "settlement GET /v1/statements",
    "settlement GET /v1/statements/{statement_id}",
    "settlement GET /v1/statements/{statement_id}/certificate",
    "settlement GET /v1/statements/{statement_id}/lines/{line}/why",
}
"""What a township reads of the whole county: the register of workers, and what the county pays for (money.cedar)."""
OPEN_BOOKS = {
    "charity GET /v1/certificates/{number}",
    "orders GET /v1/spot-check-batches",
    "orders GET /v1/spot-check-batches/{batch_id}",
    "orders GET /v1/spot-check-batches/{batch_id}/published",
    "providers GET /v1/published-findings",
}
"""Published so that anybody may check: draws by ids and codes, what was found of providers, whether a certificate is
genuine. Persons are in none of them."""
RECORDED = {
    f"charity POST /v1/claimants/{{claimant_id}}/{what}"
    for what in ("skills", "suitability", "guardian-consent", "block", "unblock")
}
"""What any charity of the county records of a claimant, before there is a claim."""
OWN_BUSINESS = {
    "charity POST /v1/charities",
    "charity POST /v1/claimants",
    "charity POST /v1/love-orders/{order_id}/claims",
    "charity POST /v1/love-orders/{order_id}/waiting-list",
    "charity POST /v1/offers",
    *RECORDED,
    "charity POST /v1/appeals",
    "charity POST /v1/certificates/verification",
    "charity POST /v1/photos",
    "charity POST /v1/pledges",
    "charity POST /v1/village-funds",
    "orders POST /v1/complaint-progress",
    "orders POST /v1/complaints",
    "orders POST /v1/imports",
    "orders POST /v1/inspectors",
    "orders POST /v1/policies",
    "orders POST /v1/spot-check-batches/{batch_id}/commitments",
    "orders POST /v1/spot-check-batches/{batch_id}/numbers",
    "orders POST /v1/spot-checks/{year}/batches",
    "orders POST /v1/spot-checks/{year}/close",
    "providers POST /v1/duties",
    "providers POST /v1/grade-rounds",
    "providers POST /v1/matching-batches",
    "providers POST /v1/outages",
    "providers POST /v1/photos",
    "providers POST /v1/places",
    "providers POST /v1/providers",
    "providers POST /v1/rating-page",
    "providers POST /v1/tenders",
    "providers POST /v1/travel-times",
    "settlement POST /v1/allocations",
    "settlement POST /v1/grades",
    "settlement POST /v1/months/{month}/close",
    "settlement POST /v1/overrides",
    "settlement POST /v1/rulings",
    *(f"{service} POST /v1/parked/{{source}}/{{position}}/retry"
      for service in ("orders", "providers", "charity", "settlement")),
}  # fmt: skip
"""Commands that are about the caller's own county or itself, whatever they name; what is in the hall can be claimed."""
TELLING = {
    *OPEN_BOOKS,
    "charity GET /v1/charities/{charity_id}",
    "charity GET /v1/donors",
    "charity GET /v1/pots/{pot_id}",
    "charity POST /v1/donations",
    "charity POST /v1/pledges",
    "orders POST /v1/spot-check-batches/{batch_id}/commitments",
    "orders POST /v1/spot-check-batches/{batch_id}/numbers",
    "charity POST /v1/love-orders/{order_id}/claims",
    "charity POST /v1/love-orders/{order_id}/waiting-list",
    *RECORDED,
}
"""Everybody sees in the hall what can be claimed, in the registers which charities and pots there are, and which lists
are drawn from; a batch belongs to its whole county."""
