//! `mimamori export`.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use access::{Action, Subject};
use diagnostic::{Problem, Words};
use journal::{Damage, Exported, Store, Verified};
use operation::{Point, Snapshot};

use super::status;
use crate::data;
use crate::delivery::Destination;
use crate::folder::unwritten;
use crate::outcome::Outcome;
use crate::record_arguments::Export;
use crate::speech::say;
use crate::terminal::Progress;

/// Writes the state as files, and the whole trail so that others can verify it.
///
/// # Errors
/// It may not be taken out, the folder is not empty, or the record is damaged.
pub fn run(options: &Export) -> Result<Outcome, Problem> {
    let desk = data::desk(&options.data)?;
    let context = data::context(&options.actor, 0)?;
    desk.allowed(Action::Export, &Subject::default(), &context).map_err(data::undone)?;
    let output = &options.output;
    if output.exists() {
        let name = output.display();
        return Err(Problem::new(
            Words::new(format!("{name} はすでにあります。上書きしません"), format!("{name} exists and is not overwritten")),
            Words::new("新しいフォルダーの名前を指定してください", "name a new folder"),
        ));
    }
    // of this program alone
    let mut partial = output.as_os_str().to_owned();
    partial.push(format!(".{}.partial", std::process::id()));
    let partial = Path::new(&partial);
    fs::create_dir(partial).map_err(|error| unwritten(partial, &error))?;
    let written = write(options, partial).and_then(|told| {
        fs::rename(partial, output).map_err(|error| unwritten(output, &error))?;
        Ok(told)
    });
    if written.is_err() {
        // what is half written is no export
        let _ = fs::remove_dir_all(partial);
    }
    let (told, outcome) = written?;
    desk.note("exported", &Words::same(output.display().to_string()), &context);
    Destination::Standard.write(&told)?;
    Ok(outcome)
}

fn write(options: &Export, folder: &Path) -> Result<(String, Outcome), Problem> {
    let mut store = data::open_to_read(&options.data)?;
    let mut progress = Progress::new(say("書き出し中", "writing"));
    let copied = journal::export(&mut *store, folder, &mut |copied| {
        progress.tell(&format!("{} + {}", copied.entries, copied.blobs));
        ControlFlow::Continue(())
    })?;
    drop(progress);
    // what is told of the export is what stands in it: others may have recorded more meanwhile
    let Verified { heads, damage, .. } = data::verified(&mut Exported::open(folder)?, &[])?;
    if let Some(damage) = damage.into_iter().next() {
        return Err(not_whole(damage));
    }
    let point = status::point(options.as_of, options.received_by);
    let last = heads.iter().map(|head| head.recorded).max();
    let state = data::past(&options.data, &mut *store, Point { recorded: point.recorded.or(last), ..point })?;
    let missing = plans(&state, &mut *store, &folder.join("state"))?;
    let heads: String = heads.iter().map(|head| format!("{} {} {}\n", head.chain, head.sequence, head.hash)).collect();
    let mut told = match say("ja", "en") {
        "ja" => format!(
            "記録 {} 件、内容 {} 個。先頭値（連鎖、番号、SHA-256）:\n{heads}確かめ方: `mimamori verify このフォルダー`。又は、chains/ の各行から hash を除き、鍵を並べ替え、空白なしで書いた JSON の SHA-256 が hash と一致し、\nprevious が前の行の hash と一致すること、blobs/ の各ファイルの SHA-256 がその名前と一致することを見る。\n",
            copied.entries, copied.blobs
        ),
        _ => format!(
            "{} entries, {} blobs. Heads (chain, number, SHA-256):\n{heads}To verify: `mimamori verify THIS-FOLDER`. Or see that each line of chains/, written as JSON without its hash, with sorted keys and without spaces,\nhas the SHA-256 that its hash says and the previous of the line before, and that each file of blobs/ has the SHA-256 it is named after.\n",
            copied.entries, copied.blobs
        ),
    };
    for file in &missing {
        told.push_str(&format!(
            "{}: {}\n",
            say("内容が記録に残っていない", "its content is no longer in the record"),
            diagnostic::harmless(file)
        ));
    }
    let readme = folder.join("README.txt");
    fs::write(&readme, &told).map_err(|error| unwritten(&readme, &error))?;
    Ok((told, if missing.is_empty() { Outcome::Clean } else { Outcome::Findings }))
}

fn not_whole(Damage { place, what }: Damage) -> Problem {
    Problem::new(
        Words::new(
            format!("書き出したものが損なわれています（{place}: {}）。何も残していません", what.ja),
            format!("what was written is damaged ({place}: {}); nothing is left of it", what.en),
        ),
        Words::new(
            "`mimamori verify` で記録を、次にディスクを確かめてください",
            "look at the record with `mimamori verify`, then at the disk",
        ),
    )
}

/// The plans as they stood, each line with its files, and how each product stood. Hands back the files that are no longer in the record.
fn plans(state: &Snapshot, store: &mut dyn Store, folder: &Path) -> Result<Vec<String>, Problem> {
    let mut missing = Vec::new();
    let write = |path: &Path, bytes: &[u8]| {
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).and_then(|()| fs::write(path, bytes)).map_err(|error| unwritten(path, &error))
    };
    for (id, product) in &state.products {
        write(&folder.join(id).join("status.txt"), status::told(product).as_bytes())?;
        for number in product.revisions.keys().filter(|number| product.lines.values().any(|line| line.head == **number)) {
            let name = format!("{id}/revision-{number}");
            let gone = data::take_out(state, id, *number, &mut |address| store.blob(address), &folder.join(&name))?;
            missing.extend(gone.iter().map(|file| format!("{name}/{file}")));
        }
    }
    Ok(missing)
}
