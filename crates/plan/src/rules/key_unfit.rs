//! A key that is for another kind of activity.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::model::Activity;
use crate::source::Place;
use crate::tables::{ActivityKind, Audience};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN609",
    name: "key-unfit",
    severity: Severity::Warning,
    title: ("活動の種類に合わないキー", "a key does not fit the kind of its activity"),
    why: ("別の種類の活動のためのキーは、様式に印刷する欄がない。", "the form has no place for a key of another kind of activity"),
    reference: notice::FORM,
    manual: include_str!("key_unfit.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for activity in &context.plan.activities {
        let Some(kind) = &activity.kind else { continue };
        let material = matches!(kind.value, ActivityKind::Material | ActivityKind::PatientMaterial);
        let unfit = [(!material, of_materials(activity)), (!kind.watches() || kind.value == ActivityKind::Eppv, of_surveys(activity))];
        for (name, at) in unfit
            .into_iter()
            .flat_map(|(wrong, keys)| keys.into_iter().map(move |key| (wrong, key)))
            .filter_map(|(wrong, (name, at))| {
                sink.looked_at(usize::from(at.is_some()));
                wrong.then_some((name, at?))
            })
            .collect::<Vec<_>>()
        {
            let (ja, en) = kind.words();
            sink.report(Mistake::new(
                (format!("{name} は「{ja}」では印刷されません"), format!("{name} is not printed for a {en}")),
                ("キーを消すか、種類を直してください。", "delete the key, or mend the kind"),
                Mark::at(at),
            ));
        }
        let meant = match kind.value {
            ActivityKind::Material => Audience::Professionals,
            ActivityKind::PatientMaterial => Audience::Patients,
            _ => continue,
        };
        if let Some(audience) = activity.audience.as_ref().filter(|audience| audience.value != meant) {
            sink.report(
                Mistake::new(
                    (
                        format!("種類は「{}」ですが、対象は「{}」です", kind.words().0, audience.words().0),
                        format!("it is a {}, and its audience is {}", kind.words().1, audience.words().1),
                    ),
                    ("種類か対象を直してください。", "mend the kind or the audience"),
                    Mark::at(audience.at),
                )
                .mark(Mark::at(kind.at))
                .severity(Severity::Error),
            );
        }
    }
}

fn of_materials(activity: &Activity) -> Vec<(&'static str, Option<Place>)> {
    vec![
        ("audience", activity.audience.as_ref().map(|key| key.at)),
        ("version", activity.version.as_ref().map(|key| key.at)),
        ("file", activity.facts.file.as_ref().map(|key| key.at)),
    ]
}

fn of_surveys(activity: &Activity) -> Vec<(&'static str, Option<Place>)> {
    vec![
        ("registration", activity.registration.as_ref().map(|key| key.at)),
        ("observation", activity.observation.as_ref().map(|key| key.at)),
        ("target", activity.target.as_ref().map(|key| key.at)),
        ("counted", activity.counted.as_ref().map(|key| key.at)),
        ("method", activity.method.as_ref().map(|key| key.at)),
        ("all_case", activity.all_case.as_ref().map(|key| key.at)),
        ("population", activity.population.as_ref().map(|key| key.at)),
        ("efficacy", activity.efficacy.first().map(|key| key.at)),
        ("sample_size", activity.sample_size.first().map(|key| key.at)),
    ]
}
