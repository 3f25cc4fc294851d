//! The rules of `check`. A rule is one file and one Markdown page that is its manual and its test; one line here registers it.
//!
//! Codes: 1xx the source, 2xx references, 3xx figures, 4xx dates, 5xx designs, 6xx what is missing, 7xx the product, 8xx forms of surveys.

mod activity_without_concern;
mod all_case_unmatched;
mod approval_not_in_history;
mod approval_year_differs;
mod before_approval;
mod cited;
pub mod code;
mod concern_without_activity;
mod count_above_denominator;
mod counted_unlike;
mod dangling_reference;
mod dates_out_of_order;
mod denominator_disagrees;
mod ended_without_report;
mod engine;
mod eppv_period_wrong;
mod figure_named_twice;
mod figure_without_study;
mod forms;
mod history_out_of_order;
mod indications_apart;
mod key_unfit;
mod list_unfit;
mod made_in_future;
mod manual;
mod milestone_without_end;
mod name_used_twice;
mod never_used;
mod notice;
mod number_unlike;
mod observation_past_survey;
mod part_above_whole;
mod pasted_figure;
mod patient_guide_unstated;
mod pool_disagrees;
mod prose_names_other_activity;
mod reexamination_unclear;
mod registration_outside_survey;
mod report_before_end;
mod report_overdue;
mod rounding_differs;
mod sample_size;
mod section_missing;
mod source;
mod study_misspelt;
mod submission_incomplete;
mod survey_incomplete;
mod survey_past_reexamination;
mod target_disagrees;
mod time_unclear;
mod translation_incomplete;
mod unknown_figure;
mod unknown_study;

pub use engine::{Context, Index, Sink};

/// A rule of `check`.
pub type Rule = diagnostic::Rule<fn(&Context<'_>, &mut Sink)>;

/// All rules, by code.
pub const RULES: &[&Rule] = &[
    &source::NOT_A_PLAN,
    &source::NOT_TEXT,
    &source::SYNTAX_ERROR,
    &source::FRONT_MATTER_BROKEN,
    &source::UNKNOWN_FILE,
    &source::UNKNOWN_KEY,
    &source::WRONG_TYPE,
    &source::MISSING_KEY,
    &source::UNKNOWN_VALUE,
    &source::OTHER_FORMAT,
    &source::ID_USED_TWICE,
    &source::UNFIT_NAME,
    &source::UNKNOWN_SECTION,
    &source::FIGURE_MALFORMED,
    &source::COMMENT_OPEN,
    &dangling_reference::RULE,
    &unknown_study::RULE,
    &unknown_figure::RULE,
    &figure_named_twice::RULE,
    &pool_disagrees::RULE,
    &prose_names_other_activity::RULE,
    &name_used_twice::RULE,
    &indications_apart::RULE,
    &study_misspelt::RULE,
    &denominator_disagrees::RULE,
    &count_above_denominator::RULE,
    &figure_without_study::RULE,
    &pasted_figure::RULE,
    &part_above_whole::RULE,
    &target_disagrees::RULE,
    &dates_out_of_order::RULE,
    &registration_outside_survey::RULE,
    &survey_past_reexamination::RULE,
    &observation_past_survey::RULE,
    &eppv_period_wrong::RULE,
    &ended_without_report::RULE,
    &report_overdue::RULE,
    &history_out_of_order::RULE,
    &before_approval::RULE,
    &report_before_end::RULE,
    &reexamination_unclear::RULE,
    &time_unclear::RULE,
    &made_in_future::RULE,
    &sample_size::DIFFERS,
    &sample_size::INCOMPLETE,
    &rounding_differs::RULE,
    &concern_without_activity::RULE,
    &activity_without_concern::RULE,
    &section_missing::RULE,
    &milestone_without_end::RULE,
    &list_unfit::RULE,
    &submission_incomplete::RULE,
    &all_case_unmatched::RULE,
    &survey_incomplete::RULE,
    &key_unfit::RULE,
    &translation_incomplete::RULE,
    &never_used::RULE,
    &counted_unlike::RULE,
    &patient_guide_unstated::RULE,
    &number_unlike::RULE,
    &approval_not_in_history::RULE,
    &approval_year_differs::RULE,
    &forms::WRONG,
    &forms::PARTIAL,
    &forms::REFERENCE,
];

/// The rule with this code or name, in any case of letters.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(code) || rule.name.eq_ignore_ascii_case(code))
}
