use super::model::{ArtifactLocation, Location, LocationProperties, LogicalLocation, Message, PhysicalLocation, Region};
use crate::{Language, Span};

/// A span as a location; `id` tells the locations of one result apart.
pub(super) fn location(span: &Span, id: usize, language: Language) -> Location<'_> {
    Location {
        id,
        physical_location: PhysicalLocation { artifact_location: ArtifactLocation { uri: uri(&span.file) }, region: region(span) },
        logical_locations: logical(span, language),
        message: Message::unless_empty(span.label.get(language)),
        properties: LocationProperties { quote: &span.quote },
    }
}

/// Line and columns where they are known. The end is given only where the quote stays on its line.
fn region(span: &Span) -> Option<Region<'_>> {
    let start_line = span.line.filter(|line| *line > 0)?;
    let start_column = span.column.filter(|column| *column > 0);
    let length = u32::try_from(span.quote.chars().count()).ok().filter(|length| *length > 0 && !span.quote.contains(['\n', '\r']));
    let end_column = start_column.zip(length).and_then(|(column, length)| column.checked_add(length));
    Some(Region { start_line, start_column, end_column, snippet: Message::unless_empty(&span.quote) })
}

fn logical(span: &Span, language: Language) -> Vec<LogicalLocation> {
    let mut locations = Vec::new();
    let mut add = |name: String, kind| {
        if !name.is_empty() {
            locations.push(LogicalLocation { name, kind });
        }
    };
    add(span.page.map(|page| page.to_string()).unwrap_or_default(), "page");
    add(span.path.clone().unwrap_or_default(), "path");
    add(span.view.get(language).to_owned(), "view");
    locations
}

/// A file's name as a URI reference (RFC 3986): absolute names as `file:` URIs, others relative.
pub(super) fn uri(file: &str) -> String {
    let mut uri = String::new();
    if file.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in file.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_become_uri_references() {
        assert_eq!(uri("見本.pdf"), "%E8%A6%8B%E6%9C%AC.pdf");
        assert_eq!(uri("a b/c#1.txt"), "a%20b/c%231.txt");
        assert_eq!(uri("/reports/a.txt"), "file:///reports/a.txt");
        assert_eq!(uri("C:\\a.txt"), "C%3A%5Ca.txt");
    }
}
