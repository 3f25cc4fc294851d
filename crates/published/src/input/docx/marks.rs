//! How automatic numbers, bullets and symbols of pictorial fonts are written.

/// Writes a number of a list in one of the formats of `w:numFmt`.
pub(super) fn number(format: &str, value: u32) -> String {
    match format {
        "none" => String::new(),
        "decimalZero" => format!("{value:02}"),
        "upperRoman" => roman(value),
        "lowerRoman" => roman(value).to_lowercase(),
        "upperLetter" => letters(value, b'A'),
        "lowerLetter" => letters(value, b'a'),
        "decimalFullWidth" | "decimalFullWidth2" => {
            value.to_string().chars().map(|digit| char::from_u32(digit as u32 - 0x30 + 0xFF10).unwrap_or(digit)).collect()
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(value),
        "decimalEnclosedFullstop" => ranged(value, 1, 20, 0x2488),
        "decimalEnclosedParen" => ranged(value, 1, 20, 0x2474),
        "ideographEnclosedCircle" => ranged(value, 1, 10, 0x3280),
        "aiueo" => cycle(value, "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"),
        "aiueoFullWidth" => cycle(value, "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"),
        "iroha" => cycle(value, "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽ"),
        "irohaFullWidth" => cycle(value, "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"),
        "japaneseCounting" | "chineseCounting" | "chineseCountingThousand" | "taiwaneseCountingThousand" | "koreanCounting" => kanji(value),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseCounting" => {
            value.to_string().chars().filter_map(|digit| "〇一二三四五六七八九".chars().nth(digit as usize - 0x30)).collect()
        }
        "japaneseLegal" => kanji(value)
            .chars()
            .map(|figure| match figure {
                '一' => '壱',
                '二' => '弐',
                '三' => '参',
                '十' => '拾',
                other => other,
            })
            .collect(),
        _ => value.to_string(),
    }
}

/// What a character of a pictorial font (Symbol, Wingdings) shows, in Unicode; the character itself where it is none.
pub(super) fn symbol(font: Option<&str>, character: char) -> char {
    let code = character as u32;
    if !(0xF020..=0xF0FF).contains(&code) {
        return character;
    }
    let low = code - 0xF000;
    let wingdings = font.is_some_and(|font| font.starts_with("Wingdings"));
    let pairs: &[(u32, char)] = if wingdings {
        &[
            (0x6C, '●'),
            (0x6D, '❍'),
            (0x6E, '■'),
            (0x6F, '□'),
            (0x71, '❑'),
            (0x72, '❒'),
            (0x75, '◆'),
            (0x76, '❖'),
            (0x77, '◆'),
            (0x9F, '•'),
            (0xA1, '○'),
            (0xA7, '▪'),
            (0xA8, '□'),
            (0xD8, '➢'),
            (0xE0, '→'),
            (0xE8, '➔'),
            (0xF0, '⇨'),
            (0xFB, '✗'),
            (0xFC, '✓'),
            (0xFD, '☒'),
            (0xFE, '☑'),
        ]
    } else {
        &[
            (0x61, 'α'),
            (0x62, 'β'),
            (0x63, 'χ'),
            (0x64, 'δ'),
            (0x65, 'ε'),
            (0x67, 'γ'),
            (0x6B, 'κ'),
            (0x6C, 'λ'),
            (0x6D, 'μ'),
            (0x70, 'π'),
            (0x72, 'ρ'),
            (0x73, 'σ'),
            (0x74, 'τ'),
            (0x77, 'ω'),
            (0xA3, '≤'),
            (0xA5, '∞'),
            (0xAB, '↔'),
            (0xAC, '←'),
            (0xAD, '↑'),
            (0xAE, '→'),
            (0xAF, '↓'),
            (0xB0, '°'),
            (0xB1, '±'),
            (0xB3, '≥'),
            (0xB4, '×'),
            (0xB7, '•'),
            (0xB8, '÷'),
            (0xB9, '≠'),
            (0xBB, '≈'),
        ]
    };
    match pairs.iter().find(|(from, _)| *from == low) {
        Some((_, shown)) => *shown,
        None if low < 0x7F && !wingdings => char::from_u32(low).unwrap_or(character),
        None => character,
    }
}

fn roman(mut value: u32) -> String {
    const FIGURES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if value > 3999 {
        return value.to_string();
    }
    let mut text = String::new();
    for (size, figure) in FIGURES {
        while value >= size {
            text.push_str(figure);
            value -= size;
        }
    }
    text
}

/// a to z, then aa to zz, as Word counts.
fn letters(value: u32, first: u8) -> String {
    if value == 0 || value > 26 * 8 {
        return value.to_string();
    }
    let letter = char::from(first + ((value - 1) % 26) as u8);
    std::iter::repeat_n(letter, ((value - 1) / 26 + 1) as usize).collect()
}

fn circled(value: u32) -> String {
    match value {
        0 => "⓪".to_owned(),
        1..=20 => ranged(value, 1, 20, 0x2460),
        21..=35 => ranged(value, 21, 35, 0x3251),
        36..=50 => ranged(value, 36, 50, 0x32B1),
        _ => value.to_string(),
    }
}

fn ranged(value: u32, first: u32, last: u32, code: u32) -> String {
    if (first..=last).contains(&value) {
        char::from_u32(code + value - first).map(String::from).unwrap_or_default()
    } else {
        value.to_string()
    }
}

fn cycle(value: u32, row: &str) -> String {
    let count = row.chars().count() as u32;
    match value.checked_sub(1).and_then(|index| row.chars().nth((index % count) as usize)) {
        Some(figure) => figure.to_string(),
        None => value.to_string(),
    }
}

fn kanji(value: u32) -> String {
    if value == 0 || value > 9999 {
        return value.to_string();
    }
    let mut text = String::new();
    for (size, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let figure = value / size % 10;
        if figure > 1 || (figure == 1 && size == 1) {
            text.extend("〇一二三四五六七八九".chars().nth(figure as usize));
        }
        if figure > 0 {
            text.push_str(name);
        }
    }
    text
}
