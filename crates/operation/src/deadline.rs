//! Deadlines: what is due by the plan, the record and the rules, computed step by step.
