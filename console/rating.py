"""满意度评价: a visit is rated by who was served, with the code on the slip.

    form ─▶ post ─ wrong: the form again, 422, with what was typed ─▶ …
                 ─ right: handed to the providers service ─▶ 303 ─▶ thanks

The service answers the same whatever the code was, so the thanks promise nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from chassis.problems import Refused
from console import words
from console.asked import Asked
from console.pages import Shown
from console.services import Away, Rating, TooMany
from console.typed import Form, digits, only, reference
from console.words import Word

CODE_DIGITS = 8


@dataclass(frozen=True, kw_only=True)
class Typed:
    """The form as it was typed, for showing it again."""

    visit: str = ""
    code: str = ""
    stars: str = ""
    reasons: tuple[str, ...] = ()
    rated_by: str = ""


def typed(form: Form, visit: str = "") -> Typed:
    """What the form says; ``visit`` is the reference where the path has it."""
    return Typed(
        visit=visit or only(form, "visit"),
        code=only(form, "code"),
        stars=only(form, "stars"),
        reasons=tuple(dict.fromkeys(form.get("reasons", ()))),
        rated_by=only(form, "rated_by"),
    )


def mistakes(said: Typed) -> dict[str, Word]:
    """What is wrong, by field in the form's order."""
    code = digits(said.code)
    wrong = {
        "visit": None if reference(said.visit) else words.VISIT_WRONG,
        "code": _code_mistake(code),
        "stars": None if said.stars in map(str, words.STARS) else words.STARS_MISSING,
        "reasons": None if _reasons_fit(said.reasons) else words.REASONS_WRONG,
        "rated_by": None if said.rated_by in words.RATED_BY else words.RATED_BY_MISSING,
    }
    return {name: word for name, word in wrong.items() if word is not None}


def _code_mistake(code: str) -> Word | None:
    if not code:
        return words.CODE_MISSING
    right = len(code) == CODE_DIGITS and code.isascii() and code.isdigit()
    return None if right else words.CODE_WRONG


def _reasons_fit(reasons: tuple[str, ...]) -> bool:
    return len(reasons) <= words.REASONS_MAX and words.REASONS.keys() >= set(reasons)


def meant(said: Typed, county: str) -> Rating:
    """The rating that a form without mistakes hands in."""
    return Rating(
        county=county,
        visit_id=str(reference(said.visit)),
        code=digits(said.code),
        stars=int(said.stars),
        reasons=said.reasons,
        rated_by=said.rated_by,
    )


async def blank(asked: Asked) -> Shown:
    """The form, with the visit's reference where the slip's address has it."""
    return _form(asked, Typed(visit=_named(asked)), {})


async def post(asked: Asked) -> Shown:
    """Hand the rating in, or show the form again and say what is wrong."""
    said = typed(asked.form, _named(asked))
    if wrong := mistakes(said):
        return _form(asked, said, wrong, status=422)
    try:
        await asked.services.rate(meant(said, asked.county), asked.asker)
    except TooMany as error:
        return _form(asked, said, {}, status=429, notice=words.TOO_MANY, retry_s=error.retry_s)
    except Away as error:
        return _form(asked, said, {}, status=503, notice=words.AWAY, retry_s=error.retry_s)
    return Shown(to=f"/{asked.county}/rating/thanks")


async def thanks(asked: Asked) -> Shown:
    """It was received: that is all there is to say."""
    return Shown(template="thanks", values={"county": asked.county})


def _named(asked: Asked) -> str:
    """The visit that the path names; ``not_found`` where it cannot be one."""
    named = asked.path.get("visit")
    if named is None:
        return ""
    found: UUID | None = reference(named)
    if found is None:
        raise Refused("not_found")
    return str(found)


def _form(
    asked: Asked, said: Typed, wrong: Mapping[str, Word], *, status: int = 200, notice: Word | None = None,
    retry_s: int = 0,
) -> Shown:  # fmt: skip
    values = {
        "county": asked.county,
        "here": bool(asked.path.get("visit")),
        "said": said,
        "wrong": wrong,
        "notice": notice,
        "words": words,
    }
    return Shown(template="rating", values=values, status=status, retry_s=retry_s)
