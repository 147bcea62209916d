"""``[orders.needs]``: how a county takes in, assesses, times, posts and forwards needs; all of it optional."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.policy_pack.entries import Body, Cite
from contracts.values import Count, Day, Many, Name, Text, Value, Yuan

Step = Literal[
    "accept", "survey", "review", "assess", "notice", "filing", "papers", "refusal_notice", "forward_receipt",
    "forward_answer",
]  # fmt: skip
"""What may take too long: from registration to acceptance and survey, from survey to review, to assessment, to notice;
papers of an urgent approval; documents asked for; handing over a refusal; a department's receipt and answer."""
Score = Annotated[int, Field(ge=0, le=10_000)]


class Question(Value):
    """A question of an instrument, answered with 0 to ``most``."""

    id: Name
    text: Text
    most: Annotated[int, Field(ge=1, le=100)]


class Dimension(Value):
    """Questions whose sum says, from ``difficult_from`` on, that here is a difficulty, and what then follows up."""

    id: Name
    name: Text
    difficult_from: Score
    follow_up: Many[Name] = ()
    question: Annotated[Many[Question], Field(min_length=1)]


class Degree(Value):
    """A degree of difficulty: reached from this sum of all answers on."""

    id: Name
    name: Text
    from_score: Score


class Instrument(Value):
    """A version of an instrument of assessment, for people of any of ``categories_any`` (none named: for everybody)."""

    id: Name
    version: Name
    name: Text
    valid_from: Day
    categories_any: Many[Name] = ()
    dimension: Annotated[Many[Dimension], Field(min_length=1)]
    degree: Annotated[Many[Degree], Field(min_length=1)]
    cite: Cite


class Clock(Value):
    """How long a step may take, in working or calendar days, the day it begins not counted.

    A step that is late is the township's to explain, and after ``escalate_after_days`` more the county's.
    """

    step: Step
    days: Count
    working: bool = True
    fast_days: Count | None = None
    escalate_after_days: Count = 3
    cite: Cite


class Document(Value):
    """A document that may be needed. ``looked_up``: it can be looked up, so nobody is asked for it (art. 62);
    ``commitment``: a signed statement may stand for it."""

    id: Name
    name: Text
    looked_up: bool = False
    commitment: bool = False
    cite: Cite


class Department(Value):
    """Another department or body to which needs are forwarded."""

    id: Name
    name: Text
    cite: Cite


class Difficulty(Value):
    """A kind of difficulty by which needs are classified."""

    id: Name
    name: Text
    cite: Cite


class Intake(Value):
    """From which channels a signed commitment is asked, and who may apply; an urgent need is never turned away."""

    commitment: Many[Name] = ()
    residence: Annotated[Many[Literal["registered", "permit", "visiting"]], Field(min_length=1)]
    cite: Cite


class Substitute(Value):
    """Who may go in a member's stead."""

    member: Name
    roles: Annotated[Many[Name], Field(min_length=1)]


class SurveyForms(Value):
    """Forms that a survey may take, and who may stand in for a member of the team."""

    forms: Annotated[Many[Literal["home", "phone", "video"]], Field(min_length=1)]
    substitute: Many[Substitute] = ()
    cite: Cite


class Limits(Value):
    """Amounts of one-time help in times the monthly standard: soft limits, exceeded with a recorded reason."""

    standard_yuan: Yuan
    urgent_from_times: Count
    urgent_to_times: Count
    other_from_times: Count
    other_to_times: Count
    cite: Cite


class Emergency(Value):
    """Between two days these bodies approve at once, and every need counts as urgent where ``all_urgent`` says so."""

    id: Name
    name: Text
    valid_from: Day
    valid_to: Day
    approves: Annotated[Many[Body], Field(min_length=1)]
    all_urgent: bool
    report_within_days: Count
    cite: Cite


class Calendar(Value):
    """Recorded holidays, and days of a week-end on which people work; without a year's entry week-ends alone rest."""

    holidays: Many[Day] = ()
    workdays: Many[Day] = ()
    cite: Cite


class Posting(Value):
    """Whether the notice in the village stays for as long as the help, instead of for the posted days."""

    long_term: bool
    cite: Cite


class Needs(Value):
    """What a county says about needs beyond roles, survey team and urgent days."""

    clock: Many[Clock] = ()
    instrument: Many[Instrument] = ()
    document: Many[Document] = ()
    department: Many[Department] = ()
    difficulty: Many[Difficulty] = ()
    intake: Intake | None = None
    survey: SurveyForms | None = None
    limits: Limits | None = None
    emergency: Many[Emergency] = ()
    calendar: Calendar | None = None
    posting: Posting | None = None
