//! The days as iCalendar (RFC 5545), for the calendars of people.
//!
//! Written here and not by a crate: what there is takes the time from a clock, and this is two dozen lines.

use calendar::Date;

use super::{Agenda, Day, Standing};

/// The longest line, in bytes without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// A whole-day event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// A name that the same event of the same calendar keeps.
    pub key: String,
    /// The day.
    pub date: Date,
    /// What it is, in a line.
    pub summary: String,
    /// More of it, in lines.
    pub description: String,
}

/// Events as one calendar. `as_of` is the time stamp, so that the same events give the same bytes.
#[must_use]
pub fn icalendar(events: impl IntoIterator<Item = Event>, name: &str, as_of: Date) -> String {
    let mut out = String::new();
    for (key, value) in [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Mimamori//Mimamori//JA"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
    ] {
        line(&mut out, &format!("{key}:{value}"));
    }
    line(&mut out, &format!("X-WR-CALNAME:{}", escaped(name)));
    for event in events {
        written(&mut out, &event, name, as_of);
    }
    line(&mut out, "END:VCALENDAR");
    out
}

/// The days of an agenda.
pub(super) fn events(agenda: &Agenda, as_of: Date) -> impl Iterator<Item = Event> + '_ {
    let days = agenda.days.iter().map(|day| (day, ""));
    let rhythm = agenda.rhythm.iter().map(|day| (day, "（承認の日から数えた目安）"));
    days.chain(rhythm).map(move |(day, remark)| event(day, as_of, remark))
}

fn event(day: &Day, as_of: Date, remark: &str) -> Event {
    let standing = match day.standing {
        Standing::Made => "【済】",
        Standing::Overdue(_) => "【超過】",
        Standing::Passed | Standing::Ahead(_) => "",
    };
    Event {
        key: day.key.clone(),
        date: day.date,
        summary: format!("{standing}{}（{}）{remark}", day.what, day.subject),
        description: format!("根拠：{}\n基準日：{as_of}", day.basis),
    }
}

fn written(out: &mut String, event: &Event, name: &str, as_of: Date) {
    // the end of a whole-day event is the day after it
    let Ok(after) = event.date.tomorrow() else { return };
    line(out, "BEGIN:VEVENT");
    line(out, &format!("UID:{}", uid(&event.key, name)));
    line(out, &format!("DTSTAMP:{}T000000Z", basic(as_of)));
    line(out, &format!("DTSTART;VALUE=DATE:{}", basic(event.date)));
    line(out, &format!("DTEND;VALUE=DATE:{}", basic(after)));
    line(out, &format!("SUMMARY:{}", escaped(&event.summary)));
    line(out, &format!("DESCRIPTION:{}", escaped(&event.description)));
    line(out, "CLASS:PRIVATE");
    line(out, "TRANSP:TRANSPARENT");
    line(out, "END:VEVENT");
}

/// A name that the same day of the same product keeps, so that a calendar that reads the file again moves it.
fn uid(key: &str, name: &str) -> String {
    // FNV-1a: short, and the same everywhere
    let add = |hash: u64, text: &str| text.bytes().fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let plain: String = key.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect();
    let hash = add(0xcbf2_9ce4_8422_2325, name);
    // two keys that look alike without their other signs stay two
    let hash = if plain == key { hash } else { add(hash, key) };
    format!("{plain}.{hash:016x}@mimamori.invalid")
}

fn basic(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// Words as a value of the type TEXT (RFC 5545, 3.3.11). Control characters have no place in one.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line, folded between letters where it is too long: what goes on begins with a blank.
fn line(out: &mut String, text: &str) {
    let mut room = LINE;
    for c in text.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = LINE - 1;
        }
        room -= c.len_utf8();
        out.push(c);
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_letters_and_can_be_put_together() {
        let text = format!("SUMMARY:{}", "見本症候群x".repeat(40));
        let mut out = String::new();
        line(&mut out, &text);
        assert!(out.ends_with("\r\n") && out.split("\r\n").all(|line| line.len() <= LINE));
        assert_eq!(out.replace("\r\n ", "").trim_end(), text);
    }

    #[test]
    fn signs_are_escaped() {
        assert_eq!(escaped("a,b;c\\d\ne\r\u{7}f"), "a\\,b\\;c\\\\d\\nef");
    }
}
