//! Chains in a store: what is appended is read back, nothing is changed, and what was changed all the same is found.
#![expect(clippy::unwrap_used, reason = "a test")]

mod places;

use std::ops::ControlFlow;

use journal::{Blob, Chain, Draft, Entry, Failure, Hash, Head, Sqlite, Verified, Writer, seal, verify};
use places::{InSqlite, NewPlace, Place};

in_both_stores!(
    what_was_appended_is_read_back,
    entries_are_never_changed_or_deleted,
    every_changed_column_is_found_and_located,
    what_was_taken_away_is_found,
    two_entries_cannot_take_one_place,
    a_character_that_not_every_store_keeps_is_refused_to_who_sent_it,
    many_people_append_at_once_and_who_decided_on_old_grounds_is_told,
    a_clock_set_back_is_said_and_times_never_run_backwards,
    a_newer_store_is_refused_with_a_word,
    an_erased_blob_leaves_the_chain_whole,
    a_copy_is_whole_entry_for_entry_and_blob_for_blob,
    an_export_is_verified_without_the_database_and_by_other_programs,
);

fn product() -> Chain {
    Chain::Product("rituximab".into())
}

fn draft(chain: Chain, second: u8, text: &str) -> Draft {
    let moment = format!("2026-11-23T06:00:{second:02}.000001Z").parse().unwrap();
    Draft::new(chain, moment, "sato", "safety-manager", "remark", 1, text).unwrap()
}

fn filled(place: &dyn Place) -> (Vec<Entry>, Vec<Blob>) {
    let mut store = place.create().unwrap();
    let blobs: Vec<_> = (0..3)
        .map(|n| Blob { salt: [n; 32], bytes: if n == 0 { b"to be erased, every byte".repeat(10) } else { vec![n; 1000] } })
        .collect();
    let mut entries: Vec<Entry> = Vec::new();
    for number in 0..20 {
        let chain = if number % 4 == 3 { Chain::Organisation } else { product() };
        let mut draft = draft(chain.clone(), number, &format!("第{number}の記録"));
        draft.reason = (number % 2 == 0).then(|| "理由".to_owned());
        draft.received = (number % 3 == 0).then(|| "2026-11-20".parse().unwrap());
        draft.blobs = blobs.get(usize::from(number)).map(Blob::address).into_iter().collect();
        let head = entries.iter().rev().find(|entry| entry.draft.chain == chain).map(Entry::head);
        entries.push(seal(draft, head.as_ref()).unwrap());
    }
    store.append(&entries, &blobs).unwrap();
    (entries, blobs)
}

fn verified(place: &dyn Place, held: &[Head]) -> Verified {
    verify(&mut *place.open_to_read().unwrap(), held, &mut |_, _| ControlFlow::Continue(())).unwrap()
}

fn what_was_appended_is_read_back(new_place: NewPlace) {
    let place = new_place();
    let (entries, blobs) = filled(&*place);
    let mut store = place.open().unwrap();
    let mut read = Vec::new();
    store
        .read(&product(), 0, &mut |entry| {
            read.push(entry);
            ControlFlow::Continue(())
        })
        .unwrap();
    let of_product: Vec<_> = entries.iter().filter(|entry| entry.draft.chain == product()).cloned().collect();
    assert_eq!(read, of_product);
    assert_eq!(store.blob(blobs[1].address()).unwrap().as_ref(), Some(&blobs[1]));
    let verified = verified(&*place, &store.heads().unwrap());
    assert_eq!(verified.damage, []);
    assert_eq!((verified.entries, verified.blobs, verified.bytes, verified.held), (20, 3, 2240, 2));
}

// shows items 2, 23
fn entries_are_never_changed_or_deleted(new_place: NewPlace) {
    let place = new_place();
    filled(&*place);
    let whole = verified(&*place, &[]);
    for sql in ["UPDATE entry SET actor = 'x'", "DELETE FROM entry", "UPDATE blob SET bytes = x'00'", "DELETE FROM blob"] {
        let error = place.refused(sql).expect(sql);
        assert!(error.contains("never") || error.contains("only by"), "{sql}: {error}");
    }
    assert_eq!(verified(&*place, &[]), whole);
}

/// REPLACE is SQLite's alone.
#[test]
fn entries_are_never_replaced() {
    let place = InSqlite::default();
    filled(&place);
    let whole = verified(&place, &[]);
    for sql in [
        "REPLACE INTO entry SELECT * FROM entry LIMIT 1",
        "REPLACE INTO entry (rowid, chain, sequence, recorded, zone, actor, role, command, kind, version, body, blobs, previous, hash)
         SELECT 1, 'reads', 1, recorded, zone, actor, role, command, kind, version, body, blobs, previous, hash FROM entry LIMIT 1",
    ] {
        let error = place.refused(sql).expect(sql);
        assert!(error.contains("taken"), "{sql}: {error}");
    }
    assert_eq!(place.refused("REPLACE INTO blob (address, salt, bytes) SELECT address, salt, x'00' FROM blob"), None);
    assert_eq!(verified(&place, &[]), whole);
}

// shows items 2
fn every_changed_column_is_found_and_located(new_place: NewPlace) {
    let columns = [
        ("recorded", "'2026-11-23T06:00:04.000002Z'"),
        ("zone", "'UTD'"),
        ("received", "'2026-11-21'"),
        ("actor", "'sata'"),
        ("role", "'safety-manages'"),
        ("reason", "'x'"),
        ("command", "'x'"),
        ("kind", "'remarl'"),
        ("version", "2"),
        ("body", "'\"x\"'"),
        ("blobs", "zeroblob(32)"),
        ("previous", "zeroblob(32)"),
        ("hash", "zeroblob(32)"),
        ("reason", "NULL"),
        ("received", "'2026-11-20T00:00'"),
        ("chain", "'product/rituximac'"),
        ("sequence", "99"),
    ];
    for (column, value) in columns {
        let place = new_place();
        filled(&*place);
        // sequence 4 of the product is the fifth entry: with reason, without day of receipt
        let row = if column == "received" && value.len() > 12 { 7 } else { 5 };
        place.tamper(&format!("UPDATE entry SET {column} = {value} WHERE rowid = {row}"));
        let found = verified(&*place, &[]).damage;
        assert!(!found.is_empty(), "{column} = {value} was not found");
        let place = if row == 5 { "product/ritu" } else { "product/rituximab 6" };
        assert!(found.iter().any(|damage| damage.place.starts_with(place)), "{column}: {found:?}");
    }
}

/// PostgreSQL keeps none.
#[test]
fn bytes_that_are_no_text_are_found() {
    let place = InSqlite::default();
    filled(&place);
    place.tamper("UPDATE entry SET body = CAST(x'ff' AS TEXT) WHERE rowid = 5");
    let found = verified(&place, &[]).damage;
    assert!(found.iter().any(|damage| damage.place == "product/rituximab 4"), "{found:?}");
}

fn what_was_taken_away_is_found(new_place: NewPlace) {
    let place = new_place();
    let (entries, blobs) = filled(&*place);
    let heads = place.open().unwrap().heads().unwrap();
    place.tamper("DELETE FROM entry WHERE rowid = 9");
    let found = verified(&*place, &[]).damage;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].place, format!("product/rituximab {}", entries[8].sequence + 1));

    let place = new_place();
    filled(&*place);
    place.tamper("DELETE FROM entry WHERE rowid = 20");
    assert_eq!(verified(&*place, &[]).damage, [], "a shorter chain holds in itself");
    assert_eq!(verified(&*place, &heads).damage[0].place, "organisation 5", "but not against a head held outside");

    let place = new_place();
    filled(&*place);
    place.tamper("DELETE FROM blob WHERE rowid = 2");
    let found = verified(&*place, &[]).damage;
    assert!(found[0].place.contains(&blobs[1].address().to_string()) && found[0].place.contains("product/rituximab 2"), "{found:?}");

    let place = new_place();
    filled(&*place);
    place.tamper("UPDATE blob SET bytes = CAST(substr(bytes, 1, 999) || x'ff' AS BLOB) WHERE rowid = 3");
    assert!(verified(&*place, &[]).damage[0].place.contains(&blobs[2].address().to_string()));
    assert!(matches!(place.open().unwrap().blob(blobs[2].address()), Err(Failure::Damaged { .. })));
}

fn two_entries_cannot_take_one_place(new_place: NewPlace) {
    let place = new_place();
    let mut store = place.create().unwrap();
    let first = seal(draft(product(), 1, "甲"), None).unwrap();
    let other = seal(draft(product(), 1, "乙"), None).unwrap();
    store.append(std::slice::from_ref(&first), &[]).unwrap();
    assert_eq!(store.append(&[other], &[]), Err(Failure::Taken(product())));
    assert_eq!(store.heads().unwrap(), [first.head()]);
}

fn a_character_that_not_every_store_keeps_is_refused_to_who_sent_it(new_place: NewPlace) {
    let place = new_place();
    let writer = Writer::new(place.create().unwrap());
    let bad = writer.append(vec![Draft { actor: "sa\0to".into(), ..draft(product(), 1, "甲") }], Vec::new(), None);
    let good = writer.append(vec![draft(product(), 1, "乙\0")], Vec::new(), None);
    assert!(matches!(bad.wait(), Err(Failure::NotRecorded(trouble)) if trouble.detail.contains("actor")));
    assert_eq!(good.wait().unwrap()[0].sequence, 1);
}

fn many_people_append_at_once_and_who_decided_on_old_grounds_is_told(new_place: NewPlace) {
    let place = new_place();
    let writer = Writer::new(place.create().unwrap());
    std::thread::scope(|scope| {
        for person in 0..8 {
            let writer = &writer;
            scope.spawn(move || {
                for number in 0..25 {
                    let answer = writer.append(vec![draft(product(), 1, &format!("{person}-{number}"))], Vec::new(), None);
                    answer.wait().unwrap();
                }
            });
        }
    });
    assert_eq!(writer.append(vec![draft(product(), 2, "遅い")], Vec::new(), Some(Hash::NONE)).wait(), Err(Failure::Taken(product())));
    let last = place.open_to_read().unwrap().heads().unwrap()[0].hash;
    let entries = writer.append(vec![draft(product(), 2, "続き"), draft(product(), 2, "続き")], Vec::new(), Some(last)).wait().unwrap();
    assert_eq!((entries[0].sequence, entries[1].sequence), (201, 202));
    let back = writer.append(vec![draft(Chain::Organisation, 3, "先")], Vec::new(), None).wait().unwrap();
    assert_eq!(back[0].sequence, 1);
    drop(writer);
    let verified = verified(&*place, &[]);
    assert_eq!((verified.entries, verified.damage), (203, Vec::new()));
}

// shows items 20
fn a_clock_set_back_is_said_and_times_never_run_backwards(new_place: NewPlace) {
    let place = new_place();
    let writer = Writer::new(place.create().unwrap());
    writer.append(vec![draft(product(), 30, "先")], Vec::new(), None).wait().unwrap();
    let entry = writer.append(vec![draft(product(), 29, "少し前の時計")], Vec::new(), None).wait().unwrap().remove(0);
    assert_eq!(entry.draft.recorded.to_string(), "2026-11-23T06:00:30.000001Z");
    let refused = writer.append(vec![draft(product(), 20, "戻った時計")], Vec::new(), None).wait();
    assert!(matches!(refused, Err(Failure::ClockSetBack { .. })), "{refused:?}");
    assert_eq!(writer.append(vec![draft(product(), 31, "直った時計")], Vec::new(), None).wait().unwrap()[0].sequence, 3);
}

fn a_newer_store_is_refused_with_a_word(new_place: NewPlace) {
    let place = new_place();
    filled(&*place);
    place.age();
    assert!(matches!(place.open(), Err(Failure::Newer { found: 2, known: 1 })));
    assert!(matches!(place.open_to_read(), Err(Failure::Newer { found: 2, known: 1 })));
    assert!(matches!(place.create(), Err(Failure::Exists(_))), "never over a record");
}

#[test]
fn another_file_is_refused_with_a_word() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [("text", &b"not a database at all, but long enough to be one"[..]), ("empty", b"")] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        assert!(matches!(Sqlite::open(&path), Err(Failure::NotAJournal(_))), "{name}");
    }
    assert!(matches!(Sqlite::open(&folder.path().join("missing")), Err(Failure::NotAJournal(_))));
    assert!(!folder.path().join("missing").exists());
}

/// Has a blob erased, by an entry that says so.
fn erase(store: &mut dyn journal::Store, blob: &Blob) -> journal::Erasure {
    let head = store.heads().unwrap().into_iter().find(|head| head.chain == product());
    let draft = Draft { kind: journal::ERASED.into(), blobs: vec![blob.address()], ..draft(product(), 59, "消去") };
    let entry = seal(draft, head.as_ref()).unwrap();
    store.append(std::slice::from_ref(&entry), &[]).unwrap();
    let erasure = journal::Erasure { address: blob.address(), chain: product(), sequence: entry.sequence };
    store.erase(&erasure).unwrap();
    erasure
}

fn an_erased_blob_leaves_the_chain_whole(new_place: NewPlace) {
    let place = new_place();
    let (entries, blobs) = filled(&*place);
    let mut store = place.open().unwrap();
    let by = |sequence| journal::Erasure { address: blobs[0].address(), chain: product(), sequence };
    for (sequence, why) in [(99, "there is no such entry"), (entries[0].sequence, "an entry that speaks of it, but orders nothing")] {
        assert!(store.erase(&by(sequence)).is_err(), "{why}");
    }
    assert!(store.blob(blobs[0].address()).unwrap().is_some());
    let erasure = erase(&mut *store, &blobs[0]);
    let another = journal::Erasure { address: blobs[1].address(), ..erasure };
    assert!(store.erase(&another).is_err(), "the entry orders the erasure of another blob");
    assert_eq!(store.blob(blobs[0].address()).unwrap(), None);
    drop(store);
    let verified = verified(&*place, &[]);
    assert_eq!((verified.damage, verified.erased, verified.blobs), (Vec::new(), 1, 2));
}

#[test]
fn a_guard_that_was_taken_away_is_found() {
    let place = InSqlite::default();
    filled(&place);
    rusqlite::Connection::open(&place.path).unwrap().execute_batch("DROP TRIGGER entry_never_changes").unwrap();
    let damage = verified(&place, &[]).damage;
    assert!(damage.len() == 1 && damage[0].what.en.contains("trigger entry_never_changes, which guards"), "{damage:?}");
}

#[test]
fn the_bytes_of_an_erased_blob_are_not_in_the_file() {
    let place = InSqlite::default();
    let (_, blobs) = filled(&place);
    erase(&mut *place.open().unwrap(), &blobs[0]);
    let bytes = std::fs::read(&place.path).unwrap();
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    assert!(holds(&blobs[1].bytes) && !holds(b"to be erased, every byte"), "the bytes of the erased blob are still in the file");
}

// shows items 24, 25
fn a_copy_is_whole_entry_for_entry_and_blob_for_blob(new_place: NewPlace) {
    let place = new_place();
    let (_, blobs) = filled(&*place);
    let mut from = place.open().unwrap();
    erase(&mut *from, &blobs[0]);
    let copy_place = new_place();
    let mut to = copy_place.create().unwrap();
    let copied = journal::copy(&mut *from, &mut *to, &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!((copied.entries, copied.blobs), (21, 2));
    assert_eq!(verified(&*copy_place, &from.heads().unwrap()), verified(&*place, &from.heads().unwrap()));
    assert!(journal::copy(&mut *from, &mut *to, &mut |_| ControlFlow::Continue(())).is_err(), "never over a record");

    drop((from, to));
    place.tamper("UPDATE blob SET bytes = x'00' WHERE rowid = 3");
    let mut to = Sqlite::in_memory().unwrap();
    let damaged = journal::copy(&mut *place.open_to_read().unwrap(), &mut to, &mut |_| ControlFlow::Continue(()));
    assert!(matches!(damaged, Err(Failure::Damaged { .. })), "what is damaged is not copied: {damaged:?}");
}

// shows items 8, 21
fn an_export_is_verified_without_the_database_and_by_other_programs(new_place: NewPlace) {
    let (place, folder) = (new_place(), tempfile::tempdir().unwrap());
    let out = folder.path().join("out");
    let (_, blobs) = filled(&*place);
    let mut from = place.open().unwrap();
    erase(&mut *from, &blobs[0]);
    let heads = from.heads().unwrap();
    let copied = journal::export(&mut *from, &out, &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!((copied.entries, copied.blobs), (21, 2));
    let check = || verify(&mut journal::Exported::open(&out).unwrap(), &heads, &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(check(), verified(&*place, &heads));

    // what a third party needs: a JSON library and SHA-256
    let script = r#"
import hashlib, json, pathlib, sys
out = pathlib.Path(sys.argv[1])
for chain in sorted((out / "chains").iterdir()):
    previous = "0" * 64
    for number, line in enumerate(chain.read_text("utf-8").splitlines(), 1):
        entry = json.loads(line)
        told = entry.pop("hash")
        text = json.dumps(entry, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == told, (chain, number)
        assert entry["previous"] == previous and entry["sequence"] == number, (chain, number)
        previous = told
for blob in (out / "blobs").iterdir():
    assert hashlib.sha256(blob.read_bytes()).hexdigest() == blob.name, blob
print("whole")
"#;
    let python = || std::process::Command::new("python3").args(["-c", script]).arg(&out).output().unwrap();
    assert_eq!(python().stdout, b"whole\n", "{}", String::from_utf8_lossy(&python().stderr));

    // any one changed byte of a chain is found, and where
    let chain = out.join("chains/product.rituximab.jsonl");
    let whole = std::fs::read(&chain).unwrap();
    for at in (0..whole.len()).step_by(7) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        std::fs::write(&chain, &bytes).unwrap();
        assert!(!check().damage.is_empty(), "byte {at}: {}", String::from_utf8_lossy(&whole[at.saturating_sub(20)..at + 1]));
    }
    std::fs::write(&chain, &whole).unwrap();
    std::fs::write(out.join("blobs").join(blobs[1].address().to_string()), b"short").unwrap();
    assert!(check().damage[0].place.contains(&blobs[1].address().to_string()));
}

/// Every bit of a value that SQLite keeps: found, or of no consequence because everything reads as it was.
#[test]
fn no_flipped_bit_of_the_file_changes_what_is_read() {
    let place = InSqlite::default();
    let path = &place.path;
    filled(&place);
    let whole = std::fs::read(path).unwrap();
    let heads = verified(&place, &[]).heads;
    let before = verified(&place, &heads);
    let (mut found, mut same) = (0, 0);
    // a prime step, so that all kinds of places are met, and another bit each time
    for (round, at) in (0..whole.len()).step_by(37).enumerate() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (round % 8);
        std::fs::write(path, &bytes).unwrap();
        let read = Sqlite::open_to_read(path).and_then(|mut store| verify(&mut store, &heads, &mut |_, _| ControlFlow::Continue(())));
        match read {
            Ok(after) if after.damage.is_empty() => {
                assert_eq!(after, before, "byte {at} changed what is read, and nothing was said");
                same += 1;
            }
            _ => found += 1,
        }
    }
    assert!(found > 100 && same > 0, "{found} found, {same} of no consequence");
}
