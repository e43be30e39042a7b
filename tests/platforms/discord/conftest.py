import pytest
import simcord

from bot.platforms.discord.client import TutorClient
from tests.platforms.discord.recording import RecordingStore, RecordingTutor


@pytest.fixture
def tutor() -> RecordingTutor:
    return RecordingTutor()


@pytest.fixture
def store() -> RecordingStore:
    return RecordingStore()


@pytest.fixture
def simcord_bot(tutor: RecordingTutor, store: RecordingStore) -> TutorClient:
    """What the `simcord_env` fixture of simcord's plugin connects to its Discord in memory."""
    return TutorClient(tutor, store)


@pytest.fixture
def guild(simcord_env: simcord.Env) -> simcord.GuildHandle:
    return simcord_env.create_guild()


@pytest.fixture
def channel(guild: simcord.GuildHandle) -> simcord.ChannelHandle:
    return guild.create_text_channel("python")


@pytest.fixture
def alice(simcord_env: simcord.Env, guild: simcord.GuildHandle) -> simcord.MemberActor:
    return guild.add_member(simcord_env.create_user("alice"))
