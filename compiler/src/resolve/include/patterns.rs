//! Patterns that select operations: `tag:NAME`, `path:/GLOB`, `METHOD /GLOB`, or a glob over names.

use crate::openapi::FoundOperation;

/// What selects operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    /// A tag, in any case; `*` stands for any text.
    Tag(String),
    /// A path; names of parameters do not matter, `*` stands for a segment or a part of it, `**` for any segments.
    Path(String),
    /// A method (`*` for any) and a path.
    Call(String, String),
    /// The generated name or the `operationId`; `*` stands for any text.
    Name(String),
}

/// An operation as patterns see it.
pub(super) struct Seen<'s> {
    pub(super) name: &'s str,
    pub(super) tags: &'s [String],
    pub(super) found: &'s FoundOperation,
}

const METHODS: [&str; 9] =
    ["*", "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

impl Pattern {
    /// Reads a pattern; says what is wrong with it.
    pub(super) fn read(text: &str) -> Result<Pattern, String> {
        let text = text.trim();
        if let Some(tag) = text.strip_prefix("tag:") {
            let tag = tag.trim().to_lowercase();
            return match tag.is_empty() {
                true => Err("a tag has a name".to_owned()),
                false => Ok(Pattern::Tag(tag)),
            };
        }
        let path = text.strip_prefix("path:").map(str::trim);
        if let Some(path) = path.or_else(|| text.starts_with('/').then_some(text)) {
            return match path.is_empty() {
                true => Err("a path is not empty".to_owned()),
                false => Ok(Pattern::Path(path.to_owned())),
            };
        }
        match text.split_once(char::is_whitespace) {
            Some((method, path)) => {
                let method = method.to_uppercase();
                if !METHODS.contains(&method.as_str()) {
                    return Err(format!("`{method}` is no method"));
                }
                Ok(Pattern::Call(method, path.trim().to_owned()))
            }
            None if text.is_empty() => Err("it is empty".to_owned()),
            None => Ok(Pattern::Name(text.to_owned())),
        }
    }

    /// Whether it selects an operation.
    pub(super) fn selects(&self, seen: &Seen<'_>) -> bool {
        let found = seen.found;
        match self {
            Pattern::Tag(tag) => seen.tags.iter().any(|t| glob(tag, &t.to_lowercase())),
            Pattern::Path(path) => path_glob(path, &found.path),
            Pattern::Call(method, path) => {
                (method == "*" || *method == found.method) && path_glob(path, &found.path)
            }
            Pattern::Name(name) => {
                glob(name, seen.name) || found.id.as_deref().is_some_and(|id| glob(name, id))
            }
        }
    }

    /// What it could have meant of an operation, for the nearest names.
    pub(super) fn known(&self, seen: &Seen<'_>) -> Vec<String> {
        let found = seen.found;
        match self {
            Pattern::Tag(_) => seen.tags.to_vec(),
            Pattern::Path(_) => vec![found.path.clone()],
            Pattern::Call(..) => vec![format!("{} {}", found.method, found.path)],
            Pattern::Name(_) => {
                std::iter::once(seen.name.to_owned()).chain(found.id.clone()).collect()
            }
        }
    }

    /// What is looked for, without the kind.
    pub(super) fn wanted(&self) -> String {
        match self {
            Pattern::Tag(text) | Pattern::Path(text) | Pattern::Name(text) => text.clone(),
            Pattern::Call(method, path) => format!("{method} {path}"),
        }
    }
}

/// Whether a text is as the pattern says, where `*` stands for any text. Linear but for what a `*` has to try again.
fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(c) if *c == text[t] => {
                p += 1;
                t += 1;
            }
            _ => {
                // The last star takes one more.
                let Some((at, from)) = star else { return false };
                star = Some((at, from + 1));
                p = at + 1;
                t = from + 1;
            }
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

/// The same for the segments of paths, where `**` stands for any number of them.
fn path_glob(pattern: &str, path: &str) -> bool {
    let pattern: Vec<String> = segments(pattern);
    let path: Vec<String> = segments(path);
    // Which prefixes of the path the pattern so far matches.
    let mut matched = vec![false; path.len() + 1];
    matched[0] = true;
    for part in &pattern {
        let mut next = vec![false; path.len() + 1];
        if part == "**" {
            let first = matched.iter().position(|m| *m).unwrap_or(matched.len());
            next.iter_mut().skip(first).for_each(|m| *m = true);
        } else {
            for (at, segment) in path.iter().enumerate() {
                next[at + 1] = matched[at] && glob(part, segment);
            }
        }
        matched = next;
    }
    matched.last().copied().unwrap_or(false)
}

/// Segments, with parameters as `{}`.
fn segments(path: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut inside = false;
    for char in path.chars() {
        match char {
            '{' => inside = true,
            '}' if inside => {
                inside = false;
                plain.push_str("{}");
            }
            _ if inside => {}
            _ => plain.push(char),
        }
    }
    plain.split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn texts() {
        for (pattern, text) in [
            ("*", ""),
            ("list_*", "list_things"),
            ("*_things", "list_things"),
            ("l*t*s", "list_things"),
            ("a", "a"),
        ] {
            assert!(glob(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("list_*", "get_list_"), ("a", "ab"), ("a*b", "ac"), ("", "a")] {
            assert!(!glob(pattern, text), "{pattern} {text}");
        }
        assert!(!glob(&"*a".repeat(200), &"a".repeat(199)));
    }

    #[test]
    fn paths() {
        for (pattern, path) in [
            ("/**", "/"),
            ("/**", "without/slash"),
            ("/things/**", "/things"),
            ("/things/**", "/things/{id}/parts"),
            ("/things/{}", "/things/{id}"),
            ("/things/{other}/parts", "/things/{id}/parts"),
            ("/things/*", "/things/{id}"),
            ("/**/parts", "/things/{id}/parts"),
            ("/th*", "/things"),
            ("/a/**/b/**/c", "/a/b/b/c"),
        ] {
            assert!(path_glob(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("/things/*", "/things/{id}/parts"),
            ("/things", "/things/{id}"),
            ("/things/**", "/thing"),
            ("/things/{id}", "/things/all"),
        ] {
            assert!(!path_glob(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn kinds() {
        assert_eq!(Pattern::read("tag: Pets").unwrap(), Pattern::Tag("pets".to_owned()));
        assert_eq!(Pattern::read("/a").unwrap(), Pattern::read("path:/a").unwrap());
        let call = Pattern::Call("GET".to_owned(), "/a".to_owned());
        assert_eq!(Pattern::read("get  /a").unwrap(), call);
        assert_eq!(Pattern::read("repos/*").unwrap(), Pattern::Name("repos/*".to_owned()));
        for wrong in ["", " ", "tag:", "path:", "FETCH /a"] {
            assert!(Pattern::read(wrong).is_err(), "{wrong}");
        }
    }
}
