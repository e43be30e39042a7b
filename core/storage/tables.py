"""Every table of the tutor. Each area keeps its own queries in its `store.py`."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from core.storage import quiz_tables as quiz_tables
from core.storage.instant import Instant
from core.storage.layout import Id
from core.storage.layout import metadata as metadata

learners = Table(
    "learners",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("language", String(2), nullable=False),
    Column("level", Integer, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("python", String(8), nullable=False),
    Column("met_at", Instant, nullable=False),
    Column("retention", Integer, nullable=False, server_default="90"),
    Column("quiet", String(11), nullable=False, server_default="22:00-08:00"),
)

pauses = Table(
    "pauses",
    metadata,
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("since", Date, primary_key=True),
    Column("until", Date, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("person", String(64), primary_key=True),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), nullable=False, index=True),
)

chats = Table(
    "chats",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("reachable", Boolean, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

sheets = Table(
    "sheets",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), nullable=False),
    Column("platform", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("question", String(64), nullable=False),
    Column("python", String(8), nullable=False),
    Column("shown", JSON, nullable=False),
    Column("picked", JSON, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("right", Boolean),
    Column("helped", Boolean, nullable=False, server_default=false()),
    Index("ix_sheets_learner_asked", "learner", "asked_at"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("sheet", ForeignKey("sheets.id", ondelete="CASCADE"), primary_key=True),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), nullable=False),
    Column("question", String(64), nullable=False, index=True),
    Column("right", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("local_date", Date, nullable=False),
    Index("ix_attempts_learner_date", "learner", "local_date"),
)

memories = Table(
    "memories",
    metadata,
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("question", String(64), primary_key=True),
    Column("card", JSON, nullable=False),
    Column("due", Instant, nullable=False),
    Column("right", Boolean, nullable=False),
    Index("ix_memories_learner_due", "learner", "due"),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("python", String(8), nullable=False),
    Column("words", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("snippet", Text),
    Column("snippet_output", Text),
)

awaited = Table(
    "awaited",
    metadata,
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("platform", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("until", Instant, nullable=False),
)

remembered = Table(
    "remembered",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

set_aside = Table(
    "set_aside",
    metadata,
    Column("question", String(64), primary_key=True),
    Column("reason", String(200), nullable=False),
    Column("at", Instant, nullable=False),
)

snippets = Table(
    "snippets",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("platform", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("message", String(64)),
    Column("code", Text, nullable=False),
    Column("stdin", Text, nullable=False),
    Column("python", String(8)),
    Column("view", JSON, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_snippets_message", "platform", "chat", "message"),
)

schedules = Table(
    "schedules",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("platform", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("topic", String(64), nullable=False),
    Column("slot", String(16), nullable=False),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), index=True),
    Column("set_by", ForeignKey("learners.id", ondelete="SET NULL"), index=True),
    Column("language", String(2), nullable=False),
    Column("level", Integer, nullable=False),
    Column("python", String(8), nullable=False),
    Column("minute", Integer, nullable=False),
    Column("days", Integer, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("quiet", String(11), nullable=False),
    Column("next_due", Instant),
    Column("next_date", Date),
    Column("last_date", Date),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("platform", "chat", "topic", "slot"),
    Index("ix_schedules_platform_next_due", "platform", "next_due"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("topic", String(64), primary_key=True),
    Column("slot", String(16), primary_key=True),
    Column("local_date", Date, primary_key=True),
    Column("schedule", ForeignKey("schedules.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("due", Instant, nullable=False),
    Column("missed", Integer, nullable=False),
    Column("lease", Instant),
    Column("claimed_by", String(64), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("outcome", String(16)),
    Column("ended_at", Instant),
    Column("message", String(64)),
    Index("ix_deliveries_platform_lease", "platform", "lease"),
)

postings = Table(
    "postings",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("platform", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("topic", String(64), nullable=False),
    Column("local_date", Date, nullable=False),
    Column("question", String(64), nullable=False),
    Column("python", String(8), nullable=False),
    Column("language", String(2), nullable=False),
    Column("shown", JSON, nullable=False),
    Column("poll", String(64)),
    Column("posted_at", Instant, nullable=False),
    UniqueConstraint("platform", "chat", "topic", "local_date"),
    Index("ix_postings_platform_poll", "platform", "poll"),
)

replies = Table(
    "replies",
    metadata,
    Column("posting", ForeignKey("postings.id", ondelete="CASCADE"), primary_key=True),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("picked", JSON, nullable=False),
    Column("right", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
)

members = Table(
    "members",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("joined_at", Instant, nullable=False),
)

exams = Table(
    "exams",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("platform", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("level", Integer, nullable=False),
    Column("python", String(8), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("deadline", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("passed", Boolean),
)

exam_questions = Table(
    "exam_questions",
    metadata,
    Column("exam", ForeignKey("exams.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("question", String(64), nullable=False),
    Column("shown", JSON, nullable=False),
    Column("picked", JSON, nullable=False),
    Column("credit", Float),
    Column("answered_at", Instant),
)
