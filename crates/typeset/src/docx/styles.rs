//! The styles, from the tokens. Every look of the text is a style with the name under which Word knows it, so that who edits the
//! file changes one style and not a hundred paragraphs.

use super::xml::Xml;
use super::{NAMESPACE, half_points, twips};
use crate::{Colour, Document, Language, Tokens};

/// Space between two tables, or below one, in twips.
pub(super) const GAP: u32 = 120;

/// A paragraph style.
#[derive(Clone, Copy)]
struct Style<'a> {
    id: &'a str,
    name: &'a str,
    based: &'a str,
    next: &'a str,
    font: Option<&'a str>,
    bold: bool,
    size: f64,
    /// Distance of base lines, in sizes of the letters.
    line: f64,
    before: f64,
    after: f64,
    keep: bool,
    outline: Option<u8>,
    align: &'a str,
    /// Of the first line, in letters.
    first: f64,
    colour: Option<Colour>,
}

/// `word/styles.xml`.
pub(super) fn styles(document: &Document, tokens: &Tokens) -> Xml {
    let mut xml = Xml::new();
    xml.open("w:styles", &[("xmlns:w", &NAMESPACE)]);
    defaults(&mut xml, tokens);
    let (text, table, note) = (tokens.sizes.text, tokens.sizes.table, tokens.sizes.note);
    let heading = tokens.fonts.heading.as_str();
    let quiet = Some(tokens.light.quiet);
    let first = if document.language == Language::Japanese { tokens.spacing.indent } else { 0.0 };
    let plain = Style {
        id: "Normal",
        name: "Normal",
        based: "",
        next: "",
        font: None,
        bold: false,
        size: text,
        line: tokens.lines.text,
        before: 0.0,
        after: 0.0,
        keep: false,
        outline: None,
        align: "left",
        first: 0.0,
        colour: None,
    };
    let derived = Style { based: "Normal", ..plain };
    let mut all = vec![plain];
    all.push(Style { id: "BodyText", name: "Body Text", align: "both", after: tokens.spacing.paragraph, first, ..derived });
    all.push(Style {
        id: "Title",
        name: "Title",
        next: "BodyText",
        font: Some(heading),
        bold: true,
        size: tokens.sizes.title,
        line: tokens.lines.heading,
        before: tokens.spacing.above * 2.0,
        after: tokens.spacing.above * 2.0,
        keep: true,
        align: "center",
        ..derived
    });
    let names: Vec<(String, String)> = (1..=9).map(|level| (format!("Heading{level}"), format!("heading {level}"))).collect();
    for (level, (id, name)) in (1u8..).zip(&names) {
        let part = f64::from(u8::from(level == 1));
        all.push(Style {
            id,
            name,
            next: "BodyText",
            font: Some(heading),
            bold: true,
            size: tokens.sizes.heading(level),
            line: tokens.lines.heading,
            before: tokens.spacing.above * (1.0 + part * 0.5),
            after: tokens.spacing.below,
            keep: true,
            outline: Some(level - 1),
            ..derived
        });
    }
    let contents: Vec<(String, String)> = (1..=9).map(|level| (format!("TOC{level}"), format!("toc {level}"))).collect();
    for (id, name) in &contents {
        all.push(Style { id, name, next: "Normal", line: 1.5, ..derived });
    }
    all.push(Style { id: "ListParagraph", name: "List Paragraph", after: tokens.spacing.paragraph / 2.0, ..derived });
    all.push(Style { id: "TableText", name: "Table Text", size: table, line: tokens.lines.table, ..derived });
    all.push(Style {
        id: "TableHeading",
        name: "Table Heading",
        based: "TableText",
        font: Some(heading),
        bold: true,
        size: table,
        line: tokens.lines.table,
        ..plain
    });
    all.push(Style {
        id: "Caption",
        name: "caption",
        next: "Normal",
        font: Some(heading),
        bold: true,
        size: table,
        line: tokens.lines.table,
        before: tokens.spacing.below,
        after: tokens.spacing.below / 2.0,
        ..derived
    });
    all.push(Style { id: "Header", name: "header", size: note, line: tokens.lines.table, colour: quiet, ..derived });
    all.push(Style { id: "Footer", name: "footer", size: note, line: tokens.lines.table, align: "center", colour: quiet, ..derived });
    all.push(Style { id: "CommentText", name: "annotation text", size: table, line: tokens.lines.table, ..derived });
    // As thin as the space it stands for.
    all.push(Style { id: "Gap", name: "Gap", size: 1.0, line: f64::from(GAP) / 20.0, ..derived });
    for style in &all {
        paragraph_style(&mut xml, style, tokens);
    }
    character_styles(&mut xml, tokens);
    table_styles(&mut xml, tokens);
    xml
}

fn defaults(xml: &mut Xml, tokens: &Tokens) {
    xml.open("w:docDefaults", &[]);
    xml.open("w:rPrDefault", &[]);
    xml.open("w:rPr", &[]);
    fonts(xml, &tokens.fonts.text);
    xml.val("w:color", &tokens.light.ink.hex());
    xml.val("w:kern", &2);
    xml.val("w:sz", &half_points(tokens.sizes.text));
    xml.val("w:szCs", &half_points(tokens.sizes.text));
    xml.leaf("w:lang", &[("w:val", &"en-US"), ("w:eastAsia", &"ja-JP"), ("w:bidi", &"ar-SA")]);
    xml.close();
    xml.close();
    xml.leaf("w:pPrDefault", &[]);
    xml.close();
}

/// One family for both scripts: the tokens name fonts that have both.
pub(super) fn fonts(xml: &mut Xml, family: &str) {
    xml.leaf("w:rFonts", &[("w:ascii", &family), ("w:eastAsia", &family), ("w:hAnsi", &family), ("w:cs", &family)]);
}

fn paragraph_style(xml: &mut Xml, style: &Style<'_>, tokens: &Tokens) {
    let own = matches!(style.id, "TableText" | "TableHeading" | "Gap");
    let mut attributes: Vec<super::xml::Attribute<'_>> = vec![("w:type", &"paragraph")];
    if style.based.is_empty() {
        attributes.push(("w:default", &1));
    }
    if own {
        attributes.push(("w:customStyle", &1));
    }
    attributes.push(("w:styleId", &style.id));
    xml.open("w:style", &attributes);
    xml.val("w:name", &style.name);
    if !style.based.is_empty() {
        xml.val("w:basedOn", &style.based);
    }
    if !style.next.is_empty() {
        xml.val("w:next", &style.next);
    }
    if !matches!(style.id, "Gap" | "Header" | "Footer" | "CommentText") && !style.id.starts_with("TOC") {
        xml.leaf("w:qFormat", &[]);
    }
    xml.open("w:pPr", &[]);
    if style.keep {
        xml.leaf("w:keepNext", &[]);
        xml.leaf("w:keepLines", &[]);
    }
    if style.id == "Caption" {
        xml.leaf("w:keepNext", &[]);
    }
    if style.id.starts_with("TOC") {
        xml.open("w:tabs", &[]);
        let right = super::text_width(crate::Page::Portrait, tokens);
        xml.leaf("w:tab", &[("w:val", &"right"), ("w:leader", &"dot"), ("w:pos", &right)]);
        xml.close();
    }
    // Not less than the line the tokens ask for, and more where a taller font stands in: nothing is clipped.
    let rule = if style.id == "Gap" { "exact" } else { "atLeast" };
    xml.leaf(
        "w:spacing",
        &[
            ("w:before", &twips(style.before)),
            ("w:after", &twips(style.after)),
            ("w:line", &if style.id == "Gap" { GAP } else { twips(style.size * style.line) }),
            ("w:lineRule", &rule),
        ],
    );
    if style.first > 0.0 {
        xml.leaf("w:ind", &[("w:firstLineChars", &twips(style.first * 5.0)), ("w:firstLine", &twips(style.first * style.size))]);
    } else if let Some(level) = style.id.strip_prefix("TOC").and_then(|level| level.parse::<u32>().ok()) {
        xml.leaf("w:ind", &[("w:left", &((level - 1) * twips(style.size)))]);
    }
    xml.val("w:jc", &style.align);
    if let Some(level) = style.outline {
        xml.val("w:outlineLvl", &level);
    }
    xml.close();
    xml.open("w:rPr", &[]);
    if let Some(font) = style.font {
        fonts(xml, font);
    }
    if style.bold {
        xml.leaf("w:b", &[]);
        xml.leaf("w:bCs", &[]);
    }
    if let Some(colour) = &style.colour {
        xml.val("w:color", &colour.hex());
    }
    xml.val("w:sz", &half_points(style.size));
    xml.val("w:szCs", &half_points(style.size));
    xml.close();
    xml.close();
}

fn character_styles(xml: &mut Xml, tokens: &Tokens) {
    xml.open("w:style", &[("w:type", &"character"), ("w:default", &1), ("w:styleId", &"DefaultParagraphFont")]);
    xml.val("w:name", &"Default Paragraph Font");
    xml.val("w:uiPriority", &1);
    xml.leaf("w:semiHidden", &[]);
    xml.close();
    let mut style = |id: &str, name: &str, looks: &dyn Fn(&mut Xml)| {
        let mut attributes: Vec<super::xml::Attribute<'_>> = vec![("w:type", &"character")];
        if matches!(id, "Code" | "Quiet") {
            attributes.push(("w:customStyle", &1));
        }
        attributes.push(("w:styleId", &id));
        xml.open("w:style", &attributes);
        xml.val("w:name", &name);
        xml.val("w:basedOn", &"DefaultParagraphFont");
        xml.open("w:rPr", &[]);
        looks(xml);
        xml.close();
        xml.close();
    };
    style("Strong", "Strong", &|xml| {
        fonts(xml, &tokens.fonts.heading);
        xml.leaf("w:b", &[]);
        xml.leaf("w:bCs", &[]);
    });
    style("Hyperlink", "Hyperlink", &|xml| xml.val("w:color", &tokens.light.accent.hex()));
    style("Code", "Code", &|xml| fonts(xml, &tokens.fonts.code));
    style("Quiet", "Quiet", &|xml| xml.val("w:color", &tokens.light.quiet.hex()));
    style("CommentReference", "annotation reference", &|xml| {
        xml.val("w:sz", &half_points(tokens.sizes.table));
        xml.val("w:szCs", &half_points(tokens.sizes.table));
    });
}

fn table_styles(xml: &mut Xml, tokens: &Tokens) {
    xml.open("w:style", &[("w:type", &"table"), ("w:default", &1), ("w:styleId", &"TableNormal")]);
    xml.val("w:name", &"Normal Table");
    xml.val("w:uiPriority", &99);
    xml.leaf("w:semiHidden", &[]);
    xml.open("w:tblPr", &[]);
    xml.leaf("w:tblInd", &[("w:w", &0), ("w:type", &"dxa")]);
    xml.close();
    xml.close();
    // In eighths of a point.
    let thick = (tokens.spacing.rule * 8.0).round().clamp(2.0, 96.0);
    let colour = tokens.light.rule.hex();
    let all: &[&'static str] = &["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];
    let book: &[&'static str] = &["w:top", "w:bottom"];
    for (id, name, sides) in [("TableGrid", "Table Grid", all), ("TableBook", "Table Book", book)] {
        let own = usize::from(id == "TableBook");
        let attributes: [super::xml::Attribute<'_>; 3] = [("w:type", &"table"), ("w:styleId", &id), ("w:customStyle", &1)];
        xml.open("w:style", &attributes[..2 + own]);
        xml.val("w:name", &name);
        xml.val("w:basedOn", &"TableNormal");
        xml.open("w:tblPr", &[]);
        xml.open("w:tblBorders", &[]);
        for side in sides {
            xml.leaf(side, &[("w:val", &"single"), ("w:sz", &thick), ("w:space", &0), ("w:color", &colour)]);
        }
        xml.close();
        xml.open("w:tblCellMar", &[]);
        let (across, along) = (twips(tokens.spacing.cell), twips(tokens.spacing.cell_block));
        for (side, width) in [("w:top", along), ("w:left", across), ("w:bottom", along), ("w:right", across)] {
            xml.leaf(side, &[("w:w", &width), ("w:type", &"dxa")]);
        }
        xml.close();
        xml.close();
        xml.close();
    }
}
