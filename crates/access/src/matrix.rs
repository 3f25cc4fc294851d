use crate::Phrase;
use crate::action::Action::{self, *};
use crate::role::Role::{self, *};
use crate::scope::{Grant, Scope};
use crate::source::*;

/// Some roles, what they may, why, by which rule.
pub(crate) type Statement = (&'static [Role], Grant, Phrase, Source);

const EVERYTHING: Grant = Grant::Allowed(Scope::Everything);
const INSTITUTION: Grant = Grant::Allowed(Scope::OwnInstitution);
const CONTRACTED: Grant = Grant::Allowed(Scope::ContractedActivities);
const OWN: Grant = Grant::Allowed(Scope::Own);
const DENIED: Grant = Grant::Denied;

/// The matrix: what is granted, and what is refused for a reason of its own; all else is refused for the reasons in `refused.rs`.
/// An action without a row does not compile.
#[rustfmt::skip] // a table: one statement, one line
pub(crate) const fn row(action: Action) -> &'static [Statement] {
    match action {
        ReadPlan => &[
            (&[GeneralMarketingSupervisor, SafetyManager, SafetyOfficer, PostMarketingStudyManager, Monitor, Statistician], EVERYTHING, ("計画の作成と実施に携わる。", "they write the plan or carry it out."), GVP_RISK_MANAGEMENT),
            (&[ContractResearchOrganisation], CONTRACTED, ("受託した活動の計画を知る必要がある。", "it has to know the plan of what it is contracted for."), GPSP_OUTSOURCING),
            (&[Inspector], EVERYTHING, ("査察者はすべてを読む。", "an inspector reads everything."), ACT_INSPECTION),
            (&[MedicalRepresentative, SurveyPhysician], DENIED, ("公表された計画は誰でも読める。提出前の案と照会は販売促進や診療の資料ではない。", "a published plan is open to all; drafts and questions of the regulator are material neither for promotion nor for practice."), DESIGN),
        ],
        RecordRevision => &[
            (&[SafetyManager, SafetyOfficer], EVERYTHING, ("安全管理責任者の下で計画を作成・改訂する。", "the plan is written and revised under the safety manager."), GVP_RISK_MANAGEMENT),
            (&[PostMarketingStudyManager], EVERYTHING, ("調査の実施計画を受け持ち、計画のその部分を書く。", "the study manager is in charge of the protocols of surveys and writes that part of the plan."), GPSP_MANAGER),
        ],
        ReviewRevision => &[
            (&[GeneralMarketingSupervisor, SafetyManager, SafetyOfficer], EVERYTHING, ("計画の内容に責任を負い、又は作成に携わる。", "they answer for the plan or take part in writing it."), GVP_RISK_MANAGEMENT),
            (&[PostMarketingStudyManager], EVERYTHING, ("調査の部分を確かめる。", "the study manager checks what concerns surveys."), GPSP_MANAGER),
            (&[Statistician], EVERYTHING, ("症例数と解析の根拠を確かめる。", "the statistician checks sample sizes and analyses."), DESIGN),
        ],
        SignPrepared => &[
            (&[SafetyManager, SafetyOfficer], EVERYTHING, ("改訂を記録できる者が作成者となる。", "who may record a revision is its author."), GVP_RISK_MANAGEMENT),
            (&[PostMarketingStudyManager], EVERYTHING, ("調査の部分の作成者となる。", "the author of what concerns surveys."), GPSP_MANAGER),
        ],
        SignConfirmed => &[
            (&[SafetyManager], EVERYTHING, ("安全管理責任者が計画の内容を確認する。", "the safety manager confirms what the plan says."), GVP_SAFETY_MANAGER),
            (&[PostMarketingStudyManager], EVERYTHING, ("調査の部分を確認する。", "the study manager confirms what concerns surveys."), GPSP_MANAGER),
        ],
        SignApproved => &[
            (&[GeneralMarketingSupervisor], EVERYTHING, ("安全管理責任者を監督し、計画を承認する。", "the general marketing supervisor oversees the safety manager and approves the plan."), GVP_SUPERVISOR),
            (&[SafetyManager], EVERYTHING, ("計画は総括製造販売責任者又は安全管理責任者が定める。", "the plan is settled by the general marketing supervisor or the safety manager."), GVP_RISK_MANAGEMENT),
        ],
        WithdrawSignature => &[
            (&[GeneralMarketingSupervisor, SafetyManager, SafetyOfficer, PostMarketingStudyManager, SurveyPhysician], OWN, ("署名は一人に属し、取り下げるのは署名した本人だけである。", "a signature belongs to one person, and only the signer withdraws it."), PART11_SIGNATURE),
        ],
        SubmitPlan => &[
            (&[GeneralMarketingSupervisor, SafetyManager], EVERYTHING, ("提出は製造販売業者の責任者が決める。", "submitting is for those who answer for the marketing authorisation holder."), PLAN_NOTICE),
        ],
        RecordInquiry => &[
            (&[SafetyManager, SafetyOfficer, PostMarketingStudyManager], EVERYTHING, ("規制当局との窓口となり、受けた照会を遅れなく記録する。", "they are in contact with the regulator and record its questions without delay."), PLAN_NOTICE),
        ],
        AnswerInquiry => &[
            (&[SafetyManager], EVERYTHING, ("計画についての回答に責任を負う。", "the safety manager answers for what is said of the plan."), PLAN_NOTICE),
            (&[PostMarketingStudyManager], EVERYTHING, ("調査についての回答に責任を負う。", "the study manager answers for what is said of surveys."), GPSP_MANAGER),
        ],
        RecordConfirmation => &[
            (&[SafetyManager, SafetyOfficer], EVERYTHING, ("規制当局からの連絡を受ける。", "the regulator's word reaches them."), PLAN_NOTICE),
        ],
        RecordPublication => &[
            (&[SafetyManager, SafetyOfficer], EVERYTHING, ("公表される文書の内容は製造販売業者の責任である。", "the holder is responsible for the text that is published."), PLAN_NOTICE),
        ],
        OpenDraft => &[
            (&[SafetyManager, SafetyOfficer], EVERYTHING, ("承認申請ごとに計画の案を添える。", "a draft of the plan goes in with every application."), PLAN_NOTICE),
        ],
        IssueDocument => &[
            (&[SafetyManager, SafetyOfficer], EVERYTHING, ("計画とその関連文書を発行する。", "they issue the plan and what belongs to it."), GVP_RISK_MANAGEMENT),
            (&[PostMarketingStudyManager], EVERYTHING, ("調査の実施計画書と報告書を発行する。", "the study manager issues protocols and reports of surveys."), GPSP_MANAGER),
        ],
        RecordReceipt => &[
            (&[SafetyManager, SafetyOfficer], EVERYTHING, ("期限は提出の受領によって果たされる。", "a deadline is met by the receipt of a submission."), PLAN_NOTICE),
            (&[PostMarketingStudyManager], EVERYTHING, ("調査の報告の受領を記録する。", "the study manager records the receipt of reports of surveys."), GPSP_MANAGER),
        ],
        RegisterPerson => &[
            (&[Administrator], EVERYTHING, ("名のある個人だけがアカウントを持つ。", "only named persons have accounts."), PART11_LIMITS),
        ],
        GrantRole => &[
            (&[Administrator], EVERYTHING, ("付与は記録され、自分への付与はできない。", "granting is recorded, and never to oneself."), ANNEX11_ACCESS),
        ],
        RevokeRole => &[
            (&[Administrator], EVERYTHING, ("取消しも記録される。", "revoking is recorded as well."), ANNEX11_ACCESS),
        ],
        ResetCredential => &[
            (&[Administrator], EVERYTHING, ("紛失した認証情報を無効にし、再発行する。", "lost credentials are made void and replaced."), PART11_CREDENTIALS),
        ],
        RegisterInstitution => &[
            (&[SafetyManager, SafetyOfficer], EVERYTHING, ("情報を収集・提供する医療機関を登録する。", "institutions that information is collected from and given to."), GVP_COLLECTION),
            (&[PostMarketingStudyManager, Monitor], EVERYTHING, ("調査を依頼する医療機関を登録する。", "institutions that are asked to take part in a survey."), GPSP_SURVEY),
            (&[ContractResearchOrganisation], CONTRACTED, ("受託した調査の医療機関を登録する。", "institutions of the surveys it is contracted for."), GPSP_OUTSOURCING),
        ],
        SetCalendar => &[
            (&[SafetyManager], EVERYTHING, ("休日と周期は報告の期限を決めるので、期限を守る責任者が定める。", "holidays and rhythms decide deadlines, so who answers for the deadlines sets them."), DESIGN),
        ],
        RecordTraining => &[
            (&[SafetyManager], EVERYTHING, ("安全確保業務の教育訓練を記録する。", "training for the safety work."), GVP_TRAINING),
            (&[PostMarketingStudyManager], EVERYTHING, ("調査に従事する者の教育訓練を記録する。", "training of those who work on surveys."), GPSP_MANAGER),
        ],
        RecordOutsourcing => &[
            (&[SafetyManager], EVERYTHING, ("安全確保業務の委託を記録する。", "outsourcing of the safety work."), ACT_OUTSOURCING),
            (&[PostMarketingStudyManager], EVERYTHING, ("調査の業務の委託を記録する。", "outsourcing of work on surveys."), GPSP_OUTSOURCING),
        ],
        RecordSelfInspection => &[
            (&[SafetyManager], EVERYTHING, ("安全確保業務の自己点検を記録する。", "self-inspection of the safety work."), GVP_SELF_INSPECTION),
            (&[PostMarketingStudyManager], EVERYTHING, ("調査の業務の自己点検を記録する。", "self-inspection of the work on surveys."), GPSP_MANAGER),
        ],
        ReadTrail => &[
            (&[GeneralMarketingSupervisor, SafetyManager, SafetyOfficer, PostMarketingStudyManager, Monitor, Statistician], EVERYTHING, ("自らの業務の記録の経緯を確かめる。", "they look up how a record came about."), PART11_TRAIL),
            (&[SurveyPhysician], INSTITUTION, ("医療機関も自施設の監査証跡を見ることができる。", "an institution, too, can see the trail of its own data."), EDC_SHEET),
            (&[ContractResearchOrganisation], CONTRACTED, ("受託した活動の監査証跡を見ることができる。", "the trail of the activities it is contracted for."), EDC_SHEET),
            (&[Inspector], EVERYTHING, ("規制当局が閲覧・複写できる。", "the agency can review and copy it."), PART11_TRAIL),
        ],
        ReadAccessLog => &[
            (&[GeneralMarketingSupervisor, SafetyManager, PostMarketingStudyManager], EVERYTHING, ("誰が何を見たかについて責任を負う。", "they answer for who has seen what."), ANNEX11_ACCESS),
            (&[Inspector], EVERYTHING, ("査察者はすべてを読む。", "an inspector reads everything."), ACT_INSPECTION),
            (&[Administrator], EVERYTHING, ("不正なサインインに気づき、対処する。", "attempts at unauthorised use are noticed and dealt with."), PART11_CREDENTIALS),
        ],
        ReviewTrail => &[
            (&[SafetyManager], EVERYTHING, ("安全管理の記録を定期に点検する。", "the record of safety management is reviewed regularly."), ANNEX11_REVIEW),
            (&[PostMarketingStudyManager], EVERYTHING, ("調査の記録を定期に点検する。", "the record of surveys is reviewed regularly."), ANNEX11_REVIEW),
        ],
        Verify => &[
            (&[GeneralMarketingSupervisor, SafetyManager, SafetyOfficer, PostMarketingStudyManager], EVERYTHING, ("記録の真正性を自ら確かめることができる。", "they can see for themselves that the record is authentic."), ERES),
            (&[Inspector], EVERYTHING, ("検証は何も変更しない。", "verifying changes nothing."), ERES),
            (&[Administrator], EVERYTHING, ("完全性の維持を受け持つ。", "integrity is the administrator's task."), ANNEX11_BACKUP),
        ],
        Export => &[
            (&[GeneralMarketingSupervisor, SafetyManager, SafetyOfficer, PostMarketingStudyManager, Monitor, Statistician], EVERYTHING, ("仕事に使う一覧は、読める者が出力できる。", "who may read a list may take it along."), PART11_COPIES),
            (&[MedicalRepresentative, SurveyPhysician], INSTITUTION, ("自施設・担当施設について読めるものに限る。", "what may be read of the own institutions."), PART11_COPIES),
            (&[ContractResearchOrganisation], CONTRACTED, ("受託した活動について読めるものに限る。", "what may be read of the contracted activities."), PART11_COPIES),
            (&[Inspector], EVERYTHING, ("正確で完全な写しを渡す。", "accurate and complete copies are handed over."), PART11_COPIES),
        ],
        TakeBackup => &[
            (&[Administrator], EVERYTHING, ("バックアップは中身を開かずに取る。", "a backup is taken without opening what it holds."), ANNEX11_BACKUP),
        ],
        RestoreBackup => &[
            (&[Administrator], EVERYTHING, ("復元は検証を伴い、既存の記録を上書きしない。", "a restore is verified and overwrites no record."), ANNEX11_BACKUP),
        ],
        PrintHead => &[
            (&[GeneralMarketingSupervisor, SafetyManager, PostMarketingStudyManager], EVERYTHING, ("記録の先頭を第三者に示し、後の改変を防ぐ。", "a third party that holds the head can hold us to it."), ERES),
            (&[Inspector], EVERYTHING, ("第三者として先頭を受け取る。", "a third party that receives the head."), ERES),
            (&[Administrator], EVERYTHING, ("日々の先頭の印刷を受け持つ。", "the daily print is the administrator's task."), ERES),
        ],
        EraseBlob => &[
            (&[GeneralMarketingSupervisor], EVERYTHING, ("法に基づく消去は、業務全体の責任者だけが決める。記録の鎖は残る。", "erasure as the law demands is decided by who answers for the whole; the chain stays."), PRIVACY),
        ],
        ReadSurveys => &[
            (&[PostMarketingStudyManager, Monitor], EVERYTHING, ("調査を管理し、進捗と品質を確かめる。", "they manage surveys and watch progress and quality."), GPSP_MANAGER),
            (&[GeneralMarketingSupervisor, SafetyManager, SafetyOfficer], EVERYTHING, ("調査の情報も安全管理情報である。", "what surveys find is safety information."), GVP_COLLECTION),
            (&[Statistician], EVERYTHING, ("解析に用いる。", "for analysis."), DESIGN),
            (&[SurveyPhysician], INSTITUTION, ("自施設のデータだけを読む。他の施設のデータは見えない。", "only data of the own institution; those of others are never visible."), EMA),
            (&[ContractResearchOrganisation], CONTRACTED, ("受託した調査のデータを読む。", "data of the surveys it is contracted for."), GPSP_OUTSOURCING),
            (&[Inspector], EVERYTHING, ("査察者はすべてを読む。", "an inspector reads everything."), ACT_INSPECTION),
            (&[MedicalRepresentative], DENIED, ("調査は販売に係る部門から独立して管理する。", "surveys are managed independently of sales."), GPSP_MANAGER),
        ],
        RecordContract => &[
            (&[PostMarketingStudyManager, Monitor], EVERYTHING, ("最初の登録の前に医療機関と契約する。", "the contract with an institution precedes its first registration."), GPSP_SURVEY),
            (&[ContractResearchOrganisation], CONTRACTED, ("受託した調査の契約を記録する。", "contracts of the surveys it is contracted for."), GPSP_OUTSOURCING),
        ],
        RegisterPatient => &[
            (&[SurveyPhysician], INSTITUTION, ("自施設の患者を登録する。", "patients of the own institution."), GPSP_SURVEY),
            (&[ContractResearchOrganisation], CONTRACTED, ("登録センターとして、ファクシミリ等で受けた登録を記録する。", "as the registration centre, it records what arrives by fax."), GPSP_OUTSOURCING),
        ],
        EnterForm => &[
            (&[SurveyPhysician], INSTITUTION, ("調査票のデータは医療機関が管理し、製造販売業者は入力・変更しない。", "the institution controls the data of its forms; the holder neither enters nor changes them."), EMA),
        ],
        TranscribeForm => &[
            (&[Monitor], EVERYTHING, ("紙の調査票を原本の画像とともにそのまま転記する。署名は医師がする。", "a paper form is transcribed as it stands, with its image; the physician signs it."), EDC_SHEET),
            (&[ContractResearchOrganisation], CONTRACTED, ("受託した調査の紙の調査票を、原本の画像とともに転記する。", "paper forms of the surveys it is contracted for, with their image."), EDC_SHEET),
        ],
        SignForm => &[
            (&[SurveyPhysician], INSTITUTION, ("調査票の内容は調査担当医師が保証する。", "the survey physician vouches for the form."), EMA),
        ],
        RaiseQuery => &[
            (&[PostMarketingStudyManager, Monitor], EVERYTHING, ("調査票の不備を確かめる。", "they follow up what is amiss in a form."), GPSP_MANAGER),
            (&[ContractResearchOrganisation], CONTRACTED, ("受託した調査の再調査を依頼する。", "queries in the surveys it is contracted for."), GPSP_OUTSOURCING),
        ],
        AnswerQuery => &[
            (&[SurveyPhysician], INSTITUTION, ("データの訂正は医療機関だけが行う。", "only the institution corrects its data."), EMA),
        ],
        CloseQuery => &[
            (&[PostMarketingStudyManager, Monitor], EVERYTHING, ("回答が十分かを判断する。", "they judge whether the answer is sufficient."), GPSP_MANAGER),
            (&[ContractResearchOrganisation], CONTRACTED, ("受託した調査の回答を判断する。", "answers in the surveys it is contracted for."), GPSP_OUTSOURCING),
        ],
        LockData => &[
            (&[PostMarketingStudyManager], EVERYTHING, ("集計の対象を固定する。", "the study manager fixes what is counted."), GPSP_MANAGER),
        ],
        UnlockData => &[
            (&[PostMarketingStudyManager], EVERYTHING, ("固定した者と同じ責任で、理由を記して解除する。", "undone with a reason, under the same responsibility."), GPSP_MANAGER),
        ],
        ReadCases => &[
            (&[GeneralMarketingSupervisor, SafetyManager, SafetyOfficer], EVERYTHING, ("安全管理情報を検討し、措置を決める。", "they consider safety information and decide on measures."), GVP_CONSIDERATION),
            (&[PostMarketingStudyManager], EVERYTHING, ("調査で得た症例を引き渡し、その扱いを知る。", "the study manager hands over the cases of surveys and follows them."), GVP_COLLECTION),
            (&[Statistician], EVERYTHING, ("シグナルの検出と集計に用いる。", "for the detection of signals and for tables."), DESIGN),
            (&[SurveyPhysician], INSTITUTION, ("自施設の症例だけを読む。", "only cases of the own institution."), EMA),
            (&[ContractResearchOrganisation], CONTRACTED, ("受託した症例を読む。", "cases it is contracted for."), ACT_OUTSOURCING),
            (&[Monitor, MedicalRepresentative], OWN, ("自ら登録した報告だけを読む。", "only the reports they have entered."), GVP_COLLECTION),
            (&[Inspector], EVERYTHING, ("査察者はすべてを読む。", "an inspector reads everything."), ACT_INSPECTION),
        ],
        EnterCase => &[
            (&[GeneralMarketingSupervisor, SafetyManager, SafetyOfficer, PostMarketingStudyManager, Monitor, MedicalRepresentative, Statistician], EVERYTHING, ("会社の誰かが知った日が起算日となるので、知った者が直ちに登録する。施設や担当で拒まない。", "the clock starts when anyone in the company learns of it, so whoever learns of it enters it at once, whichever institution it comes from."), GVP_COLLECTION),
            (&[SurveyPhysician], INSTITUTION, ("自施設の患者に起きた有害事象を知らせる。", "adverse events of patients of the own institution."), ACT_REPORTING),
            (&[ContractResearchOrganisation], CONTRACTED, ("受託者が知った日も起算日となる。", "the clock starts as well when a contractor learns of it."), ACT_OUTSOURCING),
            (&[Administrator], DENIED, ("データを入力しない。知った有害事象は直ちに安全管理実施責任者に伝える。", "no data are entered; an adverse event is told to a safety officer at once."), PART11_LIMITS),
        ],
        TriageCase => &[
            (&[SafetyManager, SafetyOfficer], EVERYTHING, ("収集した情報の重篤性と期限を見分ける。", "they tell seriousness and limits of what was collected."), GVP_COLLECTION),
            (&[ContractResearchOrganisation], CONTRACTED, ("受託した症例を手順書に従って振り分ける。", "cases it is contracted for, by the written procedure."), ACT_OUTSOURCING),
        ],
        AssessCase => &[
            (&[SafetyManager], EVERYTHING, ("因果関係と予測性の検討は安全管理責任者が行う。", "causality and expectedness are considered by the safety manager."), GVP_CONSIDERATION),
        ],
        SendCase => &[
            (&[SafetyManager, SafetyOfficer], EVERYTHING, ("15日又は30日の期限までに報告する。", "reports are due within 15 or 30 days."), ACT_REPORTING),
        ],
        ReadMaterials => &[
            (&[GeneralMarketingSupervisor, SafetyManager, SafetyOfficer, PostMarketingStudyManager, Statistician], EVERYTHING, ("リスク最小化活動の実施状況を知る。", "they follow how risk minimisation is carried out."), PLAN_NOTICE),
            (&[MedicalRepresentative, SurveyPhysician], INSTITUTION, ("自施設・担当施設に渡る資材を知る。", "the materials that reach their institutions."), MATERIAL_RULE),
            (&[ContractResearchOrganisation], CONTRACTED, ("受託した配布の資材を知る。", "the materials whose distribution it is contracted for."), ACT_OUTSOURCING),
            (&[Inspector], EVERYTHING, ("査察者はすべてを読む。", "an inspector reads everything."), ACT_INSPECTION),
        ],
        CreateMaterial => &[
            (&[SafetyManager, SafetyOfficer], EVERYTHING, ("安全管理責任者の下で作成する。販売促進の資料ではない。", "made under the safety manager; not for promotion."), MATERIAL_RULE),
        ],
        ApproveMaterial => &[
            (&[GeneralMarketingSupervisor, SafetyManager], EVERYTHING, ("安全管理責任者、又は監督する総括製造販売責任者が承認する。", "approved by the safety manager, or by the general marketing supervisor above."), MATERIAL_RULE),
        ],
        DistributeMaterial => &[
            (&[SafetyManager, SafetyOfficer], EVERYTHING, ("決定した措置を実施する。", "they carry out what was decided."), GVP_MEASURES),
            (&[MedicalRepresentative], INSTITUTION, ("担当施設に情報を提供する。", "information is given at the institutions in charge."), GVP_DEFINITIONS),
            (&[ContractResearchOrganisation], CONTRACTED, ("受託した配布を記録する。", "the distribution it is contracted for."), ACT_OUTSOURCING),
        ],
        AcknowledgeMaterial => &[
            (&[SurveyPhysician], INSTITUTION, ("自施設での受領を認める。", "the receipt at the own institution."), GVP_MEASURES),
            (&[MedicalRepresentative], INSTITUTION, ("担当施設から受けた受領書を記録する。", "receipts handed over by the institutions in charge."), GVP_MEASURES),
        ],
        RecordVisit => &[
            (&[SafetyManager, SafetyOfficer], EVERYTHING, ("市販直後調査の実施を記録する。", "how early post-marketing phase vigilance is carried out."), GVP_EARLY_PHASE),
            (&[MedicalRepresentative], INSTITUTION, ("担当施設を訪問し、説明と情報収集を行う。", "visits to the institutions in charge, to explain and to collect information."), GVP_EARLY_PHASE),
        ],
        JudgeSignal => &[
            (&[SafetyManager], EVERYTHING, ("検討し、必要な措置を立案する。", "the safety manager considers it and proposes measures."), GVP_CONSIDERATION),
        ],
        DecideMeasure => &[
            (&[GeneralMarketingSupervisor], EVERYTHING, ("措置案を評価し、措置を決定する。", "the general marketing supervisor weighs the proposal and decides."), GVP_MEASURES),
        ],
    }
}
