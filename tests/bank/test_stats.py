"""What is counted is what is there."""

from pathlib import Path

from core.bank.loading import load
from core.bank.proving.lockfile import Lock, Recorded
from core.bank.skeleton import make_skeleton
from core.bank.stats import Covered, Proved, Questions, Stats, count


def test_a_small_pack_is_counted_whole(tmp_path: Path) -> None:
    make_skeleton(tmp_path, "names")
    lock = Lock(
        pythons={"3.13": "3.13.0", "3.14": "3.14.2"},
        proofs={
            "claim:names-alias": Recorded(program="0", ends={"3.13": "True", "3.14": "True"}),
            "question:names-two-names": Recorded(program="1", ends={"3.14": "[1, 2]"}),
        },
        agreed={"question:other": "F1 | 3.11-3.15: yes"},
    )
    assert count(load((tmp_path,)).bank, (), [lock]) == Stats(
        competencies={"1": 1},
        questions=Questions(1, {"1": 1}, {"single": 1}, {"use": 1}, {"en": 1, "ru": 1}),
        generators={},
        claims_taught=Covered(1, 1, ()),
        claims_asked=Covered(1, 1, ()),
        misconceptions=Covered(1, 1, ()),
        terms=1,
        proofs=Proved({"3.13": 1, "3.14": 2}, 1),
    )


def test_a_claim_that_is_never_asked_is_named_and_its_further_probes_with_it(tmp_path: Path) -> None:
    make_skeleton(tmp_path, "names")
    claims = tmp_path / "competencies/names/claims.toml"
    more = "".join(f'[[claim]]\nid = "{id}"\nsays = "so"\nunprovable = "said"\n' for id in ("F1", "F1-b", "F2", "F2-b"))
    claims.write_text(claims.read_text("utf-8") + more, "utf-8")
    questions = tmp_path / "competencies/names/questions.toml"
    text = questions.read_text("utf-8").replace('claims = ["names-alias"]', 'claims = ["F1"]')
    questions.write_text(text, "utf-8")

    stats = count(load((tmp_path,)).bank, (), [])
    assert stats.claims_asked == Covered(5, 2, ("F2", "F2-b", "names-alias"))
    assert stats.claims_taught == Covered(5, 1, ("F1", "F1-b", "F2", "F2-b"))
