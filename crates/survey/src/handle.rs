use diagnostic::Words;
use jiff::civil::Date;

use crate::design::Design;
use crate::entry::{
    CaseTriaged, Code, ContractRecorded, DataCut, Event, FormKey, FormSent, FormSigned, FormsLocked, FormsPaid, FormsUnlocked,
    PatientExcluded, PatientRegistered, QueryAnswered, QueryClosed, QueryRaised, RegistrationStopped, Sex, SiteJoined, TermsCoded,
};
use crate::filled::Filled;
use crate::state::{Last, Patient, Survey};

/// What can be asked of a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// An institution takes part.
    Join {
        /// The institution.
        institution: String,
        /// The department.
        department: String,
        /// Who of the holder is in charge.
        in_charge: Option<String>,
    },
    /// Records a contract. The survey is filled in here.
    Contract(ContractRecorded),
    /// Registers a patient; the number is issued.
    Register {
        /// The site.
        site: u32,
        /// The day of the first dose.
        first_dose: Date,
        /// The year of birth.
        birth_year: i16,
        /// The sex.
        sex: Sex,
        /// The criteria that were answered.
        criteria: Vec<(String, bool)>,
        /// Whether it came on paper.
        paper: bool,
    },
    /// Sends a form.
    Send {
        /// The patient.
        patient: u32,
        /// Which form.
        key: FormKey,
        /// What was typed, by item.
        typed: Vec<(String, String)>,
        /// Whether it was transcribed from paper.
        paper: bool,
    },
    /// Asks about forms: the same question for each.
    Query {
        /// Patient, form and item.
        about: Vec<(u32, FormKey, Option<String>)>,
        /// The question.
        text: String,
    },
    /// Answers a query.
    Answer {
        /// The query.
        query: u32,
        /// The answer.
        text: String,
    },
    /// Closes queries.
    Close {
        /// Which.
        queries: Vec<u32>,
        /// Why.
        text: String,
    },
    /// Fixes forms.
    Lock(Vec<(u32, FormKey)>),
    /// Opens them again.
    Unlock(Vec<(u32, FormKey)>),
    /// Vouches for a form.
    Sign {
        /// The patient.
        patient: u32,
        /// The form.
        key: FormKey,
        /// The name of the signer.
        name: String,
    },
    /// Leaves a patient out of a population, or takes the patient in again.
    Exclude {
        /// The patient.
        patient: u32,
        /// The population.
        population: String,
        /// Whether the patient is left out.
        out: bool,
    },
    /// Judges a serious event.
    Triage {
        /// The patient.
        patient: u32,
        /// The form.
        key: FormKey,
        /// Whether it is a suspected reaction.
        suspected: bool,
        /// Whether it is unknown.
        unexpected: bool,
        /// Why.
        remarks: String,
    },
    /// Codes the names of events.
    Code {
        /// The dictionary and its version.
        dictionary: String,
        /// What is coded to what.
        codes: Vec<(u32, FormKey, Code)>,
    },
    /// Records that forms were paid for, each by the fee of its contract.
    Pay {
        /// Which.
        forms: Vec<(u32, FormKey)>,
        /// The day of the payment.
        day: Date,
    },
    /// Cuts the data.
    Cut {
        /// What for.
        name: String,
    },
    /// Stops registration before its last day, or goes on with it.
    Stop(bool),
}

impl Command {
    /// The site it is about: what people of an institution may do is decided by it.
    #[must_use]
    pub fn site(&self, survey: &Survey) -> Option<u32> {
        let of = |patient: &u32| survey.patients.get(patient).map(|patient| patient.site);
        match self {
            Self::Register { site, .. } => Some(*site),
            Self::Contract(contract) => Some(contract.site),
            Self::Send { patient, .. } | Self::Sign { patient, .. } | Self::Exclude { patient, .. } | Self::Triage { patient, .. } => {
                of(patient)
            }
            Self::Answer { query, .. } => survey.queries.get(query).and_then(|query| of(&query.patient)),
            Self::Join { .. }
            | Self::Query { .. }
            | Self::Close { .. }
            | Self::Lock(_)
            | Self::Unlock(_)
            | Self::Code { .. }
            | Self::Pay { .. }
            | Self::Cut { .. }
            | Self::Stop(_) => None,
        }
    }
}

/// Who asks, as far as a decision needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context<'a> {
    /// The day, where the person is.
    pub today: Date,
    /// The place in the chain of the last entry that the person had seen.
    pub seen: u64,
    /// Why.
    pub reason: Option<&'a str>,
    /// The revision of the plan that the design is from.
    pub revision: u32,
}

/// Why something was not recorded. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// What was sent does not fit: what is wrong, and what to do.
    Unfit(Words, Words),
    /// What is spoken of does not exist.
    Unknown(Words),
    /// What is to be made exists already.
    Exists(Words),
    /// Something else must come first.
    TooEarly(Words, Words),
    /// A reason is needed.
    NoReason,
    /// Somebody has changed it since: what, and the last entry about it.
    Changed(Words, Last),
    /// Values that cannot be, by item. What was typed is still the person's.
    Values(Vec<(String, Words)>),
}

type Decided = Result<Vec<Event>, Refused>;

/// Decides what is recorded for a command.
///
/// # Errors
/// It does not fit what the plan says, or what stands.
pub fn handle(design: &Design, survey: &Survey, command: Command, context: &Context<'_>) -> Decided {
    let decision = Decision { design, survey, context };
    match command {
        Command::Join { institution, department, in_charge } => decision.join(institution, department, in_charge),
        Command::Contract(contract) => decision.contract(contract),
        Command::Register { site, first_dose, birth_year, sex, criteria, paper } => {
            let registered = PatientRegistered {
                survey: design.activity.clone(),
                patient: 0,
                site,
                day: context.today,
                first_dose,
                birth_year,
                sex,
                criteria,
                late: None,
                paper,
                revision: context.revision,
            };
            decision.register(registered)
        }
        Command::Send { patient, key, typed, paper } => decision.send(patient, key, &typed, paper),
        Command::Query { about, text } => decision.query(about, &text),
        Command::Answer { query, text } => decision.answer(query, text),
        Command::Close { queries, text } => decision.close(&queries, &text),
        Command::Lock(forms) => decision.lock(forms),
        Command::Unlock(forms) => decision.unlock(forms),
        Command::Sign { patient, key, name } => decision.sign(patient, key, name),
        Command::Exclude { patient, population, out } => decision.exclude(patient, population, out),
        Command::Triage { patient, key, suspected, unexpected, remarks } => {
            decision.triage(CaseTriaged { survey: design.activity.clone(), patient, key, suspected, unexpected, remarks })
        }
        Command::Code { dictionary, codes } => decision.code(dictionary, codes),
        Command::Pay { forms, day } => decision.pay(&forms, day),
        Command::Cut { name } => decision.cut(&name),
        Command::Stop(stopped) => decision.stop(stopped),
    }
}

struct Decision<'a> {
    design: &'a Design,
    survey: &'a Survey,
    context: &'a Context<'a>,
}

fn unfit<T>(message: (impl Into<String>, impl Into<String>), hint: (impl Into<String>, impl Into<String>)) -> Result<T, Refused> {
    Err(Refused::Unfit(Words::new(message.0, message.1), Words::new(hint.0, hint.1)))
}

fn unknown(ja: impl Into<String>, en: impl Into<String>) -> Refused {
    Refused::Unknown(Words::new(ja, en))
}

fn words_of_form(design: &Design, patient: u32, key: &FormKey) -> Words {
    let name = design.form(&key.form).map_or_else(|| Words::same(key.form.clone()), |form| form.name.clone());
    Words::new(format!("症例 {patient} の「{}」", name.ja), format!("“{}” of patient {patient}", name.en))
}

impl Decision<'_> {
    fn id(&self) -> String {
        self.design.activity.clone()
    }

    fn reason(&self) -> Result<&str, Refused> {
        self.context.reason.map(str::trim).filter(|reason| !reason.is_empty()).ok_or(Refused::NoReason)
    }

    fn seen(&self, last: &Last, what: impl FnOnce() -> Words) -> Result<(), Refused> {
        if self.context.seen >= last.sequence { Ok(()) } else { Err(Refused::Changed(what(), last.clone())) }
    }

    fn said(text: &str) -> Result<(), Refused> {
        match text.trim() {
            "" => unfit(("内容が書かれていません", "nothing is said"), ("書いてから送ってください", "write it and send again")),
            _ => Ok(()),
        }
    }

    fn patient(&self, patient: u32) -> Result<&Patient, Refused> {
        self.survey.patients.get(&patient).ok_or_else(|| unknown(format!("症例 {patient}"), format!("patient {patient}")))
    }

    fn join(&self, institution: String, department: String, in_charge: Option<String>) -> Decided {
        if self.survey.sites.values().any(|site| site.institution == institution && site.department == department) {
            return Err(Refused::Exists(Words::new("この施設・診療科", "this department")));
        }
        let site = self.survey.sites.get_max().map_or(0, |(number, _)| *number) + 1;
        Ok(vec![Event::SiteJoined(SiteJoined { survey: self.id(), site, institution, department, in_charge })])
    }

    fn contract(&self, contract: ContractRecorded) -> Decided {
        let site = self.survey.sites.get(&contract.site);
        let site = site.ok_or_else(|| unknown(format!("施設 {}", contract.site), format!("site {}", contract.site)))?;
        self.seen(&site.last, || Words::new("この施設の契約", "the contract of this site"))?;
        if contract.until < contract.from {
            return unfit(
                ("契約の終わりが始まりより前です", "the contract ends before it begins"),
                ("日付を確かめてください", "look at the days"),
            );
        }
        if contract.patients == 0 {
            return unfit(
                ("契約の症例数が 0 です", "the contract is about no patient"),
                ("契約書の症例数を記入してください", "write the number of the contract"),
            );
        }
        let registered = self.survey.patients.values().filter(|patient| patient.site == contract.site).count();
        if usize::try_from(contract.patients).is_ok_and(|patients| patients < registered) {
            return unfit(
                (format!("すでに {registered} 例が登録されています"), format!("{registered} patients are registered already")),
                ("それ以上の症例数にしてください", "it cannot be about fewer"),
            );
        }
        if site.contract.is_some() {
            self.reason()?;
        }
        Ok(vec![Event::ContractRecorded(ContractRecorded { survey: self.id(), ..contract })])
    }

    fn register(&self, registered: PatientRegistered) -> Decided {
        let (design, today) = (self.design, self.context.today);
        let site = self.survey.sites.get(&registered.site);
        let site = site.ok_or_else(|| unknown(format!("施設 {}", registered.site), format!("site {}", registered.site)))?;
        // a contract in writing precedes the first registration (GPSP, article 6)
        let Some(contract) = site.contract.as_ref().filter(|contract| contract.from <= today && today <= contract.until) else {
            return Err(Refused::TooEarly(
                Words::new("この施設には、今日の時点で有効な契約がありません", "there is no contract with this site that holds today"),
                Words::new("契約を記録してから登録してください", "record the contract first"),
            ));
        };
        if contract.ethics_needed && contract.ethics.is_none_or(|approved| approved > today) {
            return Err(Refused::TooEarly(
                Words::new(
                    "この施設の倫理審査の承認が記録されていません",
                    "the approval by the ethics review of this site is not on record",
                ),
                Words::new("承認日を記録してから登録してください", "record the day of the approval first"),
            ));
        }
        if let (Some(first), _) = design.registration
            && today < first
        {
            return Err(Refused::TooEarly(
                Words::new(format!("登録は {first} に始まります"), format!("registration begins on {first}")),
                Words::new("登録期間に入ってから登録してください", "register from that day on"),
            ));
        }
        if let (_, Some(last)) = design.registration
            && today > last
        {
            return unfit(
                (format!("登録期間は {last} に終わりました"), format!("registration ended on {last}")),
                ("登録期間の変更は、計画の改訂として行います", "a longer period is a revision of the plan"),
            );
        }
        if let Some(stopped) = &self.survey.stopped {
            return unfit(
                (format!("登録は終了しています（{}）", stopped.reason), format!("registration was stopped ({})", stopped.reason)),
                ("登録の再開は、調査の管理者が決めて記録します", "it goes on when the study manager decides so and records it"),
            );
        }
        let count = self.survey.patients.len();
        if let Some(target) =
            design.target.filter(|target| !design.past_target && usize::try_from(*target).is_ok_and(|target| count >= target))
        {
            return unfit(
                (
                    format!("目標の {target} 例に達したため、登録は終わりました"),
                    format!("the target of {target} patients is reached: registration is over"),
                ),
                (
                    "登録票を受け取ったときは、登録しなかったことを施設に知らせてください",
                    "tell the institution that the patient was not registered",
                ),
            );
        }
        let of_site = self.survey.patients.values().filter(|patient| patient.site == registered.site).count();
        let most = [u64::from(contract.patients)].into_iter().chain(design.most_per_site).min().unwrap_or(0);
        if usize::try_from(most).is_ok_and(|most| of_site >= most) {
            return unfit(
                (
                    format!("この施設の症例数の上限（{most} 例）に達しています"),
                    format!("the most for this site, {most} patients, is reached"),
                ),
                ("契約の症例数を変更してから登録してください", "change the contract first"),
            );
        }
        self.person(&registered, contract.from)?;
        let over = design.within_days.and_then(|within| {
            let days = today.since(registered.first_dose).ok()?.get_days();
            u32::try_from(i64::from(days) - i64::try_from(within).ok()?).ok().filter(|over| *over > 0)
        });
        if over.is_some() {
            // it is taken, told apart and explained: a patient who was forgotten is a patient all the same
            self.reason()?;
        }
        let patient = self.survey.patients.get_max().map_or(0, |(number, _)| *number) + 1;
        Ok(vec![Event::PatientRegistered(PatientRegistered { patient, late: over, ..registered })])
    }

    /// What is asked of the patient.
    fn person(&self, registered: &PatientRegistered, contract: Date) -> Result<(), Refused> {
        let today = self.context.today;
        if registered.first_dose > today {
            return unfit(
                ("初回投与日が未来です", "the first dose is in the future"),
                ("投与を始めてから登録してください", "register once treatment has begun"),
            );
        }
        if !self.design.retrospective && registered.first_dose < contract {
            return unfit(
                ("契約より前に投与を始めた患者は登録できません", "treatment began before the contract"),
                ("この調査は、契約後に投与を始める患者が対象です", "this survey is about patients whose treatment begins later"),
            );
        }
        let age = registered.first_dose.year() - registered.birth_year;
        if !(0..=120).contains(&age) {
            return unfit(
                (
                    format!("生年 {} と初回投与日が合いません", registered.birth_year),
                    format!("born in {}, and that first dose?", registered.birth_year),
                ),
                ("西暦4桁の生年を確かめてください", "look at the year of birth, in four digits"),
            );
        }
        let answer = |id: &str| registered.criteria.iter().find(|(criterion, _)| criterion == id).map(|(_, answer)| *answer);
        let unmet: Vec<&Words> =
            self.design.criteria.iter().filter(|(id, _, excludes)| answer(id) != Some(!excludes)).map(|(_, words, _)| words).collect();
        if !unmet.is_empty() {
            let list = |pick: fn(&Words) -> &str, between: &str| unmet.iter().map(|words| pick(words)).collect::<Vec<_>>().join(between);
            return unfit(
                (
                    format!("登録の条件を満たしていません：{}", list(|words| &words.ja, "、")),
                    format!("the criteria are not met: {}", list(|words| &words.en, "; ")),
                ),
                (
                    "条件を確かめてください。満たさない患者は対象になりません",
                    "look at them; a patient who does not meet them is not registered",
                ),
            );
        }
        Ok(())
    }

    fn send(&self, patient: u32, key: FormKey, typed: &[(String, String)], paper: bool) -> Decided {
        let known = self.patient(patient)?;
        let form = self.design.form(&key.form).ok_or_else(|| unknown(format!("調査票「{}」", key.form), format!("form “{}”", key.form)))?;
        let stands = if form.repeats {
            key.visit.is_empty() && key.turn >= 1
        } else {
            self.design
                .visit(&key.visit)
                .is_some_and(|visit| visit.forms.contains(&key.form) && (key.turn == 1 || key.turn > 1 && visit.every.is_some()))
        };
        if !stands {
            return Err(unknown("この時点の調査票", "such form at this visit"));
        }
        if let Some((item, _)) = typed.iter().find(|(item, _)| form.item(item).is_none()) {
            return Err(unknown(format!("項目「{item}」"), format!("item “{item}”")));
        }
        let before = known.forms.get(&key);
        let words = || words_of_form(self.design, patient, &key);
        if let Some(before) = before {
            self.seen(&before.last, words)?;
            if before.locked.is_some() {
                let words = words();
                return unfit(
                    (format!("{}は固定されています", words.ja), format!("{} is locked", words.en)),
                    ("変更が要るときは、固定の解除を調査の管理者に依頼してください", "ask the study manager to unlock it"),
                );
            }
        } else if form.repeats && key.turn > 1 && !known.forms.contains_key(&FormKey { turn: key.turn - 1, ..key.clone() }) {
            return Err(unknown("その前の記録", "record before it"));
        }
        let value = |item: &str| typed.iter().find(|(name, _)| name == item).map(|(_, value)| value.clone());
        let filled = Filled::of(form, &value, &|name| known.value(self.design, name));
        if !filled.wrong.is_empty() {
            return Err(Refused::Values(filled.wrong));
        }
        if filled.values.is_empty() {
            return unfit(("何も記入されていません", "nothing was filled in"), ("記入してから送ってください", "fill it in and send again"));
        }
        let old = |item: &str| before.and_then(|before| before.values.get(item));
        let mut values: Vec<(String, Option<String>)> = filled
            .values
            .iter()
            .filter(|(item, value)| old(item) != Some(value))
            .map(|(item, value)| (item.clone(), Some(value.clone())))
            .collect();
        let gone = before.iter().flat_map(|before| before.values.keys()).filter(|item| !filled.values.contains_key(*item));
        values.extend(gone.map(|item| (item.clone(), None)));
        if let Some(before) = before {
            if values.is_empty() && before.version == form.version {
                return unfit(
                    ("前に送ったものと同じです", "it is what was sent before"),
                    ("変更してから送ってください", "change it and send again"),
                );
            }
            self.reason()?;
        }
        let mut events = vec![Event::FormSent(FormSent {
            survey: self.id(),
            patient,
            key: key.clone(),
            version: form.version.clone(),
            revision: self.context.revision,
            values,
            paper,
        })];
        // what fails is asked once; what holds again is no question any more
        let mut next = self.survey.queries.get_max().map_or(0, |(number, _)| *number) + 1;
        let asked: Vec<_> =
            self.survey.open_queries(patient, &key).filter_map(|(number, query)| Some((number, query.check.clone()?))).collect();
        for failing in &filled.failing {
            if asked.iter().any(|(_, (check, _))| *check == failing.check) {
                continue;
            }
            events.push(Event::QueryRaised(QueryRaised {
                survey: self.id(),
                query: next,
                patient,
                key: key.clone(),
                item: failing.item.clone(),
                check: Some((failing.check.clone(), failing.version.clone())),
                text: failing.text.ja.clone(),
            }));
            next += 1;
        }
        let mended = asked.iter().filter(|(_, (check, _))| filled.failing.iter().all(|failing| failing.check != *check));
        events.extend(mended.map(|(query, _)| {
            Event::QueryClosed(QueryClosed {
                survey: self.id(), query: *query, text: "送信された値が基準を満たした".to_owned()
            })
        }));
        Ok(events)
    }

    fn query(&self, about: Vec<(u32, FormKey, Option<String>)>, text: &str) -> Decided {
        Self::said(text)?;
        let first = self.survey.queries.get_max().map_or(0, |(number, _)| *number) + 1;
        let mut events = Vec::new();
        for (query, (patient, key, item)) in (first..).zip(about) {
            let form = self.survey.form(patient, &key).ok_or_else(|| {
                let words = words_of_form(self.design, patient, &key);
                unknown(format!("送られた{}", words.ja), format!("sent {}", words.en))
            })?;
            let design = self.design.form(&key.form);
            if let Some(item) =
                item.as_ref().filter(|item| !form.values.contains_key(*item) && design.is_none_or(|design| design.item(item).is_none()))
            {
                return Err(unknown(format!("項目「{item}」"), format!("item “{item}”")));
            }
            events.push(Event::QueryRaised(QueryRaised {
                survey: self.id(),
                query,
                patient,
                key,
                item,
                check: None,
                text: text.trim().to_owned(),
            }));
        }
        if events.is_empty() {
            return unfit(("対象が選ばれていません", "nothing was chosen"), ("調査票を選んでください", "choose forms"));
        }
        Ok(events)
    }

    fn open(&self, query: u32) -> Result<&crate::state::Query, Refused> {
        let found = self.survey.queries.get(&query).ok_or_else(|| unknown(format!("再調査 {query}"), format!("query {query}")))?;
        self.seen(&found.last, || Words::new(format!("再調査 {query}"), format!("query {query}")))?;
        match found.closed {
            None => Ok(found),
            Some(_) => unfit(
                (format!("再調査 {query} は完了しています"), format!("query {query} is closed")),
                ("新しい再調査を起こしてください", "raise another"),
            ),
        }
    }

    fn answer(&self, query: u32, text: String) -> Decided {
        Self::said(&text)?;
        self.open(query)?;
        Ok(vec![Event::QueryAnswered(QueryAnswered { survey: self.id(), query, text })])
    }

    fn close(&self, queries: &[u32], text: &str) -> Decided {
        Self::said(text)?;
        let closed = |query: &u32| {
            self.open(*query)?;
            Ok(Event::QueryClosed(QueryClosed { survey: self.id(), query: *query, text: text.trim().to_owned() }))
        };
        queries.iter().map(closed).collect()
    }

    fn lock(&self, forms: Vec<(u32, FormKey)>) -> Decided {
        for (patient, key) in &forms {
            let words = || words_of_form(self.design, *patient, key);
            let form = self.survey.form(*patient, key).ok_or_else(|| unknown(words().ja, words().en))?;
            self.seen(&form.last, words)?;
            if form.locked.is_some() {
                return Err(Refused::Exists(Words::new(format!("{}の固定", words().ja), format!("the lock of {}", words().en))));
            }
            if self.survey.open_queries(*patient, key).next().is_some() {
                return Err(Refused::TooEarly(
                    Words::new(format!("{}には完了していない再調査があります", words().ja), format!("{} has open queries", words().en)),
                    Words::new("再調査を完了してから固定してください", "close them first"),
                ));
            }
        }
        if forms.is_empty() {
            return unfit(("固定する調査票がありません", "there is nothing to lock"), ("調査票を選んでください", "choose forms"));
        }
        Ok(vec![Event::FormsLocked(FormsLocked { survey: self.id(), forms })])
    }

    fn unlock(&self, forms: Vec<(u32, FormKey)>) -> Decided {
        self.reason()?;
        for (patient, key) in &forms {
            let words = || words_of_form(self.design, *patient, key);
            let form = self.survey.form(*patient, key).ok_or_else(|| unknown(words().ja, words().en))?;
            self.seen(&form.last, words)?;
            if form.locked.is_none() {
                return unfit((format!("{}は固定されていません", words().ja), format!("{} is not locked", words().en)), ("", ""));
            }
        }
        Ok(vec![Event::FormsUnlocked(FormsUnlocked { survey: self.id(), forms })])
    }

    fn sign(&self, patient: u32, key: FormKey, name: String) -> Decided {
        let words = || words_of_form(self.design, patient, &key);
        let form = self.survey.form(patient, &key).ok_or_else(|| {
            Refused::TooEarly(
                Words::new(format!("{}はまだ送られていません", words().ja), format!("{} was not sent yet", words().en)),
                Words::new("送ってから署名してください", "send it first"),
            )
        })?;
        self.seen(&form.last, words)?;
        if form.is_signed() {
            return Err(Refused::Exists(Words::new(format!("{}の署名", words().ja), format!("the signature of {}", words().en))));
        }
        let sent = form.sent;
        Ok(vec![Event::FormSigned(FormSigned { survey: self.id(), patient, key, sent, name })])
    }

    fn exclude(&self, patient: u32, population: String, out: bool) -> Decided {
        let known = self.patient(patient)?;
        self.seen(&known.last, || Words::new(format!("症例 {patient}"), format!("patient {patient}")))?;
        if self.design.populations.iter().all(|(id, _, _)| *id != population) {
            return Err(unknown(format!("対象集団「{population}」"), format!("population “{population}”")));
        }
        let reason = self.reason()?.to_owned();
        Ok(vec![Event::PatientExcluded(PatientExcluded { survey: self.id(), patient, population, reason: out.then_some(reason) })])
    }

    fn triage(&self, triaged: CaseTriaged) -> Decided {
        Self::said(&triaged.remarks)?;
        let words = || words_of_form(self.design, triaged.patient, &triaged.key);
        let form = self.survey.form(triaged.patient, &triaged.key).ok_or_else(|| unknown(words().ja, words().en))?;
        self.seen(&form.last, words)?;
        if form.triage.is_some() {
            self.reason()?;
        }
        Ok(vec![Event::CaseTriaged(triaged)])
    }

    fn code(&self, dictionary: String, codes: Vec<(u32, FormKey, Code)>) -> Decided {
        Self::said(&dictionary)?;
        if codes.is_empty() {
            return unfit(("対象が選ばれていません", "nothing was chosen"), ("事象を選んでください", "choose events"));
        }
        for (patient, key, code) in &codes {
            let words = || words_of_form(self.design, *patient, key);
            let form = self.survey.form(*patient, key).ok_or_else(|| unknown(words().ja, words().en))?;
            let event = self.design.form(&key.form).and_then(|form| form.event.as_ref());
            let event = event.ok_or_else(|| unknown(format!("{}の事象", words().ja), format!("event in {}", words().en)))?;
            if form.values.get(&event.term) != Some(&code.verbatim) {
                return Err(Refused::Changed(words(), form.last.clone()));
            }
            if let Some((before, _)) = form.coded.as_ref().filter(|(before, _)| before.verbatim == code.verbatim) {
                if before == code {
                    return Err(Refused::Exists(Words::new(format!("{}のコード", words().ja), format!("the code of {}", words().en))));
                }
                self.reason()?;
            }
        }
        Ok(vec![Event::TermsCoded(TermsCoded { survey: self.id(), dictionary, codes })])
    }

    fn pay(&self, forms: &[(u32, FormKey)], day: Date) -> Decided {
        if day > self.context.today {
            return unfit(
                ("支払日が未来です", "the day of payment is in the future"),
                ("支払った後に記録してください", "record it once it is paid"),
            );
        }
        if forms.is_empty() {
            return unfit(("対象が選ばれていません", "nothing was chosen"), ("調査票を選んでください", "choose forms"));
        }
        let mut paid = Vec::with_capacity(forms.len());
        for (patient, key) in forms {
            let words = || words_of_form(self.design, *patient, key);
            let form = self.survey.form(*patient, key).ok_or_else(|| unknown(words().ja, words().en))?;
            if form.paid.is_some() || paid.iter().any(|(other, known, _)| other == patient && known == key) {
                return Err(Refused::Exists(Words::new(format!("{}の支払い", words().ja), format!("the payment for {}", words().en))));
            }
            let site = self.survey.patients.get(patient).and_then(|patient| self.survey.sites.get(&patient.site));
            let Some(fee) = site.and_then(|site| site.contract.as_ref()?.fee) else {
                return Err(Refused::TooEarly(
                    Words::new(
                        format!("{}の施設の契約に費用の定めがありません", words().ja),
                        format!("the contract for {} states no fee", words().en),
                    ),
                    Words::new("契約に一調査票の費用を記録してください", "record the fee for a form with the contract"),
                ));
            };
            paid.push((*patient, key.clone(), fee));
        }
        Ok(vec![Event::FormsPaid(FormsPaid { survey: self.id(), day, forms: paid })])
    }

    fn cut(&self, name: &str) -> Decided {
        Self::said(name)?;
        let name = name.trim().to_owned();
        if self.survey.cuts.values().any(|cut| cut.name == name) {
            return Err(Refused::Exists(Words::new(format!("データカット「{name}」"), format!("data cut “{name}”"))));
        }
        if self.survey.patients.values().all(|patient| patient.forms.values().all(|form| form.locked.is_none())) {
            return Err(Refused::TooEarly(
                Words::new("固定された調査票がありません", "no form is locked"),
                Words::new(
                    "データカットには固定した調査票だけが入ります。固定してから切ってください",
                    "a cut holds locked forms only: lock them first",
                ),
            ));
        }
        let cut = self.survey.cuts.get_max().map_or(0, |(number, _)| *number) + 1;
        Ok(vec![Event::DataCut(DataCut { survey: self.id(), cut, name, revision: self.context.revision })])
    }

    fn stop(&self, stopped: bool) -> Decided {
        self.reason()?;
        if stopped == self.survey.stopped.is_some() {
            let words = if stopped {
                Words::new("登録の終了", "that registration is stopped")
            } else {
                Words::new("登録の再開", "that registration goes on")
            };
            return Err(Refused::Exists(words));
        }
        Ok(vec![Event::RegistrationStopped(RegistrationStopped { survey: self.id(), stopped })])
    }
}
