use std::collections::{HashMap, HashSet, VecDeque};

use super::node::Node;
use crate::shape::Type;

/// How one thing that is stated becomes another.
#[derive(Clone, Debug, PartialEq)]
pub enum Delta {
    /// It stays.
    Same,
    /// Something else is stated.
    Replace(Node),
    /// Some keys of a table change.
    Table(Vec<(&'static str, Delta)>),
    /// The items of the new list, in its order. The old ones that are not kept are gone.
    List(Vec<Item>),
}

/// An item of a new list.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// An item of the old list.
    Kept {
        /// Its index there.
        old: usize,
        /// How it changes.
        delta: Delta,
    },
    /// A new item.
    Added(Node),
}

impl Delta {
    /// How `old` becomes `new`.
    #[must_use]
    pub fn between(old: &Node, new: &Node) -> Self {
        if old == new {
            return Self::Same;
        }
        match (old, new) {
            (Node::Table(a, _), Node::Table(b, _)) if a.len() == b.len() && a.iter().zip(b).all(|((k, _), (l, _))| k.name == l.name) => {
                let keys = a.iter().zip(b).map(|((key, a), (_, b))| (key.name, Self::between(a, b)));
                Self::Table(keys.filter(|(_, delta)| *delta != Self::Same).collect())
            }
            (Node::List(a), Node::List(b)) => {
                let partners = partners(a, b);
                let item = |(new, partner): (&Node, Option<usize>)| match partner {
                    Some(old) => Item::Kept { old, delta: Self::between(&a[old], new) },
                    None => Item::Added(new.clone()),
                };
                Self::List(b.iter().zip(partners).map(item).collect())
            }
            _ => Self::Replace(new.clone()),
        }
    }

    /// What becomes of `old`. Of anything but the old side that the delta was made for, as much as fits changes.
    #[must_use]
    pub fn apply(&self, old: &Node) -> Node {
        match (self, old) {
            (Self::Replace(new), _) => new.clone(),
            (Self::Table(changes), Node::Table(keys, at)) => {
                let mut keys = keys.clone();
                for (name, delta) in changes {
                    if let Some((_, node)) = keys.iter_mut().find(|(key, _)| key.name == *name) {
                        *node = delta.apply(node);
                    }
                }
                Node::Table(keys, *at)
            }
            (Self::List(items), Node::List(old)) => Node::List(
                items
                    .iter()
                    .filter_map(|item| match item {
                        Item::Kept { old: index, delta } => old.get(*index).map(|node| delta.apply(node)),
                        Item::Added(node) => Some(node.clone()),
                    })
                    .collect(),
            ),
            _ => old.clone(),
        }
    }
}

/// For every new item the old one that it was: the same, or one with the same id or name, or, among nameless ones, the one in its
/// place.
pub(super) fn partners(old: &[Node], new: &[Node]) -> Vec<Option<usize>> {
    let mut partners = vec![None; new.len()];
    let mut taken = HashSet::new();
    pair(old, new, &mut partners, &mut taken, Node::inline);
    if !new.iter().all(|node| matches!(node, Node::Table(..))) {
        return partners;
    }
    pair(old, new, &mut partners, &mut taken, id);
    for key in ["name", "section", "short", "version", "title", "text", "date", "approval_number"] {
        pair(old, new, &mut partners, &mut taken, |node| node.get(key).text());
    }
    pair(old, new, &mut partners, &mut taken, |node| node.get("prose").inline());
    let left: Vec<usize> = (0..old.len()).filter(|index| !taken.contains(index)).collect();
    let open: Vec<usize> = (0..new.len()).filter(|&index| partners[index].is_none()).collect();
    let nameless = || left.iter().map(|&index| &old[index]).chain(open.iter().map(|&index| &new[index])).all(|node| id(node).is_none());
    if left.len() == open.len() && nameless() {
        for (&old, &new) in left.iter().zip(&open) {
            partners[new] = Some(old);
        }
    }
    partners
}

/// The id that a table defines.
fn id(node: &Node) -> Option<String> {
    let Node::Table(keys, _) = node else { return None };
    keys.iter().find(|(key, _)| matches!(key.kind, Type::Name(_))).and_then(|(_, node)| node.text())
}

/// Pairs items that have the same word in the eyes of `word`, in order.
fn pair(old: &[Node], new: &[Node], partners: &mut [Option<usize>], taken: &mut HashSet<usize>, word: impl Fn(&Node) -> Option<String>) {
    if partners.iter().all(Option::is_some) || taken.len() == old.len() {
        return;
    }
    let mut by_word: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (index, node) in old.iter().enumerate().filter(|(index, _)| !taken.contains(index)) {
        if let Some(word) = word(node) {
            by_word.entry(word).or_default().push_back(index);
        }
    }
    for (node, partner) in new.iter().zip(partners).filter(|(_, partner)| partner.is_none()) {
        let found = word(node).and_then(|word| by_word.get_mut(&word)?.pop_front());
        if let Some(index) = found {
            taken.insert(index);
            *partner = Some(index);
        }
    }
}
