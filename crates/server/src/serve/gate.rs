//! The gates that everything passes.

use access::Subject;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use diagnostic::{Language, Problem, Words};
use operation::Point;

use super::parse::Asked;
use crate::answer::{Answer, Reply, Trouble};
use crate::ask::{Ask, point};
use crate::house::House;
use crate::limits::Of;
use crate::look::frame;
use crate::people::{Session, session, token};
use crate::route::{Guard, Page, Route};

/// The cookie of a session.
pub const COOKIE: &str = "mimamori";
/// The cookie of the language.
pub const LANGUAGE: &str = "language";

/// Answers what was asked, if it may be.
pub fn through(house: &House, asked: Asked, route: &Route, page: Page) -> Answer {
    let unread = asked.unread;
    let cookie = |name: &str| {
        let all = asked.headers.get("cookie").map_or("", String::as_str);
        all.split(';').filter_map(|one| one.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
    };
    let language = language(cookie(LANGUAGE).as_deref(), asked.headers.get("accept-language").map(String::as_str));
    let token = cookie(COOKIE);
    let present = house.desk.snapshot();
    let mut ask = Ask {
        house,
        is_post: asked.is_post,
        path: asked.path,
        parts: asked.parts,
        query: asked.query,
        form: asked.form,
        files: asked.files,
        body: asked.body,
        headers: asked.headers,
        session: None,
        language,
        point: Point::default(),
        state: present.clone(),
        present,
        now: house.now(),
        from: asked.from,
        token: None,
        problem: None,
    };
    let reply = known_host(&ask).and_then(|()| {
        let now = ask.now;
        let limited = |of: Of, who: &str| house.limits.take(of, who, now).map_err(too_often);
        let found = match &token {
            _ if route.scope.is_some() => {
                let found = program(&mut ask, route);
                if found.is_err() {
                    // who has no token tries no faster than who has no session
                    limited(Of::Visits, &ask.from)?;
                }
                Some(found?)
            }
            Some(token) => session::of_token(&house.keep, token, ask.now).map_err(|problem| Trouble::new(503, problem))?,
            None => None,
        };
        match &found {
            Some(session) => limited(Of::Pages, &session.person)?,
            None => limited(Of::Visits, &ask.from)?,
        }
        if route.is_work && ask.is_post {
            limited(Of::Work, found.as_ref().map_or(&ask.from, |session| &session.person))?;
        }
        // somebody who has left may not go on in an open session
        ask.session = found.filter(|session| ask.state.organisation.people.contains_key(&session.person));
        if let Some(trouble) = unread {
            return Err(trouble);
        }
        // a program has no cookie that another site could make use of
        if ask.is_post && route.scope.is_none() {
            ours(&ask)?;
        }
        if route.scope.is_some() {
            exact(&ask)?;
        }
        ask.point = point(&ask.query, &house.zone())?;
        // what has not come yet is the present
        ask.point.recorded = ask.point.recorded.filter(|until| until.timestamp() < ask.now);
        ask.point.received = ask.point.received.filter(|day| *day < ask.today());
        if ask.is_past() {
            ask.state = house.state(ask.point, ask.parts.get("product").map(String::as_str))?;
        }
        permitted(&mut ask, route.guard)?;
        if ask.is_post {
            if (ask.is_past() || ask.typed("past").is_some() && ask.path != "/sign-out") && !route.path.is_empty() {
                return Err(Trouble::unfit(
                    "過去の時点の表示では記録できません",
                    "nothing can be recorded while the past is looked at",
                    "現在に戻ってから記録してください",
                    "go back to the present first",
                ));
            }
            house.sign_daily();
        }
        page(&ask)
    });
    finish(ask, route, reply)
}

/// What went wrong is shown where it happened: the page with the form once more, with what was typed in it.
fn finish(mut ask: Ask<'_>, route: &Route, reply: Reply) -> Answer {
    match reply {
        Ok(answer) => answer,
        Err(trouble) if ask.path.starts_with("/api/v1") => crate::api::problem(&trouble, ask.path.ends_with(".ics")),
        Err(trouble) => {
            if ask.is_post
                && matches!(trouble.status, 409 | 422)
                && let Some(page) = route.again.or(route.get)
            {
                ask.problem = Some((*trouble.problem).clone());
                if let Ok(answer) = page(&ask) {
                    return answer.status(trouble.status);
                }
            }
            frame::trouble(&ask, &trouble)
        }
    }
}

/// A program says exactly what it means: a point of time that is named is a day, where a form may leave its field empty.
fn exact(ask: &Ask<'_>) -> Result<(), Trouble> {
    let is_day = |text: &str| text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok();
    match ask.query.iter().find(|(key, value)| ["recorded", "received"].contains(&key.as_str()) && !is_day(value)) {
        None => Ok(()),
        Some((key, value)) => Err(Trouble::unfit(
            format!("{key} の「{value}」は日付ではありません"),
            format!("“{value}” of {key} is no date"),
            "2026-11-24 の形で指定してください",
            "write it as 2026-11-24",
        )),
    }
}

/// The program that asks with a token, as its person: it may what they may, and no more than its scope.
fn program(ask: &mut Ask<'_>, route: &Route) -> Result<Session, Trouble> {
    let unknown = || {
        Trouble::new(
            401,
            Problem::new(
                Words::new("有効なトークンがありません", "there is no token that holds"),
                Words::new(
                    "Authorization: Bearer … で送ってください。トークンは /account で作れます",
                    "send one as Authorization: Bearer …; tokens are made at /account",
                ),
            ),
        )
    };
    let given = ask.headers.get("authorization").and_then(|given| match given.split_once(' ')? {
        ("Bearer", token) => Some(token.trim().to_owned()),
        // programs for calendars know a name and a password only (RFC 7617): the token is the password, whatever the name
        ("Basic", both) => BASE64
            .decode(both.trim())
            .ok()
            .and_then(|both| String::from_utf8(both).ok())
            .and_then(|both| Some(both.split_once(':')?.1.to_owned())),
        _ => None,
    });
    let given = given.ok_or_else(unknown)?;
    let found = token::of(&ask.house.keep, &given, ask.now).map_err(|problem| Trouble::new(503, problem))?.ok_or_else(unknown)?;
    if let Some(scope) = route.scope.filter(|scope| !found.scopes.contains(scope)) {
        let name = scope.name();
        return Err(Trouble::new(
            403,
            Problem::new(
                Words::new(format!("このトークンには範囲「{name}」がありません"), format!("this token has no scope “{name}”")),
                Words::new("その範囲を持つトークンを作ってください", "make a token that has it"),
            ),
        ));
    }
    let session = Session {
        person: found.person.clone(),
        since: found.since,
        used: ask.now,
        // nobody has proved anything by a token: it signs nothing
        proved: jiff::Timestamp::UNIX_EPOCH,
        form_key: String::new(),
        program: found.title.clone(),
        name: String::new(),
    };
    ask.token = Some(found);
    Ok(session)
}

/// That it is this house that is asked: a page of another site cannot give its own name our address (DNS rebinding).
fn known_host(ask: &Ask<'_>) -> Result<(), Trouble> {
    let host = ask.headers.get("host").map(|host| host.to_ascii_lowercase()).unwrap_or_default();
    if ask.house.hosts.contains(&host) {
        return Ok(());
    }
    Err(Trouble::new(
        421,
        Problem::new(
            Words::new("このサーバーは、その名前では応答しません", "this server does not answer to that name"),
            Words::new(
                format!("{} を開いてください。別の名前で使うときは --address で指定します", ask.house.address),
                format!("open {}; another name is given with --address", ask.house.address),
            ),
        ),
    ))
}

/// That a form is one of ours: sent by our page, in this session.
fn ours(ask: &Ask<'_>) -> Result<(), Trouble> {
    let refused = || {
        Trouble::new(
            403,
            Problem::new(
                Words::new("この送信は、この画面から行われたものと確かめられません", "it is not certain that this was sent from our page"),
                Words::new(
                    "画面を開き直し、もう一度送ってください。入力は下に残っています",
                    "open the page again and send it once more; what you typed is kept below",
                ),
            ),
        )
    };
    let from_here = match (ask.headers.get("sec-fetch-site").map(String::as_str), ask.headers.get("origin")) {
        (Some("same-origin" | "none"), _) => true,
        (Some(_), _) => false,
        (None, Some(origin)) => {
            let host = origin.split_once("://").map_or("", |(_, host)| host);
            ask.house.hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
        }
        // no browser of today: the key of the form decides
        (None, None) => true,
    };
    let keyed = match &ask.session {
        Some(session) => constant(ask.field("key"), &session.form_key),
        None => true,
    };
    if from_here && keyed { Ok(()) } else { Err(refused()) }
}

/// Compares without telling by time where the difference is.
fn constant(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

fn permitted(ask: &mut Ask<'_>, guard: Guard) -> Result<(), Trouble> {
    if guard == Guard::Open {
        return Ok(());
    }
    let Some(Session { person, .. }) = ask.session.clone() else {
        return Err(Trouble::new(
            401,
            Problem::new(
                Words::new("サインインが必要です", "please sign in"),
                Words::new("サインインすると、続きから始められます", "you go on from here once you have"),
            ),
        ));
    };
    let action = match guard {
        Guard::Open | Guard::SignedIn => return Ok(()),
        Guard::May(action) => action,
        Guard::Any(actions) => match actions.iter().find(|action| ask.may(**action, None)) {
            Some(_) => return Ok(()),
            None => actions[0],
        },
    };
    let product = ask.parts.get("product").cloned();
    let about = Subject { product: product.as_deref(), owner: Some(&person), ..Subject::default() };
    let context = ask.context(0)?;
    ask.house.desk.allowed(action, &about, &context).map_err(|undone| {
        // who may not read a product does not learn whether there is one
        Trouble { status: 403, ..Trouble::from(undone) }
    })?;
    match product {
        Some(product) if !ask.present.organisation.products.contains_key(&product) => Err(Trouble::unknown("この製品", "such product")),
        _ => Ok(()),
    }
}

fn too_often(seconds: u32) -> Trouble {
    Trouble::new(
        429,
        Problem::new(
            Words::new("短い時間に多くの要求がありました", "too much was asked in a short time"),
            Words::new(format!("{seconds} 秒待ってから、もう一度試してください"), format!("wait {seconds} s and try again")),
        ),
    )
}

/// The language that was chosen, or the one that the browser prefers of the two.
fn language(chosen: Option<&str>, preferred: Option<&str>) -> Language {
    if let Some(language) = chosen.and_then(|chosen| chosen.parse().ok()) {
        return language;
    }
    let first = preferred.unwrap_or_default().split(',').find_map(|one| {
        let code = one.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if code.starts_with("ja") {
            Some(Language::Japanese)
        } else if code.starts_with("en") {
            Some(Language::English)
        } else {
            None
        }
    });
    first.unwrap_or(Language::Japanese)
}
