"""Faults of the program, and how often each was."""

import logging
from collections.abc import Iterator

import pytest

from desktop_app.engine.diagnostics.faults import KEPT, LOGGER, Fault, FaultBook, fault_of


@pytest.fixture
def book() -> Iterator[FaultBook]:
    book = FaultBook()
    logger = logging.getLogger(LOGGER)
    logger.addHandler(book)
    yield book
    logger.removeHandler(book)


def fail(number: int) -> None:
    if number:
        raise ValueError(f"number {number}")
    raise KeyError(number)


def log(number: int) -> None:
    try:
        fail(number)
    except Exception:
        logging.getLogger(LOGGER).exception("it failed")


def test_the_same_fault_is_counted_and_another_is_another(book: FaultBook) -> None:
    told: list[Fault] = []
    book.listen(told.append)
    for number in (1, 2, 0, 3):
        log(number)
    assert [(each.kind, each.count) for each in book.faults] == [("ValueError", 3), ("KeyError", 1)]
    assert [each.count for each in told] == [1, 2, 1, 3]
    assert book.faults[0].message == "number 3"
    assert "in fail" in book.faults[0].stack
    assert "number" not in book.faults[0].stack
    assert [book.is_news(each) for each in told] == [True, False, True, False]
    book.leave(told.append)
    log(1)
    assert len(told) == 4


def test_a_listener_that_is_gone_is_left(book: FaultBook) -> None:
    told: list[Fault] = []

    def gone(_fault: Fault) -> None:
        raise RuntimeError("Internal C++ object already deleted.")

    book.listen(gone)
    book.listen(told.append)
    log(1)
    log(1)
    assert len(told) == 2
    assert book._listeners == [told.append]


def test_an_error_without_an_exception_is_no_fault(book: FaultBook) -> None:
    logging.getLogger(LOGGER).error("just words")
    assert book.faults == []


def test_a_storm_of_faults_fills_no_memory(book: FaultBook) -> None:
    for number in range(KEPT + 5):
        error = type(f"Error{number}", (Exception,), {})("x")
        logging.getLogger(LOGGER).error("failed", exc_info=error)
    assert len(book.faults) == KEPT


def test_the_first_cause_comes_first() -> None:
    try:
        try:
            fail(1)
        except ValueError as error:
            raise RuntimeError("because of it") from error
    except RuntimeError as error:
        fault = fault_of(error)
    assert fault.stack.index("ValueError") < fault.stack.index("which led to:")
    assert fault.stack.endswith("RuntimeError")
    assert fault.kind == "RuntimeError"
