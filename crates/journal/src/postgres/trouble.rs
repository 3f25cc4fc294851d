//! What errors of PostgreSQL mean for what is recorded.

use postgres::Error;
use postgres::error::{Severity, SqlState};

use crate::failure::{Cause, Failure, Trouble};

pub(super) fn not_recorded(error: Error) -> Failure {
    Failure::NotRecorded(trouble(&error))
}

pub(super) fn unreadable(error: Error) -> Failure {
    match error.code() {
        Some(&SqlState::DATA_CORRUPTED | &SqlState::INDEX_CORRUPTED) => {
            Failure::Damaged { place: "database".into(), part: trouble(&error).detail }
        }
        _ => not_recorded(error).while_reading(),
    }
}

/// For what fails while it is made durable. Only a plain refusal says that nothing was recorded; a connection that ended says nothing.
pub(super) fn uncertain(error: Error) -> Failure {
    match error.as_db_error().and_then(|told| told.parsed_severity()) {
        Some(Severity::Error) => not_recorded(error),
        _ => Failure::Uncertain(trouble(&error)),
    }
}

pub(super) fn other(ja: &str, en: &str) -> Failure {
    Failure::NotRecorded(Trouble { cause: Cause::Other, detail: format!("{ja} / {en}") })
}

fn trouble(error: &Error) -> Trouble {
    let cause = match error.code() {
        // what PostgreSQL did not say, the connection did
        None if error.as_db_error().is_none() => Cause::Gone,
        Some(code) => match (code, &code.code()[..2]) {
            (&SqlState::DISK_FULL, _) => Cause::Full,
            (&SqlState::READ_ONLY_SQL_TRANSACTION | &SqlState::INSUFFICIENT_PRIVILEGE, _) => Cause::ReadOnly,
            (&SqlState::LOCK_NOT_AVAILABLE | &SqlState::T_R_DEADLOCK_DETECTED | &SqlState::TOO_MANY_CONNECTIONS, _) => Cause::Busy,
            (&SqlState::QUERY_CANCELED, _) => Cause::Busy,
            // shut down, not up yet, refused at the door, no such database
            (&SqlState::INVALID_CATALOG_NAME, _) | (_, "57" | "08" | "28") => Cause::Gone,
            _ => Cause::Other,
        },
        None => Cause::Other,
    };
    let detail = match error.as_db_error() {
        Some(told) => match told.detail() {
            Some(detail) => format!("{}: {detail}", told.message()),
            None => told.message().to_owned(),
        },
        None => {
            // the words of the connection stand one level below
            let source = std::error::Error::source(error).map(|source| format!(": {source}"));
            format!("{error}{}", source.unwrap_or_default())
        }
    };
    Trouble { cause, detail }
}
