//! The journal in a PostgreSQL database.

mod check;
mod connection;
mod follower;
mod trouble;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use postgres::error::SqlState;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{ToSql, Type};
use postgres::{Client, NoTls};

use crate::blob::Blob;
use crate::chain::Chain;
use crate::entry::{Entry, Head};
use crate::failure::Failure;
use crate::hash::Hash;
use crate::row::{Row, addresses};
use crate::store::{Erasure, FORMAT, OwnCheck, Source, Store, Visit, Work};
use connection::Connection;
use trouble::{not_recorded, other, uncertain, unreadable};

pub use follower::Follower;

const SCHEMA: &str = include_str!("schema.sql");
const GRANTS: &str = include_str!("grants.sql");
const COLUMNS: &str = "chain, sequence, recorded, zone, received, actor, role, reason, command, kind, version, body, blobs, previous, hash";
/// How many entries, and about how many bytes, go to the server with one statement.
const TOGETHER: usize = 8192;
const BYTES_TOGETHER: usize = 64 << 20;
/// How many entries of a chain are asked for at once.
const PAGE: i64 = 4096;

/// Appends come one after another, whichever server they come from, so that places in the table are in the order of commits. Two numbers
/// name the lock: `MIMA`, and that of the journal.
const BEGIN: &str = "BEGIN; SET LOCAL synchronous_commit = on; SET LOCAL lock_timeout = '10s';
    SET LOCAL idle_in_transaction_session_timeout = '30s'; SELECT pg_advisory_xact_lock(1296649537, 1)";

/// A journal in a PostgreSQL database, in the schema `mimamori`.
///
/// The database belongs to an owner; a server connects with a role that may select and insert, nothing else. Triggers refuse changing,
/// deleting and emptying to everybody, the owner and a session that plays a replica included. An owner or a superuser who disables them
/// first can do what they like: [`verify`](crate::verify) then shows what was done, against a head held outside.
///
/// The connection is not encrypted: a Unix socket or a private network, or the deployer's own proxy with TLS. A connection that ended is
/// made anew with the next call. Calls wait; an asynchronous program makes them from a thread that may.
///
/// The bytes of an erased blob are out of the table at once, and out of its file when PostgreSQL has vacuumed and written over them; its
/// log and older backups hold them for as long as they are kept.
pub struct Postgres {
    connection: Connection,
    /// True while several things are read as they stood at one moment: another connection would be of another moment.
    at_one_moment: bool,
    /// The transaction of which it is not certain whether it was committed.
    unsettled: Option<String>,
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Postgres").field("place", &self.connection.place()).finish_non_exhaustive()
    }
}

impl Postgres {
    /// Makes a new journal in a database, as its owner, for a server that connects with another role, which exists already.
    ///
    /// # Errors
    /// If there is a journal already, the database does not keep text as UTF-8, the role does not exist or is the owner's, or PostgreSQL
    /// refuses. Nothing is made then.
    pub fn create(owner_url: &str, server_role: &str) -> Result<(), Failure> {
        let config = connection::config(owner_url)?;
        let mut client = config.connect(NoTls).map_err(not_recorded)?;
        let sql = "SELECT current_user = $1, to_regrole(quote_ident($1)) IS NULL, to_regnamespace('mimamori') IS NOT NULL,
                          current_setting('server_encoding') <> 'UTF8', quote_ident($1)";
        let row = client.query_typed_one(sql, &[(&server_role, Type::TEXT)]).map_err(not_recorded)?;
        let is = |index| row.try_get::<_, bool>(index).map_err(not_recorded);
        if is(2)? {
            return Err(Failure::Exists(connection::place(&config)));
        }
        if is(0)? {
            return Err(other(
                "サーバーの役割は所有者とは別にしてください",
                "the server's role must not be the owner: whoever owns the tables can change them",
            ));
        }
        if is(1)? {
            return Err(other(
                &format!("役割 {server_role} がありません。CREATE ROLE で作ってください"),
                &format!("there is no role {server_role}: make it with CREATE ROLE"),
            ));
        }
        if is(3)? {
            return Err(other("データベースの文字コードを UTF8 にしてください", "the database must be encoded in UTF8"));
        }
        let grants = GRANTS.replace("{role}", row.try_get(4).map_err(not_recorded)?);
        let sql = format!("BEGIN; {SCHEMA} INSERT INTO mimamori.format (version) VALUES ({FORMAT}); {grants} COMMIT;");
        client.batch_execute(&sql).map_err(uncertain)
    }

    /// The role that an address names, if it is an address.
    #[must_use]
    pub fn role_of(url: &str) -> Option<String> {
        url.parse::<postgres::Config>().ok()?.get_user().map(str::to_owned)
    }

    /// Opens a journal to read and write, with the server's role.
    ///
    /// # Errors
    /// If it is none, was made by a newer program, cannot be reached, or the database does not sync what it acknowledges.
    pub fn open(url: &str) -> Result<Self, Failure> {
        Self::connected(url, true)
    }

    /// Opens a journal to read only.
    ///
    /// # Errors
    /// If it is none, was made by a newer program, or cannot be reached.
    pub fn open_to_read(url: &str) -> Result<Self, Failure> {
        Self::connected(url, false)
    }

    fn connected(url: &str, writes: bool) -> Result<Self, Failure> {
        let mut connection = Connection::new(url, writes)?;
        connection.client()?;
        Ok(Self { connection, at_one_moment: false, unsettled: None })
    }

    fn client(&mut self) -> Result<&mut Client, Failure> {
        if self.at_one_moment { self.connection.same() } else { self.connection.client() }
    }

    /// Rows as they come over the wire: never all of them in memory.
    fn rows(
        &mut self,
        sql: &str,
        values: &[(&(dyn ToSql + Sync), Type)],
        visit: &mut dyn FnMut(postgres::Row) -> ControlFlow<()>,
    ) -> Result<(), Failure> {
        let mut rows = self.client()?.query_typed_raw(sql, values.iter().cloned()).map_err(unreadable)?;
        while let Some(row) = rows.next().map_err(unreadable)? {
            if visit(row).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn entries(
        &mut self,
        rest: &str,
        values: &[(&(dyn ToSql + Sync), Type)],
        visit: &mut Visit<'_, Result<Entry, Failure>>,
    ) -> Result<(), Failure> {
        self.rows(&format!("SELECT {COLUMNS} FROM mimamori.entry {rest}"), values, &mut |row| visit(entry(&row)))
    }
}

/// A column that is empty or of another type is damage, with its place as far as it can be read.
fn entry(row: &postgres::Row) -> Result<Entry, Failure> {
    let damaged = |part: &str| Failure::Damaged {
        place: format!("{} {}", row.try_get::<_, &str>(0).unwrap_or("?"), row.try_get::<_, i64>(1).unwrap_or_default()),
        part: part.into(),
    };
    macro_rules! columns {
        ($($index:literal $name:ident),*) => {
            Row { $($name: row.try_get($index).map_err(|_| damaged(stringify!($name)))?),* }
        };
    }
    columns!(
        0 chain, 1 sequence, 2 recorded, 3 zone, 4 received, 5 actor, 6 role, 7 reason, 8 command, 9 kind, 10 version, 11 body, 12 blobs,
        13 previous, 14 hash
    )
    .entry()
}

/// The first failure ends the reading.
fn until_damage(
    read: impl FnOnce(&mut Visit<'_, Result<Entry, Failure>>) -> Result<(), Failure>,
    visit: &mut Visit<'_, Entry>,
) -> Result<(), Failure> {
    let mut failure = None;
    read(&mut |entry| match entry {
        Ok(entry) => visit(entry),
        Err(damage) => {
            failure = Some(damage);
            ControlFlow::Break(())
        }
    })?;
    failure.map_or(Ok(()), Err)
}

/// Parts of a list that one statement may carry.
fn parts<T>(items: &[T], bytes: impl Fn(&T) -> usize) -> Vec<&[T]> {
    let (mut parts, mut start, mut sum) = (Vec::new(), 0, 0);
    for (index, item) in items.iter().enumerate() {
        let more = bytes(item);
        if index > start && (index - start == TOGETHER || sum + more > BYTES_TOGETHER) {
            parts.push(&items[start..index]);
            (start, sum) = (index, 0);
        }
        sum += more;
    }
    if start < items.len() {
        parts.push(&items[start..]);
    }
    parts
}

/// Everything up to the commit; answers with the name of the transaction.
fn write(client: &mut Client, entries: &[Entry], blobs: &[Blob]) -> Result<String, postgres::Error> {
    client.batch_execute(BEGIN)?;
    for blobs in parts(blobs, |blob| blob.bytes.len()) {
        insert_blobs(client, blobs)?;
    }
    for entries in parts(entries, |entry| entry.draft.body.len() + 500) {
        insert_entries(client, entries)?;
    }
    let reached: BTreeMap<_, _> = entries.iter().map(|entry| (&entry.draft.chain, entry.sequence)).collect();
    let words: Vec<_> = reached.iter().map(|(chain, sequence)| format!("{chain} {sequence}")).collect();
    let sql = "SELECT pg_current_xact_id()::text, (SELECT count(pg_notify('mimamori', word)) FROM unnest($1) AS word)";
    client.query_typed_one(sql, &[(&words, Type::TEXT_ARRAY)])?.try_get(0)
}

fn insert_blobs(client: &mut Client, blobs: &[Blob]) -> Result<(), postgres::Error> {
    let addresses: Vec<_> = blobs.iter().map(|blob| blob.address().0.to_vec()).collect();
    let salts: Vec<_> = blobs.iter().map(|blob| &blob.salt[..]).collect();
    let bytes: Vec<_> = blobs.iter().map(|blob| &blob.bytes[..]).collect();
    let sql = "INSERT INTO mimamori.blob (address, salt, bytes) SELECT address, salt, bytes
               FROM unnest($1, $2, $3) WITH ORDINALITY AS sent (address, salt, bytes, place) ORDER BY place ON CONFLICT (address) DO NOTHING";
    client.query_typed(sql, &[(&addresses, Type::BYTEA_ARRAY), (&salts, Type::BYTEA_ARRAY), (&bytes, Type::BYTEA_ARRAY)])?;
    Ok(())
}

fn insert_entries(client: &mut Client, entries: &[Entry]) -> Result<(), postgres::Error> {
    macro_rules! column {
        ($entry:ident => $value:expr) => {
            entries.iter().map(|$entry| $value).collect::<Vec<_>>()
        };
    }
    let sql = format!(
        "INSERT INTO mimamori.entry ({COLUMNS}) SELECT {COLUMNS}
         FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) WITH ORDINALITY AS sent ({COLUMNS}, place)
         ORDER BY place"
    );
    client.query_typed(
        &sql,
        &[
            (&column!(entry => entry.draft.chain.to_string()), Type::TEXT_ARRAY),
            (&column!(entry => place_of(entry)), Type::INT8_ARRAY),
            (&column!(entry => entry.draft.recorded.to_string()), Type::TEXT_ARRAY),
            (&column!(entry => entry.draft.zone.as_str()), Type::TEXT_ARRAY),
            (&column!(entry => entry.draft.received.map(|day| day.to_string())), Type::TEXT_ARRAY),
            (&column!(entry => entry.draft.actor.as_str()), Type::TEXT_ARRAY),
            (&column!(entry => entry.draft.role.as_str()), Type::TEXT_ARRAY),
            (&column!(entry => entry.draft.reason.as_deref()), Type::TEXT_ARRAY),
            (&column!(entry => entry.draft.command.as_str()), Type::TEXT_ARRAY),
            (&column!(entry => entry.draft.kind.as_str()), Type::TEXT_ARRAY),
            (&column!(entry => i64::from(entry.draft.version)), Type::INT8_ARRAY),
            (&column!(entry => entry.draft.body.as_str()), Type::TEXT_ARRAY),
            (&column!(entry => addresses(entry)), Type::BYTEA_ARRAY),
            (&column!(entry => &entry.previous.0[..]), Type::BYTEA_ARRAY),
            (&column!(entry => &entry.hash.0[..]), Type::BYTEA_ARRAY),
        ],
    )?;
    Ok(())
}

fn place_of(entry: &Entry) -> i64 {
    i64::try_from(entry.sequence).unwrap_or(i64::MAX)
}

/// Of which chain a place was taken.
fn taken(client: &mut Client, entries: &[Entry]) -> Option<Chain> {
    let sql = "SELECT chain FROM mimamori.entry WHERE (chain, sequence) IN (SELECT * FROM unnest($1, $2)) LIMIT 1";
    let chains: Vec<_> = entries.iter().map(|entry| entry.draft.chain.to_string()).collect();
    let places: Vec<_> = entries.iter().map(place_of).collect();
    let row = client.query_typed_opt(sql, &[(&chains, Type::TEXT_ARRAY), (&places, Type::INT8_ARRAY)]).ok().flatten()?;
    row.try_get::<_, &str>(0).ok()?.parse().ok()
}

impl Source for Postgres {
    fn scan(&mut self, visit: &mut Visit<'_, Result<Entry, Failure>>) -> Result<(), Failure> {
        self.entries("ORDER BY position", &[], visit)
    }

    fn read(&mut self, chain: &Chain, after: u64, visit: &mut Visit<'_, Entry>) -> Result<(), Failure> {
        let (chain, mut after) = (chain.to_string(), i64::try_from(after).unwrap_or(i64::MAX));
        let rest = "WHERE chain = $1 AND sequence > $2 ORDER BY sequence LIMIT $3";
        // page by page: who breaks off leaves no more than a page on the wire
        loop {
            let (mut seen, mut last) = (0, after);
            let values: &[(&(dyn ToSql + Sync), Type)] = &[(&chain, Type::TEXT), (&after, Type::INT8), (&PAGE, Type::INT8)];
            until_damage(|visit| self.entries(rest, values, visit), &mut |entry| {
                (seen, last) = (seen + 1, place_of(&entry));
                let flow = visit(entry);
                if flow.is_break() {
                    seen = 0;
                }
                flow
            })?;
            if seen < PAGE {
                return Ok(());
            }
            after = last;
        }
    }

    fn blobs(&mut self, visit: &mut Visit<'_, Result<(Hash, Blob), Failure>>) -> Result<(), Failure> {
        self.rows("SELECT address, salt, bytes FROM mimamori.blob ORDER BY position", &[], &mut |row| {
            let hash = |index| row.try_get::<_, &[u8]>(index).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
            let address = hash(0).map(Hash);
            let place = address.map_or_else(|| "blob ?".into(), |address| format!("blob {address}"));
            visit(match (address, hash(1), row.try_get(2)) {
                (Some(address), Some(salt), Ok(bytes)) => Ok((address, Blob { salt, bytes })),
                (None, ..) => Err(Failure::Damaged { place, part: "address".into() }),
                (_, None, _) => Err(Failure::Damaged { place, part: "salt".into() }),
                (_, _, Err(_)) => Err(Failure::Damaged { place, part: "bytes".into() }),
            })
        })
    }

    fn erasures(&mut self) -> Result<Vec<Erasure>, Failure> {
        let (mut erased, mut damage) = (Vec::new(), None);
        self.rows("SELECT address, chain, sequence FROM mimamori.erasure ORDER BY position", &[], &mut |row| {
            let read = || {
                Some(Erasure {
                    address: Hash(row.try_get::<_, &[u8]>(0).ok()?.try_into().ok()?),
                    chain: row.try_get::<_, &str>(1).ok()?.parse().ok()?,
                    sequence: row.try_get::<_, i64>(2).ok()?.try_into().ok()?,
                })
            };
            match read() {
                Some(erasure) => {
                    erased.push(erasure);
                    ControlFlow::Continue(())
                }
                None => {
                    let place = format!("erasure {}", erased.len() + 1);
                    damage = Some(Failure::Damaged { place, part: "address, chain, sequence".into() });
                    ControlFlow::Break(())
                }
            }
        })?;
        damage.map_or(Ok(erased), Err)
    }

    fn own_check(&mut self) -> OwnCheck {
        let mut beside = self.connection.beside();
        let check = std::thread::spawn(move || check::check(beside.client()?));
        Box::new(|| check.join().unwrap_or_else(|_| Ok(vec![diagnostic::Words::new("検査が途中で止まりました", "the check stopped")])))
    }

    fn at_one_moment(&mut self, work: &mut Work<'_>) -> Result<(), Failure> {
        self.client()?.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").map_err(unreadable)?;
        self.at_one_moment = true;
        let result = work(self);
        self.at_one_moment = false;
        // nothing was written: how the transaction ends makes no difference, but the connection must be out of it
        if self.connection.same().is_ok_and(|client| client.batch_execute("ROLLBACK").is_err()) {
            self.connection.forget();
        }
        result
    }
}

impl Store for Postgres {
    fn heads(&mut self) -> Result<Vec<Head>, Failure> {
        // from chain to chain along the index, whatever their length
        let sql = format!(
            "WITH RECURSIVE known (chain) AS (
                 SELECT min(chain) FROM mimamori.entry
                 UNION ALL SELECT (SELECT min(entry.chain) FROM mimamori.entry WHERE entry.chain > known.chain) FROM known
                 WHERE known.chain IS NOT NULL)
             SELECT last.* FROM known CROSS JOIN LATERAL
                 (SELECT {COLUMNS} FROM mimamori.entry WHERE entry.chain = known.chain ORDER BY sequence DESC LIMIT 1) AS last
             ORDER BY last.chain"
        );
        let mut heads = Vec::new();
        let read = |visit: &mut Visit<'_, Result<Entry, Failure>>| self.rows(&sql, &[], &mut |row| visit(entry(&row)));
        until_damage(read, &mut |entry| {
            heads.push(entry.head());
            ControlFlow::Continue(())
        })?;
        Ok(heads)
    }

    fn append(&mut self, entries: &[Entry], blobs: &[Blob]) -> Result<(), Failure> {
        if let Some(part) = entries.iter().find_map(|entry| entry.draft.with_nul()) {
            return Err(Failure::nul(part));
        }
        let client = self.client().map_err(|failure| match failure {
            Failure::Unreadable(trouble) => Failure::NotRecorded(trouble),
            other => other,
        })?;
        match write(client, entries, blobs) {
            Ok(transaction) => client.batch_execute("COMMIT").map_err(|error| {
                self.unsettled = Some(transaction);
                self.connection.forget();
                uncertain(error)
            }),
            Err(error) => {
                let unique = error.code() == Some(&SqlState::UNIQUE_VIOLATION) && !entries.is_empty();
                if client.batch_execute("ROLLBACK").is_err() {
                    self.connection.forget();
                    return Err(not_recorded(error));
                }
                if unique {
                    return Err(Failure::Taken(taken(client, entries).unwrap_or_else(|| entries[0].draft.chain.clone())));
                }
                Err(not_recorded(error))
            }
        }
    }

    fn blob(&mut self, address: Hash) -> Result<Option<Blob>, Failure> {
        let sql = "SELECT salt, bytes FROM mimamori.blob WHERE address = $1";
        let row = self.client()?.query_typed_opt(sql, &[(&&address.0[..], Type::BYTEA)]).map_err(unreadable)?;
        let Some(row) = row else { return Ok(None) };
        let damaged = || Failure::Damaged { place: format!("blob {address}"), part: "bytes".into() };
        let salt = row.try_get::<_, &[u8]>(0).ok().and_then(|salt| salt.try_into().ok()).ok_or_else(damaged)?;
        let blob = Blob { salt, bytes: row.try_get(1).map_err(|_| damaged())? };
        if blob.address() == address { Ok(Some(blob)) } else { Err(damaged()) }
    }

    fn erase(&mut self, erasure: &Erasure) -> Result<(), Failure> {
        let sql = "INSERT INTO mimamori.erasure (address, chain, sequence) VALUES ($1, $2, $3) ON CONFLICT (address) DO NOTHING";
        let sequence = i64::try_from(erasure.sequence).unwrap_or(i64::MAX);
        let values: &[(&(dyn ToSql + Sync), Type)] =
            &[(&&erasure.address.0[..], Type::BYTEA), (&erasure.chain.to_string(), Type::TEXT), (&sequence, Type::INT8)];
        let client = self.client()?;
        client.batch_execute("SET synchronous_commit = on").map_err(not_recorded)?;
        client.query_typed(sql, values).map(drop).map_err(uncertain)
    }

    fn settle(&mut self, last: &Entry) -> Result<bool, Failure> {
        self.connection.forget();
        let client = self.connection.client()?;
        // the server may still be about to commit for a connection that we have lost
        if let Some(transaction) = &self.unsettled {
            let sql = "SELECT pg_xact_status($1::text::xid8) = 'in progress'";
            let status = client.query_typed_one(sql, &[(transaction, Type::TEXT)]).map_err(unreadable)?;
            if status.try_get::<_, Option<bool>>(0).map_err(unreadable)? == Some(true) {
                return Err(other("データベースがまだ処理を終えていません", "the database has not finished yet").while_reading());
            }
        }
        // what others can see is synced
        let mut recorded = false;
        self.read(&last.draft.chain, last.sequence - 1, &mut |entry| {
            recorded = entry.hash == last.hash;
            ControlFlow::Break(())
        })?;
        self.unsettled = None;
        Ok(recorded)
    }
}
