//! What is PostgreSQL's alone: roles, lost connections, what it says of itself, who hears what others record.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use journal::{Blob, Chain, Draft, Entry, Erasure, Failure, Follower, Postgres, Source, Store, Writer, seal, verify};
use postgres::{Client, NoTls};
use rehearsal::{Cluster, Database, SERVER_ROLE};

fn draft(text: &str) -> Draft {
    let moment = "2026-11-23T06:00:00.000001Z".parse().unwrap();
    Draft::new(Chain::Product("rituximab".into()), moment, "sato", "safety-manager", "remark", 1, text).unwrap()
}

fn entries(count: usize) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for number in 0..count {
        entries.push(seal(draft(&number.to_string()), entries.last().map(Entry::head).as_ref()).unwrap());
    }
    entries
}

fn made(database: &Database) -> Postgres {
    Postgres::create(&database.owner, SERVER_ROLE).unwrap();
    Postgres::open(&database.server).unwrap()
}

fn damage(store: &mut Postgres) -> Vec<String> {
    let verified = verify(store, &[], &mut |_, _| ControlFlow::Continue(())).unwrap();
    verified.damage.into_iter().map(|damage| damage.what.en).collect()
}

#[test]
fn the_servers_role_adds_and_reads_and_may_do_nothing_else() {
    let database = Database::new();
    let mut store = made(&database);
    let blob = Blob { salt: [1; 32], bytes: vec![2; 100] };
    let entries = entries(3);
    store.append(&entries, std::slice::from_ref(&blob)).unwrap();
    let mut server = Client::connect(&database.server, NoTls).unwrap();
    for sql in [
        "UPDATE mimamori.entry SET actor = 'x'",
        "DELETE FROM mimamori.entry",
        "TRUNCATE mimamori.erasure",
        "DELETE FROM mimamori.blob",
        "UPDATE mimamori.blob SET bytes = ''",
        "DROP TABLE mimamori.erasure",
        "DROP SCHEMA mimamori CASCADE",
        "ALTER TABLE mimamori.entry ADD COLUMN x TEXT",
        "ALTER TABLE mimamori.entry DISABLE TRIGGER USER",
        "DROP TRIGGER entry_never_changes ON mimamori.entry",
        "CREATE TABLE mimamori.x (x TEXT)",
        "CREATE FUNCTION mimamori.x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "SET session_replication_role = replica",
        "INSERT INTO mimamori.format (version) VALUES (2)",
        "INSERT INTO mimamori.blob (position, address, salt, bytes) OVERRIDING SYSTEM VALUE VALUES (0, '', '', '')",
        "SELECT setval('mimamori.entry_position_seq', 1)",
        "LOCK TABLE mimamori.entry IN ACCESS EXCLUSIVE MODE",
    ] {
        let error = server.batch_execute(&format!("BEGIN; {sql}")).expect_err(sql);
        assert!(matches!(error.code().unwrap().code(), "42501"), "{sql}: {error:?}");
        server.batch_execute("ROLLBACK").unwrap();
    }
    // the owner is stopped by the triggers, and so is a superuser who plays a replica
    let mut owner = Client::connect(&database.owner, NoTls).unwrap();
    let mut superuser = Client::connect(&database.superuser, NoTls).unwrap();
    superuser.batch_execute("SET session_replication_role = replica").unwrap();
    for client in [&mut owner, &mut superuser] {
        for table in ["entry", "blob", "erasure", "format"] {
            let column = if table == "format" { "version" } else { "position" };
            for sql in [
                format!("UPDATE mimamori.{table} SET {column} = DEFAULT"),
                format!("DELETE FROM mimamori.{table}"),
                format!("TRUNCATE mimamori.{table} CASCADE"),
            ] {
                let error = client.batch_execute(&sql).expect_err(&sql);
                let words = error.as_db_error().unwrap().message().to_owned();
                assert!(words.contains("never") || words.contains("only by"), "{sql}: {words}");
            }
        }
    }
    // adding to the list of erasures takes an entry that orders this one
    let unordered = "INSERT INTO mimamori.erasure (address, chain, sequence) SELECT address, 'product/rituximab', 1 FROM mimamori.blob";
    for client in [&mut server, &mut owner, &mut superuser] {
        let error = client.batch_execute(unordered).expect_err("unordered");
        assert!(error.as_db_error().unwrap().message().contains("only by an entry"), "{error:?}");
    }
    let order = Draft { kind: journal::ERASED.into(), blobs: vec![blob.address()], ..draft("消去") };
    let order = seal(order, Some(&entries[2].head())).unwrap();
    store.append(std::slice::from_ref(&order), &[]).unwrap();
    store.erase(&Erasure { address: blob.address(), chain: order.draft.chain.clone(), sequence: order.sequence }).unwrap();
    assert_eq!(store.blob(blob.address()).unwrap(), None);
    assert_eq!(damage(&mut store), Vec::<String>::new());
}

#[test]
fn whoever_makes_it_is_told_what_is_wrong() {
    let database = Database::new();
    let not_recorded = |result| matches!(result, Err(Failure::NotRecorded(_)));
    assert!(not_recorded(Postgres::create(&database.owner, "nobody")), "no such role");
    assert!(not_recorded(Postgres::create(&database.owner, "keeper")), "the owner's own role");
    assert!(matches!(Postgres::open(&database.server), Err(Failure::NotAJournal(_))));
    assert!(Postgres::create(&database.server, "keeper").is_err(), "who may not make a schema");
    assert!(matches!(Postgres::open("postgresql://server@%2Fnowhere/x"), Err(Failure::Unreadable(_))));
    drop(made(&database));
    assert!(matches!(Postgres::create(&database.owner, SERVER_ROLE), Err(Failure::Exists(_))), "never over a record");
}

#[test]
fn a_character_that_postgresql_cannot_keep_is_refused() {
    let database = Database::new();
    let mut store = made(&database);
    let entry = seal(Draft { reason: Some("理由\0".into()), ..draft("甲") }, None).unwrap();
    let refused = store.append(&[entry], &[]);
    assert!(matches!(&refused, Err(Failure::NotRecorded(trouble)) if trouble.detail.contains("reason")), "{refused:?}");
    let in_body = seal(draft("\0"), None).unwrap();
    store.append(std::slice::from_ref(&in_body), &[]).unwrap();
    assert_eq!(store.heads().unwrap(), [in_body.head()]);
}

#[test]
fn many_entries_go_with_few_words_and_keep_their_order() {
    let database = Database::new();
    let mut store = made(&database);
    let entries = entries(20_000);
    store.append(&entries, &[]).unwrap();
    let (mut read, mut scanned) = (Vec::new(), Vec::new());
    let flow = ControlFlow::Continue(());
    store.read(&entries[0].draft.chain, 0, &mut |entry| (read.push(entry), flow).1).unwrap();
    store.scan(&mut |entry| (scanned.push(entry.unwrap()), flow).1).unwrap();
    assert!(read == entries && scanned == entries);
}

#[test]
fn what_postgresql_knows_of_itself_is_told() {
    let cluster = Cluster::start("fsync = off");
    let database = Database::alone_in(&cluster);
    Postgres::create(&database.owner, SERVER_ROLE).unwrap();
    assert!(matches!(Postgres::open(&database.server), Err(Failure::NotRecorded(trouble)) if trouble.detail.contains("fsync")));
    let mut superuser = Client::connect(&database.superuser, NoTls).unwrap();
    let mut said = |sql: &str, url: &str| {
        superuser.batch_execute(sql).unwrap();
        damage(&mut Postgres::open_to_read(url).unwrap()).join("\n")
    };
    assert!(said("", &database.server).contains("fsync = off"));
    assert_eq!(said("ALTER SYSTEM SET fsync = on", &database.server).lines().count(), 1);
    said("SELECT pg_reload_conf()", &database.server);
    // a reload is heard a moment later
    while !said("", &database.server).is_empty() {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(said("", &database.owner).contains("owns the table"));
    assert!(said("GRANT DELETE ON mimamori.blob TO server", &database.server).contains("may change or delete"));
    assert!(said("REVOKE DELETE ON mimamori.blob FROM server", &database.server).is_empty());
    assert!(said("ALTER TABLE mimamori.blob DISABLE TRIGGER blob_never_changes", &database.server).contains("blob_never_changes"));
    assert!(said("ALTER TABLE mimamori.blob ENABLE ALWAYS TRIGGER blob_never_changes", &database.server).is_empty());
    // an index that was asleep while a row came
    let row =
        "INSERT INTO mimamori.entry (chain, sequence, recorded, zone, actor, role, command, kind, version, body, blobs, previous, hash)
        VALUES ('reads', 1, '', '', '', '', '', '', 1, '', '', '', '')";
    let asleep =
        "SET allow_system_table_mods = on; UPDATE pg_index SET indisready = false WHERE indexrelid = 'mimamori.entry_place'::regclass";
    let awake = "UPDATE pg_index SET indisready = true WHERE indexrelid = 'mimamori.entry_place'::regclass";
    said(asleep, &database.server);
    said(row, &database.server);
    assert!(said(awake, &database.server).contains("does not agree"));
    let gone =
        "ALTER TABLE mimamori.erasure DROP CONSTRAINT erasure_chain_sequence_fkey; ALTER TABLE mimamori.entry DROP CONSTRAINT entry_place";
    assert!(said(gone, &database.server).contains("entry_place, which keeps places unique, is missing"));
}

#[test]
fn the_database_goes_and_comes_back() {
    let cluster = Cluster::start("");
    let database = Database::alone_in(&cluster);
    let writer = Writer::new(Box::new(made(&database)));
    let mut reader = Postgres::open(&database.server).unwrap();
    let mut follower = Follower::open(&database.server).unwrap();
    writer.append(vec![draft("甲")], Vec::new(), None).wait().unwrap();
    assert_eq!(follower.wait(Duration::from_secs(60)).unwrap(), Some((Chain::Product("rituximab".into()), 1)));
    cluster.run(false);
    assert!(matches!(writer.append(vec![draft("乙")], Vec::new(), None).wait(), Err(Failure::NotRecorded(_))));
    assert!(matches!(reader.heads(), Err(Failure::Unreadable(_))));
    assert!(follower.wait(Duration::from_secs(60)).is_err());
    cluster.run(true);
    assert_eq!(writer.append(vec![draft("丙")], Vec::new(), None).wait().unwrap()[0].sequence, 2);
    assert_eq!(reader.heads().unwrap()[0].sequence, 2);
    assert_eq!(follower.wait(Duration::from_millis(10)), Ok(None), "it listens again, from now on");
    writer.append(vec![draft("丁")], Vec::new(), None).wait().unwrap();
    assert_eq!(follower.wait(Duration::from_secs(60)).unwrap(), Some((Chain::Product("rituximab".into()), 3)));
    drop(writer);
    assert_eq!(damage(&mut reader), Vec::<String>::new());
}

/// What becomes of a commit on its way.
const PASSES: u8 = 0;
/// It arrives; the answer does not.
const ANSWER_LOST: u8 = 1;
/// It never arrives, and the connection behind ends.
const LOST: u8 = 2;
/// It never arrives, and the database does not know yet that nobody is there any more.
const HANGS: u8 = 3;

/// A wire between a store and the database that can be cut at the commit.
struct Wire {
    url: String,
    fate: Arc<AtomicU8>,
    hanging: Arc<Mutex<Vec<UnixStream>>>,
    _folder: tempfile::TempDir,
}

impl Wire {
    fn to(database: &Database) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (fate, hanging) = (Arc::new(AtomicU8::new(PASSES)), Arc::new(Mutex::new(Vec::new())));
        let listener = UnixListener::bind(folder.path().join(".s.PGSQL.5432")).unwrap();
        let target = Cluster::shared().folder().join(".s.PGSQL.5432");
        let shared = (fate.clone(), hanging.clone());
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(server) = UnixStream::connect(&target) else { return };
                let (fate, hanging) = shared.clone();
                std::thread::spawn(move || forward(client, server, &fate, &hanging));
            }
        });
        let host = folder.path().display().to_string().replace('/', "%2F");
        let name = database.server.rsplit_once('/').unwrap().1;
        Self { url: format!("postgresql://{SERVER_ROLE}@{host}/{name}"), fate, hanging, _folder: folder }
    }
}

fn forward(mut client: UnixStream, mut server: UnixStream, fate: &AtomicU8, hanging: &Mutex<Vec<UnixStream>>) {
    let (mut answers, mut back) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    std::thread::spawn(move || std::io::copy(&mut answers, &mut back));
    let mut bytes = [0; 65_536];
    while let Ok(count @ 1..) = client.read(&mut bytes) {
        let commits = bytes[..count].windows(6).any(|window| window == b"COMMIT");
        match if commits { fate.swap(PASSES, Ordering::SeqCst) } else { PASSES } {
            PASSES => server.write_all(&bytes[..count]).unwrap(),
            how => {
                client.shutdown(std::net::Shutdown::Both).unwrap();
                match how {
                    ANSWER_LOST => server.write_all(&bytes[..count]).unwrap(),
                    LOST => server.shutdown(std::net::Shutdown::Both).unwrap(),
                    _ => hanging.lock().unwrap().push(server),
                }
                return;
            }
        }
    }
    let _ = server.shutdown(std::net::Shutdown::Both);
}

#[test]
fn a_connection_lost_at_the_commit_is_uncertain_until_it_is_looked() {
    let database = Database::new();
    drop(made(&database));
    let wire = Wire::to(&database);
    let mut store = Postgres::open(&wire.url).unwrap();
    let all = entries(3);
    // how it looks once the database has noticed
    let settled = |store: &mut Postgres, entry: &Entry| loop {
        match store.settle(entry) {
            Ok(recorded) => return recorded,
            Err(failure) => assert!(matches!(failure, Failure::Unreadable(_)), "{failure:?}"),
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    for (fate, recorded) in [(LOST, false), (ANSWER_LOST, true)] {
        wire.fate.store(fate, Ordering::SeqCst);
        let answer = store.append(&all[..1], &[]);
        assert!(matches!(answer, Err(Failure::Uncertain(_))), "{answer:?}");
        assert_eq!(settled(&mut store, &all[0]), recorded);
    }
    wire.fate.store(HANGS, Ordering::SeqCst);
    assert!(matches!(store.append(&all[1..2], &[]), Err(Failure::Uncertain(_))));
    // the transaction is open still: nobody can tell, and nobody is told
    assert!(matches!(store.settle(&all[1]), Err(Failure::Unreadable(_))));
    wire.hanging.lock().unwrap().clear();
    assert!(!settled(&mut store, &all[1]));
    store.append(&all[1..], &[]).unwrap();
    assert_eq!(store.heads().unwrap(), [all[2].head()]);

    // many people are told the truth by the writer
    let writer = Writer::new(Box::new(store));
    for (fate, recorded) in [(LOST, false), (ANSWER_LOST, true)] {
        wire.fate.store(fate, Ordering::SeqCst);
        let answer = writer.append(vec![draft("丙")], Vec::new(), None).wait();
        match answer {
            Ok(_) => assert!(recorded),
            Err(failure) => assert!(!recorded && matches!(failure, Failure::NotRecorded(_)), "{failure:?}"),
        }
    }
}
