use crate::Phrase;

/// Where a rule of the matrix comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// As it is cited, in Japanese and English: the document and its article or section.
    pub citation: Phrase,
    /// What stands there, in Japanese and English.
    pub about: Phrase,
}

macro_rules! sources {
    ($($name:ident = $citation_ja:literal, $citation_en:literal, $about_ja:literal, $about_en:literal;)+) => {
        $(pub(crate) const $name: Source = Source { citation: ($citation_ja, $citation_en), about: ($about_ja, $about_en) };)+
    };
}

sources! {
    GVP_DEFINITIONS = "GVP省令 第2条", "GVP ordinance, Art. 2", "定義（医薬情報担当者ほか）", "definitions, among them the medical representative";
    GVP_SUPERVISOR = "GVP省令 第3条", "GVP ordinance, Art. 3", "総括製造販売責任者の業務", "duties of the general marketing supervisor";
    GVP_ORGANISATION = "GVP省令 第4条", "GVP ordinance, Art. 4", "販売に係る部門から独立した安全管理統括部門、安全管理責任者、安全管理実施責任者", "the safety department, independent of sales; safety manager; safety officers";
    GVP_SAFETY_MANAGER = "GVP省令 第6条", "GVP ordinance, Art. 6", "安全管理責任者の業務", "duties of the safety manager";
    GVP_COLLECTION = "GVP省令 第7条", "GVP ordinance, Art. 7", "安全管理情報の収集", "collection of safety information";
    GVP_CONSIDERATION = "GVP省令 第8条", "GVP ordinance, Art. 8", "安全管理情報の検討と措置の立案", "consideration of safety information and planning of measures";
    GVP_MEASURES = "GVP省令 第9条", "GVP ordinance, Art. 9", "安全確保措置の決定と実施", "decision on safety measures and their execution";
    GVP_RISK_MANAGEMENT = "GVP省令 第9条の2", "GVP ordinance, Art. 9-2", "医薬品リスク管理", "risk management of medicines";
    GVP_EARLY_PHASE = "GVP省令 第10条", "GVP ordinance, Art. 10", "市販直後調査", "early post-marketing phase vigilance";
    GVP_SELF_INSPECTION = "GVP省令 第11条", "GVP ordinance, Art. 11", "自己点検", "self-inspection";
    GVP_TRAINING = "GVP省令 第12条", "GVP ordinance, Art. 12", "教育訓練", "education and training";
    GPSP_MANAGER = "GPSP省令 第4条", "GPSP ordinance, Art. 4", "製造販売後調査等管理責任者（販売に係る部門に属さない）", "the post-marketing study manager, who does not belong to sales";
    GPSP_SURVEY = "GPSP省令 第6条", "GPSP ordinance, Art. 6", "使用成績調査、医療機関との契約", "use-results surveys and the contracts with institutions";
    GPSP_OUTSOURCING = "GPSP省令（業務の委託）", "GPSP ordinance (outsourcing)", "製造販売後調査等業務の委託", "outsourcing of work on surveys";
    ACT_OUTSOURCING = "医薬品医療機器等法 第18条", "PMD Act, Art. 18", "製造販売後安全管理の業務の委託", "outsourcing of post-marketing safety management";
    ACT_REPORTING = "医薬品医療機器等法 第68条の10、同施行規則 第228条の20", "PMD Act, Art. 68-10, and its Enforcement Regulation, Art. 228-20", "副作用等の報告と15日・30日の期限", "reports of adverse drug reactions and their limits of 15 and 30 days";
    ACT_INSPECTION = "医薬品医療機器等法 第69条", "PMD Act, Art. 69", "立入検査等", "on-site inspections";
    PRIVACY = "個人情報保護法 第35条", "Act on the Protection of Personal Information, Art. 35", "利用停止・消去", "ceasing to use personal data, and erasing them";
    PLAN_NOTICE = "薬生薬審発0318第2号・薬生安発0318第1号（令和4年3月18日）", "notice of 2022-03-18 on risk management plans", "医薬品リスク管理計画の策定及び公表", "preparing, submitting and publishing risk management plans";
    MATERIAL_RULE = "日薬連発第424号（令和6年6月24日）", "FPMAJ notice No. 424 of 2024-06-24", "リスク管理計画の資材の作成と、安全管理責任者の責任", "materials of risk management plans; the safety manager answers for them";
    EDC_SHEET = "EDC管理シート（平成25年3月27日）", "EDC management sheet of 2013-03-27", "EDCの運用と監査証跡の閲覧", "how systems for electronic data capture are run; who can see the trail";
    ERES = "薬食発第0401022号（平成17年4月1日）", "ER/ES guideline of 2005-04-01", "電磁的記録の真正性・見読性・保存性、電子署名", "electronic records and signatures: authenticity, legibility, preservation";
    PART11_COPIES = "21 CFR 11.10(b)", "21 CFR 11.10(b)", "正確で完全な写し", "accurate and complete copies";
    PART11_LIMITS = "21 CFR 11.10(d), (g)", "21 CFR 11.10(d), (g)", "アクセスの制限、権限の確認", "limited access and authority checks";
    PART11_TRAIL = "21 CFR 11.10(e)", "21 CFR 11.10(e)", "監査証跡", "audit trail, available to the agency";
    PART11_SIGNATURE = "21 CFR 11.100(a)", "21 CFR 11.100(a)", "署名は一人に属する", "a signature belongs to one person";
    PART11_CREDENTIALS = "21 CFR 11.300", "21 CFR 11.300", "認証情報の管理", "controls of credentials";
    ANNEX11_BACKUP = "EU GMP Annex 11 §7.2", "EU GMP Annex 11 §7.2", "バックアップと復元の確認", "backup, and checks of restoring it";
    ANNEX11_REVIEW = "EU GMP Annex 11 §9", "EU GMP Annex 11 §9", "監査証跡の定期的な点検", "audit trails are reviewed regularly";
    ANNEX11_ACCESS = "EU GMP Annex 11 §12.3", "EU GMP Annex 11 §12.3", "権限の付与・変更・取消しの記録", "granting, changing and cancelling of access is recorded";
    EMA = "EMA/INS/GCP/112288/2023", "EMA/INS/GCP/112288/2023", "医療機関によるデータの管理", "the investigator controls the data of the institution";
    DESIGN = "法令・通知に定めはない（本製品の設計判断）", "no regulation: a decision of this product", "本製品の設計判断", "a decision of this product, not of a regulation";
}
