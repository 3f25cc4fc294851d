//! The parts beside the text: numbering, settings, fonts, properties, and what stands at the head and foot of the pages.

use super::body::Writer;
use super::styles::fonts;
use super::xml::Xml;
use super::{NAMESPACE, RELATIONSHIPS, twips};
use crate::{Document, Language, Tokens};

/// Levels of lists that Word knows.
pub(super) const LEVELS: u8 = 9;

/// `word/numbering.xml`: dots, and for each numbered list its own count.
pub(super) fn numbering(lists: u32, tokens: &Tokens) -> Xml {
    let mut xml = Xml::new();
    xml.open("w:numbering", &[("xmlns:w", &NAMESPACE)]);
    for (id, format) in [(0, "bullet"), (1, "decimal")] {
        xml.open("w:abstractNum", &[("w:abstractNumId", &id)]);
        xml.val("w:multiLevelType", &"hybridMultilevel");
        for level in 0..LEVELS {
            xml.open("w:lvl", &[("w:ilvl", &level)]);
            xml.val("w:start", &1);
            xml.val("w:numFmt", &format);
            let text = if id == 0 { "・".to_owned() } else { format!("{}.", format_args!("%{}", level + 1)) };
            xml.val("w:lvlText", &text);
            xml.val("w:lvlJc", &"left");
            xml.open("w:pPr", &[]);
            let step = twips(tokens.spacing.list * tokens.sizes.text);
            xml.leaf("w:ind", &[("w:left", &(step * u32::from(level + 1))), ("w:hanging", &step)]);
            xml.close();
            xml.open("w:rPr", &[]);
            fonts(&mut xml, &tokens.fonts.text);
            xml.close();
            xml.close();
        }
        xml.close();
    }
    for list in 0..=lists {
        xml.open("w:num", &[("w:numId", &(list + 1))]);
        xml.val("w:abstractNumId", &u8::from(list > 0));
        if list > 0 {
            for level in 0..LEVELS {
                xml.open("w:lvlOverride", &[("w:ilvl", &level)]);
                xml.val("w:startOverride", &1);
                xml.close();
            }
        }
        xml.close();
    }
    xml
}

/// `word/settings.xml`. Fields are not updated on opening: Word asks before it does that.
pub(super) fn settings() -> Xml {
    let mut xml = Xml::new();
    xml.open("w:settings", &[("xmlns:w", &NAMESPACE)]);
    xml.leaf("w:zoom", &[("w:percent", &100)]);
    xml.val("w:defaultTabStop", &840);
    xml.val("w:characterSpacingControl", &"compressPunctuation");
    xml.open("w:compat", &[]);
    // Word's own for Japanese; and a line that ends with a break is not spread over the width.
    for way in [
        "w:balanceSingleByteDoubleByteWidth",
        "w:doNotLeaveBackslashAlone",
        "w:ulTrailSpace",
        "w:doNotExpandShiftReturn",
        "w:adjustLineHeightInTable",
    ] {
        xml.leaf(way, &[]);
    }
    // Version 15: Word 2013 and newer open it as their own, not in a mode of compatibility.
    let word = "http://schemas.microsoft.com/office/word";
    xml.leaf("w:compatSetting", &[("w:name", &"compatibilityMode"), ("w:uri", &word), ("w:val", &15)]);
    xml.close();
    xml.leaf("w:themeFontLang", &[("w:val", &"en-US"), ("w:eastAsia", &"ja-JP")]);
    xml.val("w:decimalSymbol", &".");
    xml.val("w:listSeparator", &",");
    xml
}

/// `word/fontTable.xml`: what to take where a font is missing.
pub(super) fn font_table(tokens: &Tokens) -> Xml {
    let mut xml = Xml::new();
    xml.open("w:fonts", &[("xmlns:w", &NAMESPACE)]);
    let mut families: Vec<(&str, &str)> = Vec::new();
    let wanted = [(tokens.fonts.text.as_str(), "roman"), (&tokens.fonts.heading, "swiss"), (&tokens.fonts.code, "swiss")];
    for (family, kind) in wanted {
        if !families.iter().any(|(there, _)| *there == family) {
            families.push((family, kind));
        }
    }
    for (family, kind) in families {
        xml.open("w:font", &[("w:name", &family)]);
        // Windows and macOS ship the Mincho under the name of its weight.
        let other = match family {
            "BIZ UDPMincho" => Some("BIZ UDP明朝 Medium"),
            "BIZ UDPGothic" => Some("BIZ UDPゴシック"),
            _ => None,
        };
        if let Some(other) = other {
            xml.val("w:altName", &other);
        }
        xml.val("w:charset", &"80");
        xml.val("w:family", &kind);
        xml.val("w:pitch", &"variable");
        xml.close();
    }
    xml
}

/// `docProps/core.xml`.
pub(super) fn core(document: &Document) -> Xml {
    let mut xml = Xml::new();
    xml.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", &"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", &"http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", &"http://purl.org/dc/terms/"),
            ("xmlns:xsi", &"http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    let day = super::day(document.date);
    xml.say("dc:title", &[], &document.title);
    xml.say("dc:creator", &[], &document.author);
    xml.say("cp:lastModifiedBy", &[], &document.author);
    xml.say("dcterms:created", &[("xsi:type", &"dcterms:W3CDTF")], &day);
    xml.say("dcterms:modified", &[("xsi:type", &"dcterms:W3CDTF")], &day);
    xml.say("dc:language", &[], if document.language == Language::Japanese { "ja-JP" } else { "en" });
    xml
}

/// `docProps/app.xml`.
pub(super) fn app(document: &Document) -> Xml {
    let mut xml = Xml::new();
    xml.open("Properties", &[("xmlns", &"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")]);
    xml.say("Application", &[], "Mimamori");
    xml.say("Company", &[], &document.author);
    xml
}

/// `word/header1.xml`: the running head, and the watermark, which in Word hangs on the head.
pub(super) fn header(writer: &mut Writer<'_>, document: &Document, tokens: &Tokens) {
    writer.xml.open(
        "w:hdr",
        &[
            ("xmlns:w", &NAMESPACE),
            ("xmlns:r", &RELATIONSHIPS),
            ("xmlns:v", &"urn:schemas-microsoft-com:vml"),
            ("xmlns:o", &"urn:schemas-microsoft-com:office:office"),
            ("xmlns:w10", &"urn:schemas-microsoft-com:office:word"),
        ],
    );
    writer.xml.open("w:p", &[]);
    writer.xml.open("w:pPr", &[]);
    writer.xml.val("w:pStyle", &"Header");
    writer.xml.close();
    if let Some(words) = &document.watermark {
        watermark(&mut writer.xml, words, tokens);
    }
    writer.inlines_alone(&document.head);
    writer.xml.close();
    writer.xml.close();
}

/// Word's own form of a watermark, so that its menu knows it: one line of drawn letters, behind the text, from corner to corner.
fn watermark(xml: &mut Xml, words: &str, tokens: &Tokens) {
    xml.open("w:r", &[]);
    xml.open("w:pict", &[]);
    xml.open(
        "v:shapetype",
        &[
            ("id", &"_x0000_t136"),
            ("coordsize", &"21600,21600"),
            ("o:spt", &136),
            ("adj", &10800),
            ("path", &"m@7,l@8,m@5,21600l@6,21600e"),
        ],
    );
    xml.open("v:formulas", &[]);
    for formula in [
        "sum #0 0 10800",
        "prod #0 2 1",
        "sum 21600 0 @1",
        "sum 0 0 @2",
        "sum 21600 0 @3",
        "if @0 @3 0",
        "if @0 21600 @1",
        "if @0 0 @2",
        "if @0 @4 21600",
        "mid @5 @6",
        "mid @8 @5",
        "mid @7 @8",
        "mid @6 @7",
        "sum @6 0 @5",
    ] {
        xml.leaf("v:f", &[("eqn", &formula)]);
    }
    xml.close();
    xml.leaf(
        "v:path",
        &[
            ("textpathok", &"t"),
            ("o:connecttype", &"custom"),
            ("o:connectlocs", &"@9,0;@10,10800;@11,21600;@12,10800"),
            ("o:connectangles", &"270,180,90,0"),
        ],
    );
    xml.leaf("v:textpath", &[("on", &"t"), ("fitshape", &"t")]);
    xml.close();
    // Letters as high as wide, in points; across, not more than the diagonal of the text allows.
    let letters = super::flow::letters(words).max(1.0);
    let height = (420.0 / letters).clamp(24.0, 140.0);
    let width = height * letters;
    let style = format!(
        "position:absolute;margin-left:0;margin-top:0;width:{width:.1}pt;height:{height:.1}pt;rotation:315;z-index:-251658752;\
         mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;\
         mso-position-vertical-relative:margin"
    );
    xml.open(
        "v:shape",
        &[
            ("id", &"PowerPlusWaterMarkObject1"),
            ("o:spid", &"_x0000_s2049"),
            ("type", &"#_x0000_t136"),
            ("alt", &words),
            ("style", &style),
            ("o:allowincell", &"f"),
            ("fillcolor", &tokens.light.watermark),
            ("stroked", &"f"),
        ],
    );
    let font = format!("font-family:'{}';font-size:1pt", tokens.fonts.heading);
    xml.leaf("v:textpath", &[("style", &font), ("string", &words)]);
    xml.leaf("w10:wrap", &[("anchorx", &"margin"), ("anchory", &"margin")]);
    xml.close();
    xml.close();
    xml.close();
}

/// `word/footer1.xml`: the page's number and how many there are.
pub(super) fn footer(pages: u32) -> Xml {
    let mut xml = Xml::new();
    xml.open("w:ftr", &[("xmlns:w", &NAMESPACE)]);
    xml.open("w:p", &[]);
    xml.open("w:pPr", &[]);
    xml.val("w:pStyle", &"Footer");
    xml.close();
    field(&mut xml, "PAGE", "1");
    xml.open("w:r", &[]);
    xml.say("w:t", &[], "/");
    xml.close();
    field(&mut xml, "NUMPAGES", &pages.to_string());
    xml
}

/// A field with what it showed last.
pub(super) fn field(xml: &mut Xml, instruction: &str, shown: &str) {
    field_begin(xml, instruction);
    xml.open("w:r", &[]);
    xml.say("w:t", &[], shown);
    xml.close();
    field_mark(xml, "end");
}

/// The beginning of a field, up to what it shows.
pub(super) fn field_begin(xml: &mut Xml, instruction: &str) {
    field_mark(xml, "begin");
    xml.open("w:r", &[]);
    xml.say("w:instrText", &[("xml:space", &"preserve")], &format!(" {instruction} "));
    xml.close();
    field_mark(xml, "separate");
}

/// One of the marks of a field.
pub(super) fn field_mark(xml: &mut Xml, kind: &str) {
    xml.open("w:r", &[]);
    xml.leaf("w:fldChar", &[("w:fldCharType", &kind)]);
    xml.close();
}
