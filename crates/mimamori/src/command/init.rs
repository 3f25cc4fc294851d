//! `mimamori init`.

use diagnostic::Problem;
use operation::organisation::{Command, Organisation, handle};
use operation::{Desk, Snapshot};

use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::record_arguments::Init;
use crate::speech::say;
use crate::{credentials, data};

/// Begins the record of an organisation.
///
/// # Errors
/// There is something in the folder already, or it cannot be written.
pub fn run(options: &Init) -> Result<Outcome, Problem> {
    let context = data::context(&options.actor, 0)?;
    let id = server::chance::bytes::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect();
    let open = Command::Open { id, name: options.organisation.clone(), person_name: options.name.clone() };
    // what will be refused is refused before anything is made
    handle(&Organisation::default(), open.clone(), &context)?;
    let new = data::New::make(&options.data, &options.place)?;
    let desk = Desk::open(new.open()?, new.open()?, Snapshot::default())?;
    desk.organisation(&open, &context).map_err(data::undone)?;
    drop(desk);
    new.finish()?;
    let code = credentials::invite(&options.data, &options.actor.person)?;
    let (folder, person) = (options.data.display(), &options.actor.person);
    let begun = match say("ja", "en") {
        "ja" => format!(
            "{folder} に「{}」の記録を始めました。最初の管理者は {person}（{}）です\n次に: `mimamori password {folder} --as {person}` でパスワードを設定し、\n      `mimamori person {folder} 識別子 --name 氏名 --as {person}` で利用者を登録し、\n      `mimamori role {folder} 識別子 safety-manager --as {person}` で役割を付与してください\n",
            options.organisation, options.name
        ),
        _ => format!(
            "the record of “{}” is begun in {folder}; its first administrator is {person} ({})\nnext: set a password with `mimamori password {folder} --as {person}`,\n      make people known with `mimamori person {folder} PERSON --name NAME --as {person}`\n      and give them roles with `mimamori role {folder} PERSON safety-manager --as {person}`\n",
            options.organisation, options.name
        ),
    };
    Destination::Standard.write(&(begun + &credentials::told(person, &code)))?;
    Ok(Outcome::Clean)
}
