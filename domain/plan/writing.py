"""A plan as the mapping that `plan_from_mapping` reads back: for proposals, and for tests of the reader."""

from datetime import date
from decimal import Decimal
from typing import Any

from domain.grades import Education
from domain.plan.values import Approvals, Plan, PlannedKin, PlannedStage


def plan_to_mapping(plan: Plan) -> dict[str, Any]:
    """The plan in lint's format; absent parts are left out, decimals and dates are texts."""
    return _fields(plan)


def _fields(part: Any) -> dict[str, Any]:
    stated = ((name, getattr(part, name)) for name in part.__dataclass_fields__)
    return {name: _written(value) for name, value in stated if value is not None}


def _written(value: Any) -> Any:
    match value:
        case Education():
            return value.name
        case date() | Decimal():
            return str(value)
        case tuple():
            return [_written(item) for item in value]
        case dict():
            return {str(key): _written(item) for key, item in value.items()}
        case PlannedStage():
            return _stage(value)
        case PlannedKin() if value.relation is None:
            return value.of
        case Approvals():
            return {key: getattr(value, key) for key in sorted(value.stated)}
        case _ if hasattr(value, "__dataclass_fields__"):
            return _fields(value)
    return value if isinstance(value, bool | int) else str(value)


def _stage(step: PlannedStage) -> dict[str, str]:
    if step.start is None or step.end is None:
        return {"stage": step.stage.value}
    if step.start == step.end:
        return {"stage": step.stage.value, "date": step.start.isoformat()}
    return {"stage": step.stage.value, "start": step.start.isoformat(), "end": step.end.isoformat()}
