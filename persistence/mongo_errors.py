"""MongoDB's errors as ours: the one place where they are translated, by class and code, never by their words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pymongo.errors import (
    AutoReconnect,
    ConnectionFailure,
    DuplicateKeyError,
    ExecutionTimeout,
    OperationFailure,
    PyMongoError,
    ServerSelectionTimeoutError,
    WriteConcernError,
)

from core.errors import AlreadyThere, OutsideTheLanguage, StoreDown, StoreFull, StoreTrouble, Unsure

# https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
_MISFIT = {2, 14, 28}  # BadValue, TypeMismatch, PathNotViable: the change does not fit the document
_INVALID = 121  # DocumentValidationFailure
_REFUSED = {13, 18}  # Unauthorized, AuthenticationFailed
_FULL = 14031  # OutOfDiskSpace


@contextmanager
def translated(*, changing: bool = False) -> Iterator[None]:
    """Raise what the driver raises in the body as `StoreTrouble`, `AlreadyThere` or `OutsideTheLanguage`.

    Where no answer came it is `Unsure` whether the body is done, if it is `changing` something: a read that breaks off has
    done nothing.
    """
    try:
        yield
    except DuplicateKeyError as error:
        raise AlreadyThere from error
    except ServerSelectionTimeoutError as error:
        raise StoreDown from error
    except (AutoReconnect, WriteConcernError, ExecutionTimeout) as error:
        raise (Unsure if changing else StoreDown) from error
    except ConnectionFailure as error:
        raise StoreDown from error
    except OperationFailure as error:
        raise _of_code(error.code) from error
    except PyMongoError as error:
        raise StoreTrouble(f"MongoDB could not be used: {type(error).__name__}.") from error


def _of_code(code: int | None) -> StoreTrouble | OutsideTheLanguage:
    if code in _MISFIT:
        return OutsideTheLanguage("The change does not fit what the document holds.")
    if code == _INVALID:
        return OutsideTheLanguage("The document does not fit its collection's validator.")
    if code in _REFUSED:
        return StoreTrouble("MongoDB refused the account in ELEVATE_MONGODB_URI, or its rights. Check both, then try again.")
    if code == _FULL:
        return StoreFull()
    return StoreTrouble(f"MongoDB could not do that (its error {code}). Please try again.")
