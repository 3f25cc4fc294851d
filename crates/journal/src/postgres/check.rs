//! What PostgreSQL itself can say, cheaply, about the tables and about who may touch them. `pg_amcheck` says more.

use diagnostic::Words;
use postgres::Client;

use super::connection::setting;
use super::trouble::unreadable;
use crate::failure::Failure;

/// The triggers of `schema.sql`, each by the table it guards.
const TRIGGERS: [(&str, &str); 7] = [
    ("blob", "blob_goes_by_erasure"),
    ("blob", "blob_never_changes"),
    ("entry", "entry_never_changes"),
    ("erasure", "erasure_erases"),
    ("erasure", "erasure_is_ordered"),
    ("erasure", "erasure_never_changes"),
    ("format", "format_never_changes"),
];

pub(super) fn check(client: &mut Client) -> Result<Vec<Words>, Failure> {
    let mut found = Vec::new();
    for name in ["fsync", "full_page_writes"] {
        if setting(client, name)? == "off" {
            found.push(Words::new(
                format!("{name} = off です。停電などで記録が失われるおそれがあります"),
                format!("{name} = off: a power failure may lose what was acknowledged"),
            ));
        }
    }
    triggers(client, &mut found)?;
    rights(client, &mut found)?;
    index(client, &mut found)?;
    Ok(found)
}

/// All are there, and fire always.
fn triggers(client: &mut Client, found: &mut Vec<Words>) -> Result<(), Failure> {
    let sql = "SELECT relname::text, tgname::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
               WHERE relnamespace = 'mimamori'::regnamespace AND tgenabled = 'A'";
    let mut armed = Vec::new();
    for row in client.query_typed(sql, &[]).map_err(unreadable)? {
        armed.push((row.try_get::<_, String>(0).map_err(unreadable)?, row.try_get::<_, String>(1).map_err(unreadable)?));
    }
    for (table, name) in TRIGGERS {
        if !armed.iter().any(|(at, armed)| at == table && armed == name) {
            found.push(Words::new(
                format!("表 {table} の変更と削除を拒むトリガー {name} がないか、止められています"),
                format!("the trigger {name} that guards the table {table} is missing or disabled"),
            ));
        }
    }
    Ok(())
}

/// The role of this connection may neither change nor delete, and does not own the tables.
fn rights(client: &mut Client, found: &mut Vec<Words>) -> Result<(), Failure> {
    let sql = "SELECT relname::text, current_user::text, pg_has_role(current_user, relowner, 'MEMBER'),
                      has_table_privilege(current_user, pg_class.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')
                          OR has_any_column_privilege(current_user, pg_class.oid, 'UPDATE')
               FROM pg_class WHERE relnamespace = 'mimamori'::regnamespace AND relkind = 'r' ORDER BY relname";
    for row in client.query_typed(sql, &[]).map_err(unreadable)? {
        let (table, role) = (row.try_get::<_, String>(0).map_err(unreadable)?, row.try_get::<_, String>(1).map_err(unreadable)?);
        let (owns, may): (bool, bool) = (row.try_get(2).map_err(unreadable)?, row.try_get(3).map_err(unreadable)?);
        if owns || may {
            let (ja, en) = if owns {
                ("の所有者です", "owns the table")
            } else {
                ("を変更または削除できます", "may change or delete in the table")
            };
            found.push(Words::new(
                format!("接続した役割 {role} が表 {table} {ja}。記録の追加と参照だけができる役割で接続してください"),
                format!("the role of this connection, {role}, {en} {table}: connect with a role that may insert and select only"),
            ));
        }
    }
    Ok(())
}

/// The index that keeps places unique is there, and holds what the table holds.
fn index(client: &mut Client, found: &mut Vec<Words>) -> Result<(), Failure> {
    let sql = "SELECT 1 FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
               WHERE indrelid = 'mimamori.entry'::regclass AND relname = 'entry_place' AND indisunique AND indisvalid";
    if client.query_typed(sql, &[]).map_err(unreadable)?.is_empty() {
        found.push(Words::new(
            "番号の重複を防ぐ索引 entry_place がありません".to_owned(),
            "the index entry_place, which keeps places unique, is missing".to_owned(),
        ));
        return Ok(());
    }
    let mut sums = Vec::new();
    client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").map_err(unreadable)?;
    for (by_index, by_table) in [("on", "off"), ("off", "on")] {
        let plan = format!(
            "SET LOCAL enable_indexscan = {by_index}; SET LOCAL enable_indexonlyscan = {by_index}; SET LOCAL enable_bitmapscan = off;
             SET LOCAL enable_seqscan = {by_table}"
        );
        client.batch_execute(&plan).map_err(unreadable)?;
        let sql = "SELECT count(*), coalesce(sum(sequence), 0)::text, coalesce(sum(hashtext(chain)), 0)::text FROM mimamori.entry
                   WHERE chain >= ''";
        let row = client.query_typed_one(sql, &[]).map_err(unreadable)?;
        let sum = |index| row.try_get::<_, String>(index).map_err(unreadable);
        sums.push((row.try_get::<_, i64>(0).map_err(unreadable)?, sum(1)?, sum(2)?));
    }
    client.batch_execute("ROLLBACK").map_err(unreadable)?;
    if sums[0] != sums[1] {
        let (by_index, by_table) = (sums[0].0, sums[1].0);
        found.push(Words::new(
            format!("索引 entry_place が表と一致しません（索引 {by_index}件、表 {by_table}件）。REINDEX が要ります"),
            format!("the index entry_place does not agree with the table ({by_index} by index, {by_table} in the table): REINDEX it"),
        ));
    }
    Ok(())
}
