use diagnostic::{Language, sarif};
use serde_json::Value;

use crate::example;

#[test]
fn a_log_in_japanese() {
    insta::assert_snapshot!(sarif(&example::report(), Language::Japanese));
}

#[test]
fn a_log_in_english() {
    insta::assert_snapshot!(sarif(&example::report(), Language::English));
}

#[test]
fn logs_keep_the_schema() {
    for report in [example::report(), example::nothing_found()] {
        for language in [Language::Japanese, Language::English] {
            let log = serde_json::from_str(&sarif(&report, language)).expect("the log is JSON");
            check(&log);
        }
    }
}

#[test]
fn regions_are_given_where_lines_are_known() {
    let log: Value = serde_json::from_str(&sarif(&example::report(), Language::English)).expect("the log is JSON");
    let results = &log["runs"][0]["results"];
    assert!(results[0]["locations"][0]["physicalLocation"].get("region").is_none());
    assert_eq!(results[0]["locations"][0]["logicalLocations"][0]["name"], "9");
    let region = &results[1]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startLine"], 412);
    assert_eq!(region["startColumn"], 21);
    assert_eq!(region["endColumn"], 28);
    assert_eq!(results[2]["level"], "note");
}

/// The fields of an object against those its definition in the SARIF 2.1.0 schema requires and allows: those listed
/// here are the allowed ones in use; the schema has `additionalProperties: false` everywhere but in property bags.
fn fields(value: &Value, required: &[&str], optional: &[&str]) {
    let object = value.as_object().unwrap_or_else(|| panic!("an object: {value}"));
    for field in required {
        assert!(object.contains_key(*field), "{field} is required in {value}");
    }
    for field in object.keys() {
        let known = required.contains(&field.as_str()) || optional.contains(&field.as_str());
        assert!(known, "{field} is not expected in {value}");
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("a list: {value}"))
}

/// Checks a log against the facts of the SARIF 2.1.0 schema that concern what is written.
pub fn check(log: &Value) {
    fields(log, &["version", "runs"], &["$schema"]);
    assert_eq!(log["version"], "2.1.0");
    for run in list(&log["runs"]) {
        fields(run, &["tool"], &["invocations", "artifacts", "language", "columnKind", "results", "properties"]);
        assert!(matches!(run["columnKind"].as_str(), Some("utf16CodeUnits" | "unicodeCodePoints")));
        let language = run["language"].as_str().expect("a language");
        assert!(language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase()));
        fields(&run["tool"], &["driver"], &[]);
        let driver = &run["tool"]["driver"];
        fields(driver, &["name"], &["version", "informationUri", "rules"]);
        for rule in list(&driver["rules"]) {
            fields(rule, &["id"], &["name", "shortDescription", "defaultConfiguration", "properties"]);
            if let Some(description) = rule.get("shortDescription") {
                fields(description, &["text"], &[]);
            }
            if let Some(configuration) = rule.get("defaultConfiguration") {
                check_level(&configuration["level"]);
            }
        }
        for invocation in list(&run["invocations"]) {
            fields(invocation, &["executionSuccessful"], &["toolExecutionNotifications"]);
            for notification in list(&invocation["toolExecutionNotifications"]) {
                fields(notification, &["message"], &["level", "locations"]);
                check_level(&notification["level"]);
                list(&notification["locations"]).iter().for_each(check_location);
            }
        }
        for artifact in list(&run["artifacts"]) {
            fields(artifact, &[], &["location", "roles"]);
            check_uri(&artifact["location"]);
        }
        for result in list(&run["results"]) {
            check_result(result, list(&driver["rules"]));
        }
    }
}

fn check_result(result: &Value, rules: &[Value]) {
    fields(result, &["message"], &["ruleId", "ruleIndex", "level", "locations", "relatedLocations", "properties"]);
    fields(&result["message"], &["text"], &[]);
    check_level(&result["level"]);
    let index = result["ruleIndex"].as_u64().expect("a rule of the table");
    let index = usize::try_from(index).expect("an index");
    assert_eq!(rules[index]["id"], result["ruleId"]);
    list(&result["locations"]).iter().for_each(check_location);
    let related = list(&result["relatedLocations"]);
    related.iter().for_each(check_location);
    for (index, location) in related.iter().enumerate() {
        assert!(!related[..index].contains(location), "relatedLocations are unique");
    }
}

fn check_level(level: &Value) {
    assert!(matches!(level.as_str(), Some("none" | "note" | "warning" | "error")), "{level}");
}

fn check_location(location: &Value) {
    fields(location, &[], &["id", "physicalLocation", "logicalLocations", "message", "properties"]);
    let physical = &location["physicalLocation"];
    fields(physical, &["artifactLocation"], &["region"]);
    check_uri(&physical["artifactLocation"]);
    if let Some(region) = physical.get("region") {
        fields(region, &["startLine"], &["startColumn", "endColumn", "snippet"]);
        for field in ["startLine", "startColumn", "endColumn"] {
            assert!(region.get(field).is_none_or(|number| number.as_u64() >= Some(1)));
        }
        assert!(region.get("endColumn").is_none() || region.get("startColumn").is_some());
    }
    for logical in location.get("logicalLocations").map_or(&[][..], list) {
        fields(logical, &[], &["name", "kind"]);
        assert!(logical["name"].is_string() && logical["kind"].is_string());
    }
}

fn check_uri(location: &Value) {
    fields(location, &[], &["uri"]);
    let uri = location["uri"].as_str().expect("a URI reference");
    assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%:".contains(&byte)), "{uri}");
}
