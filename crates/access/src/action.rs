use crate::named::named;

named! {
    /// The rooms of the product that actions belong to.
    Group,
    /// The mark before its heading in the manual.
    number: u8;
    Plan, 1, "plan", "計画", "the plan";
    Organisation, 2, "organisation", "組織", "the organisation";
    Journal, 3, "journal", "記録", "the journal";
    Surveys, 4, "surveys", "調査", "surveys";
    Cases, 5, "cases", "症例", "cases";
    Materials, 6, "materials", "資材", "materials";
    Signals, 7, "signals", "シグナル", "signals";
}

named! {
    /// What can be done. There is no action that changes or deletes a recorded entry, and none that stops recording.
    Action,
    /// The room it belongs to.
    group: Group;
    ReadPlan, Group::Plan, "read-plan", "計画の記録を読む", "read the record of the plan";
    RecordRevision, Group::Plan, "record-revision", "計画の改訂を記録する", "record a revision of the plan";
    ReviewRevision, Group::Plan, "review-revision", "改訂を査読する", "review a revision";
    SignPrepared, Group::Plan, "sign-prepared", "作成者として署名する", "sign as its author (作成)";
    SignConfirmed, Group::Plan, "sign-confirmed", "確認者として署名する", "sign as having confirmed it (確認)";
    SignApproved, Group::Plan, "sign-approved", "承認者として署名する", "sign as approving it (承認)";
    WithdrawSignature, Group::Plan, "withdraw-signature", "署名を取り下げる", "withdraw a signature";
    SubmitPlan, Group::Plan, "submit-plan", "計画の提出を記録する", "record the submission of the plan";
    RecordInquiry, Group::Plan, "record-inquiry", "照会を記録する", "record a question of the regulator";
    AnswerInquiry, Group::Plan, "answer-inquiry", "照会への回答を記録する", "record the answer to a question of the regulator";
    RecordConfirmation, Group::Plan, "record-confirmation", "確認済を記録する", "record that the regulator has confirmed the plan";
    RecordPublication, Group::Plan, "record-publication", "公表を記録する", "record the publication of the plan";
    OpenDraft, Group::Plan, "open-draft", "申請中の案を並行して起こす", "open a parallel draft for a pending application";
    IssueDocument, Group::Plan, "issue-document", "文書を発行する", "issue a document";
    RecordReceipt, Group::Plan, "record-receipt", "期限の履行（受領）を記録する", "record that a deadline was met, with its receipt";

    RegisterPerson, Group::Organisation, "register-person", "利用者を登録する", "register a person";
    GrantRole, Group::Organisation, "grant-role", "役割を付与する", "grant a role";
    RevokeRole, Group::Organisation, "revoke-role", "役割を取り消す", "revoke a role";
    ResetCredential, Group::Organisation, "reset-credential", "認証情報を再発行する", "reset a lost or locked credential";
    RegisterInstitution, Group::Organisation, "register-institution", "医療機関を登録する", "register an institution";
    SetCalendar, Group::Organisation, "set-calendar", "休日と周期を定める", "set holidays and rhythms";
    RecordTraining, Group::Organisation, "record-training", "教育訓練を記録する", "record a training";
    RecordOutsourcing, Group::Organisation, "record-outsourcing", "委託を記録する", "record an outsourcing";
    RecordSelfInspection, Group::Organisation, "record-self-inspection", "自己点検を記録する", "record a self-inspection";

    ReadTrail, Group::Journal, "read-trail", "監査証跡を読む", "read the audit trail";
    ReadAccessLog, Group::Journal, "read-access-log", "閲覧・出力・拒否・サインインの記録を読む", "read the log of reads, exports, refusals and sign-ins";
    ReviewTrail, Group::Journal, "review-trail", "監査証跡の点検を記録する", "record a review of the audit trail";
    Verify, Group::Journal, "verify", "記録の完全性を検証する", "verify the integrity of the record";
    Export, Group::Journal, "export", "読める範囲をファイルに出力する", "export as files what one may read";
    TakeBackup, Group::Journal, "take-backup", "バックアップを取る", "take a backup";
    RestoreBackup, Group::Journal, "restore-backup", "バックアップを新しい場所に復元する", "restore a backup to a new place";
    PrintHead, Group::Journal, "print-head", "署名された鎖の先頭を印刷する", "print the signed head of a chain";
    EraseBlob, Group::Journal, "erase-blob", "法に基づき添付データを消去する", "erase a blob as the law demands";

    ReadSurveys, Group::Surveys, "read-surveys", "調査のデータを読む", "read the data of surveys";
    RecordContract, Group::Surveys, "record-contract", "医療機関との契約を記録する", "record the contract with an institution";
    RegisterPatient, Group::Surveys, "register-patient", "患者を登録する", "register a patient";
    EnterForm, Group::Surveys, "enter-form", "調査票に入力する", "enter a case report form";
    TranscribeForm, Group::Surveys, "transcribe-form", "紙の調査票を転記する", "transcribe a case report form from paper";
    SignForm, Group::Surveys, "sign-form", "調査票に署名する", "sign a case report form";
    RaiseQuery, Group::Surveys, "raise-query", "再調査を依頼する", "raise a query";
    AnswerQuery, Group::Surveys, "answer-query", "再調査に回答する", "answer a query";
    CloseQuery, Group::Surveys, "close-query", "再調査を完了とする", "close a query";
    LockData, Group::Surveys, "lock-data", "データを固定する", "lock data";
    UnlockData, Group::Surveys, "unlock-data", "データの固定を解除する", "unlock data";

    ReadCases, Group::Cases, "read-cases", "症例とシグナルを読む", "read cases and signals";
    EnterCase, Group::Cases, "enter-case", "有害事象の報告を登録する", "enter a report of an adverse event";
    TriageCase, Group::Cases, "triage-case", "症例を振り分ける", "triage a case";
    AssessCase, Group::Cases, "assess-case", "症例を評価する", "assess a case";
    SendCase, Group::Cases, "send-case", "副作用等報告を送る", "send a case to the regulator";

    ReadMaterials, Group::Materials, "read-materials", "資材と配布の記録を読む", "read materials and their distribution";
    CreateMaterial, Group::Materials, "create-material", "資材の版を作成する", "create a version of a material";
    ApproveMaterial, Group::Materials, "approve-material", "資材を承認する", "approve a material";
    DistributeMaterial, Group::Materials, "distribute-material", "資材の配布を記録する", "record the distribution of a material";
    AcknowledgeMaterial, Group::Materials, "acknowledge-material", "資材の受領を記録する", "acknowledge the receipt of a material";
    RecordVisit, Group::Materials, "record-visit", "市販直後調査の訪問を記録する", "record a visit of early post-marketing phase vigilance";

    JudgeSignal, Group::Signals, "judge-signal", "シグナルを判断し措置を立案する", "judge a signal and propose a measure";
    DecideMeasure, Group::Signals, "decide-measure", "安全確保措置を決定する", "decide on a safety measure";
}
