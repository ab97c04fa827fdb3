"""Who hears of a case on whose clock time runs out: which telephones stand behind the words of the county's ladder."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.casework import telling
from models.escalation import Hearer
from models.people import Officer
from models.permissions import Role
from models.petition import Petition
from models.places import Unit

HANDLERS = frozenset({Role.CADRE, Role.CLERK, Role.INSPECTOR})


@dataclass(frozen=True)
class Ear:
    """A telephone that can hear, and whose it is: an officer's, or a unit's duty phone."""

    number: str
    officer_id: int | None = None
    unit_id: str | None = None


class Roll:
    """Everybody with a telephone, read once for all the cases of one pass."""

    def __init__(self, session: Session) -> None:
        self._session = session
        with_phone = select(Officer).where(Officer.active, Officer.number.is_not(None)).order_by(Officer.id)
        self._officers = list(session.scalars(with_phone))

    def ears(self, petition: Petition, hearers: Iterable[Hearer]) -> list[Ear]:
        """Whoever must hear of this case, each telephone once; of what is held, the discipline office alone."""
        wanted = (Hearer.DISCIPLINE,) if petition.held else hearers
        found = [ear for hearer in wanted for ear in self._of(hearer, petition)]
        return list({ear.number: ear for ear in found}.values())

    def duty_of_the_county(self) -> list[str]:
        """Who is told when the house itself is in trouble: the county's duty phone, or the supervisors."""
        return [ear.number for ear in self._duty(self._unit(telling.COUNTY)) or self._supervisors()]

    def _of(self, hearer: Hearer, petition: Petition) -> list[Ear]:
        unit = petition.unit or self._unit(telling.COUNTY)
        match hearer:
            case Hearer.HANDLER:
                return self._all_of(unit)
            case Hearer.HEAD:
                return self._heads(unit) or self._above(unit)
            case Hearer.TOWNSHIP:
                return self._above(unit)
            case Hearer.COUNTY:
                return self._supervisors()
            case Hearer.DISCIPLINE:
                return self._inspectors() or self._duty(self._unit(telling.DISCIPLINE))

    def _all_of(self, unit: Unit | None) -> list[Ear]:
        """The duty phone and the officers of a unit; where it has none, those of the first unit above it that has."""
        while unit is not None:
            ears = self._duty(unit) + self._people(_handles(unit))
            if ears:
                return ears
            unit = self._unit(unit.parent_id)
        return self._supervisors()

    def _above(self, unit: Unit | None) -> list[Ear]:
        """The duty phone of the unit above; where it has none, whoever can hear there or further up."""
        above = self._unit(unit.parent_id) if unit else None
        return self._duty(above) or self._all_of(above) if above else []

    def _heads(self, unit: Unit | None) -> list[Ear]:
        return self._people(lambda officer: officer.head and unit is not None and officer.unit_id == unit.id)

    def _supervisors(self) -> list[Ear]:
        return self._of_role(Role.SUPERVISOR) or self._duty(self._unit(telling.COUNTY))

    def _inspectors(self) -> list[Ear]:
        """Of the county alone: of what is handed to a township nobody texts."""
        county = telling.DISCIPLINE
        return self._people(lambda officer: officer.role == Role.INSPECTOR and officer.unit_id == county)

    def _of_role(self, role: Role) -> list[Ear]:
        return self._people(lambda officer: officer.role == role)

    def _people(self, who: Callable[[Officer], bool]) -> list[Ear]:
        return [Ear(officer.number or "", officer_id=officer.id) for officer in self._officers if who(officer)]

    def _duty(self, unit: Unit | None) -> list[Ear]:
        return [Ear(unit.number, unit_id=unit.id)] if unit and unit.number else []

    def _unit(self, unit_id: str | None) -> Unit | None:
        return self._session.get(Unit, unit_id) if unit_id else None


def _handles(unit: Unit) -> Callable[[Officer], bool]:
    return lambda officer: officer.unit_id == unit.id and officer.role in HANDLERS
