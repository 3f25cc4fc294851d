//! `mimamori init`.

use diagnostic::Problem;
use operation::organisation::{Command, Organisation, handle};

use crate::data;
use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::record_arguments::Init;
use crate::speech::say;

/// Begins the record of an organisation.
///
/// # Errors
/// There is something in the folder already, or it cannot be written.
pub fn run(options: &Init) -> Result<Outcome, Problem> {
    let context = data::context(&options.actor, 0)?;
    let id = data::random::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect();
    let open = Command::Open { id, name: options.organisation.clone(), person_name: options.name.clone() };
    // what will be refused is refused before anything is made
    handle(&Organisation::default(), open.clone(), &context)?;
    drop(data::create(&options.data, &options.place)?);
    let desk = data::desk(&options.data)?;
    let begun = desk.organisation(&open, &context).map_err(data::undone);
    if begun.is_err() {
        drop(desk);
        // nothing is recorded: the folder is as it was
        let _ = std::fs::remove_file(data::file(&options.data));
    }
    begun?;
    let (folder, person) = (options.data.display(), &options.actor.person);
    Destination::Standard.write(&match say("ja", "en") {
        "ja" => format!(
            "{folder} に「{}」の記録を始めました。最初の管理者は {person}（{}）です\n次に: `mimamori person {folder} 識別子 --name 氏名 --as {person}` で利用者を登録し、\n      `mimamori role {folder} 識別子 safety-manager --as {person}` で役割を付与してください\n",
            options.organisation, options.name
        ),
        _ => format!(
            "the record of “{}” is begun in {folder}; its first administrator is {person} ({})\nnext: make people known with `mimamori person {folder} PERSON --name NAME --as {person}`\n      and give them roles with `mimamori role {folder} PERSON safety-manager --as {person}`\n",
            options.organisation, options.name
        ),
    })?;
    Ok(Outcome::Clean)
}
