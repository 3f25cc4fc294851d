//! The table of rules. One line registers a rule; a code is never used again for another.

mod activity_missing_from_list;
mod activity_missing_from_summary;
mod activity_name_differs;
mod activity_only_in_summary;
mod activity_part_missing;
mod attachment_name_differs;
mod basis_without_reason;
mod box_missing;
mod breakdown_does_not_add_up;
mod concern_class_differs;
mod concern_missing_from_summary;
mod concern_name_differs;
mod concern_only_in_summary;
mod concern_stated_twice;
mod concern_unknown;
mod content_or_choice_missing;
mod conversion_damage;
mod count_above_denominator;
mod declared_activity_does_not_list_concern;
mod declared_activity_unknown;
mod efficacy_study_unmatched;
mod eppv_in_one_list_only;
mod fixed_term_written_otherwise;
mod listed_concern_does_not_declare_activity;
mod measures_without_criterion;
mod part_missing;
mod percentage_disagrees;
mod percentage_rounded_otherwise;
mod product_fact_differs;
mod reason_names_other_activity;
mod routine_worded_differently;
mod row_stated_twice;
mod running_row_without_plan;
mod strength_differs;
mod study_has_two_sizes;
mod study_number_misspelt;
mod summary_page_differs;
mod survey_row_only_in_efficacy_list;

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
    &concern_missing_from_summary::RULE,
    &concern_only_in_summary::RULE,
    &concern_name_differs::RULE,
    &concern_class_differs::RULE,
    &concern_unknown::RULE,
    &concern_stated_twice::RULE,
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
    &routine_worded_differently::RULE,
    &fixed_term_written_otherwise::RULE,
    &product_fact_differs::RULE,
    &strength_differs::RULE,
    &summary_page_differs::RULE,
    &percentage_disagrees::RULE,
    &count_above_denominator::RULE,
    &study_has_two_sizes::RULE,
    &breakdown_does_not_add_up::RULE,
    &study_number_misspelt::RULE,
    &percentage_rounded_otherwise::RULE,
];
