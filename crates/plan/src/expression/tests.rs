use proptest::prelude::*;

use super::*;

fn known(name: &str) -> Option<Known<'static>> {
    let of = |kind| Some(Known { kind, codes: Vec::new() });
    match name {
        "a" | "b" | "c" => of(Kind::Number),
        "day" | "registration.first_dose" => of(Kind::Date),
        "about" => of(Kind::PartialDate),
        "sure" => of(Kind::Truth),
        "sex" => Some(Known { kind: Kind::Text, codes: vec!["male", "female"] }),
        "signs" => Some(Known { kind: Kind::Several, codes: vec!["fever", "rash"] }),
        _ => None,
    }
}

fn kind(text: &str) -> Result<Kind, String> {
    let all = ["a", "b", "c", "day", "about", "sex", "signs"].map(str::to_owned);
    parse(text).and_then(|read| read.kind(&known, &all)).map_err(|wrong| format!("{} | {}", &text[wrong.range.clone()], wrong.message.1))
}

fn value(text: &str) -> Option<Value> {
    let given = |name: &str| match name {
        "a" => Some(Value::Number(3.0)),
        "b" => Some(Value::Number(0.0)),
        "day" => Some(Value::Date("2026-02-28".parse().unwrap())),
        "about" => Some(Value::PartialDate(calendar::PartialDate::parse_iso("2026-04").unwrap())),
        "sex" => Some(Value::Text("male".into())),
        "signs" => Some(Value::Several(vec!["fever".into()])),
        _ => None,
    };
    parse(text).unwrap().value(&given)
}

#[test]
fn what_is_written_is_reckoned() {
    for (text, wanted) in [
        ("1 + 2 * 3 - 4 / 2", Some(Value::Number(5.0))),
        ("-(a - 5)", Some(Value::Number(2.0))),
        ("a / b", None),
        ("missing(c) and a = 3", Some(Value::Truth(true))),
        ("c > 1 or a = 3", Some(Value::Truth(true))),
        ("c > 1 and a = 3", None),
        ("c > 1 and a = 4", Some(Value::Truth(false))),
        ("not (sex = 'female')", Some(Value::Truth(true))),
        ("sex in ('male', 'female')", Some(Value::Truth(true))),
        ("has(signs, 'fever') and not has(signs, 'rash')", Some(Value::Truth(true))),
        ("days(2026-01-31, day)", Some(Value::Number(28.0))),
        ("months(2026-01-31, day)", Some(Value::Number(0.0))),
        ("months(day, 2026-01-28)", Some(Value::Number(-1.0))),
        ("years(1956-02-29, day)", Some(Value::Number(69.0))),
        ("latest(about) = 2026-04-30 and earliest(about) = 2026-04-01", Some(Value::Truth(true))),
        ("round(1.005, 2)", Some(Value::Number(1.01))),
        ("round(-2.5, 0)", Some(Value::Number(-3.0))),
        ("round(power(2, 0.5), 3)", Some(Value::Number(1.414))),
        ("min(a, 2) + max(a, 2) + year(day)", Some(Value::Number(2031.0))),
    ] {
        assert_eq!(value(text), wanted, "{text}");
        kind(text).unwrap();
    }
}

#[test]
fn what_does_not_fit_is_told_where_it_stands() {
    for (text, wanted) in [
        ("a = 'x'", "'x' | this should be a number, and is text or a choice"),
        ("agee > 1", "agee | there is no item “agee”"),
        ("sex = 'man'", "'man' | “sex” has no choice “man”"),
        ("sex < 'male'", "sex < 'male' | text or a choice cannot be compared like this"),
        ("about <= day", "day | this should be a date that may be a month, and is a date"),
        ("day <= about", "about | this should be a date, and is a date that may be a month"),
        ("days(day)", "days(day) | days takes 2 values, here are 1"),
        ("median(a)", "median | there is no function “median”"),
        ("a +", " | the expression ends too early"),
        ("a b", "b | “b” cannot stand here"),
        ("(a", " | “)” is missing"),
        ("a = 'x", "'x | the quotation mark is not closed"),
        ("a ； b", "； | “；” has no meaning here"),
        ("signs = 'fever'", "'fever' | this should be several choices, and is text or a choice"),
        ("a and sure", "a | this should be yes or no, and is a number"),
    ] {
        assert_eq!(kind(text).unwrap_err(), wanted, "{text}");
    }
    assert!(parse(&format!("{}a", "(".repeat(5_000))).is_err(), "too long");
    assert!(parse(&format!("{}a{}", "(".repeat(500), ")".repeat(500))).is_err(), "too deep");
}

#[test]
fn what_is_not_defined_is_found_before_a_form_comes() {
    let undefined = |text: &str| parse(text).unwrap().undefined().map(|names| names.join(","));
    for (text, wanted) in [
        ("a <= b", Some("a")),
        ("missing(a) or a <= b", Some("b")),
        ("missing(a) or missing(b) or a <= b", None),
        ("present(a) and a > 1", None),
        ("present(a) and present(b) and a / b > 1", Some("")),
        ("missing(a / b) or a / b > 1", Some("")),
        ("missing(a) or a / 2 > 1", None),
        ("not sure", Some("sure")),
        ("missing(sure) or not sure", None),
        ("a > 1 or a <= 1", Some("a")),
        ("missing(sex) or sex in ('male')", None),
        ("true", None),
    ] {
        assert_eq!(undefined(text), wanted.map(str::to_owned), "{text}");
    }
}

/// Expressions of every form, yes or no.
fn truths() -> impl Strategy<Value = String> {
    let numbers = || prop_oneof![Just("a"), Just("b"), Just("c"), Just("2"), Just("a + b"), Just("b * 3"), Just("a / c"), Just("-c")];
    let leaf = prop_oneof![
        (numbers(), numbers()).prop_map(|(left, right)| format!("{left} <= {right}")),
        numbers().prop_map(|number| format!("missing({number})")),
        numbers().prop_map(|number| format!("present({number})")),
        Just("missing(sex) or sex = 'male'".to_owned()),
        Just("sure".to_owned()),
    ];
    leaf.prop_recursive(4, 24, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left}) and ({right})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left}) or ({right})")),
            inner.prop_map(|inner| format!("not ({inner})")),
        ]
    })
}

proptest! {
    /// What was proved holds: an expression without a gap says yes or no, whatever is given.
    #[test]
    fn a_proof_holds_for_every_value(text in truths(), numbers in prop::array::uniform3(prop::option::of(-3_i8..4)), sure in prop::option::of(any::<bool>()), sex in prop::option::of(any::<bool>())) {
        let read = parse(&text).unwrap();
        prop_assert_eq!(read.kind(&known, &[]).unwrap(), Kind::Truth);
        let given = |name: &str| match name {
            "a" => numbers[0].map(|number| Value::Number(number.into())),
            "b" => numbers[1].map(|number| Value::Number(number.into())),
            "c" => numbers[2].map(|number| Value::Number(number.into())),
            "sure" => sure.map(Value::Truth),
            _ => sex.map(|sex| Value::Text(if sex { "male" } else { "female" }.into())),
        };
        if read.undefined().is_none() {
            prop_assert!(read.holds(&given).is_some(), "{}", text);
        }
    }

    #[test]
    fn nothing_that_is_typed_breaks_the_reader(text in "\\PC{0,80}") {
        if let Err(wrong) = parse(&text) {
            prop_assert!(text.get(wrong.range.clone()).is_some(), "{:?}", wrong);
        }
    }
}
