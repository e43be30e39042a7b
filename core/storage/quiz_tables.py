"""The tables of the group quizzes: a game is rows, and nothing of it lives in memory alone."""

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text, false

from core.storage.instant import Instant
from core.storage.layout import Id, metadata

games = Table(
    "games",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("platform", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("topic", String(64), nullable=False),
    Column("host", ForeignKey("learners.id", ondelete="SET NULL"), index=True),
    Column("subject", String(64), nullable=False),
    Column("level", Integer, nullable=False),
    Column("language", String(2), nullable=False),
    Column("python", String(8), nullable=False),
    Column("mode", String(8), nullable=False),
    Column("rounds", Integer, nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("may_change", Boolean, nullable=False),
    Column("phase", String(8), nullable=False),
    Column("round", Integer, nullable=False),
    Column("until", Instant),
    Column("left_ms", Integer),
    Column("interrupted", String(8)),
    Column("lobby", String(64)),
    Column("made_at", Instant, nullable=False),
    Column("begun_at", Instant),
    Column("ended_at", Instant),
    Column("worker", String(64)),
    Column("lease", Instant),
    Index(
        "uq_games_live",
        "platform",
        "chat",
        "topic",
        unique=True,
        sqlite_where=Column("ended_at").is_(None),
        postgresql_where=Column("ended_at").is_(None),
    ),
    Index("ix_games_platform_ended", "platform", "ended_at"),
    Index("ix_games_platform_chat", "platform", "chat"),
)

players = Table(
    "players",
    metadata,
    Column("game", ForeignKey("games.id", ondelete="CASCADE"), primary_key=True),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("name", String(64), nullable=False),
    Column("team", Integer),
    Column("joined_round", Integer, nullable=False),
    Column("out_round", Integer),
    Column("left", Boolean, nullable=False, server_default=false()),
    Column("score", Integer, nullable=False),
    Column("streak", Integer, nullable=False),
    Column("best_streak", Integer, nullable=False),
    Column("right", Integer, nullable=False),
    Column("rating", Integer),
    Column("rating_change", Integer),
)

rounds = Table(
    "rounds",
    metadata,
    Column("game", ForeignKey("games.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("question", String(64), nullable=False),
    Column("shown", JSON, nullable=False),
    Column("message", String(64)),
    Column("poll", String(64), index=True),
    Column("shown_at", Instant),
    Column("closes_at", Instant),
    Column("closed_at", Instant),
    Column("skipped", Boolean, nullable=False, server_default=false()),
    Column("fed_to", Id),
    Column("fed_at", Instant),
    Index(
        "ix_rounds_unfed",
        "closed_at",
        sqlite_where=Column("fed_at").is_(None),
        postgresql_where=Column("fed_at").is_(None),
    ),
)

answers = Table(
    "answers",
    metadata,
    Column("game", ForeignKey("games.id", ondelete="CASCADE"), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("response", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("after_ms", Integer, nullable=False),
    Column("right", Boolean),
    Column("points", Integer),
)

ratings = Table(
    "ratings",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("season", String(8), primary_key=True),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("name", String(64), nullable=False),
    Column("mu", Float, nullable=False),
    Column("sigma", Float, nullable=False),
    Column("games", Integer, nullable=False),
    Column("wins", Integer, nullable=False),
)
