//! Committed lists: what is expected, by class.

use std::collections::HashSet;
use std::path::PathBuf;

/// A list: a comment at its top, then sections `[class] why`, then a line each.
pub(crate) struct List {
    path: PathBuf,
    top: Vec<String>,
    /// The heading and the lines of each section.
    sections: Vec<(String, Vec<String>)>,
}

impl List {
    pub(crate) fn read(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("mutations").join(name);
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let mut list = List { path, top: Vec::new(), sections: Vec::new() };
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            match list.sections.last_mut() {
                _ if line.starts_with('[') => list.sections.push((line.to_owned(), Vec::new())),
                None => list.top.push(line.to_owned()),
                Some((_, lines)) => lines.push(line.to_owned()),
            }
        }
        list
    }

    /// Each class with its reason, and how many lines it has.
    pub(crate) fn classes(&self) -> impl Iterator<Item = (&str, usize)> {
        self.sections.iter().map(|(heading, lines)| (heading.as_str(), lines.len()))
    }

    pub(crate) fn of_class(&self, class: &str) -> usize {
        let heading = format!("[{class}]");
        self.classes()
            .filter(|(known, _)| known.starts_with(&heading))
            .map(|(_, lines)| lines)
            .sum()
    }

    /// Fails unless exactly these lines are there; with `UPDATE_MUTATIONS` writes them.
    pub(crate) fn hold(&self, lines: &[String]) {
        let found: HashSet<&str> = lines.iter().map(String::as_str).collect();
        let known: HashSet<&str> =
            self.sections.iter().flat_map(|(_, lines)| lines).map(String::as_str).collect();
        let new: Vec<&String> =
            lines.iter().filter(|line| !known.contains(line.as_str())).collect();
        let gone: Vec<&&str> = known.iter().filter(|line| !found.contains(**line)).collect();
        if new.is_empty() && gone.is_empty() {
            return;
        }
        if std::env::var_os("UPDATE_MUTATIONS").is_some() {
            return self.write(&found, &new);
        }
        panic!("{}: new: {new:#?}\nnot found any more: {gone:#?}", self.path.display());
    }

    fn write(&self, found: &HashSet<&str>, new: &[&String]) {
        let mut text = self.top.join("\n") + "\n";
        let mut unsorted = new.to_vec();
        for (heading, lines) in &self.sections {
            text += &format!("\n{heading}\n");
            let stay = lines.iter().filter(|line| found.contains(line.as_str()));
            let more = if heading.starts_with("[unsorted]") {
                std::mem::take(&mut unsorted)
            } else {
                Vec::new()
            };
            for line in stay.chain(more) {
                text += &format!("{line}\n");
            }
        }
        if !unsorted.is_empty() {
            text += "\n[unsorted]\n";
            unsorted.iter().for_each(|line| text += &format!("{line}\n"));
        }
        std::fs::create_dir_all(self.path.parent().unwrap()).unwrap();
        std::fs::write(&self.path, text).unwrap();
    }
}
