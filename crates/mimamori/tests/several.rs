//! Several servers on one record in PostgreSQL: what one records, the other shows; a session holds at both.

#![expect(clippy::unwrap_used, reason = "a test")]

mod house;
mod staff;

use std::time::{Duration, Instant};

use house::House;
use rehearsal::Database;

#[test]
fn what_one_server_records_the_other_shows() {
    let database = Database::new();
    let folder = tempfile::tempdir().unwrap();
    let (owner, server) = (database.owner.as_str(), database.server.as_str());
    staff::begin(folder.path(), &["--database", owner, "--server", server]);
    let code = staff::employ(folder.path(), "officer", "高橋 直人", "safety-officer");
    let first = House::on(tempfile::tempdir().unwrap(), folder.path().join("data"));
    // the second has a folder of its own, and the address of the database
    let other = tempfile::tempdir().unwrap();
    let place = other.path().join("data");
    let second = House::with(other, place, &["--database", server]);

    let mut here = first.stranger();
    let fields = [("person", "officer"), ("code", code.as_str()), ("password", house::PASSWORD), ("again", house::PASSWORD)];
    assert_eq!(here.post("/invitation", &fields).status, 303);
    here.key = here.get("/").field("key");
    let made = here.send("/import", &[("form", "template"), ("product", "shared"), ("name", "共有品")]);
    assert_eq!(made.status, 303, "{}", made.body);

    // the same person in the same session, at the other server
    let mut there = second.stranger();
    there.cookies.clone_from(&here.cookies);
    there.key.clone_from(&here.key);
    let began = Instant::now();
    while !there.get("/").body.contains("共有品") {
        assert!(began.elapsed() < Duration::from_secs(10), "the other server hears of it: {}", there.get("/").body);
        std::thread::sleep(Duration::from_millis(50));
    }
    let drafted = there.send("/p/shared/drafts", &[("form", "draft"), ("line", "there"), ("title", "他方から"), ("base", "1")]);
    assert_eq!(drafted.status, 303, "{}", drafted.body);
    let reviewed = here.send("/p/shared/versions/1/review", &[("form", "review"), ("verdict", "accepted"), ("remarks", "よい")]);
    assert_eq!(reviewed.status, 303, "both record on one chain: {}", reviewed.body);
    assert!(here.get("/p/shared/versions").body.contains("他方から"));
    // signed out at one, signed out at both
    there.send("/sign-out", &[]);
    assert_eq!(here.get("/").status, 401);
}
