//! The spec as it is written: entries with comments, of which some can be commented out.

use std::fmt::Write;

/// Comments are broken at about this column.
const WIDTH: usize = 110;

/// An entry of a mapping, or an element of a list (without a key).
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    key: String,
    value: Value,
    /// Why, in lines above it.
    why: Vec<String>,
    /// A word behind it, on its line.
    note: Option<String>,
    /// Whether it may be left out by itself.
    optional: bool,
    off: Option<Off>,
}

#[derive(Clone, Debug, Default)]
enum Value {
    /// Only the comments above it.
    #[default]
    None,
    /// YAML on the line of the key.
    Text(String),
    Map(Vec<Entry>),
    List(Vec<Entry>),
}

/// Why an entry is a comment.
#[derive(Clone, Debug)]
enum Off {
    /// It is a proposal.
    Proposed,
    /// The compiler refuses it, and says this.
    Refused(String),
}

impl Entry {
    /// `key: text`; the text is YAML already.
    pub(super) fn text(key: impl Into<String>, text: impl Into<String>) -> Entry {
        Entry { key: key.into(), value: Value::Text(text.into()), ..Entry::default() }
    }

    pub(super) fn map(key: impl Into<String>, entries: Vec<Entry>) -> Entry {
        Entry { key: key.into(), value: Value::Map(entries), ..Entry::default() }
    }

    pub(super) fn list(key: impl Into<String>, entries: Vec<Entry>) -> Entry {
        Entry { key: key.into(), value: Value::List(entries), ..Entry::default() }
    }

    /// Only a comment.
    pub(super) fn comment(text: impl Into<String>) -> Entry {
        Entry::default().why(text)
    }

    /// A line above it.
    pub(super) fn why(mut self, text: impl Into<String>) -> Entry {
        self.why.push(text.into());
        self
    }

    /// A word behind it.
    pub(super) fn note(mut self, text: impl Into<String>) -> Entry {
        self.note = Some(text.into());
        self
    }

    /// May be left out by itself, if the compiler refuses it.
    pub(super) fn optional(mut self) -> Entry {
        self.optional = true;
        self
    }

    /// A comment that only needs its signs taken away.
    pub(super) fn proposed(mut self) -> Entry {
        self.off = Some(Off::Proposed);
        self
    }

    pub(super) fn push(&mut self, entry: Entry) {
        if let Value::Map(entries) | Value::List(entries) = &mut self.value {
            entries.push(entry);
        }
    }

    /// Gives an entry another text.
    pub(super) fn set(&mut self, key: &str, text: impl Into<String>) {
        let Value::Map(entries) = &mut self.value else { return };
        if let Some(entry) = entries.iter_mut().find(|entry| entry.key == key) {
            entry.value = Value::Text(text.into());
        }
    }

    fn children(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) | Value::List(entries) => entries,
            Value::None | Value::Text(_) => &[],
        }
    }

    /// Whether it is YAML, and not only comments.
    pub(super) fn is_on(&self) -> bool {
        self.off.is_none()
            && match &self.value {
                Value::None => false,
                Value::Text(_) => true,
                Value::Map(entries) | Value::List(entries) => entries.iter().any(Entry::is_on),
            }
    }

    /// Whether there is no YAML in it, not even as a comment.
    fn is_only_comments(&self) -> bool {
        match &self.value {
            Value::None => true,
            Value::Text(_) => false,
            Value::Map(entries) | Value::List(entries) => {
                entries.iter().all(Entry::is_only_comments)
            }
        }
    }

    /// The entry at a path, if all on the way are on.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Entry> {
        let Some((first, rest)) = path.split_first() else { return Some(self) };
        let child = self.children().iter().find(|entry| entry.key == *first && entry.is_on())?;
        child.at(rest)
    }

    /// The keys of the entries that are on.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.children().iter().filter(|entry| entry.is_on()).map(|entry| entry.key.as_str())
    }

    /// Makes a comment of the nearest entry at or above a path that may be one. False if there is none.
    pub(super) fn refuse(&mut self, path: &[String], reason: &str) -> bool {
        let Some((first, rest)) = path.split_first() else { return self.give_up(reason) };
        let below = match &mut self.value {
            Value::Map(entries) => {
                entries.iter_mut().find(|entry| entry.key == *first && entry.is_on())
            }
            Value::List(entries) => {
                let at = first.parse::<usize>().ok();
                at.and_then(|at| entries.iter_mut().filter(|entry| entry.is_on()).nth(at))
            }
            Value::None | Value::Text(_) => None,
        };
        below.is_some_and(|below| below.refuse(rest, reason)) || self.give_up(reason)
    }

    fn give_up(&mut self, reason: &str) -> bool {
        let may = self.optional && self.is_on();
        if may {
            self.off = Some(Off::Refused(reason.to_owned()));
        }
        may
    }

    /// Makes comments of all entries under a key, at any depth.
    pub(super) fn refuse_all(&mut self, key: &str, reason: &str) -> bool {
        let mut any = false;
        if let Value::Map(entries) | Value::List(entries) = &mut self.value {
            for entry in entries {
                if entry.key == key && entry.is_on() {
                    entry.off = Some(Off::Refused(reason.to_owned()));
                    any = true;
                } else {
                    any |= entry.refuse_all(key, reason);
                }
            }
        }
        any
    }

    /// Makes comments of the entries of a section of which nothing is left but these keys.
    pub(super) fn refuse_bare(&mut self, section: &str, bare: &[&str], reason: &str) -> bool {
        let Value::Map(entries) = &mut self.value else { return false };
        let Some(section) = entries.iter_mut().find(|entry| entry.key == section) else {
            return false;
        };
        let Value::Map(entries) = &mut section.value else { return false };
        let mut any = false;
        for entry in entries.iter_mut().filter(|entry| entry.is_on()) {
            if entry.keys().all(|key| bare.contains(&key)) {
                any |= entry.give_up(reason);
            }
        }
        any
    }

    /// Makes YAML of a proposal.
    pub(super) fn turn_on(&mut self, key: &str) -> bool {
        let Value::Map(entries) = &mut self.value else { return false };
        let proposed =
            |entry: &&mut Entry| entry.key == key && matches!(entry.off, Some(Off::Proposed));
        match entries.iter_mut().find(proposed) {
            Some(entry) => {
                entry.off = None;
                true
            }
            None => false,
        }
    }

    /// How many entries were refused.
    pub(super) fn refused(&self) -> usize {
        let own = usize::from(matches!(self.off, Some(Off::Refused(_))));
        own + self.children().iter().map(Entry::refused).sum::<usize>()
    }

    /// The entries of a whole file.
    pub(super) fn render(&self) -> String {
        let mut out = String::new();
        for entry in self.children() {
            // Sections stand apart.
            if !matches!(entry.value, Value::Text(_)) && !out.is_empty() {
                out.push('\n');
            }
            entry.write(0, &mut out);
        }
        out
    }

    fn write(&self, indent: usize, out: &mut String) {
        let pad = " ".repeat(indent);
        for text in &self.why {
            comment(&pad, text, out);
        }
        if matches!(self.value, Value::None) {
            return;
        }
        if let Some(Off::Refused(reason)) = &self.off {
            comment(&pad, &format!("left out: {reason}"), out);
        }
        if self.is_on() {
            return self.lines(indent, out);
        }
        if self.is_only_comments() {
            for child in self.children() {
                let mut child = child.clone();
                child.why.iter_mut().for_each(|text| *text = format!("{}: {text}", self.key));
                child.write(indent, out);
            }
            return;
        }
        let mut text = String::new();
        self.lines(indent, &mut text);
        for line in text.lines() {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{pad}# {}", line.get(indent..).unwrap_or(line));
        }
    }

    fn lines(&self, indent: usize, out: &mut String) {
        let pad = " ".repeat(indent);
        let note = self.note.as_deref().map(|note| format!("  # {}", clean(note)));
        let note = note.unwrap_or_default();
        let _ = match &self.value {
            Value::None => return,
            Value::Text(text) if self.key.is_empty() => writeln!(out, "{pad}- {text}{note}"),
            Value::Text(text) => writeln!(out, "{pad}{}: {text}{note}", scalar(&self.key)),
            Value::Map(_) | Value::List(_) => writeln!(out, "{pad}{}:{note}", scalar(&self.key)),
        };
        for child in self.children() {
            child.write(indent + 2, out);
        }
    }
}

/// A comment, broken into lines.
fn comment(pad: &str, text: &str, out: &mut String) {
    let mut line = String::new();
    for word in clean(text).split(' ') {
        if !line.is_empty() && pad.len() + line.len() + word.len() + 3 > WIDTH {
            let _ = writeln!(out, "{pad}# {line}");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    let _ = writeln!(out, "{pad}# {line}");
}

/// Text from documents on one line, not endless.
fn clean(text: &str) -> String {
    const LONGEST: usize = 600;
    let printable = text.chars().map(|c| if is_printable(c) { c } else { ' ' });
    let whole: String =
        printable.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    match whole.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &whole[..end]),
        None => whole,
    }
}

/// What YAML allows in a text as it is.
fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A text as YAML, also inside brackets.
pub(super) fn scalar(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "_./-".contains(c))
        && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(text));
    if plain {
        return text.to_owned();
    }
    if text.chars().all(is_printable) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if is_printable(c) => out.push(c),
            c => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
        }
    }
    out + "\""
}

/// Words that YAML, or a reader of it, takes for something else than text.
const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

#[cfg(test)]
mod tests {
    use super::*;

    fn outline() -> Entry {
        let page = Entry::map(
            "paginate",
            vec![Entry::text("items", "body"), Entry::text("size", "{value: 1}").optional()],
        );
        Entry::map(
            "",
            vec![
                Entry::text("gusset", "1"),
                Entry::map(
                    "operations",
                    vec![
                        Entry::map(
                            "list",
                            vec![Entry::text("id", "list"), page.optional().why("because")],
                        )
                        .optional(),
                    ],
                ),
                Entry::list("include", vec![Entry::text("", scalar("/**"))]).proposed(),
            ],
        )
    }

    fn path(text: &str) -> Vec<String> {
        text.split('/').map(str::to_owned).collect()
    }

    #[test]
    fn what_is_refused_is_a_comment() {
        let mut spec = outline();
        assert!(spec.refuse(&path("operations/list/paginate/items/x"), "no\nsuch items"));
        let expected = "gusset: 1

operations:
  list:
    id: list
    # because
    # left out: no such items
    # paginate:
    #   items: body
    #   size: {value: 1}

# include:
#   - '/**'
";
        assert_eq!(spec.render(), expected);
        assert!(
            spec.refuse(&path("operations/list/paginate/items"), "again"),
            "the operation goes"
        );
        assert!(!spec.refuse(&path("operations/list"), "nothing is left"));
        assert!(spec.render().contains("# operations:"), "{}", spec.render());
        assert!(spec.turn_on("include"));
        assert!(spec.render().ends_with("\ninclude:\n  - '/**'\n"), "{}", spec.render());
    }

    #[test]
    fn texts_are_yaml() {
        for text in [
            "a",
            "Yes",
            "1",
            "",
            "a b",
            "it's",
            "a: b",
            "[x]",
            "#",
            "é",
            "a\u{7}\"b\\",
            "~",
            "-",
            "\u{2028}",
            "null",
        ] {
            let yaml = format!("{{k: [{}]}}", scalar(text));
            let read: serde_json::Value = serde_yaml::from_str(&yaml).unwrap();
            assert_eq!(read["k"][0], text, "{yaml}");
        }
    }

    #[test]
    fn comments_are_broken() {
        let mut out = String::new();
        comment("  ", &"word ".repeat(60), &mut out);
        assert!(out.lines().count() > 2 && out.lines().all(|line| line.len() <= WIDTH), "{out}");
    }
}
