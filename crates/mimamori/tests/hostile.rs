//! What strangers and mistaken programs send: each is refused with words, and nothing is lost or let through.

#![expect(clippy::unwrap_used, reason = "a test")]

mod house;

use std::io::Write;

use house::{Client, House, encoded, raw};

const SCRIPT: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

/// Every kind of page once, for a safety manager.
const PAGES: &[&str] = &[
    "/",
    "/account",
    "/deadlines",
    "/trail",
    "/import",
    "/administration",
    "/administration/people",
    "/administration/institutions",
    "/administration/rhythms",
    "/administration/dictionaries",
    "/administration/backup",
    "/system",
    "/api",
    "/p/miholitas",
    "/p/miholitas/read",
    "/p/miholitas/versions",
    "/p/miholitas/versions/3",
    "/p/miholitas/difference",
    "/p/miholitas/documents",
    "/p/miholitas/impact",
    "/p/miholitas/impact/1",
    "/p/miholitas/deadlines",
    "/p/miholitas/trail",
    "/p/miholitas/concerns/pml",
    "/p/miholitas/edit",
    "/p/miholitas/edit/concerns/pml.md",
];

#[test]
fn every_answer_carries_the_policy_and_no_page_needs_more_than_it_allows() {
    let house = House::open();
    let mut client = house.client("suzuki");
    let others = ["/nothing-here", "/p/nothing", "/look/icon.svg", "/api/openapi.json", "/api/v1/products"];
    for path in PAGES.iter().chain(&others) {
        let answer = client.get(path);
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        for (name, value) in
            [("x-content-type-options", "nosniff"), ("referrer-policy", "same-origin"), ("cross-origin-opener-policy", "same-origin")]
        {
            assert_eq!(answer.header(name), value, "{path}");
        }
        if PAGES.contains(path) {
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
            assert!(answer.body.contains("模擬データ"), "{path}: invented data are marked");
            assert!(!answer.body.contains(" style=") && !answer.body.contains("<style") && !answer.body.contains(" onclick="), "{path}");
            assert!(!answer.body.contains("<script>"), "{path}: no script in the page");
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        }
    }
    let document = client.get("/p/miholitas/documents/3/j-rmp.html");
    assert_eq!(document.status, 200);
    assert!(document.header("content-security-policy").contains("style-src 'sha256-"), "a document has its own style, by its hash");
    assert!(!document.body.contains(" style="));
}

#[test]
fn a_form_of_another_site_does_nothing() {
    let house = House::open();
    let mut client = house.client("takahashi");
    let before = client.get("/p/miholitas/versions").body;
    let key = client.key.clone();
    let form = |key: &str| encoded(&[("key", key), ("form", "draft"), ("seen", "9999"), ("line", "evil"), ("title", "x"), ("base", "3")]);
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    for (headers, key) in [
        (vec![kind, ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")], key.as_str()),
        (vec![kind, ("Origin", "https://evil.example")], key.as_str()),
        (vec![kind, ("Sec-Fetch-Site", "same-site")], key.as_str()),
        (vec![kind, ("Origin", "null")], key.as_str()),
        (vec![kind], ""),
        (vec![kind], "0123456789abcdef0123456789abcdef"),
    ] {
        let answer = client.request("POST", "/p/miholitas/drafts", &headers, form(key).as_bytes());
        assert_eq!(answer.status, 403, "{headers:?} {key}");
        assert!(answer.body.contains("evil"), "what was typed is shown again: nothing is lost");
    }
    assert_eq!(client.get("/p/miholitas/versions").body.contains("evil"), before.contains("evil"));
    // and a page cannot sign somebody in as somebody else
    let fields = encoded(&[("person", "suzuki"), ("password", house::PASSWORD)]);
    let answer = house.stranger().request("POST", "/sign-in", &[kind, ("Sec-Fetch-Site", "cross-site")], fields.as_bytes());
    assert_eq!(answer.status, 403);
    assert!(!answer.body.contains(house::PASSWORD), "a password is never shown");
}

#[test]
fn what_was_typed_never_becomes_part_of_a_page() {
    let house = House::open();
    let mut client = house.client("takahashi");
    // stored: in names, reasons, questions, prose, a draft's title
    client.send("/p/miholitas/drafts", &[("form", "draft"), ("line", "x"), ("title", SCRIPT), ("base", "3")]);
    client.send(
        "/p/mihonsa/inquiries",
        &[("form", "ask"), ("inquiry", "照会2"), ("submission", "1"), ("text", SCRIPT), ("day", "2026-11-20")],
    );
    let source = format!("+++\nclass = \"identified\"\nname = \"PML {}\"\n+++\n# 理由\n{SCRIPT}\n", SCRIPT.replace('"', "\\\""));
    let fields = [("form", "source"), ("parent", "3"), ("source", source.as_str()), ("reason", SCRIPT)];
    let saved = client.send("/p/miholitas/edit/concerns/pml.md", &fields);
    assert_eq!(saved.status, 303, "{}", saved.body);
    let mut looked = 0;
    for page in PAGES.iter().chain(&["/p/miholitas/versions/4", "/p/mihonsa/versions", "/p/miholitas/trail?value=concerns/pml"]) {
        let body = client.get(page).body;
        assert!(!body.contains("<script>alert") && !body.contains("<img src=x"), "{page}");
        looked += usize::from(body.contains("&lt;script&gt;alert(1)"));
    }
    assert!(looked >= 4, "the text stands on pages, as text: {looked}");
    let document = client.get("/p/miholitas/documents/4/j-rmp.html").body;
    assert!(!document.contains("<script>alert") && !document.contains("<img src=x"));
    // reflected: in addresses
    let probe = "%3Cscript%3Ealert(1)%3C/script%3E";
    for path in [
        format!("/p/{probe}"),
        format!("/p/miholitas?indication={probe}"),
        format!("/p/miholitas?recorded={probe}"),
        format!("/p/miholitas/trail?value={probe}"),
        format!("/p/miholitas/trail?by={probe}"),
        format!("/p/miholitas/impact?cause={probe}"),
        format!("/sign-in?back={probe}"),
        format!("/{probe}"),
    ] {
        let answer = client.get(&path);
        assert!(!answer.body.contains("<script>alert"), "{path}");
        assert!(answer.status < 500, "{path}: {}", answer.status);
    }
}

#[test]
fn nothing_is_written_into_headers_and_nobody_is_led_away() {
    let house = House::open();
    for back in ["https://evil.example/", "//evil.example/", "/\r\nSet-Cookie: a=b", "/\\evil.example", "javascript:alert(1)"] {
        let mut client = house.stranger();
        let answer = client.post("/sign-in", &[("person", "suzuki"), ("password", house::PASSWORD), ("back", back)]);
        assert_eq!((answer.status, answer.header("location")), (303, "/"), "{back:?}");
        assert!(!answer.headers.iter().any(|(name, value)| name == "set-cookie" && value.starts_with("a=b")));
        let language = client.get(&format!("/language?to=en&{}", encoded(&[("back", back)])));
        assert_eq!(language.header("location"), "/", "{back:?}");
    }
}

#[test]
fn text_for_a_database_stays_text() {
    let house = House::open();
    let probes = ["' OR '1'='1", "suzuki'; DROP TABLE kept; --", "\u{0}", "%00", "suzuki\" --", "🜏".repeat(500).leak()];
    for probe in probes {
        let answer = house.stranger().post("/sign-in", &[("person", probe), ("password", probe)]);
        assert_eq!(answer.status, 422, "{probe}");
    }
    let mut client = house.client("suzuki");
    for probe in probes {
        let query = encoded(&[("value", probe), ("by", ""), ("kind", probe)]);
        assert!([200, 404, 422].contains(&client.get(&format!("/p/miholitas/trail?{query}")).status), "{probe}");
    }
    assert_eq!(client.get("/").status, 200, "everything is still there");
}

#[test]
fn no_path_leads_out_of_a_plan() {
    let house = House::open();
    let mut client = house.client("takahashi");
    for path in [
        "../../keep.sqlite",
        "..%2F..%2Fkeep.sqlite",
        "concerns/../../x.md",
        "/etc/passwd",
        "%2Fetc%2Fpasswd",
        "concerns/a%00.md",
        "plan.toml/..",
        ".hidden",
    ] {
        let shown = client.get(&format!("/p/miholitas/edit/{path}"));
        assert!([404, 400].contains(&shown.status), "{path}: {}", shown.status);
        let saved =
            client.send(&format!("/p/miholitas/edit/{path}"), &[("form", "source"), ("parent", "3"), ("source", "x"), ("reason", "x")]);
        assert!([404, 400].contains(&saved.status), "{path}: {}", saved.status);
    }
    for path in [
        "/look/../../keep.sqlite",
        "/look/x/../../../etc/passwd",
        "/p/miholitas/documents/3/..%2F..%2Fhead.key",
        "/p/miholitas/issued/1/9999",
    ] {
        assert_eq!(client.get(path).status, 404, "{path}");
    }
    let new = client.get("/p/miholitas/edit-new?kind=concerns&id=..%2F..%2Fx");
    assert_eq!(new.status, 422);
}

#[test]
fn what_is_too_large_or_malformed_is_refused_with_words() {
    let house = House::open();
    let mut client = house.client("takahashi");
    let huge = vec![b'a'; (4 << 20) + 10];
    let answer = client.request("POST", "/p/miholitas/drafts", &[("Content-Type", "application/x-www-form-urlencoded")], &huge);
    assert_eq!(answer.status, 413);
    assert!(answer.body.contains("大きすぎます"), "{}", answer.body);
    let multipart = ("Content-Type", "multipart/form-data; boundary=x");
    for body in
        ["", "--x\r\n", "--x\r\nContent-Disposition: form-data; name=\"document\"; filename=\"a.pdf\"\r\n\r\n%PDF", "no boundary at all"]
    {
        let answer = client.request("POST", "/import", &[multipart], body.as_bytes());
        assert!([400, 403, 422].contains(&answer.status), "{body:?}: {}", answer.status);
        assert!(answer.body.contains("class=\"problem\""), "{body:?}");
    }
    for request in [
        "GET\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "\u{0}\u{1}\u{2}\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    ] {
        let answer = raw(&house.host, request.as_bytes());
        assert!(answer.status == 0 || (400..500).contains(&answer.status), "{request:?}: {}", answer.status);
    }
    assert_eq!(client.get("/").status, 200, "and it goes on");
}

#[test]
fn a_session_that_is_forged_stale_or_over_is_none() {
    let house = House::open();
    let mut client = house.client("suzuki");
    let good = client.cookies.iter().find(|(name, _)| name == "mimamori").unwrap().1.clone();
    let ask = |cookie: &str| house.stranger().request("GET", "/p/miholitas", &[("Cookie", cookie)], b"").status;
    assert_eq!(ask(&format!("mimamori={good}")), 200);
    let mut bent = good.clone();
    bent.replace_range(0..1, if good.starts_with('0') { "1" } else { "0" });
    for forged in [bent.as_str(), &"0".repeat(64), "", "suzuki", "../x"] {
        assert_eq!(ask(&format!("mimamori={forged}")), 401, "{forged}");
    }
    client.send("/sign-out", &[]);
    assert_eq!(ask(&format!("mimamori={good}")), 401, "what was signed out is over");
    // one ends from another place
    let (mut here, mut there) = (house.client("suzuki"), house.client("suzuki"));
    here.send("/account/sessions", &[("session", "others")]);
    assert_eq!((here.get("/").status, there.get("/").status), (200, 401));
    // what was typed when it ended is kept on the page
    let answer = there.send("/p/miholitas/drafts", &[("form", "draft"), ("line", "kept-words"), ("title", "x"), ("base", "3")]);
    assert_eq!(answer.status, 401);
    assert!(answer.body.contains("kept-words") && answer.body.contains("name=\"password\""));
    // and who signs in again comes back to the page, where the draft is; never to another house
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    for (referer, back) in [("/p/miholitas/versions", "/p/miholitas/versions"), ("/sign-in", "/")] {
        let referer = format!("http://{}{referer}", house.host);
        let answer = there.request("POST", "/p/miholitas/drafts", &[kind, ("Referer", &referer)], b"form=draft");
        assert_eq!((answer.status, answer.field("back").as_str()), (401, back), "{}", answer.body);
    }
}

#[test]
fn who_is_given_a_new_password_has_no_token_of_before() {
    let house = House::open();
    let token = format!("Bearer {}", house.token("ito"));
    let ask = || house.stranger().request("GET", "/api/v1/products", &[("Authorization", &token)], b"").status;
    assert_eq!(ask(), 200);
    let mut administrator = house.client("kanri");
    let people = administrator.get("/administration/people").body;
    let row = people.split("<tr").find(|row| row.contains("伊藤")).unwrap();
    let page = row.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let answer = administrator.send(&format!("{page}/reset"), &[("password", house::PASSWORD)]);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(ask(), 401);
}

#[test]
fn what_is_sent_again_is_recorded_once_and_what_is_changed_before_is_another_thing() {
    let house = House::open();
    let mut client = house.client("takahashi");
    let mut ask = |text: &str, inquiry: &str| {
        let fields = [("form", "ask"), ("inquiry", inquiry), ("submission", "1"), ("text", text), ("day", "2026-11-20")];
        client.send("/p/mihonsa/inquiries", &[&fields[..], &[("command", "0123456789abcdef0123456789abcdef")]].concat()).status
    };
    assert_eq!((ask("一つ目", "照会21"), ask("一つ目", "照会21")), (303, 303), "the same form, sent twice");
    assert_eq!(ask("二つ目", "照会22"), 303, "one step back, and something else");
    let trail = client.get("/p/mihonsa/trail?kind=inquiry-recorded").body;
    assert_eq!((trail.matches("照会21").count(), trail.matches("照会22").count()), (1, 1), "{trail}");
}

#[test]
fn a_conflict_is_not_recorded_by_sending_the_form_again() {
    let house = House::open();
    let (mut one, mut other) = (house.client("suzuki"), house.client("takahashi"));
    let path = "/p/miholitas/edit/concerns/pml.md";
    let text = unescaped(&one.get(path).after("name=\"source\" rows=\"30\" spellcheck=\"false\">", "</textarea>"));
    let changed = |words: &str| text.replacen("# 理由\n", &format!("# 理由\n{words}\n"), 1);
    let send = |client: &mut Client, parent: &str, source: &str| {
        client.send(path, &[("form", "source"), ("parent", parent), ("source", source), ("reason", "加筆")])
    };
    assert_eq!(send(&mut one, "3", &changed("一人目の文。")).status, 303);
    let collided = send(&mut other, "3", &changed("二人目の文。"));
    assert_eq!(collided.status, 409, "{}", collided.body);
    let shown = unescaped(&collided.after("name=\"source\" rows=\"30\" spellcheck=\"false\">", "</textarea>"));
    assert!(shown.contains("一人目の文。") && shown.contains("二人目の文。") && shown.contains("<<<<<<< 記録された版"), "{shown}");
    let parent = collided.field("parent");
    let again = send(&mut other, &parent, &shown);
    assert_eq!(again.status, 422, "marks are left: {}", again.body);
    let made: Vec<&str> =
        shown.lines().filter(|line| !["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark))).collect();
    assert_eq!(send(&mut other, &parent, &made.join("\n")).status, 303);
    let stands = unescaped(&one.get(path).after("name=\"source\" rows=\"30\" spellcheck=\"false\">", "</textarea>"));
    assert!(stands.contains("一人目の文。") && stands.contains("二人目の文。"), "{stands}");
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.strip_prefix('\n').unwrap_or(&text).to_owned()
}

#[test]
fn a_form_of_a_page_of_the_past_records_nothing() {
    let house = House::open();
    let mut client = house.client("takahashi");
    let page = client.get("/p/miholitas/edit/concerns/pml.md?recorded=2025-03-20T00:00");
    assert!(page.status == 200 && !page.body.contains("name=\"source\""), "the source of then is only read");
    let page = client.get("/p/mihonsa/versions?recorded=2026-11-20");
    assert!(page.body.contains("name=\"past\""), "{}", page.body);
    let fields = [("form", "draft"), ("past", "yes"), ("line", "x"), ("title", "x"), ("base", "1")];
    let answer = client.send("/p/mihonsa/drafts", &fields);
    assert_eq!(answer.status, 422, "{}", answer.body);
    let future = client.get("/p/mihonsa/versions?recorded=2027-01-01");
    assert!(!future.body.contains("class=\"past\""), "what has not come is no past");
}

// shows items 17
#[test]
fn wrong_passwords_lock_and_nobody_learns_who_works_here() {
    let house = House::open();
    let wrong = |person: &str| house.stranger().post("/sign-in", &[("person", person), ("password", "wrong wrong wrong")]);
    let (known, unknown) = (wrong("ito"), wrong("nobody-of-that-name"));
    assert_eq!((known.status, unknown.status), (422, 422));
    let words = |answer: &house::Answer| answer.after("class=\"problem\"", "</div>");
    assert_eq!(words(&known), words(&unknown));
    for _ in 0..4 {
        assert_eq!(words(&wrong("ito")), words(&wrong("nobody-of-that-name")));
    }
    assert!(words(&wrong("nobody-of-that-name")).contains("15分"), "a name that nobody has is stopped as well");
    let right = house.stranger().post("/sign-in", &[("person", "ito"), ("password", house::PASSWORD)]);
    assert_eq!(right.status, 422, "locked: {}", right.body);
    assert!(right.body.contains("15分"));
}

#[test]
fn the_name_of_another_house_is_not_ours() {
    let house = House::open();
    for host in ["evil.example", "127.0.0.1.evil.example", ""] {
        assert_eq!(house.stranger().request("GET", "/sign-in", &[("Host", host)], b"").status, 421, "{host}");
    }
}

// shows items 18
#[test]
fn who_may_not_read_a_product_learns_nothing_of_it() {
    let house = House::open();
    let mut representative = house.client("watanabe");
    let (there, nowhere) = (representative.get("/p/miholitas"), representative.get("/p/no-such-product"));
    assert_eq!((there.status, nowhere.status), (403, 403), "there and not there look the same");
    assert!(!there.body.contains("ミホリタス"));
    let paths =
        ["read", "versions/3", "documents/3/j-rmp.html", "deadlines.ics", "trail", "concerns/pml", "edit", "impact/1", "issued/1/0"];
    for path in paths {
        assert_eq!(representative.get(&format!("/p/miholitas/{path}")).status, 403, "{path}");
    }
    // the ids of one product are not those of another
    let mut manager = house.client("suzuki");
    assert_eq!(manager.get("/p/mihonsa/versions/3").status, 404);
    assert_eq!(manager.get("/p/mihonsa/impact/1").status, 404);
    assert_eq!(manager.send("/p/mihonsa/submissions/2/confirm", &[("day", "2026-11-20")]).status, 404);
}

#[test]
fn a_bomb_in_a_word_file_is_refused() {
    let house = House::open();
    let mut client = house.client("takahashi");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..1024 {
        zip.write_all(&zeros).unwrap();
    }
    let bomb = zip.finish().unwrap().into_inner();
    assert!(bomb.len() < 4 << 20, "a gigabyte in {} bytes", bomb.len());
    let answer = import(&mut client, "bomb.docx", &bomb);
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(answer.body.contains("class=\"problem\""));
    assert_eq!(client.get("/").status, 200, "and it goes on");
}

fn import(client: &mut Client, name: &str, bytes: &[u8]) -> house::Answer {
    let key = client.key.clone();
    let mut body = Vec::new();
    for (field, value) in [("key", key.as_str()), ("form", "import"), ("product", "bomb"), ("command", "0123456789abcdef")] {
        body.extend(format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes());
    }
    body.extend(format!("--x\r\nContent-Disposition: form-data; name=\"document\"; filename=\"{name}\"\r\n\r\n").bytes());
    body.extend(bytes);
    body.extend(b"\r\n--x--\r\n");
    client.request("POST", "/import", &[("Content-Type", "multipart/form-data; boundary=x")], &body)
}

#[test]
fn who_asks_too_often_is_told_how_long_to_wait() {
    let house = House::open();
    let mut last = 0;
    for _ in 0..80 {
        let answer = house
            .stranger()
            .post("/invitation", &[("person", "x"), ("code", "x"), ("password", "long enough 12"), ("again", "long enough 12")]);
        last = answer.status;
        if last == 429 {
            assert!(answer.header("retry-after").parse::<u32>().unwrap() >= 1);
            assert!(answer.body.contains("待って"));
            break;
        }
    }
    assert_eq!(last, 429, "codes cannot be guessed at leisure");
}

#[test]
fn no_person_and_no_secret_stands_in_an_address() {
    let house = House::open();
    let mut manager = house.client("kanri");
    let pages = ["/", "/administration/people", "/trail", "/trail/reads", "/account"];
    for page in pages {
        let body = manager.get(page).body;
        for address in body.split(['"', '\'']).filter(|text| text.starts_with('/')) {
            for name in ["suzuki", "takahashi", "kanri", "鈴木", "%E9%88%B4", house::PASSWORD] {
                assert!(!address.contains(name), "{page}: {address}");
            }
        }
    }
}
