"""Commands in groups, each beside its like: policy, export, audit, authz, park, certificate, spotcheck."""

from __future__ import annotations

from pathlib import Path

from cyclopts import App

policy = App(name="policy", help="Check and publish locality policy packs.")
export = App(name="export", help="Write what others compute with.")
audit = App(name="audit", help="Verify, export and import the tamper-evident county logs.")
authz = App(name="authz", help="Who may do what: check the policies against their examples.")
certificate = App(name="certificate", help="Certificates of volunteer service.")
park = App(name="park", help="Events that could not be applied: see them, try them again.")
spotcheck = App(name="spotcheck", help="Spot checks: draw again what was published.")
GROUPS = (policy, export, audit, authz, park, certificate, spotcheck)


@export.command(name="facts")
def export_facts(*, county: str = "130528") -> int:
    """Print all facts of a county in the exchange form, one JSON object a line."""
    from careloop.replay import export_facts as run

    return run(county)


@export.command(name="policies")
def export_policies(folder: Path, *, county: str = "130528") -> int:
    """Write the policy packs a county has adopted, one file each, as the statements' second half of the export."""
    from careloop.replay import export_policies as run

    return run(county, folder)


@policy.command
def check(file: Path) -> int:
    """Explain every mistake of a policy pack by its place; 1 if there is any."""
    from careloop.policy import check as run

    return run(file)


@policy.command
def publish(file: Path, *, county: str = "", subject: str = "bureau-1") -> int:
    """Publish a policy pack through the orders service; it reaches all services by event."""
    from careloop.policy import publish as run

    return run(file, county, subject)


@audit.command
def verify() -> int:
    """Check both hash chains of every service and county, from the first row to the head; 1 if one is broken."""
    from careloop.auditing import verify as run

    return run()


@audit.command
def canaries() -> int:
    """Search logs, bus, tables and exports for what ``demo --canary`` planted; 1 if it is anywhere but in the vault."""
    from careloop.auditing import search as run

    return run()


@audit.command(name="export")
def audit_export(folder: Path, *, county: str = "", key: Path | None = None) -> int:
    """Write the logs as JSON Lines with their hashes, for deploy/audit/verify_log.py and for an import.

    Parameters
    ----------
    key
        An Ed25519 private key (PEM) that signs the heads.
    """
    from careloop.auditing import export as run

    return run(folder, county, key)


@audit.command(name="import")
def audit_import(folder: Path) -> int:
    """Write an export into an empty database, every link checked, and rebuild all views."""
    from careloop.auditing import import_ as run

    return run(folder)


@park.command(name="list")
def park_list(*, county: str = "") -> int:
    """Every parked event of every service: where it stands, what it is, why it is parked."""
    from careloop.park import list_ as run

    return run(county)


@park.command(name="show")
def park_show(service: str, county: str, source: str, position: int) -> int:
    """One parked event with its body."""
    from careloop.park import show as run

    return run(service, county, source, position)


@spotcheck.command(name="verify")
def spotcheck_verify(*places: str) -> int:
    """Draw published batches again, from files or addresses (token in CARELOOP_TOKEN); 1 if one is not as it was told.

    Parameters
    ----------
    places
        What ``GET /v1/spot-check-batches/{id}/published`` answers: files, or that address itself.
    """
    from careloop.spotcheck import verify as run

    return run(places)


@certificate.command(name="verify")
def certificate_verify(file: Path, *, keys: Path) -> int:
    """Check a certificate's document offline, character for character.

    Parameters
    ----------
    file
        The document as its holder has it.
    keys
        The county's public keys: the answer of charity's ``GET /v1/certificate-keys?county=``, as a file.
    """
    from careloop.certificate import verify

    return verify(file, keys)


@authz.command(name="check")
def authz_check(folder: Path | None = None) -> int:
    """Say what is wrong with the policies in a folder (the deployment's): not valid, or an example answered wrongly."""
    from careloop.authz import check as run

    return run(folder)


@park.command(name="retry")
def park_retry(service: str, county: str, source: str, position: int) -> int:
    """Try a parked event again, and those of its aggregate that wait behind it."""
    from careloop.park import retry as run

    return run(service, county, source, position)
