//! A real browser, driven over the WebDriver protocol (W3C Recommendation) by chromedriver.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::house::{House, PASSWORD, raw};

/// Widths of a desk's and of a telephone's window, in CSS pixels.
pub const WIDTHS: [u32; 2] = [1280, 390];

const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A browser with one window.
pub struct Browser {
    driver: Child,
    host: String,
    session: String,
    /// The house it looks at, such as `http://127.0.0.1:41234`.
    pub base: String,
    _profile: tempfile::TempDir,
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = self.call("DELETE", "", None);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Browser {
    /// Opens a browser before a house.
    pub fn open(house: &House) -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is needed; ./test installs it");
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = loop {
            let line = lines.next().expect("chromedriver tells its port").unwrap();
            if let Some((_, rest)) = line.split_once("started successfully on port ") {
                break rest.trim_end_matches('.').to_owned();
            }
        };
        std::thread::spawn(move || lines.for_each(drop));
        let profile = tempfile::tempdir().unwrap();
        let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        let capabilities = json!({ "capabilities": { "alwaysMatch": {
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": { "args": flags },
        } } });
        let mut browser = Self {
            driver,
            host: format!("127.0.0.1:{port}"),
            session: String::new(),
            base: format!("http://{}", house.host),
            _profile: profile,
        };
        let made = browser.command("POST", "/session", Some(&capabilities));
        browser.session = made["sessionId"].as_str().unwrap().to_owned();
        browser.width(WIDTHS[0]);
        browser.go("/language?to=ja&back=/sign-in");
        browser
    }

    fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        self.command(method, &format!("/session/{}{path}", self.session), body)
    }

    fn command(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let body = body.map(Value::to_string).unwrap_or_default();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            self.host,
            body.len()
        );
        let answer = raw(&self.host, [head.as_bytes(), body.as_bytes()].concat().as_slice());
        let value: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        assert_eq!(answer.status, 200, "{method} {path}: {value:#}");
        value["value"].clone()
    }

    /// Goes to a page.
    pub fn go(&self, path: &str) {
        self.call("POST", "/url", Some(&json!({ "url": format!("{}{path}", self.base) })));
    }

    /// Runs a script and hands on what it returns.
    pub fn script(&self, script: &str, arguments: &[Value]) -> Value {
        self.call("POST", "/execute/sync", Some(&json!({ "script": script, "args": arguments })))
    }

    fn later(&self, script: &str, arguments: &[Value]) -> Value {
        self.call("POST", "/execute/async", Some(&json!({ "script": script, "args": arguments })))
    }

    /// Makes the window so wide.
    pub fn width(&self, width: u32) {
        self.call("POST", "/window/rect", Some(&json!({ "width": width, "height": 1000 })));
    }

    /// The path of the page that is shown.
    pub fn path(&self) -> String {
        self.script("return location.pathname + location.search", &[]).as_str().unwrap().to_owned()
    }

    /// The words of the page.
    pub fn text(&self) -> String {
        self.script("return document.querySelector('main').innerText", &[]).as_str().unwrap().to_owned()
    }

    /// Waits until a script says yes.
    pub fn until(&self, what: &str, script: &str) {
        let began = Instant::now();
        while self.script(script, &[]) != Value::Bool(true) {
            assert!(began.elapsed() < Duration::from_secs(20), "{what}: {} {}", self.path(), self.text());
            std::thread::sleep(Duration::from_millis(40));
        }
    }

    fn element(&self, selector: &str) -> String {
        let using = json!({ "using": "css selector", "value": selector });
        let found = self.call("POST", "/element", Some(&using));
        found.as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned()
    }

    /// Clicks, as a person does, and waits for the page that follows.
    pub fn click(&self, selector: &str) {
        self.script(
            "document.documentElement.dataset.before = 1; document.querySelector(arguments[0]).scrollIntoView({block: 'center'})",
            &[json!(selector)],
        );
        self.call("POST", &format!("/element/{}/click", self.element(selector)), Some(&json!({})));
        self.until(
            &format!("{selector} leads on"),
            "return document.readyState === 'complete' && !document.documentElement.dataset.before",
        );
    }

    /// Fills a field, as a person does.
    pub fn fill(&self, selector: &str, text: &str) {
        let script = "const e = document.querySelector(arguments[0]); for (let d = e; d; d = d.parentElement) if (d.tagName === 'DETAILS') d.open = true;\
                      e.value = arguments[1]; e.dispatchEvent(new Event('input', { bubbles: true }))";
        self.script(script, &[json!(selector), json!(text)]);
    }

    /// Fills the fields of the form with this name and sends it.
    pub fn send(&self, form: &str, fields: &[(&str, &str)]) {
        self.send_where(form, "", fields);
    }

    /// The same in the first such form that holds something.
    pub fn send_where(&self, form: &str, holds: &str, fields: &[(&str, &str)]) {
        let holds = if holds.is_empty() { String::new() } else { format!(":has({holds})") };
        let within = format!("form:has(input[name=form][value='{form}']){holds}");
        for (name, value) in fields {
            let selector = format!("{within} [name='{name}']");
            assert_ne!(
                self.script("return document.querySelectorAll(arguments[0]).length", &[json!(selector)]),
                json!(0),
                "{selector} on {}",
                self.path()
            );
            self.fill(&selector, value);
        }
        self.fill(&format!("{within} [name=form]"), form);
        self.click(&format!("{within} button:not([type=button])"));
    }

    /// Signs in.
    pub fn sign_in(&self, person: &str) {
        self.go("/sign-in");
        self.fill("#person", person);
        self.fill("#password", PASSWORD);
        self.click("main form button");
    }

    /// Signs out, and in as somebody else.
    pub fn change(&self, person: &str) {
        self.click("form[data-sign-out] button");
        self.sign_in(person);
    }

    /// What the browser complained of since the last time; the refusals of the house that a story provokes are no complaint.
    pub fn complaints(&self) -> Vec<String> {
        let log = self.call("POST", "/se/log", Some(&json!({ "type": "browser" })));
        let all = log.as_array().unwrap().iter().filter(|entry| entry["level"] == "SEVERE");
        let told = all.map(|entry| entry["message"].as_str().unwrap().to_owned());
        told.filter(|message| !(message.contains("the server responded with a status of 4"))).collect()
    }

    /// What axe-core finds against WCAG 2.2 AA, and what is wider than the window; nothing if it is empty.
    pub fn judged(&self) -> Vec<String> {
        // what is closed is judged as well
        self.script("document.querySelectorAll('details').forEach(d => d.open = true)", &[]);
        let axe = include_str!("../../../typeset/tests/axe/axe.min.js");
        let script = format!(
            "{axe};const done = arguments[arguments.length - 1];\
             axe.run(document, {{ runOnly: {{ type: 'tag', values: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice'] }} }})\
             .then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 3).join(' '))))"
        );
        let found = self.later(&script, &[]);
        let mut wrong: Vec<String> = found.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect();
        let wide = self.script("const e = document.documentElement; return e.scrollWidth > e.clientWidth + 1 ? e.scrollWidth : 0", &[]);
        if wide != json!(0) {
            wrong.push(format!("wider than the window: {wide}"));
        }
        wrong
    }
}
