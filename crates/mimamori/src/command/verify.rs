//! `mimamori verify`.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::Instant;

use diagnostic::{Problem, Words, harmless};
use journal::{Chain, Damage, Exported, Failure, Head, HeadLine, Moment, Source, Verified};
use operation::organisation::Event;

use crate::data;
use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::record_arguments::Verify;
use crate::speech::{language, local, say};

/// Recomputes every chain and every blob.
///
/// # Errors
/// The record cannot be read at all.
pub fn run(options: &Verify) -> Result<Outcome, Problem> {
    let start = Instant::now();
    let mut held = options.head.clone();
    let mut source: Box<dyn Source> = match Exported::open(&options.data) {
        Ok(exported) => Box::new(exported),
        Err(_) => data::open_to_read(&options.data)?,
    };
    let Signed { heads, broken, keys } = signed(source.as_mut(), options.key.as_deref())?;
    held.extend(heads);
    // beside it, on another connection: it takes as long again
    let (verified, checkpoint) = std::thread::scope(|scope| {
        let checkpoint = scope.spawn(|| data::checkpoint_damage(&options.data));
        let verified = data::verified(source.as_mut(), &held);
        (verified, checkpoint.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let mut verified = verified?;
    verified.damage.extend(broken);
    if verified.damage.is_empty() {
        verified.damage.extend(checkpoint?);
    }
    let mut text = told(&verified, start.elapsed().as_secs_f64());
    for (key, when) in keys {
        let when = local(when);
        text.push_str(&match say("ja", "en") {
            "ja" => format!("先頭値の署名の鍵 {}（{when} に最後に署名）\n", harmless(&key)),
            _ => format!("the heads are signed with the key {}, last on {when}\n", harmless(&key)),
        });
    }
    Destination::Standard.write(&text)?;
    Ok(if verified.damage.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// A head from the command line.
pub fn held(word: &str) -> Result<Head, String> {
    let parse = || {
        let (rest, hash) = word.rsplit_once(':')?;
        let (chain, sequence) = rest.rsplit_once(':')?;
        Some(Head {
            chain: chain.parse().ok()?,
            sequence: sequence.parse().ok()?,
            recorded: Moment::of(jiff::Timestamp::UNIX_EPOCH),
            hash: hash.parse().ok()?,
        })
    };
    parse().ok_or_else(|| say("product/名前:番号:ハッシュ の形で指定してください", "give it as product/NAME:NUMBER:HASH").to_owned())
}

/// The heads that were signed.
struct Signed {
    heads: Vec<Head>,
    /// Signatures that do not hold, or are not by the key they should be by.
    broken: Vec<Damage>,
    /// The keys, and when each signed last. More than one: a key was lost, or somebody else signs.
    keys: BTreeMap<String, Moment>,
}

/// The heads that were signed, as far as they can be read: what is signed in one chain holds the others.
fn signed(source: &mut dyn Source, key: Option<&str>) -> Result<Signed, Problem> {
    let mut all = Signed { heads: Vec::new(), broken: Vec::new(), keys: BTreeMap::new() };
    let read = source.read(&Chain::Organisation, 0, &mut |entry| {
        if let Ok(Event::SignedHeads(signed)) = Event::read(&entry) {
            let broken =
                |ja: &str, en: &str| Damage { place: format!("{} {}", entry.draft.chain, entry.sequence), what: Words::new(ja, en) };
            if !signed.holds() {
                all.broken.push(broken("先頭値の署名が一致しません", "the signature of the heads does not hold"));
            } else if key.is_some_and(|key| key != signed.key) {
                all.broken.push(broken("先頭値が別の鍵で署名されています", "the heads are signed with another key"));
            } else {
                all.heads.extend(signed.heads.iter().filter_map(HeadLine::head));
                all.keys.insert(signed.key, entry.draft.recorded);
            }
        }
        ControlFlow::Continue(())
    });
    match read {
        // what cannot be read is told with everything else that is damaged
        Err(Failure::Damaged { .. }) | Ok(()) => Ok(all),
        Err(failure) => Err(failure.into()),
    }
}

/// What was looked at, and what was found.
pub fn told(verified: &Verified, seconds: f64) -> String {
    let Verified { entries, blobs, bytes, erased, held, damage, heads } = verified;
    let mut text = String::new();
    for damage in damage {
        text.push_str(&format!("{}: {}\n", harmless(&damage.place), harmless(damage.what.get(language()))));
    }
    let ja = say("ja", "en") == "ja";
    for head in heads {
        let name = match &head.chain {
            Chain::Organisation if ja => "組織".to_owned(),
            Chain::Reads if ja => "閲覧".to_owned(),
            chain => chain.to_string(),
        };
        text.push_str(&if ja {
            format!("{name}: {}番まで、{}\n", head.sequence, head.hash)
        } else {
            format!("{name}: up to {}, {}\n", head.sequence, head.hash)
        });
    }
    let size = bytes.div_ceil(1024);
    text.push_str(&if ja {
        format!(
            "記録 {entries} 件、内容 {blobs} 個（{size} KiB、消去 {erased} 個）を計算し直し、控えの先頭値 {held} 個と比べました（{seconds:.1} 秒）\n"
        )
    } else {
        format!("{entries} entries and {blobs} blobs ({size} KiB, {erased} erased) recomputed, {held} held heads compared, in {seconds:.1} s\n")
    });
    text.push_str(match (ja, damage.is_empty()) {
        (true, true) => "損なわれた所はありません\n",
        (true, false) => "損なわれた所があります\n",
        (false, true) => "the record is whole\n",
        (false, false) => "the record is damaged\n",
    });
    text
}
