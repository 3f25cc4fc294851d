//! Case report forms (`forms/<activity>/<form>.toml`).

use crate::shape::{choice, table};
use crate::source::Spanned;

table! {
    /// 調査票。
    /// A case report form.
    FormFacts = "form" {
        /// 名称。
        /// Its name.
        name: Spanned<String>, required, "\"患者背景\"";
        /// 英語の名称。
        /// Its name in English.
        name_en: Option<Spanned<String>>, optional, "\"Background\"";
        /// 版。
        /// Its version.
        version: Spanned<String>, required, "\"1.0\"";
        /// 一人について何件でも記入できるか（有害事象、併用薬など）。
        /// Whether it is filled in as often as there is something to tell, such as for adverse events.
        repeats: Option<Spanned<bool>>, optional, "true";
        /// 有害事象の調査票なら、どの項目が何を表すか。
        /// Of a form for adverse events, which item tells what.
        event: Option<AdverseEvent>, optional, "{ term = \"term\", onset = \"onset\", serious = \"serious = 'yes'\" }";
        /// 項目。
        /// The items.
        item: Vec<ItemFacts>, optional, "[{ id = \"sex\", name = \"性別\", kind = \"choice\" }]";
        /// 再調査基準。
        /// The edit checks.
        check: Vec<CheckFacts>, optional, "[{ id = \"B01\", version = \"1\", that = \"present(sex)\", text = \"性別を記入してください。\" }]";
    }
}

choice! {
    /// 項目の種類。
    /// The kind of an item.
    ItemKind {
        /// 数
        /// a number
        Number = "number",
        /// 一行の文字
        /// a line of text
        Text = "text",
        /// 文章
        /// text of several lines
        LongText = "long-text",
        /// 一つを選ぶ
        /// one of several choices
        Choice = "choice",
        /// いくつでも選ぶ
        /// any of several choices
        Choices = "choices",
        /// 日付
        /// a day
        Date = "date",
        /// 日付（年月、年まででもよい）
        /// a day, or a month or year where the day is not known
        PartialDate = "partial-date",
    }
}

table! {
    /// 項目。
    /// An item.
    ItemFacts = "item" {
        /// ID。英小文字で始まり、英小文字、数字、_ を用いる。
        /// Its id: small letters, digits and _, beginning with a letter.
        id: Spanned<String>, required, "\"hbs_ag\"";
        /// 名称。
        /// Its name.
        name: Spanned<String>, required, "\"HBs 抗原\"";
        /// 英語の名称。
        /// Its name in English.
        name_en: Option<Spanned<String>>, optional, "\"HBs antigen\"";
        /// 種類。
        /// Its kind.
        kind: Option<Spanned<ItemKind>>, required, "\"choice\"";
        /// 見出し。同じ見出しの項目は一つにまとまる。
        /// The heading it stands under, together with its neighbours of the same heading.
        section: Option<Spanned<String>>, optional, "\"B型肝炎ウイルス\"";
        /// 英語の見出し。
        /// The heading in English.
        section_en: Option<Spanned<String>>, optional, "\"Hepatitis B virus\"";
        /// 記入の案内。
        /// How to fill it in.
        hint: Option<Spanned<String>>, optional, "\"投与開始前の直近の値\"";
        /// 英語の案内。
        /// How to fill it in, in English.
        hint_en: Option<Spanned<String>>, optional, "\"the last value before treatment\"";
        /// 単位。
        /// The unit.
        unit: Option<Spanned<String>>, optional, "\"mg/dL\"";
        /// 小数の桁数。
        /// How many decimals.
        decimals: Option<Spanned<u64>>, optional, "1";
        /// 最小値。これより小さい値は記入できない。
        /// The least that can be: a smaller value is refused.
        min: Option<Spanned<f64>>, optional, "0.0";
        /// 最大値。
        /// The most that can be.
        max: Option<Spanned<f64>>, optional, "300.0";
        /// 選択肢。
        /// The choices.
        choice: Vec<ChoiceFacts>, optional, "[{ code = \"yes\", name = \"はい\" }]";
        /// 同じ選択肢を用いる項目（この調査票の）。
        /// An item of this form with the same choices.
        choices_of: Option<Spanned<String>>, optional, "\"hbs_ag\"";
        /// 必ず記入するか。空のまま送ると再調査になる。
        /// Whether it has to be filled in; sent empty, it is queried.
        required: Option<Spanned<bool>>, optional, "true";
        /// 記入する条件。成り立たなければ表示しない。
        /// When it applies; otherwise it is not shown.
        when: Option<Spanned<String>>, optional, "\"present(sex) and sex = 'female'\"";
        /// 計算する値。記入はしない。
        /// How it is derived; it is not filled in.
        value: Option<Spanned<String>>, optional, "\"round(weight / power(height / 100, 2), 1)\"";
    }
}

table! {
    /// 選択肢。
    /// A choice.
    ChoiceFacts = "choice" {
        /// コード。
        /// Its code.
        code: Spanned<String>, required, "\"yes\"";
        /// 名称。
        /// Its name.
        name: Spanned<String>, required, "\"はい\"";
        /// 英語の名称。
        /// Its name in English.
        name_en: Option<Spanned<String>>, optional, "\"yes\"";
    }
}

table! {
    /// 再調査基準。成り立たないとき、再調査になる。
    /// An edit check (再調査基準): where it does not hold, a query is raised.
    CheckFacts = "check" {
        /// ID。
        /// Its id.
        id: Spanned<String>, required, "\"AE-03\"";
        /// 版。
        /// Its version.
        version: Spanned<String>, required, "\"1\"";
        /// 成り立つべきこと。値がなくても必ず判定できるように書く。
        /// What should hold, written so that it says yes or no whatever is missing.
        that: Spanned<String>, required, "\"missing(onset) or missing(end) or onset <= end\"";
        /// 医療機関への問い。
        /// The question to the institution.
        text: Spanned<String>, required, "\"転帰日が発現日より前です。ご確認ください。\"";
        /// 英語の問い。
        /// The question in English.
        text_en: Option<Spanned<String>>, optional, "\"The end is before the onset: please look.\"";
    }
}

table! {
    /// 有害事象の調査票の項目。
    /// Which items of a form for adverse events tell what.
    AdverseEvent = "event" {
        /// 事象名の項目。
        /// The item with the name of the event.
        term: Spanned<String>, required, "\"term\"";
        /// 発現日の項目。
        /// The item with the day of onset.
        onset: Option<Spanned<String>>, optional, "\"onset\"";
        /// 重篤である条件。
        /// When it is serious.
        serious: Option<Spanned<String>>, optional, "\"present(serious) and serious = 'yes'\"";
        /// 因果関係を否定できない（副作用である）条件。
        /// When a causal relation is not excluded, so that it is an adverse drug reaction.
        reaction: Option<Spanned<String>>, optional, "\"missing(causality) or causality != 'unrelated'\"";
        /// 転帰の項目。
        /// The item with the outcome.
        outcome: Option<Spanned<String>>, optional, "\"outcome\"";
        /// グレードの項目。
        /// The item with the grade.
        grade: Option<Spanned<String>>, optional, "\"grade\"";
        /// 死亡を表す転帰のコード。
        /// The code of an outcome that is death.
        fatal: Option<Spanned<String>>, optional, "\"fatal\"";
    }
}
