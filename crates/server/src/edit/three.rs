//! What two people made of one text, put together where they do not touch the same lines.

use plan::Folder;

/// A file that both changed, and that is to be made one by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Both {
    /// Its path.
    pub path: String,
    /// As it was; empty if it was not there.
    pub base: String,
    /// As somebody else has it.
    pub theirs: String,
    /// As who asks has it.
    pub mine: String,
    /// Both in one text, with marks around the lines that differ.
    pub marked: String,
}

/// Puts two changes of one folder together: the folder with everything that does not collide, and what does. Where something collides,
/// the folder holds the text with its marks.
#[must_use]
pub fn merged(base: &Folder, theirs: &Folder, mine: &Folder) -> (Folder, Vec<Both>) {
    let mut all = theirs.clone();
    let mut both = Vec::new();
    let mut paths: Vec<&str> = base.iter().chain(mine.iter()).map(|(path, _)| path).collect();
    paths.sort_unstable();
    paths.dedup();
    for path in paths {
        let (was, other, own) = (base.get(path), theirs.get(path), mine.get(path));
        if own == was || own == other {
            continue;
        }
        if other == was {
            match own {
                Some(own) => all.insert(path, own),
                None => _ = all.remove(path),
            }
            continue;
        }
        let text = |bytes: Option<&[u8]>| bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
        let (was, other, own) = (text(was), text(other), text(own));
        match diffy::merge(&was, &other, &own) {
            Ok(merged) => all.insert(path, merged),
            Err(marked) => {
                let marked = named(&marked);
                all.insert(path, marked.clone());
                both.push(Both { path: path.to_owned(), base: was, theirs: other, mine: own, marked });
            }
        }
    }
    (all, both)
}

/// The marks of a merge with the names of the sides as people know them.
fn named(marked: &str) -> String {
    let mut text = String::with_capacity(marked.len() + 80);
    for line in marked.split_inclusive('\n') {
        text.push_str(match line.trim_end() {
            "<<<<<<< ours" => "<<<<<<< 記録された版 / as recorded\n",
            "||||||| original" => "||||||| もとの版 / before\n",
            ">>>>>>> theirs" => ">>>>>>> あなたの版 / yours\n",
            _ => line,
        });
    }
    text
}

/// Whether a text still holds the marks of a merge.
#[must_use]
pub fn is_marked(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(text: &str) -> Folder {
        Folder::from_iter([("a.md", text), ("b.md", "same\n")])
    }

    #[test]
    fn changes_of_different_lines_are_put_together_and_of_the_same_told() {
        let base = folder("one\ntwo\nthree\nfour\nfive\n");
        let theirs = folder("ONE\ntwo\nthree\nfour\nfive\n");
        let mine = folder("one\ntwo\nthree\nfour\nFIVE\n");
        let (all, both) = merged(&base, &theirs, &mine);
        assert_eq!((all.get("a.md"), both.len()), (Some("ONE\ntwo\nthree\nfour\nFIVE\n".as_bytes()), 0));
        let (all, both) = merged(&base, &theirs, &folder("1\ntwo\nthree\nfour\nfive\n"));
        assert_eq!(both.len(), 1);
        assert!(is_marked(&both[0].marked) && is_marked(&String::from_utf8_lossy(all.get("a.md").unwrap_or_default())));
        let gone = Folder::from_iter([("b.md", "same\n")]);
        assert_eq!(merged(&base, &base, &gone), (gone.clone(), Vec::new()));
        let (_, both) = merged(&base, &theirs, &gone);
        assert_eq!(both.len(), 1, "taken out by one, changed by the other");
    }
}
