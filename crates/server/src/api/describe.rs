//! What describes the interface: OpenAPI 3.1 for programs, a page for people. Both follow from the routes.

use maud::html;
use serde_json::{Map, Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

use super::types;
use crate::answer::{Answer, Reply};
use crate::ask::Ask;
use crate::look::frame;
use crate::people::token::Scope;
use crate::route::{Guard, Route};

/// What an operation takes and gives, by its path.
struct Operation {
    path: &'static str,
    words: (&'static str, &'static str),
    /// The name of the schema of the body that is sent.
    takes: Option<&'static str>,
    /// The name of the schema that is given, and whether it is a list of them.
    gives: Option<(&'static str, bool)>,
}

const OPERATIONS: &[Operation] = &[
    of("/api/v1/products", ("読める製品の一覧", "every product that may be read"), None, Some(("Product", true))),
    of("/api/v1/products/{product}", ("製品とその状態", "a product and how it stands"), None, Some(("Product", false))),
    of("/api/v1/products/{product}/concerns", ("検討事項", "concerns"), None, Some(("Concern", true))),
    of("/api/v1/products/{product}/activities", ("追加の活動", "additional activities"), None, Some(("Activity", true))),
    of("/api/v1/products/{product}/findings", ("点検の指摘", "what the check finds"), None, Some(("Finding", true))),
    of("/api/v1/products/{product}/revisions", ("改訂", "revisions"), None, Some(("Revision", true))),
    of("/api/v1/products/{product}/submissions", ("提出と照会", "submissions and questions"), None, Some(("Submission", true))),
    of("/api/v1/products/{product}/deadlines", ("期限", "deadlines"), None, Some(("Deadline", true))),
    of("/api/v1/deadlines.ics", ("全製品の期限（iCalendar）", "deadlines of every product (iCalendar)"), None, None),
    of("/api/v1/products/{product}/deadlines.ics", ("期限（iCalendar）", "deadlines (iCalendar)"), None, None),
    of("/api/v1/products/{product}/worklists", ("作業一覧", "worklists"), None, Some(("Worklist", true))),
    of("/api/v1/products/{product}/trail", ("監査証跡（JSON Lines）", "the audit trail (JSON Lines)"), None, None),
    of("/api/v1/products/{product}/receipts", ("期限の受領を記録する", "record a receipt"), Some("Receipt"), Some(("Recorded", false))),
    of("/api/v1/products/{product}/inquiries", ("照会を記録する", "record a question"), Some("InquiryAsked"), Some(("Recorded", false))),
    of(
        "/api/v1/products/{product}/answers",
        ("照会への回答を記録する", "record an answer"),
        Some("InquiryAnswer"),
        Some(("Recorded", false)),
    ),
];

const fn of(
    path: &'static str,
    words: (&'static str, &'static str),
    takes: Option<&'static str>,
    gives: Option<(&'static str, bool)>,
) -> Operation {
    Operation { path, words, takes, gives }
}

fn schemas() -> Map<String, Value> {
    fn add<T: ToSchema + PartialSchema>(all: &mut Map<String, Value>) {
        let mut inner: Vec<(String, RefOr<Schema>)> = Vec::new();
        T::schemas(&mut inner);
        inner.push((T::name().into_owned(), T::schema()));
        for (name, schema) in inner {
            all.insert(name, serde_json::to_value(schema).unwrap_or_default());
        }
    }
    let mut all = Map::new();
    add::<types::Product>(&mut all);
    add::<types::Concern>(&mut all);
    add::<types::Activity>(&mut all);
    add::<types::Finding>(&mut all);
    add::<types::Revision>(&mut all);
    add::<types::Submission>(&mut all);
    add::<types::Deadline>(&mut all);
    add::<types::Worklist>(&mut all);
    add::<types::Receipt>(&mut all);
    add::<types::InquiryAsked>(&mut all);
    add::<types::InquiryAnswer>(&mut all);
    add::<types::Recorded>(&mut all);
    add::<types::Problem>(&mut all);
    all
}

/// The description for programs.
pub fn openapi(ask: &Ask<'_>) -> Reply {
    let mut paths = Map::new();
    for route in super::ROUTES.iter().filter(|route| route.scope.is_some()) {
        if let Some(operation) = OPERATIONS.iter().find(|operation| operation.path == route.path) {
            let method = if route.get.is_some() { "get" } else { "post" };
            paths.insert(route.path.to_owned(), json!({ method: described(route, operation) }));
        }
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Mimamori",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What the pages show, for programs. A token is made on the account page; it asks as its person, within its scopes.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": ask.house.address }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer" },
                "calendar": { "type": "http", "scheme": "basic", "description": "the token as password, with any name" },
            },
        },
    });
    Ok(Answer::of("application/json", serde_json::to_vec_pretty(&document).unwrap_or_default()))
}

fn described(route: &Route, operation: &Operation) -> Value {
    let mut parameters = Vec::new();
    if route.path.contains("{product}") {
        let schema = json!({ "type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$" });
        parameters.push(
            json!({ "name": "product", "in": "path", "required": true, "schema": schema, "description": "the identifier of the product" }),
        );
    }
    let is_get = route.get.is_some();
    if is_get {
        for (name, what) in [("recorded", "as recorded by the end of this day"), ("received", "as received by this day")] {
            let schema = json!({ "type": "string", "format": "date" });
            parameters.push(json!({ "name": name, "in": "query", "required": false, "schema": schema, "description": what }));
        }
    } else {
        let schema = json!({ "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[A-Za-z0-9_-]+$" });
        let what = "what is sent twice with the same key is recorded once";
        parameters.push(json!({ "name": "Idempotency-Key", "in": "header", "required": false, "schema": schema, "description": what }));
    }
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let content = match operation.gives {
        Some((name, true)) => json!({ "application/json": { "schema": { "type": "array", "items": reference(name) } } }),
        Some((name, false)) => json!({ "application/json": { "schema": reference(name) } }),
        None if operation.path.ends_with(".ics") => json!({ "text/calendar": { "schema": { "type": "string" } } }),
        None => json!({ "application/jsonl": { "schema": { "type": "string" } } }),
    };
    let problem =
        |what: &str| json!({ "description": what, "content": { "application/problem+json": { "schema": reference("Problem") } } });
    let mut responses = Map::new();
    let (good, words) = if is_get { ("200", "as asked for") } else { ("201", "recorded") };
    responses.insert(good.into(), json!({ "description": words, "content": content }));
    let problems = [
        ("400", "it cannot be read"),
        ("401", "no token that holds"),
        ("403", "it may not be done, or the token has not the scope"),
        ("404", "there is no such thing"),
        ("405", "not by this method"),
        ("409", "it does not fit what stands"),
        ("413", "too large"),
        ("422", "what was sent does not do"),
        ("429", "too often; wait as long as Retry-After says"),
        ("503", "the store failed; nothing is certain but what it says"),
    ];
    for (status, what) in problems {
        responses.insert(status.into(), problem(what));
    }
    let name = route.path.trim_start_matches("/api/v1/").replace("/{product}", "").replace(['/', '.'], "-");
    let mut described = json!({
        "operationId": format!("{}-{name}{}", if is_get { "read" } else { "record" }, if route.path.ends_with("{product}") { "-one" } else { "" }),
        "summary": operation.words.1,
        "description": format!("{}。Scope: {}.", operation.words.0, route.scope.map_or("", Scope::name)),
        "parameters": parameters,
        "responses": responses,
    });
    if operation.path.ends_with(".ics") {
        described["security"] = json!([{ "token": [] }, { "calendar": [] }]);
    }
    if let Some(takes) = operation.takes {
        described["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": reference(takes) } } });
    }
    described
}

/// The description for people.
pub fn page(ask: &Ask<'_>) -> Reply {
    let address = &ask.house.address;
    let body = html! {
        p.answer { (ask.say("画面にあるものを、プログラムからも読み、記録できます。", "What the pages show, for programs to read, and some of it to record.")) }
        p { (ask.say("トークンは", "Make a token on ")) a href="/account#tokens" { (ask.say("アカウントの頁", "your account page")) } (ask.say("で作ります。トークンは本人の権限を超えず、範囲の中だけで働きます。", ": it may what you may, within its scopes.")) }
        pre { "curl -H 'Authorization: Bearer mimamori_…' " (address) "/api/v1/products" }
        p { a href="/api/openapi.json" { "OpenAPI 3.1" } }
        div.wide tabindex="0" { table.full.cards {
            thead { tr { th scope="col" { (ask.say("アドレス", "Address")) } th scope="col" { (ask.say("何か", "What")) } th scope="col" { (ask.say("範囲", "Scope")) } th scope="col" { (ask.say("要る権限", "Needs")) } } }
            tbody { @for route in super::ROUTES.iter().filter(|route| route.scope.is_some()) { tr {
                td { code { @if route.get.is_some() { "GET " } @else { "POST " } (route.path) } }
                td { @if let Some(operation) = OPERATIONS.iter().find(|operation| operation.path == route.path) { (ask.pair(operation.words)) } }
                td { (route.scope.map_or("", Scope::name)) }
                td { @if let Guard::May(action) = route.guard { (ask.pair(action.words())) } @else { "—" } }
            } } }
        } }
    };
    Ok(frame::page(ask, "API", body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_for_programs_is_described() {
        for route in super::super::ROUTES.iter().filter(|route| route.scope.is_some()) {
            assert!(OPERATIONS.iter().any(|operation| operation.path == route.path), "{}", route.path);
        }
        let schemas = schemas();
        for operation in OPERATIONS {
            for name in operation.takes.into_iter().chain(operation.gives.map(|(name, _)| name)) {
                assert!(schemas.contains_key(name), "{name}");
            }
        }
    }
}
