//! Plans out of nothing: any number of concerns, activities, studies and figures, each key there or not, written in any order and any
//! hand.

use plan::Folder;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// A plan that can be read, whatever else is wrong with it.
pub fn plan() -> impl Strategy<Value = Folder> {
    let concerns = vec((select(vec!["infection", "pml", "c1", "c2", "long-term"]), concern()), 0..4);
    let activities = vec((select(vec!["survey", "guide", "a1", "a2", "eppv"]), activity()), 0..4);
    (facts(), studies(), concerns, activities).prop_map(|(facts, studies, concerns, activities)| {
        let mut folder = Folder::new();
        folder.insert("plan.toml", facts);
        if !studies.is_empty() {
            folder.insert("studies.toml", studies);
        }
        for (name, entries) in [("concerns", concerns), ("activities", activities)] {
            for (id, (text, english)) in entries {
                folder.insert(format!("{name}/{id}.md"), text);
                if let Some(english) = english {
                    folder.insert(format!("{name}/{id}.en.md"), english);
                }
            }
        }
        folder
    })
}

/// Some of these keys in any order, written loosely or tightly, with or without a comment.
fn keys(keys: Vec<(&'static str, BoxedStrategy<String>)>) -> impl Strategy<Value = String> {
    let count = keys.len();
    let each: Vec<_> = keys
        .into_iter()
        .map(|(key, value)| (value, any::<bool>(), select(vec!["", " ", "   "]), select(vec!["", "", " # note", "\n\n"]), Just(key)))
        .collect();
    (each, Just((0..count).collect::<Vec<_>>()).prop_shuffle()).prop_map(|(each, order)| {
        let lines = order.into_iter().map(|index| &each[index]).filter(|(_, there, ..)| *there);
        lines.map(|(value, _, blank, after, key)| format!("{key}{blank}={blank}{value}{after}\n")).collect()
    })
}

fn any_of(values: &'static [&'static str]) -> BoxedStrategy<String> {
    select(values).prop_map(str::to_owned).boxed()
}

fn text() -> BoxedStrategy<String> {
    any_of(&["\"感染症\"", "'PML'", "\"\"\"\n一行目\n二行目\"\"\"", "\"a \\\"b\\\" c\"", "''", "'''\n- 一\n- 二\n'''", "\"本剤　群\""])
}

fn date() -> BoxedStrategy<String> {
    (2018..2032_u16, 1..=12_u8, 1..=28_u8, any::<bool>())
        .prop_map(|(year, month, day, whole)| if whole { format!("{year}-{month:02}-{day:02}") } else { format!("\"{year}-{month:02}\"") })
        .boxed()
}

fn number() -> BoxedStrategy<String> {
    any_of(&["0", "1", "58", "1_000", "0x3a", "600"])
}

fn ids(known: &'static [&'static str]) -> BoxedStrategy<String> {
    vec(select(known), 0..4).prop_map(|ids| format!("[{}]", ids.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(","))).boxed()
}

fn facts() -> impl Strategy<Value = String> {
    let indication = keys(vec![
        ("name", text()),
        ("name_en", text()),
        ("reexamination", any_of(&["\"none\"", "{ years = 8 }", "{years=10,from=2021-03-23}", "[{ years = 4 }, { until = 2031-01-01 }]"])),
    ]);
    let event = keys(vec![("date", date()), ("kind", any_of(&["\"approval\"", "'change'", "\"no such\""])), ("text", text())]);
    let product = keys(vec![("substance", text()), ("approved", date()), ("dosage", text())]);
    (product, vec(indication, 0..3), vec(event, 0..3)).prop_map(|(product, indications, events)| {
        let indications: String =
            indications.iter().enumerate().map(|(index, keys)| format!("[[indication]]\nid = {}\n{keys}", index + 1)).collect();
        let events: String = events.iter().map(|keys| format!("[[event]]\n{keys}")).collect();
        format!("format = 1\n{events}{indications}[product]\n{product}")
    })
}

fn studies() -> impl Strategy<Value = String> {
    let arm = (text(), 40..60_u64, proptest::option::of(1..40_u64)).prop_map(|(name, size, phase)| {
        let phase = phase.map_or(String::new(), |size| format!("[[study.arm.phase]]\nname = \"維持期\"\nsize = {size}\n"));
        format!("[[study.arm]]\nsize = {size}\nname = {name}\n{phase}")
    });
    let study = (select(vec!["SMP-1", "SMP-2", "全例調査"]), keys(vec![("title", text()), ("phase", text())]), vec(arm, 0..3));
    let study = study.prop_map(|(id, keys, arms)| format!("[[study]]\n{keys}id = \"{id}\"\n{}", arms.concat()));
    let pool = (select(vec!["main", "other"]), ids(&["SMP-1", "SMP-2:PML", "main", "other"]));
    let pool = pool.prop_map(|(id, studies)| format!("[[pool]]\nid = \"{id}\"\nstudies = {studies}\n"));
    (vec(study, 0..3), vec(pool, 0..3)).prop_map(|(studies, pools)| studies.concat() + &pools.concat())
}

fn prose(headings: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = select(vec![
        "認められた。",
        "本剤群の {{ 3/58 SMP-1 }} に、\n",
        "{{ 3/58 SMP-1:PML as x }}、",
        "{{ x }}",
        "{{ @survey }}を行う。\n",
        "5.2%（3/58例）",
        "**「重要」**",
        "\n\n",
        "\n- 一つ  \n- 二つ\n",
        "\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        "   \n",
        "\n```\ncode  \n```\n",
        "\n* 一\n\n  続き\n*   二\n    + 三 \n",
        "\n2) 一\n3) 二\n",
        "\n|群|例数\n|:-|-:|\n|本剤群|{{3/58   SMP-1}}|\n|ｶﾅ\n",
        "\n小見出し\n---\n",
        "\n##  小見出し ##\n",
        "\n> 引用\n",
        "\n    code\n",
        "\n   字下げ  \n",
        "{{  x}}",
        "\n[a]: b\n\n",
        "\n\n\n",
        "<!-- 後で -->",
        "\u{3000}",
        "\r\n",
    ]);
    vec((select(headings), vec(piece, 0..6)), 0..4)
        .prop_map(|sections| sections.iter().map(|(heading, pieces)| format!("# {heading}\n{}\n", pieces.concat())).collect())
}

fn entry(front: impl Strategy<Value = String>, headings: &'static [&'static str]) -> impl Strategy<Value = (String, Option<String>)> {
    let english = (proptest::option::of(text()), prose(&["why", "objective", "method"]));
    let english = english.prop_map(|(title, prose)| match title {
        Some(title) => format!("+++\ntitle  = {title}\n+++\n{prose}"),
        None => prose,
    });
    (front, prose(headings), proptest::option::of(english))
        .prop_map(|(front, prose, english)| (format!("+++\n{front}+++\n{prose}"), english))
}

fn concern() -> impl Strategy<Value = (String, Option<String>)> {
    let front = keys(vec![
        ("class", any_of(&["\"identified\"", "'potential'", "\"missing\""])),
        ("name", text()),
        ("name_en", text()),
        ("terms", any_of(&["[]", "['肺炎', \"敗血症\"]", "[\n  \"a\", # first\n  \"b\",\n]"])),
        ("indications", any_of(&["[1]", "[1,2]", "[ 9 ]"])),
        ("patient_guide", any_of(&["true", "false"])),
        ("order", number()),
    ]);
    entry(front, &["理由", "監視", "最小化", "why", "知らない節"])
}

fn activity() -> impl Strategy<Value = (String, Option<String>)> {
    let when = any_of(&[
        "'J-PSR'",
        "{ on = \"end\" }",
        "{on='end',months=6}",
        "2027-10-31",
        "\"2027-10\"",
        "{ on = \"registered\", count = 100 }",
    ]);
    let milestone = keys(vec![("when", when.clone()), ("text", text()), ("criteria", text())]);
    let report = keys(vec![("due", when), ("made", date()), ("text", text())]);
    let size = keys(vec![
        ("kind", any_of(&["\"detection\"", "\"two-proportions\"", "\"expected-count\""])),
        ("rate", any_of(&["0.005", "{ count = \"3/58\", study = \"SMP-1\" }", "5e-3"])),
        ("probability", any_of(&["0.95", "1"])),
        ("evaluable", number()),
    ]);
    let front = keys(vec![
        ("kind", any_of(&["\"general-survey\"", "'eppv'", "\"material\"", "\"database-study\""])),
        ("name", text()),
        ("indications", any_of(&["[1]", "[ 1 ,2 ]"])),
        ("concerns", ids(&["infection", "pml", "c1", "nobody"])),
        ("target", number()),
        ("counted", any_of(&["\"registered\"", "\"forms\""])),
        ("all_case", any_of(&["true", "false"])),
        ("observation", any_of(&["{ weeks = 52 }", "{years=4,up_to=8,text='投与から'}"])),
        ("period", (date(), date()).prop_map(|(start, end)| format!("{{ start = {start}, end = {end} }}")).boxed()),
        ("started", date()),
    ]);
    let front = (front, vec(milestone, 0..3), vec(report, 0..3), vec(size, 0..2)).prop_map(|(front, milestones, reports, sizes)| {
        let tables = [("report", reports), ("milestone", milestones), ("sample_size", sizes)];
        let tables = tables.into_iter().flat_map(|(name, tables)| tables.into_iter().map(move |keys| format!("[[{name}]]\n{keys}")));
        front + &tables.collect::<String>()
    });
    entry(front, &["目的", "根拠", "方法", "節目", "措置", "objective"])
}
