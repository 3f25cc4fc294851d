use std::collections::BTreeSet;

use diagnostic::Words;

use crate::action::Action;
use crate::cell::{Cell, cell};
use crate::role::Role;
use crate::scope::{Grant, Scope};

/// A role that a person holds, and what for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Holding {
    /// The role.
    pub role: Role,
    /// The product it is held for; without one it is held for the organisation and all its products.
    pub product: Option<String>,
    /// The institutions it is held for, where its scope is [`Scope::OwnInstitution`].
    pub institutions: BTreeSet<String>,
    /// The activities it is held for, where its scope is [`Scope::ContractedActivities`].
    pub activities: BTreeSet<String>,
}

impl Holding {
    /// The role for the whole organisation, for no institution and no activity.
    #[must_use]
    pub const fn new(role: Role) -> Self {
        Self { role, product: None, institutions: BTreeSet::new(), activities: BTreeSet::new() }
    }

    /// The same, for one product only.
    #[must_use]
    pub fn of_product(mut self, product: &str) -> Self {
        self.product = Some(product.into());
        self
    }

    /// The same, for this institution too.
    #[must_use]
    pub fn at_institution(mut self, institution: &str) -> Self {
        self.institutions.insert(institution.into());
        self
    }

    /// The same, for this activity too.
    #[must_use]
    pub fn for_activity(mut self, activity: &str) -> Self {
        self.activities.insert(activity.into());
        self
    }

    fn reaches(&self, scope: Scope, actor: &str, about: &Subject<'_>) -> bool {
        match scope {
            Scope::Everything => true,
            Scope::OwnInstitution => about.institution.is_some_and(|institution| self.institutions.contains(institution)),
            Scope::ContractedActivities => about.activity.is_some_and(|activity| self.activities.contains(activity)),
            Scope::Own => about.owner == Some(actor),
        }
    }
}

/// What an action is about. What is not said is not known: no scope but [`Scope::Everything`] reaches it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Subject<'a> {
    /// The product; none where it concerns the organisation.
    pub product: Option<&'a str>,
    /// The institution whose record it is.
    pub institution: Option<&'a str>,
    /// The activity of the plan that it belongs to.
    pub activity: Option<&'a str>,
    /// Who has recorded or signed it.
    pub owner: Option<&'a str>,
}

/// Whether somebody may do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// They may, in this role, which the journal records.
    Allowed {
        /// The first of their roles that may.
        role: Role,
        /// How far the role's grant reaches.
        scope: Scope,
    },
    /// They may not.
    Refused(Refusal),
}

/// Why somebody may not do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What was refused.
    pub action: Action,
    /// What is wrong, why, and who could do it. Names no record, so that nothing is told of what may not be read.
    pub message: Words,
    /// The roles that could.
    pub could: Vec<Role>,
}

/// Whether `actor`, who holds these roles, may do `action` to a record. The roles are tried in their order.
#[must_use]
pub fn decide(actor: &str, holdings: &[Holding], action: Action, about: &Subject<'_>) -> Decision {
    let mut why = Vec::new();
    for holding in holdings {
        let cell = cell(holding.role, action);
        let of_product = holding.product.is_none() || holding.product.as_deref() == about.product;
        match cell.grant {
            Grant::Allowed(scope) if of_product && holding.reaches(scope, actor, about) => {
                return Decision::Allowed { role: holding.role, scope };
            }
            _ => {
                let objection = objection(holding.role, &cell, of_product);
                if !why.contains(&objection) {
                    why.push(objection);
                }
            }
        }
    }
    Decision::Refused(refusal(action, &why))
}

/// Why this role is of no help.
fn objection(role: Role, cell: &Cell, of_product: bool) -> (String, String) {
    let (ja, en) = role.words();
    match cell.grant {
        Grant::Denied => {
            let ((why_ja, why_en), (by_ja, by_en)) = (cell.reason, cell.source.citation);
            (
                format!("{ja}には認められていません（{why_ja}根拠: {by_ja}）。"),
                format!("not as {en}: {} ({by_en}).", why_en.trim_end_matches('.')),
            )
        }
        Grant::Allowed(_) if !of_product => (
            format!("{ja}の役割は付与された製品に限られ、この対象には及びません。"),
            format!("not as {en}: the role is held for certain products, and this is not of them."),
        ),
        Grant::Allowed(scope) => {
            let (scope_ja, scope_en) = scope.words();
            (
                format!("{ja}に認められている範囲は{scope_ja}で、この対象は範囲の外です。"),
                format!("not as {en}: the role reaches {scope_en}, and this lies outside."),
            )
        }
    }
}

fn refusal(action: Action, why: &[(String, String)]) -> Refusal {
    let could: Vec<Role> = Role::ALL.iter().copied().filter(|&role| cell(role, action).grant != Grant::Denied).collect();
    let roles = |pick: fn(Role, Scope) -> String| -> Vec<String> {
        could
            .iter()
            .filter_map(|&role| match cell(role, action).grant {
                Grant::Allowed(scope) => Some(pick(role, scope)),
                Grant::Denied => None,
            })
            .collect()
    };
    let could_ja = roles(|role, scope| match scope {
        Scope::Everything => role.words().0.to_owned(),
        _ => format!("{}（{}）", role.words().0, scope.words().0),
    });
    let could_en = roles(|role, scope| match scope {
        Scope::Everything => role.words().1.to_owned(),
        _ => format!("{} ({})", role.words().1, scope.words().1),
    });
    let (mut why_ja, mut why_en): (Vec<_>, Vec<_>) = why.iter().cloned().unzip();
    if why.is_empty() {
        why_ja.push("役割が付与されていません。システム管理者に付与を依頼してください。".into());
        why_en.push("you hold no role: ask an administrator to grant you one.".into());
    }
    let (ja, en) = action.words();
    Refusal {
        action,
        message: Words::new(
            format!("「{ja}」操作はできません。{}行える役割は次のとおりです: {}。", why_ja.concat(), could_ja.join("、")),
            format!("you may not {en}: {} Roles that may: {}.", why_en.join(" "), could_en.join(", ")),
        ),
        could,
    }
}
