use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

/// A moment in UTC, to the microsecond.
///
/// Its text has one form only, `2026-11-23T06:00:00.000000Z`, so that a moment read from a store and written again is the same bytes: any
/// changed bit shows in the hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(Timestamp);

impl Moment {
    /// The moment of a timestamp; what is shorter than a microsecond is cut.
    #[must_use]
    pub fn of(timestamp: Timestamp) -> Self {
        Self(Timestamp::from_microsecond(timestamp.as_microsecond()).unwrap_or(Timestamp::UNIX_EPOCH))
    }

    /// The moment as a timestamp.
    #[must_use]
    pub fn timestamp(self) -> Timestamp {
        self.0
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:.6}", self.0)
    }
}

/// A text that is not a moment in the one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAMoment;

impl FromStr for Moment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        const FORM: &[u8; 27] = b"0000-00-00T00:00:00.000000Z";
        let fits = text.len() == FORM.len()
            && text.bytes().zip(FORM).all(|(byte, form)| if *form == b'0' { byte.is_ascii_digit() } else { byte == *form });
        if !fits {
            return Err(NotAMoment);
        }
        let timestamp = text.parse::<Timestamp>().map_err(|_| NotAMoment)?;
        // a leap second reads as the second before it, and would be written otherwise than it was read
        if text.as_bytes()[17] == b'6' { Err(NotAMoment) } else { Ok(Self(timestamp)) }
    }
}

impl serde::Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(|NotAMoment| serde::de::Error::custom("not a moment such as 2026-11-23T06:00:00.000000Z"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form() {
        for text in ["2026-11-23T06:00:00.000000Z", "0000-01-01T00:00:00.000001Z", "2024-02-29T23:59:59.999999Z"] {
            assert_eq!(text.parse::<Moment>().expect(text).to_string(), text);
        }
        for text in [
            "2026-11-23T06:00:00Z",
            "2026-11-23t06:00:00.000000Z",
            "2026-11-23 06:00:00.000000Z",
            "2026-11-23T06:00:00.000000z",
            "2026-11-23T06:00:60.000000Z",
            "2026-02-30T06:00:00.000000Z",
            "2026-11-23T06:00:00.000000+",
            "",
        ] {
            assert_eq!(text.parse::<Moment>(), Err(NotAMoment), "{text}");
        }
    }
}
