"""Settlement: what everybody is owed, from facts alone, to the fen, and why.

Owns    the journal of facts, funds, grades, rulings, the close of months, statements with their approval and payment.
Tells   policy_known, fund_allocated, cap_overridden, provider_graded, ruling_made (its own facts),
        month_close_requested, month_closed, statement_finalised.
Hears   every public event of orders, providers and charity that carries a fact; seals; notices; adopted policies.

The engine (``domain.engine``) is pure: the same ``settle`` serves drafts, closes, replays and simulations. A fact's
``position`` is the public position in its source's log; settlement's own facts are read from its own public log.
"""
