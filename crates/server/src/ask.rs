//! Who asks what.

use std::collections::BTreeMap;

use access::{Action, Role, Subject};
use calendar::Date;
use diagnostic::{Language, Problem, Words};
use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use journal::{Hash, Moment};
use operation::product::Product;
use operation::{Context, Point, Snapshot};

use crate::answer::Trouble;
use crate::chance;
use crate::house::House;
use crate::people::Session;

/// Something that is asked.
#[derive(Debug)]
pub struct Ask<'a> {
    /// The house that is asked.
    pub house: &'a House,
    /// True where something is to be changed.
    pub is_post: bool,
    /// The path.
    pub path: String,
    /// What stands in the path, by name.
    pub parts: BTreeMap<String, String>,
    /// What stands after the question mark.
    pub query: Vec<(String, String)>,
    /// The fields of a form, in their order.
    pub form: Vec<(String, String)>,
    /// Files that were sent with it.
    pub files: Vec<Sent>,
    /// A body that is no form, such as JSON.
    pub body: Vec<u8>,
    /// Headers that rooms above may want, in small letters.
    pub headers: BTreeMap<String, String>,
    /// Who is signed in.
    pub session: Option<Session>,
    /// The language of who asks.
    pub language: Language,
    /// The point of time that is asked for.
    pub point: Point,
    /// The state at that point.
    pub state: Snapshot,
    /// The state of now, as it was when it was asked: who may do what is decided by it.
    pub present: Snapshot,
    /// The clock.
    pub now: Timestamp,
    /// Where it comes from.
    pub from: String,
    /// How far the token reaches by which a program asks; none for a person at a browser.
    pub token: Option<crate::people::token::Token>,
    /// What was wrong with the form that is shown again.
    pub problem: Option<Problem>,
}

/// A file that was sent.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The field.
    pub field: String,
    /// The name it had.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl<'a> Ask<'a> {
    /// The words in the language of who asks.
    #[must_use]
    pub fn say<'w>(&self, ja: &'w str, en: &'w str) -> &'w str {
        match self.language {
            Language::Japanese => ja,
            Language::English => en,
        }
    }

    /// The words in the language of who asks.
    #[must_use]
    pub fn words<'w>(&self, words: &'w Words) -> &'w str {
        words.get(self.language)
    }

    /// Of a pair, Japanese and English, the one of who asks.
    #[must_use]
    pub fn pair<'w>(&self, (ja, en): (&'w str, &'w str)) -> &'w str {
        self.say(ja, en)
    }

    /// Whether Japanese is spoken.
    #[must_use]
    pub fn is_japanese(&self) -> bool {
        self.language == Language::Japanese
    }

    /// The person; empty if nobody is signed in.
    #[must_use]
    pub fn person(&self) -> &str {
        self.session.as_ref().map_or("", |session| &session.person)
    }

    /// The name of the person.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name_of(self.person())
    }

    /// The name of somebody.
    #[must_use]
    pub fn name_of<'s>(&'s self, person: &'s str) -> &'s str {
        self.state.organisation.people.get(person).map_or(person, |known| &known.name)
    }

    /// What stands in the path under a name.
    #[must_use]
    pub fn part(&self, name: &str) -> &str {
        self.parts.get(name).map_or("", String::as_str)
    }

    /// What stands in the address under a name, where it is not empty.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// A field of the form; empty if there is none.
    #[must_use]
    pub fn field(&self, name: &str) -> &str {
        self.form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// A field of the form, without blanks around it, where something was typed.
    #[must_use]
    pub fn typed(&self, name: &str) -> Option<&str> {
        Some(self.field(name).trim()).filter(|value| !value.is_empty())
    }

    /// What is to stand in a field: what was typed, if this form is shown again, or else a value.
    #[must_use]
    pub fn shown<'s>(&'s self, form: &str, name: &str, value: &'s str) -> &'s str {
        if self.problem.is_some() && self.field("form") == form { self.field(name) } else { value }
    }

    /// A field that must be typed.
    ///
    /// # Errors
    /// It is empty.
    pub fn needed(&self, name: &str, ja: &str, en: &str) -> Result<&str, Trouble> {
        self.typed(name).ok_or_else(|| {
            Trouble::unfit(
                format!("{ja}が記入されていません"),
                format!("{en} is missing"),
                "記入してから送ってください",
                "fill it in and send again",
            )
        })
    }

    /// A day in a field.
    ///
    /// # Errors
    /// It is none.
    pub fn day(&self, name: &str, ja: &str, en: &str) -> Result<Date, Trouble> {
        let typed = self.needed(name, ja, en)?;
        typed.parse().map_err(|_| {
            Trouble::unfit(
                format!("{ja}の日付を読めません"),
                format!("{en} is no date"),
                "2026-11-24 の形で記入してください",
                "write it as 2026-11-24",
            )
        })
    }

    /// A number in a field or in the path.
    ///
    /// # Errors
    /// It is none.
    pub fn number(&self, name: &str) -> Result<u32, Trouble> {
        let text = self.parts.get(name).map_or_else(|| self.field(name), String::as_str);
        text.trim().parse().map_err(|_| Trouble::unknown(format!("番号「{text}」のもの"), format!("thing of the number “{text}”")))
    }

    /// The product that the path names.
    ///
    /// # Errors
    /// There is none.
    pub fn product(&self) -> Result<(&str, &Product), Trouble> {
        let id = self.part("product");
        match self.state.organisation.products.contains_key(id) {
            true => Ok((id, self.state.products.get(id).unwrap_or(nothing()))),
            false => Err(Trouble::unknown("この製品", "such product")),
        }
    }

    /// Whether the person may do something, about a product or about the organisation. What may be done is decided by the roles of now,
    /// whatever point of time is looked at.
    #[must_use]
    pub fn may(&self, action: Action, product: Option<&str>) -> bool {
        self.role(action, product).is_some()
    }

    /// The role in which the person may do it.
    #[must_use]
    pub fn role(&self, action: Action, product: Option<&str>) -> Option<Role> {
        let about = Subject { product, owner: Some(self.person()), ..Subject::default() };
        self.present.organisation.role_for(self.person(), action, &about).ok()
    }

    /// The day in the zone of the house.
    #[must_use]
    pub fn today(&self) -> Date {
        self.now.to_zoned(self.house.zone()).date()
    }

    /// The day for which things are told: today, or the day that is looked back at.
    #[must_use]
    pub fn as_of(&self) -> Date {
        let recorded = self.point.recorded.map(|moment| moment.timestamp().to_zoned(self.house.zone()).date());
        [recorded, self.point.received].into_iter().flatten().min().unwrap_or_else(|| self.today()).min(self.today())
    }

    /// Whether the past is looked at.
    #[must_use]
    pub fn is_past(&self) -> bool {
        self.point != Point::default()
    }

    /// An address that keeps the point of time.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        let kept: Vec<_> =
            self.query.iter().filter(|(key, value)| ["recorded", "received"].contains(&key.as_str()) && !value.is_empty()).collect();
        if kept.is_empty() || !self.is_past() {
            return path.to_owned();
        }
        let (path, anchor) = path.split_once('#').map_or((path, ""), |(path, anchor)| (path, anchor));
        let mut link = path.to_owned();
        for (key, value) in kept {
            let encoded: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
            link.push(if link.contains('?') { '&' } else { '?' });
            link.push_str(&format!("{key}={encoded}"));
        }
        if anchor.is_empty() { link } else { format!("{link}#{anchor}") }
    }

    /// The page once more after something was done, as it stands now, with what may be shown once and never stands in an address.
    #[must_use]
    pub fn again<const N: usize>(&self, once: [(&str, String); N]) -> Ask<'a> {
        let mut headers = self.headers.clone();
        headers.extend(once.into_iter().map(|(name, value)| (name.to_owned(), value)));
        let present = self.house.desk.snapshot();
        Ask {
            house: self.house,
            is_post: false,
            path: self.path.clone(),
            parts: self.parts.clone(),
            query: self.query.clone(),
            form: Vec::new(),
            files: Vec::new(),
            body: Vec::new(),
            headers,
            session: self.session.clone(),
            language: self.language,
            point: Point::default(),
            state: present.clone(),
            present,
            now: self.now,
            from: self.from.clone(),
            token: None,
            problem: None,
        }
    }

    /// A moment as it is told to people here.
    #[must_use]
    pub fn local(&self, moment: Moment) -> String {
        moment.timestamp().to_zoned(self.house.zone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// All that was sent, for comparison: fields, files and where to. A password or its number sent anew changes nothing.
    fn sent(&self) -> Vec<&[u8]> {
        let fields =
            self.form.iter().filter(|(name, _)| !["key", "password", "again", "current-password", "number"].contains(&name.as_str()));
        let fields = fields.flat_map(|(name, value)| [name.as_bytes(), b"\0", value.as_bytes(), b"\0"]);
        let files = self.files.iter().flat_map(|file| [file.field.as_bytes(), b"\0", &file.bytes, b"\0"]);
        [self.path.as_bytes(), b"\0"].into_iter().chain(fields).chain(files).collect()
    }

    /// The zone in which times are told, with its distance from UTC now.
    #[must_use]
    pub fn zone_name(&self) -> String {
        let zone = self.house.zone();
        let offset = self.now.to_zoned(zone.clone()).strftime("%:z").to_string();
        zone.iana_name().map_or_else(|| offset.clone(), |name| format!("{name} ({offset})"))
    }

    /// The context of a command: who, when, why, having seen what. The form brings the key of the command and the place in the chain of
    /// what the person had before their eyes.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub fn context(&self, files: usize) -> Result<Context, Problem> {
        let zone = self.house.zone();
        let key = self.typed("command").filter(|key| key.len() <= 64 && key.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        Ok(Context {
            command: match key {
                // sent twice, it is recorded once; with something else in it, after a step back, it is another command
                Some(_) => Hash::of(&self.sent()).to_string()[..32].to_owned(),
                None => chance::hex(chance::bytes::<16>()?),
            },
            actor: self.person().to_owned(),
            now: Moment::of(self.now),
            zone: zone.iana_name().map_or_else(|| zone.to_offset(self.now).to_string(), str::to_owned),
            reason: self.typed("reason").map(str::to_owned),
            received: None,
            seen: self.typed("seen").and_then(|seen| seen.parse().ok()).unwrap_or(0),
            authenticated: self.session.as_ref().map(Session::authenticated),
            salts: (0..files).map(|_| chance::bytes()).collect::<Result<_, _>>()?,
        })
    }
}

/// A product of which nothing is recorded yet.
fn nothing() -> &'static Product {
    static NOTHING: std::sync::OnceLock<Product> = std::sync::OnceLock::new();
    NOTHING.get_or_init(Product::default)
}

/// How a person is named in addresses and logs, where no name of a person may stand.
#[must_use]
pub fn alias(organisation: &str, person: &str) -> String {
    Hash::of(&[organisation.as_bytes(), b"/", person.as_bytes()]).to_string()[..16].to_owned()
}

/// The point of time that an address asks for.
///
/// # Errors
/// It names no time.
pub fn point(query: &[(String, String)], zone: &jiff::tz::TimeZone) -> Result<Point, Trouble> {
    let asked = |name: &str| query.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str());
    let wrong = |text: &str| {
        Trouble::unfit(
            format!("時点「{text}」を読めません"),
            format!("“{text}” is no point of time"),
            "2026-11-24 か 2026-11-24T18:00 の形で指定してください",
            "write it as 2026-11-24 or 2026-11-24T18:00",
        )
    };
    let recorded = match asked("recorded") {
        None => None,
        Some(text) => {
            // the whole of that day, or of that minute
            let (start, long) = match text.parse::<Date>() {
                Ok(day) if text.len() == 10 => (day.to_datetime(jiff::civil::Time::midnight()), SignedDuration::from_hours(24)),
                _ => (text.replace(' ', "T").parse::<DateTime>().map_err(|_| wrong(text))?, SignedDuration::from_mins(1)),
            };
            let start = zone.to_timestamp(start).map_err(|_| wrong(text))?;
            // what comes after all times limits nothing
            let end = start.checked_add(long).and_then(|end| end.checked_sub(SignedDuration::from_micros(1)));
            Some(Moment::of(end.unwrap_or(Timestamp::MAX)))
        }
    };
    let received = asked("received").map(|text| text.parse::<Date>().map_err(|_| wrong(text))).transpose()?;
    Ok(Point { recorded, received })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_all_of_it() {
        let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(9));
        let of = |key: &str, value: &str| point(&[(key.to_owned(), value.to_owned())], &zone);
        assert_eq!(of("recorded", "2026-11-24").unwrap().recorded.unwrap().to_string(), "2026-11-24T14:59:59.999999Z");
        assert_eq!(of("recorded", "2026-11-24T18:00").unwrap().recorded.unwrap().to_string(), "2026-11-24T09:00:59.999999Z");
        assert_eq!(of("received", "2026-11-24").unwrap().received.unwrap().to_string(), "2026-11-24");
        for wrong in ["yesterday", "2026-13-01", "' OR 1=1", "<script>"] {
            assert!(of("recorded", wrong).is_err(), "{wrong}");
        }
        assert_eq!(of("recorded", "").unwrap(), Point::default());
    }
}
