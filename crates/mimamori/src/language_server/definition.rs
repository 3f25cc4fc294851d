//! Where a name comes from, and where it is used.

use lsp_types::Location;
use plan::source::Place;

use super::desk::{Cursor, Desk};
use super::mention::{Mention, Symbol, at, mentions};

/// Where what is named at the cursor gets its name.
pub fn definition(desk: &Desk<'_>, cursor: &Cursor<'_>) -> Vec<Location> {
    let all = mentions(&desk.check.plan);
    let Some(mention) = at(&all, cursor.file, cursor.offset) else { return Vec::new() };
    let places: Vec<Place> = match &mention.symbol {
        Symbol::Part(study, part) => parts(desk, study, part),
        symbol => {
            let defines = |other: &&Mention| other.defines && other.symbol == *symbol;
            let exact: Vec<Place> = all.iter().filter(defines).filter(|other| other.written == mention.written).map(|m| m.at).collect();
            if exact.is_empty() { all.iter().filter(defines).map(|other| other.at).collect() } else { exact }
        }
    };
    places.into_iter().filter_map(|place| desk.location(place)).collect()
}

/// The arms and phases of a study that are called so.
fn parts(desk: &Desk<'_>, study: &str, part: &str) -> Vec<Place> {
    let studies = desk.check.plan.studies.study.iter().filter(|found| found.id.as_str() == study);
    let mut places = Vec::new();
    for arm in studies.flat_map(|study| &study.arm) {
        if arm.name.value == part {
            places.push(arm.name.at);
        }
        let called = |name: &str| name == part || part.strip_prefix(&arm.name.value).and_then(|rest| rest.strip_prefix('/')) == Some(name);
        places.extend(arm.phase.iter().filter(|phase| called(&phase.name)).map(|phase| phase.name.at));
    }
    places
}

/// Every place that names what is named at the cursor; those that give it its name only if asked for.
pub fn references(desk: &Desk<'_>, cursor: &Cursor<'_>, declarations: bool) -> Vec<Location> {
    let all = mentions(&desk.check.plan);
    let Some(mention) = at(&all, cursor.file, cursor.offset) else { return Vec::new() };
    let same = all.iter().filter(|other| other.symbol == mention.symbol && (declarations || !other.defines));
    same.filter_map(|other| desk.location(other.at)).collect()
}
