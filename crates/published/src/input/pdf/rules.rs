//! Joins strokes that a person sees as one ruled line.

use super::page::Rule;

/// Strokes no farther apart than this, in points, are one line: doubled borders, and pieces that do not quite meet.
pub(super) const SAME: f32 = 3.0;
/// Shorter lines than this, in points, bound nothing.
const SHORTEST: f32 = 4.0;

/// Joins strokes of one orientation.
pub(super) fn join(mut strokes: Vec<Rule>) -> Vec<Rule> {
    strokes.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut joined = Vec::new();
    let mut begin = 0;
    while begin < strokes.len() {
        // A bundle reaches no farther than SAME from its first stroke, so that narrow columns do not run together.
        let end = begin + strokes[begin..].partition_point(|stroke| stroke.at - strokes[begin].at <= SAME);
        let bundle = &mut strokes[begin..end];
        bundle.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut current: Option<(Rule, f32)> = None;
        for stroke in bundle.iter() {
            let weight = (stroke.to - stroke.from).max(0.1);
            match &mut current {
                Some((rule, total)) if stroke.from <= rule.to + SAME => {
                    rule.at = (rule.at * *total + stroke.at * weight) / (*total + weight);
                    *total += weight;
                    rule.to = rule.to.max(stroke.to);
                    rule.thickness = rule.thickness.max(stroke.thickness);
                }
                _ => {
                    joined.extend(current.take().map(|(rule, _)| rule));
                    current = Some((*stroke, weight));
                }
            }
        }
        joined.extend(current.map(|(rule, _)| rule));
        begin = end;
    }
    joined.retain(|rule| rule.to - rule.from >= SHORTEST);
    joined
}
