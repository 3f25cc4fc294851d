//! How a survey is run (`forms/<activity>/survey.toml`). What the activity states — periods, target, observation — is not said again.

use super::Length;
use crate::shape::{choice, table};
use crate::source::Spanned;

table! {
    /// 調査の進め方。期間、目標、観察期間は活動のファイルに書いたものが用いられる。
    /// How a survey is run; periods, target and observation are those of the activity.
    SurveyFacts = "survey" {
        /// 登録の決まり。
        /// The rules of registration.
        registration: Option<RegistrationFacts>, optional, "{ within_days = 14 }";
        /// 登録の条件。
        /// The criteria of registration.
        criterion: Vec<CriterionFacts>, optional, "[{ id = \"first\", text = \"本剤を初めて投与する\" }]";
        /// 観察の時点。
        /// The visits.
        visit: Vec<VisitFacts>, optional, "[{ id = \"w24\", name = \"24 週\", from = \"first-dose\", forms = [\"follow-up\"] }]";
        /// 観察が実際に終わった日（`調査票.項目`）。
        /// The item, `form.item`, with the day on which observation really ended.
        observed_until: Option<Spanned<String>>, optional, "\"end.last_day\"";
        /// 解析の対象集団。
        /// The populations of analysis.
        population: Vec<PopulationFacts>, optional, "[{ id = \"safety\", name = \"安全性解析対象\" }]";
    }
}

table! {
    /// 登録の決まり。
    /// The rules of registration.
    RegistrationFacts = "registration" {
        /// 投与開始から何日以内に登録するか。過ぎた登録は、理由を付けて別に集計する。
        /// How many days after the first dose a patient may be registered; later ones need a reason and are analysed apart.
        within_days: Option<Spanned<u64>>, optional, "14";
        /// 契約より前に投与を始めた患者も登録できるか。
        /// Whether patients whose treatment began before the contract can be registered.
        retrospective: Option<Spanned<bool>>, optional, "true";
        /// 目標に達しても登録を続けるか（全例調査など）。
        /// Whether registration goes on once the target is reached, as in all-case surveillance.
        past_target: Option<Spanned<bool>>, optional, "true";
        /// 一施設の症例数の上限。
        /// The most patients of one institution.
        most_per_site: Option<Spanned<u64>>, optional, "30";
        /// 登録票の記入期限（登録から何日）。
        /// Days after registration by which the background has to be sent.
        background_days: Option<Spanned<u64>>, optional, "30";
    }
}

table! {
    /// 登録の条件。
    /// A criterion of registration.
    CriterionFacts = "criterion" {
        /// ID。
        /// Its id.
        id: Spanned<String>, required, "\"first\"";
        /// 条件。
        /// What is asked.
        text: Spanned<String>, required, "\"本剤を初めて投与する\"";
        /// 英語の条件。
        /// What is asked, in English.
        text_en: Option<Spanned<String>>, optional, "\"treated with it for the first time\"";
        /// 「いいえ」であることが条件か。
        /// Whether the answer has to be no.
        excludes: Option<Spanned<bool>>, optional, "true";
    }
}

choice! {
    /// 観察の時点の起点。
    /// From when a visit is counted.
    VisitFrom {
        /// 初回投与日
        /// the first dose
        FirstDose = "first-dose",
        /// 登録日
        /// registration
        Registration = "registration",
        /// 出来事の日付の項目（`item`）
        /// the day of an item (`item`)
        Item = "item",
        /// 調査期間の終わり
        /// the end of the survey
        End = "end",
    }
}

table! {
    /// 観察の時点。
    /// A visit: a time at which forms are due.
    VisitFacts = "visit" {
        /// ID。
        /// Its id.
        id: Spanned<String>, required, "\"w24\"";
        /// 名称。
        /// Its name.
        name: Spanned<String>, required, "\"24 週\"";
        /// 英語の名称。
        /// Its name in English.
        name_en: Option<Spanned<String>>, optional, "\"Week 24\"";
        /// 起点。
        /// From when it is counted.
        from: Option<Spanned<VisitFrom>>, required, "\"first-dose\"";
        /// 起点が項目なら、その `調査票.項目`。
        /// The item, `form.item`, where it is counted from one.
        item: Option<Spanned<String>>, optional, "\"treatment.third_cycle\"";
        /// 起点からの長さ。書かなければ、その日。
        /// How long after it; left out, on that day.
        after: Option<Length>, optional, "{ weeks = 24 }";
        /// 繰り返す間隔。
        /// The interval at which it comes again.
        every: Option<Length>, optional, "{ years = 1 }";
        /// 繰り返しの最後（起点からの長さ）。書かなければ、調査期間の終わりまで。
        /// How long after the start it comes for the last time; left out, until the survey ends.
        until: Option<Length>, optional, "{ years = 8 }";
        /// 前後の許容日数。
        /// Days before and after that are good.
        window_days: Option<Spanned<u64>>, optional, "28";
        /// 調査票を送る期限（時点から何日）。
        /// Days after it by which the forms are to be sent.
        due_days: Option<Spanned<u64>>, optional, "60";
        /// 記入する調査票。
        /// The forms to fill in.
        forms: Vec<Spanned<String>>, required, "[\"follow-up\"]";
        /// この時点がある条件。
        /// When there is this visit at all.
        when: Option<Spanned<String>>, optional, "\"present(end.reason) and end.reason in ('stopped', 'switched')\"";
    }
}

table! {
    /// 解析の対象集団。
    /// A population of analysis.
    PopulationFacts = "population" {
        /// ID。
        /// Its id.
        id: Spanned<String>, required, "\"safety\"";
        /// 名称。
        /// Its name.
        name: Spanned<String>, required, "\"安全性解析対象\"";
        /// 英語の名称。
        /// Its name in English.
        name_en: Option<Spanned<String>>, optional, "\"Safety analysis set\"";
        /// 含まれる条件。
        /// Who belongs to it.
        when: Option<Spanned<String>>, optional, "\"present(treatment.doses) and treatment.doses >= 1\"";
    }
}
