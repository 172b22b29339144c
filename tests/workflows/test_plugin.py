"""What crosses the wire when something is refused, and when something breaks."""

import pytest
from temporalio.api.failure.v1 import Failure
from temporalio.exceptions import ApplicationError

from domain.refusals import Refused
from workflows.plugin import as_application_error, as_refused, data_converter, refusals_translated


def crossed(error: BaseException) -> Failure:
    """The failure as it would be stored in a history."""
    failure = Failure()
    data_converter.failure_converter.to_failure(error, data_converter.payload_converter, failure)
    return failure


def raised(error: Exception) -> ApplicationError:
    """What leaves a handler in which that was raised."""
    with pytest.raises(ApplicationError) as caught, refusals_translated("incident"):
        raise error
    return caught.value


def test_a_refusal_crosses_with_its_rule_and_without_a_stack_trace() -> None:
    refused = Refused("window-open", rule="r", citation="Pasal 1", until="2027-01-19")
    failure = crossed(raised(refused))
    assert failure.stack_trace == ""
    assert failure.application_failure_info.type == "window-open"
    back = as_refused(as_application_error(refused))
    assert (back.code, back.rule, back.citation, back.facts) == ("window-open", "r", "Pasal 1", {"until": "2027-01-19"})


def test_a_defect_crosses_as_internal_and_keeps_its_trace() -> None:
    error = raised(KeyError("x"))
    assert error.type == "internal"
    assert error.non_retryable
    assert "test_plugin" in crossed(error).stack_trace
