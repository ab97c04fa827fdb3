"""One way to the cases, one to the clock, none from a verb to the world outside."""

import ast

import grimp
import pytest

from tests.house.project import PACKAGES, code

FROM_A_SESSION = frozenset({"delete", "get", "get_one", "query", "refresh"})
IN_A_QUERY = frozenset(
    {"aliased", "delete", "exists", "insert", "join", "join_from", "outerjoin", "select", "select_from", "update"}
)
READING = FROM_A_SESSION | IN_A_QUERY
MAY_READ_CASES = {
    "models/visible.py": "the one way to the cases",
}
MAY_COUNT_NUMBERS = {("models/casework/filing.py", "_free_number"): "asks whether a number is free, sees no case"}
CLOCKS = {"models/clock.py": "the county's clock", "gateway/exchange/times.py": "the exchange's own clock"}
MOMENTS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "strftime", "ctime", "asctime"},
    "func": {"now", "current_timestamp", "current_date", "localtimestamp", "sysdate"},
}
OUTSIDE = (
    "redis",
    "rq",
    "httpx",
    "requests",
    "urllib",
    "http",
    "socket",
    "smtplib",
    "subprocess",
    "twilio",
    "vosk",
    "flask",
)


def readings(tree, name="Petition"):
    """Every query that starts from or joins the cases, as (innermost function, line)."""
    found = []

    def walk(node, function):
        if isinstance(node, ast.FunctionDef):
            function = node.name
        if (
            isinstance(node, ast.Call)
            and called(node) in READING
            and any(names(part, name) for part in arguments(node))
        ):
            found.append((function, node.lineno))
        for child in ast.iter_child_nodes(node):
            walk(child, function)

    walk(tree, "")
    return found


def called(call):
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def arguments(call):
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def names(part, name):
    return any(
        (isinstance(node, ast.Name) and node.id == name) or (isinstance(node, ast.Attribute) and node.attr == name)
        for node in ast.walk(part)
    )


def clock_reads(tree):
    """Lines on which the clock of the machine or of the database is read. time.monotonic measures, it tells no date."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in MOMENTS.get(last_name(node.value), ())
    ]


def last_name(node):
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def test_cases_are_read_in_one_place_only():
    found = {
        (name, function, line)
        for name, tree in code(*PACKAGES)
        for function, line in readings(tree)
        if name not in MAY_READ_CASES and (name, function) not in MAY_COUNT_NUMBERS
    }
    assert not found


@pytest.mark.parametrize(
    "line",
    [
        "select(Petition)",
        "select(Petition.number)",
        "select(func.count(Petition.id))",
        "select(petition.Petition)",
        "session.get(Petition, 7)",
        "session.get_one(Petition, 7)",
        "session.query(Petition)",
        "select(func.count()).select_from(Petition)",
        "select(Call).join(Petition, Call.petition_id == Petition.id)",
        "select(Unit).outerjoin(Petition)",
        "update(Petition).values(held=False)",
        "exists(Petition)",
    ],
)
def test_no_other_way_to_the_cases_goes_unseen(line):
    assert readings(ast.parse(line))


@pytest.mark.parametrize("line", ["visible(by).where(Petition.number == number)", "Petition(number=number)"])
def test_narrowing_what_may_be_seen_is_no_reading(line):
    assert not readings(ast.parse(line))


def test_no_page_or_webhook_reads_words_past_the_case_they_belong_to():
    found = {
        (name, noun, line)
        for name, tree in code("gateway")
        if not name.startswith("gateway/exchange/")  # the carrier's own recordings
        for noun in ("Statement", "Recording", "HistoryLine")
        for _, line in readings(tree, noun)
    }
    assert not found


def test_only_the_clocks_read_the_clock():
    found = {name: clock_reads(tree) for name, tree in code(*PACKAGES) if name not in CLOCKS and clock_reads(tree)}
    assert not found


@pytest.mark.parametrize(
    "line", ["datetime.now(UTC)", "datetime.datetime.now()", "date.today()", "time.time()", "func.now()"]
)
def test_no_look_at_the_clock_goes_unseen(line):
    assert clock_reads(ast.parse(line))
    assert not clock_reads(ast.parse("time.monotonic() - since"))


def test_a_verb_of_casework_touches_nothing_outside_the_database():
    graph = grimp.build_graph(*PACKAGES, cache_dir=None, include_external_packages=True)
    verbs = sorted(graph.find_children("models.casework"))
    reached = {
        (verb, far) for verb in verbs for far in OUTSIDE if far in graph.modules and graph.chain_exists(verb, far)
    }
    assert verbs
    assert not reached
