//! From what an event touches to the items of a worklist.

use std::collections::BTreeMap;

use calendar::Date;
use operation::product::ItemListed;
use plan::impact::{Area, Impact};

/// What is to be looked at because something happened. What is finished has nothing left to do; deadlines stand in their own list, where
/// a receipt meets them.
#[must_use]
pub fn items(found: &Impact, due: Option<Date>) -> Vec<ItemListed> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let open = found.touched.iter().filter(|touched| !touched.finished && touched.area != Area::Deadline);
    open.map(|touched| {
        let name = format!("{}/{}", touched.area.as_str(), touched.id);
        let times = seen.entry(name.clone()).or_default();
        *times += 1;
        // two things of one name are told apart by their number
        let item = if *times == 1 { name } else { format!("{name}/{times}") };
        ItemListed { item, name: touched.name.ja.clone(), why: touched.reason().ja, due: touched.due.or(due) }
    })
    .collect()
}
