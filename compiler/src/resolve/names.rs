//! Rust names. Only this file knows casing, keywords and collisions.

use std::collections::{HashMap, HashSet};

/// Names that a type of ours must not have: the prelude's and those that emitted code uses itself.
const TAKEN_TYPES: [&str; 32] = [
    "Arc",
    "Box",
    "Client",
    "Clone",
    "Copy",
    "Credentials",
    "Debug",
    "Default",
    "Deserialize",
    "Drop",
    "Eq",
    "Err",
    "From",
    "Hash",
    "Hooks",
    "Into",
    "Iterator",
    "Lookups",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Patch",
    "Result",
    "Self",
    "Send",
    "Serialize",
    "Settings",
    "Some",
    "String",
    "Sync",
    "Vec",
];

/// Keywords, which `r#` makes names of.
pub(crate) const KEYWORDS: [&str; 46] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where",
];

/// No name is longer than this; some documents have sentences as names.
const LONGEST: usize = 80;

/// `createdAt`, `HubSpot_Contact_Id__c` -> `created_at`, `hub_spot_contact_id_c`. May be empty, may be a keyword.
#[must_use]
pub fn snake_case(text: &str) -> String {
    let mut name: Vec<String> = Vec::new();
    for word in words(text).into_iter().map(|word| word.to_lowercase()) {
        match name.last_mut() {
            // OAuth is a word, whatever its capitals.
            Some(o) if o == "o" && word.starts_with("auth") => o.push_str(&word),
            _ => name.push(word),
        }
    }
    shorten(&name.join("_")).to_owned()
}

/// `list_contacts`, `HTTPServer` -> `ListContacts`, `HttpServer`. May be empty.
#[must_use]
pub fn upper_camel_case(text: &str) -> String {
    let mut out = String::new();
    for word in words(text) {
        let mut chars = word.chars();
        if let Some(first) = chars.next() {
            // Digits that would run into each other stay apart: `v1.2` and `v12` differ.
            if first.is_ascii_digit() && out.ends_with(|c: char| c.is_ascii_digit()) {
                out.push('_');
            }
            out.extend(first.to_uppercase());
            out.push_str(&chars.as_str().to_lowercase());
        }
    }
    shorten(&out).to_owned()
}

/// A name of the spec language: letters of ASCII in lower case, digits and `_`. `X-Key` -> `x_key`, `2fa` -> `n2fa`.
#[must_use]
pub fn spec_name(text: &str) -> String {
    let name: String =
        snake_case(text).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let name = name.trim_matches('_').to_owned();
    match name.chars().next() {
        Some(c) if c.is_ascii_lowercase() => name,
        Some(_) => format!("n{name}"),
        None => "name".to_owned(),
    }
}

/// A field, parameter, module or method name: `type` -> `r#type`.
#[must_use]
pub fn field_ident(text: &str) -> String {
    let name = snake_case(&signs(text));
    match name.as_str() {
        "" => "empty".to_owned(),
        // These cannot be raw.
        "self" | "super" | "crate" => format!("{name}_"),
        _ if KEYWORDS.contains(&name.as_str()) => format!("r#{name}"),
        _ if !begins(&name) => format!("v{name}"),
        _ => name,
    }
}

/// The name of a type: `Option` -> `OptionType`.
#[must_use]
pub fn type_ident(text: &str) -> String {
    let name = upper_camel_case(text);
    match name.as_str() {
        "" => "Unnamed".to_owned(),
        _ if TAKEN_TYPES.contains(&name.as_str()) => format!("{name}Type"),
        _ if !begins(&name) => format!("T{name}"),
        _ => name,
    }
}

/// The name of an enum's variant: `-created_at` -> `MinusCreatedAt`.
#[must_use]
pub fn variant_ident(text: &str) -> String {
    let name = upper_camel_case(&signs(text));
    match name.as_str() {
        "" => "Empty".to_owned(),
        "Self" => "SelfValue".to_owned(),
        _ if !begins(&name) => format!("V{name}"),
        _ => name,
    }
}

/// The names of an enum's variants, each unique. Values that differ only by case keep their own where they can:
/// `asc`, `ASC` -> `Asc`, `ASC`.
#[must_use]
pub fn variant_idents(texts: &[&str]) -> Vec<String> {
    let wanted: Vec<String> = texts.iter().map(|text| variant_ident(text)).collect();
    let mut count: HashMap<&str, usize> = HashMap::new();
    for ident in &wanted {
        *count.entry(ident).or_default() += 1;
    }
    let mut scope = Scope::new(&["Other"]);
    let plain = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_uppercase())
            && text.chars().all(|c| c.is_ascii_alphanumeric())
            && text.len() <= LONGEST
            && text != "Self"
    };
    let idents = texts.iter().zip(&wanted).map(|(text, ident)| {
        let twin = count[ident.as_str()] > 1 && *text != ident.as_str() && plain(text);
        if twin && scope.keep(text) { (*text).to_owned() } else { scope.unique(ident.clone()) }
    });
    idents.collect()
}

/// Names of one scope: each is given once.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    used: HashSet<String>,
    /// The last number that was given to a name: all before it are taken.
    last: HashMap<String, usize>,
}

impl Scope {
    /// A scope in which some names are taken.
    #[must_use]
    pub fn new(taken: &[&str]) -> Self {
        let used = taken.iter().map(|name| (*name).to_owned()).collect();
        Scope { used, last: HashMap::new() }
    }

    /// Takes a name if it is free; false if it is not.
    pub fn keep(&mut self, name: &str) -> bool {
        self.used.insert(name.to_owned())
    }

    /// The name, or the name with the first free number from 2.
    pub fn unique(&mut self, name: String) -> String {
        if self.used.insert(name.clone()) {
            return name;
        }
        let base = name.trim_start_matches("r#");
        let apart = if base.ends_with(|c: char| c.is_numeric()) { "_" } else { "" };
        let last = self.last.entry(base.to_owned()).or_insert(1);
        loop {
            *last += 1;
            let candidate = format!("{base}{apart}{last}");
            if self.used.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

/// The words of a name: at signs and blanks, before capitals, and between a capital and the word it begins.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let chars: Vec<char> = text.chars().collect();
    for (at, char) in chars.iter().copied().enumerate() {
        if matches!(char, '\'' | '\u{2019}') && !word.is_empty() {
            continue; // `GitHub's` is one word.
        }
        if !is_letter(char) {
            words.push(std::mem::take(&mut word));
            continue;
        }
        let before = word.chars().next_back();
        let after = chars.get(at + 1).copied();
        let begins = char.is_uppercase()
            && match before {
                None => false,
                Some(before) if before.is_uppercase() => after.is_some_and(char::is_lowercase),
                Some(_) => true,
            };
        if begins {
            words.push(std::mem::take(&mut word));
        }
        word.push(char);
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// What may be part of a Rust name, and is no `_`.
fn is_letter(char: char) -> bool {
    if char.is_ascii() {
        return char.is_ascii_alphanumeric();
    }
    // Rust's own rule (XID_Continue), by way of its parser; a letter also has to survive a change of case.
    let valid = |c: char| syn::parse_str::<syn::Ident>(&format!("a{c}")).is_ok();
    char.is_alphanumeric()
        && valid(char)
        && char.to_lowercase().all(valid)
        && char.to_uppercase().all(valid)
}

/// Whether a name begins with what a Rust name may begin with.
fn begins(name: &str) -> bool {
    let first = name.chars().next().unwrap_or('0');
    first.is_ascii_alphabetic()
        || (!first.is_ascii() && syn::parse_str::<syn::Ident>(&first.to_string()).is_ok())
}

/// What a name of nothing but signs is called: `!=` -> `not_equal`.
fn only_signs(text: &str) -> Option<String> {
    if text.is_empty() || text.chars().any(is_letter) {
        return None;
    }
    let words = text.chars().filter_map(|char| {
        Some(match char {
            '+' => "plus",
            '-' => "minus",
            '<' => "less",
            '>' => "greater",
            '=' => "equal",
            '!' => "not",
            '*' => "star",
            '/' => "slash",
            '\\' => "backslash",
            '%' => "percent",
            '&' => "and",
            '|' => "or",
            '^' => "caret",
            '~' => "tilde",
            '.' => "dot",
            ',' => "comma",
            ':' => "colon",
            ';' => "semicolon",
            '?' => "question",
            '_' => "underscore",
            ' ' => "space",
            '$' => "dollar",
            '@' => "at",
            '#' => "hash",
            '"' => "quote",
            '\'' => "apostrophe",
            '`' => "backtick",
            '(' | '[' | '{' => "open",
            ')' | ']' | '}' => "close",
            '€' => "euro",
            '£' => "pound",
            '¥' => "yen",
            _ => return None,
        })
    });
    Some(words.collect::<Vec<_>>().join("_"))
}

/// Signs that carry the meaning of a short name become words.
fn signs(text: &str) -> String {
    if let Some(words) = only_signs(text) {
        return words;
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut first = true;
    while let Some(char) = chars.next() {
        let word = match char {
            '+' => "plus",
            '-' if first && chars.peek().is_some() => "minus",
            '<' if first => "less",
            '>' if first => "greater",
            '=' if first => "equal",
            '!' if first => "not",
            '*' if first => "star",
            '$' if first => "dollar",
            '@' if first => "at",
            '#' if first => "hash",
            '%' if first => "percent",
            _ => "",
        };
        first = false;
        // A sign in front of a name that says enough without it (`$ref`, `@id`) is a word, too: names stay apart.
        match word {
            "" => out.push(char),
            word => {
                out.push('_');
                out.push_str(word);
                out.push('_');
            }
        }
    }
    out
}

fn shorten(name: &str) -> &str {
    let mut end = name.len().min(LONGEST);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name[..end].trim_end_matches('_')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_of_specs() {
        for (text, name) in [
            ("X-Key", "x_key"),
            ("2fa", "n2fa"),
            ("Überweg", "berweg"),
            ("日本", "name"),
            ("", "name"),
        ] {
            assert_eq!(spec_name(text), name);
        }
    }

    #[test]
    fn fields() {
        for (wire, ident) in [
            ("createdAt", "created_at"),
            ("Ada's \u{2019}things\u{2019}", "adas_things"),
            ("HubSpot_Contact_Id__c", "hub_spot_contact_id_c"),
            ("type", "r#type"),
            ("self", "self_"),
            ("2fa", "v2fa"),
            ("HTTPServer", "http_server"),
            ("OAuth2Token", "oauth2_token"),
            ("usesOAuth", "uses_oauth"),
            ("foo_auth", "foo_auth"),
            ("größe", "größe"),
            ("", "empty"),
            ("€", "euro"),
            ("☃", "empty"),
            ("_", "underscore"),
            ("!=", "not_equal"),
            ("+1", "plus_1"),
            ("-1", "minus_1"),
            ("a-b", "a_b"),
            ("名前", "名前"),
            ("\u{e33}", "v\u{e33}"), // may stand in a name, but not begin one
            ("$ref", "dollar_ref"),
        ] {
            assert_eq!(field_ident(wire), ident);
            assert!(syn::parse_str::<syn::Ident>(ident).is_ok(), "{ident}");
        }
    }

    #[test]
    fn types_and_variants() {
        for (wire, ident) in [
            ("SimplePublicObject", "SimplePublicObject"),
            ("full-repository", "FullRepository"),
            ("Option", "OptionType"),
            ("v1.2", "V1_2"),
            ("3d_model", "T3dModel"),
            ("!!", "Unnamed"),
        ] {
            assert_eq!(type_ident(wire), ident);
            assert!(syn::parse_str::<syn::Ident>(ident).is_ok(), "{ident}");
        }
        assert_eq!(variant_ident("-created_at"), "MinusCreatedAt");
        assert_eq!(variant_ident("200"), "V200");
        assert_eq!(variant_ident(""), "Empty");
        assert_eq!(variant_ident("self"), "SelfValue");
        let idents = ["asc", "ASC", "Asc", "=", "!=", "<=", "Other", "", "Etc/GMT+0", "Etc/GMT-0"];
        let idents = variant_idents(&idents);
        let expected = "Asc ASC Asc2 Equal NotEqual LessEqual Other2 Empty EtcGmtPlus0 EtcGmt0";
        assert_eq!(idents.join(" "), expected);
    }

    #[test]
    fn every_name_is_given_once() {
        let mut scope = Scope::new(&["Other"]);
        let given: Vec<_> =
            ["A", "A", "A", "Other", "V2", "V2"].map(|n| scope.unique(n.to_owned())).into();
        assert_eq!(given, ["A", "A2", "A3", "Other2", "V2", "V2_2"]);
    }

    #[test]
    fn numbers_go_on_where_they_ended() {
        let mut scope = Scope::new(&["A3"]);
        let given: Vec<_> = (0..20_000).map(|_| scope.unique("A".to_owned())).collect();
        assert_eq!(given[..3], ["A", "A2", "A4"]);
        assert_eq!(given[19_999], "A20001");
        assert_eq!(scope.last["A"], 20_001);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig {
            failure_persistence: None,
            ..Default::default()
        })]
        #[test]
        fn any_text_makes_a_valid_name(text in ".{0,200}") {
            for ident in [field_ident(&text), type_ident(&text), variant_ident(&text)] {
                proptest::prop_assert!(syn::parse_str::<syn::Ident>(&ident).is_ok(), "{}", ident);
            }
        }
    }
}
