//! What errors of SQLite mean for what is recorded.

use rusqlite::{ErrorCode, ffi};

use crate::failure::{Cause, Failure, Trouble};

pub(super) fn not_recorded(error: rusqlite::Error) -> Failure {
    Failure::NotRecorded(trouble(&error))
}

pub(super) fn unreadable(error: rusqlite::Error) -> Failure {
    not_recorded(error).while_reading()
}

/// For what fails while it is made durable. That the database is held by another program is said before anything is written.
pub(super) fn uncertain(error: rusqlite::Error) -> Failure {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => not_recorded(error),
        _ => Failure::Uncertain(trouble(&error)),
    }
}

pub(super) fn trouble(error: &rusqlite::Error) -> Trouble {
    let shared_memory_not_made = error.sqlite_error().is_some_and(|error| error.extended_code == ffi::SQLITE_IOERR_SHMSIZE);
    let cause = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Cause::Full,
        _ if shared_memory_not_made => Cause::Full,
        Some(ErrorCode::CannotOpen) => Cause::Gone,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied) => Cause::ReadOnly,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Cause::Busy,
        _ => Cause::Other,
    };
    Trouble { cause, detail: error.to_string() }
}
