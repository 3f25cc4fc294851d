//! `mimamori head`.

use access::{Action, Subject};
use diagnostic::Problem;
use operation::organisation::Command;

use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::record_arguments::HeadOptions;
use crate::speech::{local, say};
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
    let day = local(context.now);
    let organisation = desk.snapshot().organisation.name;
    let mut text = match say("ja", "en") {
        "ja" => format!("{organisation}　記録の先頭値　{day}\n\n"),
        _ => format!("{organisation}: heads of the record, {day}\n\n"),
    };
    for head in &signed.heads {
        text.push_str(&format!("{}:{}:{}\n", head.chain, head.sequence, head.hash));
    }
    text.push_str(&match say("ja", "en") {
        "ja" => format!(
            "\n署名した文（UTF-8、改行なし）\n{}\n公開鍵（Ed25519）\n{}\n署名\n{}\n\nこの紙を組織の外で保管してください。`mimamori verify DATA --head 上の行 --key 公開鍵` で、記録がその時から変わっていないことと、\n署名の鍵が同じであることを確かめられます。署名は RFC 8032 のどのプログラムでも確かめられます。\n",
            signed.text(),
            signed.key,
            signed.signature
        ),
        _ => format!(
            "\nwhat is signed (UTF-8, one line)\n{}\npublic key (Ed25519)\n{}\nsignature\n{}\n\nKeep this outside the organisation. `mimamori verify DATA --head LINE --key KEY` with a line and the key above shows that nothing before it\nhas changed and that the key is the same; any program for RFC 8032 checks the signature.\n",
            signed.text(),
            signed.key,
            signed.signature
        ),
    });
    Destination::Standard.write(&text)?;
    Ok(Outcome::Clean)
}
