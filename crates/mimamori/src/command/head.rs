//! `mimamori head`.

use access::{Action, Subject};
use diagnostic::Problem;
use operation::organisation::Command;

use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::record_arguments::HeadOptions;
use crate::speech::say;
use crate::{data, heads};

/// Signs the heads of all chains, records that, and shows them to be kept outside.
///
/// # Errors
/// It may not be done, or the key or the record cannot be read or written.
pub fn run(options: &HeadOptions) -> Result<Outcome, Problem> {
    let desk = data::desk(&options.data)?;
    let context = data::context(&options.actor, 0)?;
    desk.allowed(Action::PrintHead, &Subject::default(), &context).map_err(data::undone)?;
    let signed = heads::sign(&options.data)?;
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
