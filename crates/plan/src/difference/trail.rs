use std::collections::BTreeSet;

use super::delta::partners;
use super::node::{Node, Tree};
use crate::model::Plan;

/// A value of a plan that was first stated, changed, or taken out: what an audit trail shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueChange {
    /// Where it belongs: `concerns/infection/terms`, `plan/indication/3/approved`, `activities/guide/prose/objective/text`.
    pub path: String,
    /// What was stated, as TOML writes it; `None` if nothing. An empty text, `""`, is something.
    pub old: Option<String>,
    /// What is stated now.
    pub new: Option<String>,
}

/// Every value that differs between two plans, old and new, in the order of the new one; without an old plan, every value.
///
/// Where [`difference`](super::difference) tells a person what happened, this leaves nothing out.
#[must_use]
pub fn trail(old: Option<&Plan>, new: &Plan) -> Vec<ValueChange> {
    let tree = |plan: &Plan| {
        let mut root = Tree::of(plan).root;
        leave_out(&mut root, plan);
        root
    };
    let old = old.map_or(Node::Nothing, tree);
    let mut changes = Vec::new();
    walk(String::new(), &old, &tree(new), &mut changes);
    changes
}

/// A text that must be stated and is not stands as an empty one in the model; here it is nothing, as in the source.
fn leave_out(node: &mut Node, plan: &Plan) {
    match node {
        Node::Scalar(text, at) if text == "\"\"" && !plan.sources.text(*at).starts_with(['"', '\'']) => *node = Node::Nothing,
        Node::List(items) => items.iter_mut().for_each(|item| leave_out(item, plan)),
        Node::Table(keys, _) => keys.iter_mut().for_each(|(_, value)| leave_out(value, plan)),
        _ => {}
    }
}

fn walk(path: String, old: &Node, new: &Node, changes: &mut Vec<ValueChange>) {
    if old == new {
        return;
    }
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
    match (old, new) {
        (Node::Table(..) | Node::Nothing, Node::Table(keys, _)) | (Node::Table(keys, _), Node::Nothing) => {
            for (key, _) in keys {
                walk(below(key.name), old.get(key.name), new.get(key.name), changes);
            }
        }
        (Node::List(..) | Node::Nothing, Node::List(..) | Node::Nothing) if of_tables(old) || of_tables(new) => {
            let (old, new) = (old.items(), new.items());
            let partners = partners(old, new);
            for (index, (item, partner)) in new.iter().zip(&partners).enumerate() {
                walk(below(&label(item, index)), partner.map_or(&Node::Nothing, |partner| &old[partner]), item, changes);
            }
            let kept: BTreeSet<_> = partners.iter().flatten().collect();
            for (index, item) in old.iter().enumerate().filter(|(index, _)| !kept.contains(index)) {
                walk(below(&label(item, index)), item, &Node::Nothing, changes);
            }
            let order: Vec<_> = partners.iter().flatten().collect();
            if !order.is_sorted() {
                let labels =
                    |items: &[Node]| items.iter().enumerate().map(|(index, item)| label(item, index)).collect::<Vec<_>>().join(", ");
                changes.push(ValueChange { path, old: Some(labels(old)), new: Some(labels(new)) });
            }
        }
        _ => changes.push(ValueChange { path, old: old.inline(), new: new.inline() }),
    }
}

fn of_tables(node: &Node) -> bool {
    node.items().first().is_some_and(|item| matches!(item, Node::Table(..)))
}

/// What an item of a list is called: its id or name, its section, or its number from 1.
fn label(item: &Node, index: usize) -> String {
    ["id", "section"].iter().find_map(|key| item.get(key).text()).unwrap_or_else(|| (index + 1).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;
    use crate::source::Folder;

    fn plan(concern: &str) -> Plan {
        read(&Folder::from_iter([("concerns/infection.md", concern)])).plan
    }

    // shows items 1, 3
    #[test]
    fn first_changed_and_removed_values_are_told_with_both_sides() {
        let old = plan("+++\nname = \"感染症\"\nclass = \"identified\"\n+++\n# 理由\n起きる。\n");
        let new = plan("+++\nname = \"感染症\"\nclass = \"potential\"\nname_en = \"\"\n+++\n");
        let told = |old: Option<&Plan>, new: &Plan| {
            trail(old, new).into_iter().map(|change| (change.path, change.old, change.new)).collect::<Vec<_>>()
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            told(Some(&old), &new),
            [
                ("concerns/infection/class".to_owned(), some("\"identified\""), some("\"potential\"")),
                ("concerns/infection/name_en".to_owned(), None, some("\"\"")),
                ("concerns/infection/prose/why/section".to_owned(), some("\"why\""), None),
                ("concerns/infection/prose/why/text".to_owned(), some("\"起きる。\""), None),
            ]
        );
        assert!(trail(Some(&old), &old).is_empty());
        assert!(told(None, &old).contains(&("concerns/infection/name".to_owned(), None, some("\"感染症\""))));
        let unnamed = plan("+++\nclass = \"identified\"\n+++\n# 理由\n起きる。\n");
        assert_eq!(told(Some(&old), &unnamed), [("concerns/infection/name".to_owned(), some("\"感染症\""), None)]);
        let back: Vec<_> = told(Some(&new), &old).into_iter().map(|(path, a, b)| (path, b, a)).collect();
        assert_eq!(back, told(Some(&old), &new), "the way back is the same, turned round");
    }
}
