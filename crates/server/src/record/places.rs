//! Where in a chain entries of a kind, of a person or of a day stand: so that a filter finds ten among fifty thousand without reading
//! them. It follows from the entries, is made when a chain is first searched, and goes on from there.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use journal::{Chain, Failure, Store};

/// The places of all chains that were searched.
#[derive(Debug, Default)]
pub struct Places(Mutex<BTreeMap<Chain, Arc<Mutex<Columns>>>>);

/// What is known of each entry of a chain, in order: sixteen bytes.
#[derive(Debug, Default)]
struct Columns {
    kinds: Names,
    actors: Names,
    rows: Vec<Row>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    kind: u32,
    actor: u32,
    second: i64,
}

/// Names by number.
#[derive(Debug, Default)]
struct Names(BTreeMap<String, u32>);

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        match self.0.get(name) {
            Some(number) => *number,
            None => {
                let number = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
                self.0.insert(name.to_owned(), number);
                number
            }
        }
    }
}

/// What is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// The kind.
    pub kind: Option<&'a str>,
    /// The person.
    pub actor: Option<&'a str>,
    /// The first second.
    pub since: Option<i64>,
    /// The second after the last.
    pub until: Option<i64>,
}

impl Places {
    /// The places before another of the entries wanted, the last first, as many as `enough` says.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn before(
        &self,
        store: &mut dyn Store,
        chain: &Chain,
        wanted: Wanted<'_>,
        before: u64,
        enough: usize,
    ) -> Result<Vec<u64>, Failure> {
        let columns = Arc::clone(locked(&self.0).entry(chain.clone()).or_default());
        // who searches a chain that was never searched waits for who began
        let mut columns = locked(&columns);
        columns.read_on(store, chain)?;
        let Columns { kinds, actors, rows } = &*columns;
        let number = |names: &Names, name: Option<&str>| name.map(|name| names.0.get(name).copied());
        let (kind, actor) = (number(kinds, wanted.kind), number(actors, wanted.actor));
        let fits = |row: &Row| {
            kind.is_none_or(|kind| kind == Some(row.kind))
                && actor.is_none_or(|actor| actor == Some(row.actor))
                && wanted.since.is_none_or(|since| since <= row.second)
                && wanted.until.is_none_or(|until| row.second < until)
        };
        let last = usize::try_from(before.saturating_sub(1)).unwrap_or(usize::MAX).min(rows.len());
        let found = rows[..last].iter().enumerate().rev().filter(|(_, row)| fits(row));
        Ok(found.map(|(index, _)| index as u64 + 1).take(enough).collect())
    }
}

impl Columns {
    fn read_on(&mut self, store: &mut dyn Store, chain: &Chain) -> Result<(), Failure> {
        store.read(chain, self.rows.len() as u64, &mut |entry| {
            let row = Row {
                kind: self.kinds.number(&entry.draft.kind),
                actor: self.actors.number(&entry.draft.actor),
                second: entry.draft.recorded.timestamp().as_second(),
            };
            self.rows.push(row);
            ControlFlow::Continue(())
        })
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // rows are put in one after another: whoever panicked left whole ones
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use journal::{Draft, Head, Moment, Sqlite, seal};

    use super::*;

    fn recorded(store: &mut Sqlite, chain: &Chain, entries: std::ops::Range<i64>) {
        for number in entries {
            let at = Moment::of(jiff::Timestamp::from_second(1_700_000_000 + number).unwrap());
            let (kind, actor) = (if number % 3 == 0 { "signed" } else { "submitted" }, if number % 2 == 0 { "sato" } else { "suzuki" });
            let draft = Draft::new(chain.clone(), at, actor, "", kind, 1, &()).unwrap();
            let head: Option<Head> = store.heads().unwrap().into_iter().find(|head| head.chain == *chain);
            store.append(&[seal(draft, head.as_ref()).unwrap()], &[]).unwrap();
        }
    }

    #[test]
    fn places_are_those_of_the_entries_that_fit_and_go_on() {
        let (mut store, places) = (Sqlite::in_memory().unwrap(), Places::default());
        let chain = Chain::Product("mihon".into());
        recorded(&mut store, &chain, 0..20);
        recorded(&mut store, &Chain::Organisation, 0..5);
        let mut found = |wanted, before, enough| places.before(&mut store, &chain, wanted, before, enough).unwrap();
        let signed = Wanted { kind: Some("signed"), ..Wanted::default() };
        assert_eq!(found(signed, 21, 3), [19, 16, 13]);
        assert_eq!(found(signed, 13, 9), [10, 7, 4, 1]);
        assert_eq!(found(Wanted { actor: Some("sato"), ..signed }, 100, 9), [19, 13, 7, 1]);
        let days = Wanted { since: Some(1_700_000_003), until: Some(1_700_000_006), ..Wanted::default() };
        assert_eq!(found(days, 21, 9), [6, 5, 4]);
        assert_eq!(found(Wanted { kind: Some("unheard-of"), ..Wanted::default() }, 21, 9), Vec::<u64>::new());
        recorded(&mut store, &chain, 20..22);
        assert_eq!(places.before(&mut store, &chain, signed, 23, 2).unwrap(), [22, 19]);
    }
}
