"""Settlement against the second engine of ``tests/oracle``, written apart from the same papers."""

from tests.oracle.duel import duel


def test_two_engines_answer_alike_on_a_hundred_and_fifty_generated_counties() -> None:
    assert list(duel(range(150))) == []
