//! What happened in the invented world: an approval and a lifted condition on 27 March 2025, the plan revised, signed and handed in on
//! 9 April, asked about, confirmed, published; and what is on its way today.

use calendar::Date;
use diagnostic::{Problem, Words};
use operation::organisation::Command as Organisation;
use operation::product::{
    Command, Confirmed, InquiryAnswered, InquiryRecorded, ItemAssigned, ItemSettled, LineOpened, MAIN, Meaning, ObligationMet, Published,
    ReviewRecorded, TrailReviewed, Verdict, WorklistClosed, WorklistOpened,
};
use plan::impact::impact;
use plan::{Folder, Plan};
use server::record::revise::revised;
use server::record::worklist;

use super::surveys::Surveys;
use super::world::{Actors, example};
use crate::data;

const BIG: &str = "miholitas";
const SMALL: &str = "mihonsa";

/// Plays the story.
///
/// # Errors
/// Something of it does not fit: a fault of ours.
pub fn play(actors: &Actors<'_>) -> Result<(), Problem> {
    let story = Story { actors };
    story.approval_day()?;
    story.afterwards()?;
    story.second_product()
}

struct Story<'a> {
    actors: &'a Actors<'a>,
}

/// A plan that was recorded.
struct Recorded {
    number: u32,
    plan: Plan,
}

impl Story<'_> {
    fn approval_day(&self) -> Result<(), Problem> {
        let after = example("rituximab");
        let list = Organisation::ListProduct { product: BIG.to_owned(), name: "ミホリタス点滴静注".to_owned() };
        self.actors.organisation("takahashi", "2025-03-10T10:00", &list)?;
        let first = self.record(BIG, "takahashi", "2025-03-10T10:20", "公表された計画から始める", MAIN, None, &before(&after))?;
        self.signed(BIG, first.number, ["2025-03-11T15:00", "2025-03-12T11:00", "2025-03-12T16:00"])?;
        let submit = Command::Submit { revision: first.number, day: day("2025-03-13"), receipt: Some("模擬-0313".to_owned()) };
        self.does(BIG, "suzuki", "2025-03-13T14:00", "", submit)?;

        let cause = "approval:6".parse().map_err(|error: String| Problem::new(Words::same(error), Words::default()))?;
        let found = impact(&first.plan, &cause, day("2025-03-27"))?;
        let items = worklist::items(&found, None);
        let opened = WorklistOpened {
            worklist: 0,
            cause: cause.to_string(),
            title: "ネフローゼ症候群（頻回再発型・ステロイド依存性）の承認".to_owned(),
            day: day("2025-03-27"),
            revision: first.number,
            items: items.clone(),
        };
        self.does(BIG, "suzuki", "2025-03-27T10:00", "", Command::OpenWorklist(opened))?;
        for (index, item) in items.iter().enumerate() {
            let person = Some(["takahashi", "tanaka"][index % 2].to_owned());
            let assigned = ItemAssigned { worklist: 1, item: item.item.clone(), person, due: Some(day("2025-04-04")) };
            self.does(BIG, "suzuki", "2025-03-27T11:00", "", Command::Assign(assigned))?;
        }
        let second = self.record(
            BIG,
            "takahashi",
            "2025-04-03T17:30",
            "頻回再発型・ステロイド依存性のネフローゼ症候群の承認と、肝移植の全例調査の条件の解除を反映",
            MAIN,
            Some(&first),
            &after,
        )?;
        for item in &items {
            let settled = ItemSettled {
                worklist: 1,
                item: item.item.clone(),
                done: true,
                remarks: "承認の内容に照らして確かめ、改訂に反映した".to_owned(),
                revision: Some(second.number),
            };
            self.does(BIG, "takahashi", "2025-04-04T10:00", "", Command::Settle(settled))?;
        }
        let review =
            ReviewRecorded {
                revision: second.number, verdict: Verdict::Accepted, remarks: "症例数と解析に変わりはない".to_owned()
            };
        self.does(BIG, "kobayashi", "2025-04-07T10:00", "", Command::Review(review))?;
        self.signed(BIG, second.number, ["2025-04-07T15:00", "2025-04-08T11:00", "2025-04-08T16:00"])?;
        let submit = Command::Submit { revision: second.number, day: day("2025-04-09"), receipt: Some("模擬-0409".to_owned()) };
        self.does(BIG, "suzuki", "2025-04-09T14:00", "", submit)?;
        let closed = WorklistClosed { worklist: 1, submission: Some(2) };
        self.does(BIG, "suzuki", "2025-04-09T14:10", "", Command::CloseWorklist(closed))?;
        let asked = InquiryRecorded {
            inquiry: "照会1".to_owned(),
            submission: 2,
            text: "適正使用ガイドの配布先を示されたい。".to_owned(),
            asked: day("2025-04-15"),
            due: Some(day("2025-04-25")),
        };
        self.does(BIG, "takahashi", "2025-04-15T16:00", "", Command::Ask(asked))?;
        let answered = InquiryAnswered {
            inquiry: "照会1".to_owned(),
            text: "ネフローゼ症候群に用いる予定の施設に、MR が届けて説明する。".to_owned(),
            day: day("2025-04-22"),
        };
        self.does(BIG, "suzuki", "2025-04-22T13:00", "", Command::Answer(answered))?;
        self.does(BIG, "takahashi", "2025-05-08T11:00", "", Command::Confirm(Confirmed { submission: 2, day: day("2025-05-08") }))?;
        let published = Published { submission: 2, day: day("2025-05-20"), address: None };
        self.does(BIG, "takahashi", "2025-05-20T10:00", "", Command::Publish(published))
    }

    fn afterwards(&self) -> Result<(), Problem> {
        let published = example("rituximab");
        let base = Recorded { number: 2, plan: plan::read::read(&published).plan };
        let mut surveys = Surveys::of(self.actors, BIG, &base.plan, 2);
        let mut run = |until: &str| surveys.as_mut().map_or(Ok(()), |surveys| surveys.until(until));
        for (obligation, on, receipt) in [
            ("periodic-safety-report/2025-02-28", "2025-05-07", "模擬-J-0507"),
            ("unexpected-non-serious/2025-02-28", "2025-05-07", "模擬-M-0507"),
            ("periodic-safety-report/2025-08-28", "2025-10-30", "模擬-J-1030"),
            ("unexpected-non-serious/2025-08-28", "2025-10-30", "模擬-M-1030"),
            ("re-examination-application/2026-02-28", "2026-05-28", "模擬-S-0528"),
            ("periodic-safety-report/2026-08-28", "2026-11-04", "模擬-J-1104"),
        ] {
            let at = format!("{}T15:00", on.max("2025-05-20"));
            run(&at)?;
            let met = ObligationMet { obligation: obligation.to_owned(), day: day(on), receipt: Some(receipt.to_owned()) };
            self.does(BIG, "takahashi", &at, "", Command::Meet(met))?;
        }
        run("2026-11-09T17:00")?;
        let reviewed = TrailReviewed { up_to: 20, remarks: "提出2までを点検した。指摘なし".to_owned() };
        self.does(BIG, "suzuki", "2026-11-09T17:00", "", Command::ReviewTrail(reviewed))?;
        // on its way today: a revision that waits for its confirmation, and a draft for a pending application
        let mut third = published.clone();
        edit(&mut third, "concerns/pml.md", "# 理由\n", "# 理由\n国内の自発報告を見直した。\n\n");
        edit(&mut third, "activities/guide-nephrotic.md", "audience = \"hcp\"", "audience = \"hcp\"\nversion = \"2.0\"");
        run("2026-11-16T16:40")?;
        let third = self.record(BIG, "takahashi", "2026-11-16T16:40", "PML の記載の見直しと、ガイドの改訂", MAIN, Some(&base), &third)?;
        let review = ReviewRecorded { revision: third.number, verdict: Verdict::Accepted, remarks: "よい".to_owned() };
        self.does(BIG, "tanaka", "2026-11-17T09:30", "", Command::Review(review))?;
        self.sign(BIG, "takahashi", "2026-11-18T10:00", third.number, Meaning::Prepared)?;
        let opened =
            LineOpened {
                line: "小児".to_owned(), title: "小児の視神経脊髄炎スペクトラム障害（申請中）".to_owned(), base: third.number
            };
        self.does(BIG, "takahashi", "2026-11-18T11:00", "", Command::OpenLine(opened))?;
        run("9")
    }

    fn second_product(&self) -> Result<(), Problem> {
        let list = Organisation::ListProduct { product: SMALL.to_owned(), name: "ミホンサ皮下注".to_owned() };
        self.actors.organisation("takahashi", "2025-06-02T10:00", &list)?;
        let plan = example("mihon");
        let first = self.record(SMALL, "takahashi", "2026-09-01T10:20", "公表された計画から始める", MAIN, None, &plan)?;
        self.signed(SMALL, first.number, ["2026-09-02T15:00", "2026-09-03T11:00", "2026-09-03T16:00"])?;
        let submit = Command::Submit { revision: first.number, day: day("2026-09-04"), receipt: Some("模擬-0904".to_owned()) };
        self.does(SMALL, "suzuki", "2026-09-04T14:00", "", submit)?;
        let asked = InquiryRecorded {
            inquiry: "照会1".to_owned(),
            submission: 1,
            text: "データベース調査の比較対照の選び方を説明されたい。".to_owned(),
            asked: day("2026-11-12"),
            due: Some(day("2026-12-04")),
        };
        self.does(SMALL, "takahashi", "2026-11-12T16:00", "", Command::Ask(asked))
    }

    fn does(&self, product: &str, person: &str, at: &str, reason: &str, command: Command) -> Result<(), Problem> {
        let mut context = self.actors.context(person, at, reason, 0)?;
        match &command {
            Command::Ask(asked) => context.received = Some(asked.asked),
            Command::Confirm(confirmed) => context.received = Some(confirmed.day),
            _ => {}
        }
        self.actors.desk.product(product, &command, &context).map(drop).map_err(data::undone)
    }

    #[expect(clippy::too_many_arguments, reason = "a line of the story: who, when, why, what")]
    fn record(
        &self,
        product: &str,
        person: &str,
        at: &str,
        reason: &str,
        line: &str,
        parent: Option<&Recorded>,
        files: &Folder,
    ) -> Result<Recorded, Problem> {
        let made = revised(line, parent.map(|parent| (parent.number, &parent.plan)), files, day(&at[..10]))?;
        let context = self.actors.context(person, at, reason, made.files)?;
        self.actors.desk.product(product, &made.command, &context).map_err(data::undone)?;
        let number = self.actors.desk.snapshot().products.get(product).and_then(|product| product.lines.get(line).map(|line| line.head));
        Ok(Recorded { number: number.unwrap_or(0), plan: made.plan })
    }

    fn signed(&self, product: &str, revision: u32, times: [&str; 3]) -> Result<(), Problem> {
        let signers = [("takahashi", Meaning::Prepared), ("suzuki", Meaning::Confirmed), ("sato", Meaning::Approved)];
        signers.into_iter().zip(times).try_for_each(|((person, meaning), at)| self.sign(product, person, at, revision, meaning))
    }

    fn sign(&self, product: &str, person: &str, at: &str, revision: u32, meaning: Meaning) -> Result<(), Problem> {
        self.does(product, person, at, "", Command::Sign { revision, meaning })
    }
}

/// The plan as it stood before 27 March 2025.
fn before(after: &Folder) -> Folder {
    let mut folder = after.clone();
    if let Some(text) = after.get("plan.toml").map(String::from_utf8_lossy) {
        let later = |block: &str| {
            (block.starts_with("event]]") && block.contains("date = 2025-03-27"))
                || (block.starts_with("submission]]") && block.contains("date = 2025-04-09"))
        };
        let mut rest = String::new();
        let mut blocks: Vec<String> = text.split("\n[[").filter(|block| !later(block)).map(str::to_owned).collect();
        // what stood behind the last submission in its block
        if let Some(last) = text.split("\n[[").find(|block| block.contains("date = 2025-04-09"))
            && let Some(start) = last.find("\n[")
        {
            rest.push_str(&last[start..]);
        }
        for block in &mut blocks {
            *block = block.replace("\nlifted = 2025-03-27", "");
            if block.contains("date = 2025-03-13") {
                block.push_str(&rest);
            }
        }
        folder.insert("plan.toml", blocks.join("\n[["));
    }
    folder
}

fn edit(folder: &mut Folder, path: &str, from: &str, to: &str) {
    if let Some(text) = folder.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()) {
        folder.insert(path, text.replacen(from, to, 1));
    }
}

/// A day of the story.
fn day(text: &str) -> Date {
    text.parse().unwrap_or_default()
}
