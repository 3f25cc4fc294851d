//! The pages that people walk, how often, and who.

use access::Role::{self, *};

use crate::chance::Chance;
use crate::client::{Client, Taken, encoded, hidden, typed_text};

/// What addresses are made of.
pub struct Place {
    /// The identifiers of the products, each with the revision that stood at the beginning.
    pub products: Vec<(String, u32)>,
    /// The ids of the concerns of every plan.
    pub concerns: Vec<String>,
}

/// Somebody before a page.
pub struct Visitor<'a> {
    /// Their number among those who walk.
    pub number: usize,
    /// What they choose by.
    pub chance: &'a mut Chance,
    /// What there is.
    pub place: &'a Place,
}

/// A form that is sent: where, and what is in it.
pub type Sent = (String, Vec<(&'static str, String)>);

/// What is done at a page.
pub enum What {
    /// It is looked at.
    Look(fn(&mut Visitor<'_>) -> String),
    /// A form is filled in on some page, which is not measured, and sent, which is.
    Send(fn(&mut Visitor<'_>, &mut Client) -> Option<Sent>),
}

/// A kind of page.
pub struct Page {
    /// What it is called in the table.
    pub name: &'static str,
    /// How often it is chosen, beside the others.
    pub weight: usize,
    /// Who walks there.
    pub for_whom: &'static [Role],
    /// What is done there.
    pub what: What,
}

const READERS: &[Role] =
    &[GeneralMarketingSupervisor, SafetyManager, SafetyOfficer, PostMarketingStudyManager, Monitor, Statistician, Inspector];
/// The page that has a limit of its own.
pub const VALUE: &str = "trail of a value";

const WRITERS: &[Role] = &[SafetyManager, SafetyOfficer];

const fn look(name: &'static str, weight: usize, address: fn(&mut Visitor<'_>) -> String) -> Page {
    Page { name, weight, for_whom: READERS, what: What::Look(address) }
}

/// Every kind. The weights are those of a working day: mostly looking, now and then a review or a change.
pub const PAGES: &[Page] = &[
    look("today", 120, |_| "/".into()),
    look("all deadlines", 40, |_| "/deadlines".into()),
    look("all deadlines, a month", 20, |_| "/deadlines?view=month".into()),
    look("plan", 140, |it| it.of_product("")),
    look("plan, one indication", 40, |it| format!("{}?indication={}", it.of_product(""), 1 + it.chance.below(3))),
    look("plan to be read", 90, |it| it.of_product("/read")),
    look("deadlines", 80, |it| it.of_product("/deadlines")),
    look("one deadline", 60, |it| format!("{}?id={}", it.of_product("/deadlines"), encoded("periodic-safety-report/2027-03-24"))),
    look("deadlines as a picture", 20, |it| format!("{}?view=gantt", it.of_product("/deadlines"))),
    look("deadlines for calendars", 10, |it| it.of_product("/deadlines.ics")),
    look("versions", 80, |it| it.of_product("/versions")),
    look("a version", 80, |it| {
        let (product, revision) = it.recent();
        format!("/p/{product}/versions/{revision}")
    }),
    look("a concern", 80, |it| {
        let concern = it.place.concerns[it.chance.below(it.place.concerns.len())].clone();
        it.of_product(&format!("/concerns/{concern}"))
    }),
    look("difference", 60, |it| {
        let (product, revision) = it.recent();
        format!("/p/{product}/difference?from={}&to={revision}", revision - 1)
    }),
    look("documents", 20, |it| it.of_product("/documents")),
    look("impact", 20, |it| it.of_product("/impact")),
    look("trail", 40, |it| it.of_product("/trail")),
    look(VALUE, 40, |it| {
        let concern = it.place.concerns[it.chance.below(it.place.concerns.len())].clone();
        it.of_product(&format!("/trail?value={}", encoded(&format!("concerns/{concern}"))))
    }),
    look("trail of a kind", 10, |it| it.of_product("/trail?kind=submitted")),
    look("trail of the organisation", 10, |_| "/trail".into()),
    look("plan as of a past day", 20, |it| {
        let month = 1 + it.chance.below(10);
        format!("{}?recorded=2026-{month:02}-15T12:00", it.of_product(""))
    }),
    Page { name: "source to edit", weight: 40, for_whom: WRITERS, what: What::Look(|it| it.of_concern()) },
    Page { name: "a review is sent", weight: 20, for_whom: WRITERS, what: What::Send(review) },
    Page { name: "a change is saved", weight: 10, for_whom: WRITERS, what: What::Send(save) },
];

impl Visitor<'_> {
    /// A page of some product.
    fn of_product(&mut self, page: &str) -> String {
        format!("/p/{}{page}", self.product().0)
    }

    fn product(&mut self) -> &(String, u32) {
        &self.place.products[self.chance.below(self.place.products.len())]
    }

    /// Some product and one of its last revisions: nobody looks at old ones often.
    fn recent(&mut self) -> (String, u32) {
        let back = self.chance.below(10) as u32;
        let (product, head) = self.product();
        (product.clone(), head.saturating_sub(back).max(2))
    }

    fn of_concern(&mut self) -> String {
        let concern = &self.place.concerns[self.chance.below(self.place.concerns.len())];
        self.of_product(&format!("/edit/concerns/{concern}.md"))
    }
}

/// Somebody reviews a revision that nobody else reviews, so that no two meet.
fn review(it: &mut Visitor<'_>, client: &mut Client) -> Option<Sent> {
    let (product, head) = it.product().clone();
    let revision = head.checked_sub(1 + it.number as u32).filter(|revision| *revision > 0)?;
    let address = format!("/p/{product}/versions/{revision}");
    let page = client.get(&address, Taken::Plain).ok()?.text;
    let fields = vec![
        ("key", hidden(&page, "key")?),
        ("form", "review".into()),
        ("seen", u64::MAX.to_string()),
        ("command", it.chance.hex()),
        ("verdict", "accepted".into()),
        ("remarks", "差し支えありません。".into()),
    ];
    Some((format!("{address}/review"), fields))
}

/// Somebody changes a sentence of a concern in the source. Each product has one person who does, so that no two meet.
fn save(it: &mut Visitor<'_>, client: &mut Client) -> Option<Sent> {
    let (product, _) = it.place.products.get(it.number)?;
    let concern = &it.place.concerns[it.chance.below(it.place.concerns.len())];
    let address = format!("/p/{product}/edit/concerns/{concern}.md");
    let page = client.get(&address, Taken::Plain).ok()?.text;
    let source = typed_text(&page, "source")?;
    let (before, _) = source.split_once("\n負荷の下で").unwrap_or((source.trim_end(), ""));
    let letters: String = it.chance.hex().chars().filter(char::is_ascii_alphabetic).collect();
    let fields = vec![
        ("key", hidden(&page, "key")?),
        ("form", "source".into()),
        ("seen", hidden(&page, "seen")?),
        ("command", it.chance.hex()),
        ("parent", hidden(&page, "parent")?),
        ("source", format!("{before}\n負荷の下で記載を整えた（{letters}）。\n")),
        ("reason", "記載を整えたため".into()),
    ];
    Some((address, fields))
}
