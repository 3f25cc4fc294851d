//! The table of rules. One line registers a rule; a code is never used again for another.

mod abbreviation_defined_twice;
mod abbreviation_undefined;
mod accrual_does_not_reach_target;
mod activity_missing_from_list;
mod activity_missing_from_summary;
mod activity_name_differs;
mod activity_only_in_summary;
mod activity_part_missing;
mod all_case_condition;
mod announced_change_not_made;
mod approval_facts_disagree;
mod attachment_name_differs;
mod basis_without_reason;
mod birth_date_after_approval;
mod box_missing;
mod breakdown_does_not_add_up;
mod comparator_differs;
mod comparison_reversed;
mod concern_class_differs;
mod concern_missing_from_summary;
mod concern_name_differs;
mod concern_only_in_summary;
mod concern_stated_twice;
mod concern_unknown;
mod content_or_choice_missing;
mod conversion_damage;
mod count_above_denominator;
mod date_impossible;
mod declared_activity_does_not_list_concern;
mod declared_activity_unknown;
mod detection_claim_wrong;
pub(crate) mod detection_size_wrong;
mod dropout_does_not_reproduce;
mod efficacy_concern_differs;
mod efficacy_study_unmatched;
mod eppv_in_one_list_only;
mod eppv_period_wrong;
mod estimate_outside_its_interval;
mod evidence_without_denominator;
mod expected_count_wrong;
mod finished_activity_still_planned;
mod finished_without_report;
mod fixed_term_written_otherwise;
mod history_date_differs;
mod history_out_of_order;
mod indication_number_unknown;
mod listed_concern_does_not_declare_activity;
mod measures_without_criterion;
mod milestone_above_target;
mod milestone_differs;
mod milestone_missing_from_list;
mod milestone_waits_for_finished;
mod milestone_without_time;
mod observation_runs_past_survey;
mod part_missing;
mod percentage_disagrees;
mod percentage_rounded_otherwise;
mod period_differs;
mod period_reversed;
mod periodic_report_without_reexamination;
mod person_years_wrong;
mod pooled_count_disagrees;
mod precision_wrong;
mod previous_submission_not_before;
mod product_fact_differs;
mod rate_disagrees;
mod rationale_only_repeats;
mod reason_names_other_activity;
mod reexamination_period_wrong;
mod registration_outside_survey;
mod report_deadline_differs;
mod routine_worded_differently;
mod row_stated_twice;
mod running_row_without_plan;
mod status_against_date;
mod status_differs;
mod strength_differs;
mod study_described_otherwise;
mod study_has_two_sizes;
pub(crate) mod study_number_misspelt;
mod subset_above_total;
mod summary_page_differs;
mod survey_past_reexamination;
mod survey_row_only_in_efficacy_list;
mod table_and_text_differ;
mod table_does_not_add_up;
mod table_percentage_disagrees;
mod target_arms_do_not_add_up;
mod target_differs;
mod target_missing;
mod test_size_wrong;

use super::Rule;

/// All rules, by code.
pub const RULES: &[&Rule] = &[
    &part_missing::RULE,
    &box_missing::RULE,
    &content_or_choice_missing::RULE,
    &activity_part_missing::RULE,
    &basis_without_reason::RULE,
    &measures_without_criterion::RULE,
    &conversion_damage::RULE,
    &rationale_only_repeats::RULE,
    &target_missing::RULE,
    &concern_missing_from_summary::RULE,
    &concern_only_in_summary::RULE,
    &concern_name_differs::RULE,
    &concern_class_differs::RULE,
    &concern_unknown::RULE,
    &concern_stated_twice::RULE,
    &efficacy_concern_differs::RULE,
    &declared_activity_does_not_list_concern::RULE,
    &listed_concern_does_not_declare_activity::RULE,
    &reason_names_other_activity::RULE,
    &declared_activity_unknown::RULE,
    &efficacy_study_unmatched::RULE,
    &activity_missing_from_summary::RULE,
    &activity_only_in_summary::RULE,
    &activity_missing_from_list::RULE,
    &running_row_without_plan::RULE,
    &eppv_in_one_list_only::RULE,
    &activity_name_differs::RULE,
    &row_stated_twice::RULE,
    &attachment_name_differs::RULE,
    &survey_row_only_in_efficacy_list::RULE,
    &finished_activity_still_planned::RULE,
    &routine_worded_differently::RULE,
    &fixed_term_written_otherwise::RULE,
    &product_fact_differs::RULE,
    &strength_differs::RULE,
    &summary_page_differs::RULE,
    &indication_number_unknown::RULE,
    &birth_date_after_approval::RULE,
    &percentage_disagrees::RULE,
    &count_above_denominator::RULE,
    &study_has_two_sizes::RULE,
    &evidence_without_denominator::RULE,
    &breakdown_does_not_add_up::RULE,
    &study_number_misspelt::RULE,
    &abbreviation_undefined::RULE,
    &estimate_outside_its_interval::RULE,
    &pooled_count_disagrees::RULE,
    &percentage_rounded_otherwise::RULE,
    &rate_disagrees::RULE,
    &table_and_text_differ::RULE,
    &abbreviation_defined_twice::RULE,
    &subset_above_total::RULE,
    &study_described_otherwise::RULE,
    &comparison_reversed::RULE,
    &table_percentage_disagrees::RULE,
    &table_does_not_add_up::RULE,
    &date_impossible::RULE,
    &period_reversed::RULE,
    &history_out_of_order::RULE,
    &previous_submission_not_before::RULE,
    &approval_facts_disagree::RULE,
    &reexamination_period_wrong::RULE,
    &registration_outside_survey::RULE,
    &observation_runs_past_survey::RULE,
    &survey_past_reexamination::RULE,
    &report_deadline_differs::RULE,
    &target_differs::RULE,
    &period_differs::RULE,
    &status_differs::RULE,
    &finished_without_report::RULE,
    &status_against_date::RULE,
    &eppv_period_wrong::RULE,
    &milestone_waits_for_finished::RULE,
    &milestone_missing_from_list::RULE,
    &all_case_condition::RULE,
    &periodic_report_without_reexamination::RULE,
    &history_date_differs::RULE,
    &comparator_differs::RULE,
    &target_arms_do_not_add_up::RULE,
    &milestone_above_target::RULE,
    &announced_change_not_made::RULE,
    &milestone_differs::RULE,
    &milestone_without_time::RULE,
    &detection_size_wrong::RULE,
    &test_size_wrong::RULE,
    &expected_count_wrong::RULE,
    &precision_wrong::RULE,
    &accrual_does_not_reach_target::RULE,
    &detection_claim_wrong::RULE,
    &person_years_wrong::RULE,
    &dropout_does_not_reproduce::RULE,
];
