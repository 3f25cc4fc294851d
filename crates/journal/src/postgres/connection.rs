//! A connection that comes back by itself.

use std::time::Duration;

use postgres::{Client, Config, NoTls};

use super::trouble::{not_recorded, other, unreadable};
use crate::failure::Failure;
use crate::store::FORMAT;

/// How long a connection may take to be made or to answer at all.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where a journal is, and the connection to it while there is one.
pub(super) struct Connection {
    config: Config,
    client: Option<Client>,
    writes: bool,
}

impl Connection {
    pub(super) fn new(url: &str, writes: bool) -> Result<Self, Failure> {
        Ok(Self { config: config(url)?, client: None, writes })
    }

    /// Another connection to the same place, which reads.
    pub(super) fn beside(&self) -> Self {
        Self { config: self.config.clone(), client: None, writes: false }
    }

    /// A connection that answers: the one there is, or a new one.
    pub(super) fn client(&mut self) -> Result<&mut Client, Failure> {
        let client = match self.client.take() {
            Some(mut client) => match client.is_valid(PATIENCE) {
                Ok(()) => client,
                Err(_) => self.connect()?,
            },
            None => self.connect()?,
        };
        Ok(self.client.insert(client))
    }

    /// The connection as it is: what was begun on it ends with it.
    pub(super) fn same(&mut self) -> Result<&mut Client, Failure> {
        match &mut self.client {
            Some(client) => Ok(client),
            None => Err(other("データベースとの接続が切れました", "the connection to the database has ended").while_reading()),
        }
    }

    pub(super) fn forget(&mut self) {
        self.client = None;
    }

    fn connect(&self) -> Result<Client, Failure> {
        let mut client = self.config.connect(NoTls).map_err(unreadable)?;
        let found = match client.query_typed_one("SELECT max(version) FROM mimamori.format", &[]) {
            Ok(row) => row.try_get::<_, Option<i64>>(0).map_err(unreadable)?,
            // no such table, no such schema
            Err(error) if matches!(error.code().map(postgres::error::SqlState::code), Some("42P01" | "3F000")) => None,
            Err(error) => return Err(unreadable(error)),
        };
        match found {
            Some(FORMAT) => {}
            Some(found) if found > FORMAT => return Err(Failure::Newer { found, known: FORMAT }),
            _ => return Err(Failure::NotAJournal(self.place())),
        }
        if !self.writes {
            client.batch_execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY").map_err(unreadable)?;
        } else if setting(&mut client, "fsync")? == "off" {
            return Err(other(
                "データベースが fsync = off で動いているため、記録が失われるおそれがあります。fsync = on にしてください",
                "the database runs with fsync = off and may lose what it acknowledged: set fsync = on",
            ));
        }
        Ok(client)
    }

    /// Where, without the password.
    pub(super) fn place(&self) -> String {
        place(&self.config)
    }
}

pub(super) fn config(url: &str) -> Result<Config, Failure> {
    let mut config = url.parse::<Config>().map_err(not_recorded)?;
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(PATIENCE);
    }
    if config.get_application_name().is_none() {
        config.application_name("mimamori");
    }
    Ok(config)
}

pub(super) fn place(config: &Config) -> String {
    let host = config.get_hosts().first().map(|host| match host {
        postgres::config::Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        postgres::config::Host::Unix(path) => path.display().to_string(),
    });
    format!("{} {}", host.unwrap_or_default(), config.get_dbname().or(config.get_user()).unwrap_or_default())
}

pub(super) fn setting(client: &mut Client, name: &str) -> Result<String, Failure> {
    let row = client.query_typed_one("SELECT current_setting($1)", &[(&name, postgres::types::Type::TEXT)]).map_err(unreadable)?;
    row.try_get(0).map_err(unreadable)
}
