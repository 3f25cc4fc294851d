//! `mimamori head`.

use std::fs;
use std::path::Path;

use access::{Action, Subject};
use diagnostic::{Problem, Words};
use journal::SignedHeads;
use operation::organisation::Command;

use crate::data;
use crate::delivery::{Destination, Staged};
use crate::folder::unwritten;
use crate::outcome::Outcome;
use crate::record_arguments::HeadOptions;
use crate::speech::say;

/// The file of the secret key, which only the owner of the folder can read.
const KEY: &str = "head.key";

/// Signs the heads of all chains, records that, and shows them to be kept outside.
///
/// # Errors
/// It may not be done, or the key or the record cannot be read or written.
pub fn run(options: &HeadOptions) -> Result<Outcome, Problem> {
    let desk = data::desk(&options.data)?;
    let context = data::context(&options.actor, 0)?;
    desk.allowed(Action::PrintHead, &Subject::default(), &context).map_err(data::undone)?;
    let signed = SignedHeads::sign(&data::open_to_read(&options.data)?.heads()?, &key(&options.data)?);
    desk.organisation(&Command::SignHeads(signed.clone()), &context).map_err(data::undone)?;
    let day = context.now.timestamp().to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S %:z").to_string();
    let organisation = desk.snapshot().organisation.name;
    let mut text = match say("ja", "en") {
        "ja" => format!("{organisation}　記録の先頭値　{day}\n\n"),
        _ => format!("{organisation}: heads of the record, {day}\n\n"),
    };
    for head in &signed.heads {
        text.push_str(&format!("{}:{}:{}\n", head.chain, head.sequence, head.hash));
    }
    text.push_str(&format!("\nEd25519 {}\n{}\n", signed.key, signed.signature));
    text.push_str(say(
        "\nこの紙を組織の外で保管してください。`mimamori verify DATA --head 上の行` で、記録がその時から変わっていないことを確かめられます。\n",
        "\nKeep this outside the organisation. `mimamori verify DATA --head LINE` with a line above shows that nothing before it has changed.\n",
    ));
    Destination::Standard.write(&text)?;
    Ok(Outcome::Clean)
}

/// The secret key, made when it is first needed.
fn key(data: &Path) -> Result<[u8; 32], Problem> {
    let path = data.join(KEY);
    if path.exists() {
        let name = path.display();
        return fs::read(&path).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| {
            Problem::new(
                Words::new(format!("{name} を鍵として読めません"), format!("{name} cannot be read as a key")),
                Words::new(
                    "バックアップから戻してください。失われたときは、退けると次の署名から新しい鍵になります",
                    "bring it back from a backup; if it is lost and put aside, a new key signs from then on",
                ),
            )
        });
    }
    let key = data::random()?;
    Staged::new(&path, &key).and_then(Staged::commit).map_err(|error| unwritten(&path, &error))?;
    Ok(key)
}
