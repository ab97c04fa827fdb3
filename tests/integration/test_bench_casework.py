"""`make bench`, parts casework, pages and boards: what they measure, in houses small enough for a test."""

from tests.bench import boards, casework, pages
from tests.bench.archive import DUE_NOW, archive


def test_ticks_and_lists_of_two_sizes_are_timed_on_both_kinds_of_database():
    figures = casework.measure(sizes={"200": 200, "300": 300}, rounds=1)
    assert {"tick_300_vs_200", "idle_tick_300_vs_200", "list_300_vs_200"} <= figures.keys()
    for kind in ("sqlite", "postgresql"):
        assert figures[f"escalations_per_second_{kind}"] > 0
        assert figures[f"tick_ms_{kind}_300"] > figures[f"idle_tick_ms_{kind}_300"] > 0
    assert all(value > 0 for value in figures.values())


def test_an_archive_has_as_many_cases_as_asked_one_in_ten_open_and_only_those_asked_for_fall_due(tmp_path):
    made = archive(f"sqlite:///{tmp_path / 'archive.db'}", 1_500)
    assert (made.count(), len(made.open_ids)) == (1_500, 150)
    assert casework.climbed(made) == 0
    made.let_fall_due(DUE_NOW)
    assert casework.climbed(made) >= DUE_NOW
    assert casework.climbed(made) == 0
    made.sessions.close()


def test_every_page_is_timed_for_every_role():
    figures = pages.measure(cases=1_000, rounds=2)
    timed = {name: value for name, value in figures.items() if "_p95_ms_" in name}
    assert len(timed) == sum(len(every) for _, every in pages.READ.values())
    assert figures["slowest_p95_ms"] == max(timed.values()) > min(timed.values()) > 0


def test_boards_that_keep_themselves_fresh_are_answered_while_telephones_ring():
    figures = boards.measure(rounds=1, seconds=1.5, boards=3, every=0.3)
    assert figures["rings"] == 2 * 1.5 * boards.PER_SECOND
    assert figures["answered_anew"] == 3  # each board as it opens
    assert figures["answered_as_unchanged"] > 3
    assert figures["p99_beside_vs_alone"] == figures["p99_ms_beside"] / figures["p99_ms_alone"] > 0
