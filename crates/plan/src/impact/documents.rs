use diagnostic::Words;

use super::collect::{Area, Collector};
use crate::model::{Activity, List};

impl Collector<'_> {
    fn document(&mut self, id: &str, name: (&str, &str), why: (&str, &str)) {
        self.add(Area::Document, id, Words::new(name.0, name.1), None, Words::new(why.0, why.1));
    }

    /// What every change of a plan is told in.
    fn change_documents(&mut self) {
        self.document("history", ("変更の履歴", "history of changes"), ("変更内容の概要と理由を記す", "what changed and why is entered"));
        self.document(
            "comparison",
            ("新旧対照表", "comparison of old and new"),
            ("最後に提出した計画との対照", "against the last plan submitted"),
        );
        self.document(
            "summary",
            ("概要（別紙様式2）", "summary (form 2)"),
            ("検討事項と活動の名称、頁を合わせる", "names of concerns and activities, and pages, follow"),
        );
    }

    /// The patient guide and the attachments of what is touched.
    fn of_touched(&mut self) {
        let plan = self.plan;
        let guided: Vec<_> = plan
            .concerns
            .iter()
            .filter(|concern| {
                concern.patient_guide.as_ref().is_some_and(|guide| guide.value) && self.has(Area::Concern, concern.id.as_str())
            })
            .collect();
        for concern in guided {
            let why = Words::new(
                format!("検討事項「{}」を記載している", concern.name.value),
                format!("covers “{}”", concern.name_en.as_ref().map_or(&concern.name.value, |name| &name.value)),
            );
            self.add(Area::Document, "patient-guide", Words::new("患者向医薬品ガイド", "patient guide"), None, why);
        }
        for attachment in &plan.facts.attachment {
            let Some(id) = &attachment.activity else { continue };
            if plan.activity(id.as_str()).is_some_and(|activity| self.is_touched(activity)) {
                let why = Words::new(format!("活動「{}」の添付資料", id.value), format!("attached for the activity “{}”", id.value));
                self.add(Area::Document, "attachment", Words::same(attachment.title.value.clone()), Some(attachment.at), why);
            }
        }
        // in the order of the form
        let chapters = [
            (List::Pharmacovigilance, "2", "2 医薬品安全性監視計画の概要", "2 pharmacovigilance plan"),
            (List::Efficacy, "3", "3 有効性に関する調査・試験の計画の概要", "3 plan of studies of efficacy"),
            (List::Minimisation, "4", "4 リスク最小化計画の概要", "4 risk minimisation plan"),
        ];
        for activity in plan.activities.iter().filter(|activity| self.is_touched(activity)).collect::<Vec<_>>() {
            let why = Words::new(
                format!("活動「{}」の記載", activity.name.value),
                format!("describes “{}”", activity.name_en.as_ref().map_or(&activity.name.value, |name| &name.value)),
            );
            for (list, id, ja, en) in chapters {
                // what is finished stands in the lists only
                if list.holds(activity) && self.is_touched_and_open(activity) {
                    self.add(Area::Document, id, Words::new(ja, en), None, why.clone());
                }
            }
            for list in [List::Pharmacovigilance, List::Efficacy, List::Minimisation].into_iter().filter(|list| list.holds(activity)) {
                let name = Words::new(format!("{} の一覧", list.number()), format!("list {}", list.number()));
                self.add(Area::Document, list.number(), name, None, why.clone());
            }
        }
        for concern in plan.concerns.iter().filter(|concern| self.has(Area::Concern, concern.id.as_str())).collect::<Vec<_>>() {
            let why = Words::new(
                format!("検討事項「{}」の記載", concern.name.value),
                format!("describes “{}”", concern.name_en.as_ref().map_or(&concern.name.value, |name| &name.value)),
            );
            self.add(Area::Document, "1.1", Words::new("1.1 安全性検討事項", "1.1 safety concerns"), None, why);
        }
        for concern in plan.efficacy.iter().filter(|concern| self.has(Area::Concern, concern.id.as_str())).collect::<Vec<_>>() {
            let why = Words::new(
                format!("検討事項「{}」の記載", concern.name.value),
                format!("describes “{}”", concern.name_en.as_ref().map_or(&concern.name.value, |name| &name.value)),
            );
            let name = Words::new("1.2 有効性に関する検討事項", "1.2 efficacy concerns");
            self.add(Area::Document, "1.2", name, None, why);
        }
    }

    pub(super) fn documents_of_approval(&mut self) {
        self.document(
            "product",
            ("品目の概要", "overview of the product"),
            ("承認年月日、再審査期間、効能又は効果、備考の経緯", "date of approval, re-examination period, indication, history"),
        );
        self.document("label", ("電子添文", "package insert"), ("効能又は効果、用法及び用量", "indication, dosage"));
        self.document(
            "plan",
            ("医薬品リスク管理計画書", "risk management plan"),
            (
                "承認後すみやかに公表できるよう、部会後に提出する（質疑応答集 Q19）",
                "submitted after the council, to be public soon after the approval (Q19)",
            ),
        );
        self.of_touched();
        self.change_documents();
    }

    pub(super) fn documents_of_condition(&mut self) {
        self.document("product", ("品目の概要", "overview of the product"), ("承認条件と備考の経緯", "conditions of approval, history"));
        self.document("label", ("電子添文", "package insert"), ("承認条件", "conditions of approval"));
        self.of_touched();
        self.change_documents();
    }

    pub(super) fn documents_of_label(&mut self, id: &str) {
        let why = Words::new(format!("改訂した項 {id}"), format!("the revised section {id}"));
        self.add(Area::Document, "label", Words::new("電子添文", "package insert"), None, why);
        self.of_touched();
        self.change_documents();
    }

    pub(super) fn documents_of_end(&mut self, ended: &Activity) {
        self.of_touched();
        for id in &ended.indications {
            let why = Words::new(
                format!("効能又は効果 {} の再審査に用いる", id.value),
                format!("is used in the re-examination of indication {}", id.value),
            );
            self.add(Area::Document, "reexamination", Words::new("再審査申請資料", "re-examination file"), None, why);
        }
        self.change_documents();
    }

    pub(super) fn documents_of_study(&mut self) {
        self.of_touched();
        self.change_documents();
    }
}
