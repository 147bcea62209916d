"""A system's key is issued for a while, rotated without a gap, ended for good, and noted once an hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from chassis.kernel import Rejected
from services.providers.domain.system_key import (
    ACTIVE_MAX,
    NEVER,
    Credentials,
    Expire,
    Expired,
    Issue,
    Issued,
    Known,
    Revoke,
    Revoked,
    Rotate,
    Rotated,
    Use,
    Used,
    admit,
    ends_at,
)
from tests.providers.examples import A_SYSTEM_KEY, ANNING, BAIXIN, NOW

HASH, OTHER = "a" * 64, "b" * 64
REGISTERED = Known(registered=True, active=0)
ISSUE = Issue(
    provider=ANNING, label="排班系统", scopes=("orders.read",), expires_on=date(2027, 3, 31), secret_hash=HASH, at=NOW
)
ISSUED = Issued(
    provider=ANNING, label="排班系统", scopes=("orders.read",), expires_on=date(2027, 3, 31), secret_hash=HASH, at=NOW
)
LATER = NOW + timedelta(days=10)
ROTATE = Rotate(provider=ANNING, rotation=UUID(int=1), secret_hash=OTHER, overlap_hours=24, at=LATER)
ROTATED = Rotated(
    rotation=UUID(int=1), secret_hash=OTHER, former_until=LATER + timedelta(hours=24), at=LATER
)  # fmt: skip
REVOKE, REVOKED = Revoke(provider=ANNING, at=LATER), Revoked(at=LATER)
OVER = datetime(2027, 3, 31, 16, tzinfo=UTC)


def test_is_issued_to_a_registered_provider_once() -> None:
    A_SYSTEM_KEY.when(ISSUE, known=REGISTERED).then(ISSUED)
    A_SYSTEM_KEY.given(ISSUED).when(ISSUE, known=REGISTERED).then()


def test_is_not_issued_to_a_provider_nobody_knows() -> None:
    A_SYSTEM_KEY.when(ISSUE, known=Known(registered=False, active=0)).rejected("provider.unknown")


def test_lasts_from_today_to_a_year_at_most() -> None:
    today, longest = date(2026, 11, 2), date(2027, 11, 3)
    assert (longest - today).days == 366
    for last in (today, longest):
        issue = replace(ISSUE, expires_on=last, at=datetime(2026, 11, 2, 3, tzinfo=UTC))
        assert A_SYSTEM_KEY.when(issue, known=REGISTERED).events
    yesterday = replace(ISSUE, expires_on=date(2026, 11, 1), at=datetime(2026, 11, 2, 3, tzinfo=UTC))
    A_SYSTEM_KEY.when(yesterday, known=REGISTERED).rejected("key.expires_in_the_past")
    too_long = replace(ISSUE, expires_on=date(2027, 11, 4), at=datetime(2026, 11, 2, 3, tzinfo=UTC))
    A_SYSTEM_KEY.when(too_long, known=REGISTERED).rejected("key.expires_too_late", days_max=366)


def test_a_provider_has_so_many_keys_and_no_more() -> None:
    assert A_SYSTEM_KEY.when(ISSUE, known=Known(registered=True, active=ACTIVE_MAX - 1)).events
    full = A_SYSTEM_KEY.when(ISSUE, known=Known(registered=True, active=ACTIVE_MAX))
    full.rejected("key.too_many", most=ACTIVE_MAX)


def test_a_rotation_leaves_the_old_secret_for_a_while() -> None:
    rotated = A_SYSTEM_KEY.given(ISSUED).when(ROTATE, known=REGISTERED)
    rotated.then(ROTATED)
    assert (rotated.state.secret_hash, rotated.state.former_hash) == (OTHER, HASH)


def test_a_second_rotation_ends_the_oldest_secret() -> None:
    again = replace(ROTATE, rotation=UUID(int=2), secret_hash="c" * 64)
    state = A_SYSTEM_KEY.given(ISSUED, ROTATED).when(again, known=REGISTERED).state
    assert (state.secret_hash, state.former_hash) == ("c" * 64, OTHER)


def test_the_same_rotation_happens_once() -> None:
    A_SYSTEM_KEY.given(ISSUED, ROTATED).when(replace(ROTATE, secret_hash="c" * 64), known=REGISTERED).then()


def test_is_revoked_once_and_rotated_no_more() -> None:
    A_SYSTEM_KEY.given(ISSUED).when(REVOKE, known=REGISTERED).then(REVOKED)
    A_SYSTEM_KEY.given(ISSUED, REVOKED).when(REVOKE, known=REGISTERED).then()
    A_SYSTEM_KEY.given(ISSUED, REVOKED).when(ROTATE, known=REGISTERED).rejected("key.ended")


@pytest.mark.parametrize("command", [ROTATE, REVOKE])
def test_another_providers_key_is_unknown(command: Rotate | Revoke) -> None:
    stranger = replace(command, provider=BAIXIN)
    A_SYSTEM_KEY.given(ISSUED).when(stranger, known=REGISTERED).rejected("key.unknown")
    A_SYSTEM_KEY.when(command, known=REGISTERED).rejected("key.unknown")


def test_a_use_is_noted_once_an_hour() -> None:
    hour = NOW.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    used = Used(hour=hour)
    A_SYSTEM_KEY.given(ISSUED).when(Use(at=hour + timedelta(minutes=5)), known=REGISTERED).then(used)
    A_SYSTEM_KEY.given(ISSUED, used).when(Use(at=hour + timedelta(minutes=59)), known=REGISTERED).then()
    following = hour + timedelta(hours=1)
    A_SYSTEM_KEY.given(ISSUED, used).when(Use(at=following), known=REGISTERED).then(Used(hour=following))


def test_an_ended_key_is_not_used() -> None:
    A_SYSTEM_KEY.given(ISSUED, REVOKED).when(Use(at=LATER), known=REGISTERED).rejected("key.invalid")


def test_ends_by_itself_after_its_last_day() -> None:
    A_SYSTEM_KEY.given(ISSUED).when(Expire(at=OVER - timedelta(seconds=1)), known=REGISTERED).then()
    A_SYSTEM_KEY.given(ISSUED).when(Expire(at=OVER), known=REGISTERED).then(Expired(at=OVER))
    A_SYSTEM_KEY.given(ISSUED, REVOKED).when(Expire(at=OVER), known=REGISTERED).then()
    assert A_SYSTEM_KEY.given(ISSUED).when(Expire(at=OVER), known=REGISTERED).state.status == "expired"


HELD = Credentials(
    secret_hash=HASH, former_hash=OTHER, former_until=LATER, ends_at=ends_at(date(2027, 3, 31)), active=True
)


def test_the_secret_is_good_until_the_key_ends() -> None:
    admit(HELD, HASH, NOW)
    admit(HELD, HASH, OVER - timedelta(seconds=1))


def test_the_former_secret_is_good_until_its_time_is_over() -> None:
    admit(HELD, OTHER, LATER - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("held", "secret_hash", "at"),
    [
        (None, HASH, NOW), (None, "", NOW), (HELD, "c" * 64, NOW), (HELD, "", NOW), (HELD, OTHER, LATER),
        (HELD, HASH, OVER), (replace(HELD, active=False), HASH, NOW),
        (replace(HELD, former_hash="", former_until=NEVER), "", NOW),
    ],
    ids=["unknown", "unknown and empty", "wrong", "empty", "former too late", "expired", "revoked", "no former one"],
)  # fmt: skip
def test_whatever_is_wrong_the_answer_is_one(held: Credentials | None, secret_hash: str, at: datetime) -> None:
    with pytest.raises(Rejected) as rejected:
        admit(held, secret_hash, at)
    assert rejected.value == Rejected("key.invalid")
