"""Those who must act: clerks who listen and share out, units that answer, delay, ignore or send back, inspectors, and
whoever knocks on doors.
"""

from datetime import timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.casework import ending, extending, handling, returning, sealed, transcript, triage
from models.lifecycle import ENDED, UNACCEPTED, UNANSWERED, Status
from models.permissions import SYSTEM, Role
from models.petition import Petition
from models.tasks import PersonTask
from models.visible import visible
from tests.prove.year.rhythm import at_work
from tests.prove.year.town import Town, case_of
from tests.prove.year.villagers import Villagers, is_told

TEMPERS = {"prompt": 80, "slow": 8, "ignores": 4, "bounces": 4, "extends": 4}
DAYS_TO_ANSWER = {
    "prompt": (0.1, 2.0),
    "slow": (2.0, 9.0),
    "extends": (3.0, 12.0),
    "bounces": (1.0, 5.0),
    "ignores": (12.0, 40.0),
}
CLOSED_AFTER = 7  # days in which she may say what she thinks of it
REFUSED, SHARED_AGAIN, WITHDRAWN, RELEASED = 0.02, 0.4, 0.01, 0.6
NOBODY_HOME = 0.3


class Officers:
    def __init__(self, town: Town, villagers: Villagers) -> None:
        self._town = town
        self._villagers = villagers
        villagers.dissatisfied = self._to_the_unit
        self._chance = town.chance("officers")
        self._seen = 0
        self._pressing: set[int] = set()
        self._tasks_seen = 0

    def look(self) -> None:
        """What has come since the last look: each new case is somebody's to review, each task somebody's to do."""
        with self._town.sessions.reading() as session:
            new = visible(SYSTEM).where(Petition.id > self._seen).with_only_columns(Petition.id, Petition.urgency)
            cases = dict(session.execute(new).all())
            tasks = list(session.scalars(select(PersonTask.id).where(PersonTask.id > self._tasks_seen)))
        self._seen = max(cases, default=self._seen)
        self._tasks_seen = max(tasks, default=self._tasks_seen)
        for case, urgency in cases.items():
            if urgency == "normal":
                self._soon(self.review, case, hours=self._chance.expovariate(1.5))
            else:
                self._town.after(self.review, case, minutes=self._chance.uniform(1, 6))  # somebody is always awake
        for task in tasks:
            self._soon(self.visit, task, hours=self._chance.uniform(0.5, 30))

    def review(self, case: int) -> None:
        """Somebody listens to a case, puts the words right, and says where it belongs."""
        whose = self._town.do(self._hear, case)
        if whose == "inspectors":
            self._inspect(case)
        elif whose == "clerks":
            self._town.do(self._sort, case)
            self._to_the_unit(case)

    def visit(self, task: int) -> None:
        """Somebody calls back or knocks; when nobody is at home, again another day."""
        reached = self._chance.random() >= NOBODY_HOME
        done = self._town.do(partial(self._do_task, reached=reached), task)
        if done == "again":
            self._soon(self.visit, task, hours=20)
        elif done:
            self.told(int(done))

    def told(self, case: int) -> None:
        """If she knows the answer now, she may rate it; after a week without a word it is closed."""
        with self._town.sessions.reading() as session:
            her = is_told(session, case)
        if her:
            self._villagers.told(case, *her)
            self._soon(self._close, case, days=CLOSED_AFTER)

    def _inspect(self, case: int) -> None:
        """The discipline office listens; most of what the guard held is no report."""
        inspector = self._one_of(Role.INSPECTOR)
        if self._chance.random() < RELEASED and self._town.do(self._release, case, inspector):
            self._soon(self.review, case, hours=2)
        else:
            self._to_the_unit(case)

    def _release(self, session: Session, case: int, inspector: object) -> bool:
        sealed.release(session, case_of(session, case), by=inspector, county=self._town.county, now=self._town.now())
        return True

    def _hear(self, session: Session, case: int) -> str:
        """Who has heard it and put its words right; nobody what has ended."""
        petition = case_of(session, case)
        if petition.status in ENDED:
            return "nobody"
        if petition.urgency != "normal":
            self._pressing.add(case)
        by = self._one_of(Role.INSPECTOR if petition.held else Role.CLERK)
        waiting = {one.id: self._true_words(one) for one in petition.statements if one.confirmed_at is None}
        if waiting:
            transcript.confirm(session, petition, waiting, by=by, county=self._town.county, now=self._town.now())
        return "inspectors" if petition.held else "clerks"

    def _true_words(self, statement: object) -> str:
        return self._town.truth.words.get(statement.call_id or 0) or statement.words or "听不清"

    def _sort(self, session: Session, case: int) -> None:
        """A clerk refuses, withdraws at her word, joins to her own earlier case, or says whose it is."""
        petition, chance, clerk = case_of(session, case), self._chance.random(), self._one_of(Role.CLERK)
        at = {"by": clerk, "now": self._town.now()}
        if petition.held or petition.status not in {Status.RECEIVED, Status.ACCEPTED, Status.ASSIGNED, Status.BOUNCED}:
            return
        earlier = self._earlier(session, petition)
        if earlier is not None:
            ending.merge(session, petition, earlier, county=self._town.county, **at)
        elif chance < REFUSED and petition.status != Status.ASSIGNED:
            how = {"ground": "private", "advice": "可以请村里调解", "county": self._town.county}
            ending.refuse(session, petition, **how, **at)
        elif chance < REFUSED + WITHDRAWN:
            ending.withdraw(session, petition, **at)
        elif petition.status != Status.ASSIGNED or self._chance.random() < SHARED_AGAIN:
            self._share_out(session, petition)

    def _earlier(self, session: Session, petition: Petition) -> Petition | None:
        """Her own case about the very same, still unanswered."""
        if not petition.caller_hash:
            return None
        hers = visible(SYSTEM).where(Petition.caller_hash == petition.caller_hash, Petition.id < petition.id)
        same = hers.where(
            Petition.held.is_(False), Petition.status.in_(UNANSWERED), Petition.category == petition.category
        )
        return session.scalar(same.order_by(Petition.id.desc()).limit(1))

    def _share_out(self, session: Session, petition: Petition) -> None:
        county = self._town.county
        category = petition.category or self._chance.choice(list(county.taxonomy.categories))
        unit = petition.unit_id or petition.route.get("unit") or petition.village_id or "xfj"
        arbiter = returning.needs_arbiter(petition)
        by = self._one_of(Role.SUPERVISOR if arbiter else Role.CLERK)
        whose = {"unit_id": unit, "category": category, "village_id": petition.village_id}
        triage.assign(session, petition, **whose, by=by, county=county, now=self._town.now())

    def _to_the_unit(self, case: int) -> None:
        (temper,) = self._chance.choices(list(TEMPERS), list(TEMPERS.values()))
        if temper == "bounces":
            self._soon(self._bounce, case, hours=self._chance.uniform(1, 12))
        if case in self._pressing and temper != "ignores":
            self._town.after(self._take_up, case, temper, minutes=self._chance.uniform(1, 7))
            return
        wait = self._chance.uniform(150, 400) if temper == "ignores" else self._chance.expovariate(0.4)
        self._soon(self._take_up, case, temper, hours=wait)

    def _bounce(self, case: int) -> None:
        if self._town.do(self._send_back, case):
            self._soon(self.review, case, hours=3)

    def _send_back(self, session: Session, case: int) -> bool:
        petition = case_of(session, case)
        if petition.held or petition.unit_id is None:
            return False
        other = self._chance.choice(["nyj", "slj", "jtys", petition.unit.parent_id or "mzj"])
        how = {"rule": "power", "proposed_id": other, "county": self._town.county, "now": self._town.now()}
        returning.bounce(session, petition, **how, by=self._town.cadre(petition.unit_id))
        return True

    def _take_up(self, case: int, temper: str) -> None:
        status = self._town.do(self._accept, case)
        if status in UNACCEPTED:
            self._soon(self.review, case, days=2)
        if status != Status.HANDLING:
            return
        if temper == "extends":
            self._soon(self._ask_for_time, case, days=1)
        self._soon(self._answer, case, 0, days=self._chance.uniform(*DAYS_TO_ANSWER[temper]))

    def _accept(self, session: Session, case: int) -> Status:
        petition = case_of(session, case)
        if petition.status == Status.ASSIGNED:
            handling.accept(session, petition, by=self._of(petition), now=self._town.now())
        return Status(petition.status)

    def _ask_for_time(self, case: int) -> None:
        if self._town.do(self._ask, case):
            self._soon(self._grant, case, hours=self._chance.uniform(1, 20))

    def _ask(self, session: Session, case: int) -> bool:
        petition = case_of(session, case)
        at = {"by": self._of(petition), "county": self._town.county, "now": self._town.now()}
        extending.ask(session, petition, "要等专家来看", **at)
        return True

    def _grant(self, case: int) -> None:
        granted = self._chance.random() < 0.7
        self._town.do(partial(self._decide, granted=granted), case)

    def _decide(self, session: Session, case: int, *, granted: bool) -> None:
        at = {"by": self._one_of(Role.SUPERVISOR), "county": self._town.county, "now": self._town.now()}
        extending.decide(session, case_of(session, case), granted=granted, **at)

    def _answer(self, case: int, tries: int) -> None:
        if not self._town.do(self._reply, case) and tries < 3:
            self._soon(self._answer, case, tries + 1, days=1)

    def _reply(self, session: Session, case: int) -> bool:
        petition = case_of(session, case)
        if petition.status != Status.HANDLING:
            return False
        handling.reply(session, petition, "已经派人看过，修好了", by=self._of(petition), now=self._town.now())
        return True

    def _do_task(self, session: Session, task: int, *, reached: bool) -> object:
        """The case she was told about, "again" when nobody was there."""
        row = session.get_one(PersonTask, task)
        if row.done_at is not None:
            return None
        by = self._one_of(Role.INSPECTOR if row.held else Role.CLERK)
        if reached:
            self._town.truth.reached.add(task)
        handling.task_done(
            session, row, "说了" if reached else "没有人接", reached=reached, by=by, now=self._town.now()
        )
        return row.petition_id if reached else "again"

    def _close(self, case: int) -> None:
        with self._town.sessions.reading() as session:
            petition = case_of(session, case)
            held = petition.held
        by = self._one_of(Role.INSPECTOR if held else Role.CLERK)
        self._town.do(lambda session: handling.close(session, case_of(session, case), by=by, now=self._town.now()))

    def _of(self, petition: Petition) -> object:
        return self._one_of(Role.INSPECTOR) if petition.held else self._town.cadre(petition.unit_id)

    def _one_of(self, role: Role) -> object:
        return self._chance.choice(self._town.by_role[role])

    def _soon(self, deed: object, *about: object, **how_long: float) -> None:
        """Not before so long, and not while offices are closed."""
        late = self._town.now() + timedelta(**how_long)
        self._town.later(at_work(late, self._town.county.calendar, self._chance), deed, *about)
