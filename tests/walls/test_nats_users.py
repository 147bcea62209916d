"""The bus from outside the application: what each service's user may do there, and that it may do nothing else.

Each user connects with its own password as any program could.
"""

from __future__ import annotations

import json
import subprocess

import nats
import nats.errors
import pytest

from careloop import bus_file
from careloop.bus_streams import guard_streams
from careloop.embedded.nats import server_program
from chassis.bus import Bus
from chassis.bus_users import SOURCES, api_of, inbox, user_name
from chassis.config import Settings
from chassis.pull import Pull
from contracts import subjects, written
from tests.chassis.operator import operator
from tests.walls.bus_guest import (
    COUNTY,
    SERVICES,
    asks,
    each_service,
    event,
    guest,
    others,
    subjects_told,
)
from tests.walls.bus_guest import bus as bus
from tests.walls.bus_guest import own_bus as own_bus


@each_service
async def test_publishes_its_own_events_and_hints_in_any_county(bus: Settings, service: str) -> None:
    async with guest(bus, service) as user:
        assert await user.may_publish(f"careloop.990101.{service}.something")
        assert await user.may_publish(subjects.hint(service, COUNTY))


@each_service
async def test_publishes_nothing_in_anothers_name(bus: Settings, service: str) -> None:
    async with guest(bus, service) as user:
        for other in others(service):
            assert not await user.may_publish(f"careloop.{COUNTY}.{other}.something")
            assert not await user.may_publish(subjects.hint(other, COUNTY))
        assert not await user.may_publish("anything")
        assert not await user.may_publish(f"careloop.{COUNTY}")
    for other in others(service):
        assert (await subjects_told(bus, other))[:1] == [event(other).subject]


@each_service
async def test_does_nothing_to_anothers_stream(bus: Settings, service: str) -> None:
    async with guest(bus, service) as user:
        for other in others(service):
            stream = subjects.stream(other)
            config = {"name": stream, "subjects": [subjects.subjects_of(other)]}
            for what in ("PURGE", "DELETE", "UPDATE", "CREATE", "INFO", "SNAPSHOT", "RESTORE", "PEER.REMOVE"):
                assert not await user.may_publish(f"$JS.API.STREAM.{what}.{stream}", json.dumps(config).encode()), what
            for what in ("MSG.GET", "MSG.DELETE"):
                assert not await user.may_publish(f"$JS.API.STREAM.{what}.{stream}", b'{"seq": 1}'), what
            assert not await user.may_publish(f"$JS.API.DIRECT.GET.{stream}", b'{"seq": 1}')
    for other in others(service):
        assert (await subjects_told(bus, other))[:1] == [event(other).subject]


@each_service
async def test_deletes_and_purges_nothing_of_its_own_stream_either(bus: Settings, service: str) -> None:
    stream = subjects.stream(service)
    async with guest(bus, service) as user:
        for what in ("PURGE", "DELETE", "UPDATE", "MSG.DELETE"):
            assert not await user.may_publish(f"$JS.API.STREAM.{what}.{stream}", b'{"seq": 1}'), what
    weaker = {"name": stream, "subjects": [subjects.subjects_of(service)], "storage": "file"}
    answer = await asks(bus, service, f"$JS.API.STREAM.CREATE.{stream}", weaker)
    assert answer["error"]["err_code"] == 10058
    answer = await asks(bus, service, f"$JS.API.STREAM.INFO.{stream}")
    assert answer["config"]["deny_delete"]
    assert answer["config"]["deny_purge"]
    assert (await subjects_told(bus, service))[:1] == [event(service).subject]


@each_service
async def test_not_even_the_operator_deletes_a_message_or_purges(bus: Settings, service: str) -> None:
    async with operator(bus, service) as looking:
        stream = subjects.stream(service)
        config = (await looking.jetstream.stream_info(stream)).config
        assert (config.deny_delete, config.deny_purge) == (True, True)
        for refused in (
            looking.jetstream.purge_stream(stream),
            looking.jetstream.delete_msg(stream, 1),
            looking.jetstream.update_stream(config.evolve(deny_delete=False, deny_purge=False)),
        ):
            with pytest.raises(nats.js.errors.APIError):
                await refused
    assert (await subjects_told(bus, service))[:1] == [event(service).subject]


@each_service
async def test_hears_its_sources_by_its_own_durable_only(bus: Settings, service: str) -> None:
    async with guest(bus, service) as user:
        for other in SERVICES:
            stream, own, api = subjects.stream(other), other in SOURCES[service], api_of(other)
            for what in ("INFO", "MSG.NEXT", "CREATE"):
                assert await user.may_publish(f"{api}.CONSUMER.{what}.{stream}.{service}") is own, (what, other)
                assert not await user.may_publish(f"$JS.API.CONSUMER.{what}.{stream}.{service}"), (what, other)
            assert await user.may_publish(f"$JS.ACK.{stream}.{service}.1.9.9.1.0", b"+WPI") is own


@each_service
async def test_steals_acknowledges_and_removes_no_durable_of_anothers(bus: Settings, service: str) -> None:
    async with guest(bus, service) as user:
        for source, api in [*((name, api_of(name)) for name in SERVICES), *((name, "$JS.API") for name in SERVICES)]:
            stream = subjects.stream(source)
            for durable in others(service):
                for what in ("CREATE", "INFO", "DELETE", "MSG.NEXT", "PAUSE", "LEADER.STEPDOWN", "DURABLE.CREATE"):
                    assert not await user.may_publish(f"{api}.CONSUMER.{what}.{stream}.{durable}"), (what, durable)
                assert not await user.may_publish(f"$JS.ACK.{stream}.{durable}.1.1.1.1.0", b"+TERM")
            assert not await user.may_publish(f"{api}.CONSUMER.DELETE.{stream}.{service}")
            assert not await user.may_publish(f"{api}.CONSUMER.CREATE.{stream}.{service}.careloop.*.{source}.>")
            for what in ("CREATE", "NAMES", "LIST"):
                assert not await user.may_publish(f"{api}.CONSUMER.{what}.{stream}", b"{}"), what


@each_service
async def test_an_answer_of_the_servers_does_nothing_at_anothers_however_it_is_addressed(
    bus: Settings, service: str
) -> None:
    """The reply subject of a request is not asked for its permission: in one account this deletes streams."""
    source = SOURCES[service][0]
    asked = [
        f"{api_of(source)}.CONSUMER.MSG.NEXT.{subjects.stream(source)}.{service}",
        f"$JS.API.STREAM.INFO.{subjects.stream(service)}",
        f"careloop.{COUNTY}.{service}.something_else",
    ]
    addressed = [
        address
        for other in others(service)
        for address in (
            f"$JS.API.STREAM.DELETE.{subjects.stream(other)}",
            f"$JS.API.STREAM.PURGE.{subjects.stream(other)}",
            f"{api_of(other)}.STREAM.DELETE.{subjects.stream(other)}",
            event(other).subject,
            subjects.hint(other, COUNTY),
        )
    ]
    async with guest(bus, service) as user:
        for address in addressed:
            for question in asked:
                assert await user.may_publish(question, b'{"batch": 5, "no_wait": true}', reply=address)
    for other in others(service):
        told = await subjects_told(bus, other)
        assert told[:1] == [event(other).subject]
        assert {subject.split(".")[2] for subject in told} == {other}


@each_service
async def test_sees_nothing_of_server_account_and_streams(bus: Settings, service: str) -> None:
    async with guest(bus, service) as user:
        for subject in (
            "$JS.API.STREAM.LIST", "$JS.API.STREAM.NAMES", "$JS.API.INFO", "$JS.API.ACCOUNT.PURGE.$G",
            "$JS.API.META.LEADER.STEPDOWN", "$SYS.REQ.SERVER.PING", "$SYS.REQ.USER.INFO",
        ):  # fmt: skip
            assert not await user.may_publish(subject), subject
        for subject in (
            ">",
            "$SYS.>",
            "$JS.>",
            "$JS.EVENT.ADVISORY.>",
            "careloop.>",
            f"careloop.*.{service}.>",
            "hint.>",
        ):
            assert not await user.may_hear(subject), subject


@each_service
async def test_reads_no_inbox_but_its_own_and_wakes_for_its_sources_only(bus: Settings, service: str) -> None:
    async with guest(bus, service) as user:
        assert await user.may_hear(f"{inbox(service)}.anything")
        for other in others(service):
            assert not await user.may_hear(f"{inbox(other)}.>")
            assert not await user.may_publish(f"{inbox(other)}.anything")
        assert not await user.may_hear("_INBOX.>")
        assert not await user.may_hear("*.>")
        for other in SERVICES:
            assert await user.may_hear(subjects.hint(other, "*")) is (other in SOURCES[service]), other


@each_service
async def test_what_it_must_do_it_can(bus: Settings, service: str) -> None:
    own = Bus(bus.service_nats_url(service), service, service)
    await own.start()
    try:
        last = await own.last(service, COUNTY)
        assert last is not None
        await own.ensure_stream(service)
        for source in SOURCES[service]:
            subject = f"careloop.{COUNTY}.{source}.for_{service}"
            async with operator(bus, source) as telling:
                await telling.jetstream.publish(subject, b"{}")
            messages = await Pull(own, source, service).fetch(100)
            assert subject in [message.subject for message in messages]
            for message in messages:
                await message.ack()
    finally:
        await own.stop()


@pytest.mark.parametrize(
    "user", ["", "nobody:guessed", "careloop:guessed", *(f"{user_name(s)}:guessed" for s in SERVICES)]
)
async def test_without_the_right_password_nobody_connects(bus: Settings, user: str) -> None:
    async def told_already(_error: Exception) -> None:
        """The refusal is raised too."""

    host = bus.nats_url.rpartition("@")[2]
    with pytest.raises(nats.errors.Error, match=r"(?i)authorization"):
        await nats.connect(
            f"nats://{user}@{host}" if user else f"nats://{host}", allow_reconnect=False, error_cb=told_already
        )


def test_each_service_has_a_password_of_its_own() -> None:
    settings = Settings(role_secret="one secret")  # type: ignore[arg-type]
    passwords = {settings.bus_password(service) for service in SERVICES}
    assert len(passwords) == len(SERVICES)
    assert not passwords & {settings.role_password(service) for service in SERVICES}


async def test_streams_from_before_are_guarded_from_now_on(bus: Settings, own_bus: Settings) -> None:
    async with operator(own_bus, "charity") as looking:
        stream = subjects.stream("charity")
        config = (await looking.jetstream.stream_info(stream)).config
        await looking.jetstream.delete_stream(stream)
        assert await guard_streams(own_bus) == []
        await looking.jetstream.add_stream(config.evolve(deny_delete=False, deny_purge=False))
        assert await guard_streams(own_bus) == [stream]
        assert await guard_streams(own_bus) == []
        config = (await looking.jetstream.stream_info(stream)).config
        assert (config.deny_delete, config.deny_purge) == (True, True)


async def test_without_nats_no_stream_is_looked_at() -> None:
    assert await guard_streams(Settings(nats_url="nats://127.0.0.1:9"), ["orders"]) == []


def test_the_deployed_settings_are_as_they_would_be_written_now() -> None:
    assert list(written.stale(bus_file.DEPLOY, bus_file.makers())) == []


def test_the_deployed_settings_are_taken_by_the_server() -> None:
    settings = Settings(role_secret="one secret")  # type: ignore[arg-type]
    passwords = {bus_file.variable(service): settings.bus_password(service) for service in (*SERVICES, "operator")}
    command = [str(server_program()), "-t", "-c", str(bus_file.DEPLOY / "nats/nats.conf")]
    done = subprocess.run(command, env=passwords, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
