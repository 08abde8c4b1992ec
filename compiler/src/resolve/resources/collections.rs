//! What the paths of a document are about: `/v3/flow_runs/{id}` is about flow runs.

use crate::resolve::names::words;

/// Parts of paths that say nothing of records.
const AROUND: [&str; 12] = [
    "api", "apis", "rest", "public", "services", "service", "data", "json", "xml", "me", "my", "v",
];

/// Words of paths that say what is done.
const VERBS: [&str; 60] = [
    "activate",
    "add",
    "all",
    "approve",
    "archive",
    "batch",
    "bulk",
    "cancel",
    "changed",
    "changes",
    "count",
    "create",
    "deactivate",
    "delete",
    "deleted",
    "directory",
    "disable",
    "enable",
    "enroll",
    "export",
    "fetch",
    "filter",
    "find",
    "form",
    "get",
    "import",
    "info",
    "insert",
    "invite",
    "join",
    "list",
    "modify",
    "next",
    "paginate",
    "paginated",
    "patch",
    "post",
    "publish",
    "put",
    "query",
    "read",
    "recent",
    "register",
    "remove",
    "restore",
    "retrieve",
    "save",
    "search",
    "send",
    "set",
    "show",
    "signup",
    "submit",
    "subscribe",
    "trash",
    "unsubscribe",
    "update",
    "upload",
    "upsert",
    "view",
];

/// Query languages end like this.
fn is_verb(word: &str) -> bool {
    VERBS.contains(&word) || word.len() > 2 && word.ends_with("ql")
}

/// How two paths are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Relation {
    /// They name the same records.
    Same,
    /// Nobody knows.
    Unclear,
    /// They name others.
    Other,
}

/// What a path is about: the words of its names, without those of verbs; the last is the nearest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Collection {
    names: Vec<Vec<String>>,
    /// Whether a parameter stands behind each name: whose records are below.
    owners: Vec<bool>,
    /// Whether its last name stands in it as it is, without a verb.
    plain: bool,
}

impl Collection {
    pub(super) fn of(path: &str) -> Collection {
        let mut found = Collection { names: Vec::new(), owners: Vec::new(), plain: true };
        for segment in path.split('/') {
            if segment.contains('{') {
                found.owners.iter_mut().last().into_iter().for_each(|owner| *owner = true);
                continue;
            }
            let ends = [".json", ".xml"].into_iter().find_map(|end| segment.strip_suffix(end));
            let all = words(ends.unwrap_or(segment));
            let all: Vec<String> = all.iter().map(|word| word.to_lowercase()).collect();
            let is_version = |word: &String| {
                let digits = word.strip_prefix('v').unwrap_or(word);
                !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
            };
            let says = |word: &String| !is_version(word) && !is_verb(word);
            let left: Vec<String> = all.iter().filter(|word| says(word)).cloned().collect();
            let around = |word: &String| AROUND.contains(&word.as_str());
            if left.iter().all(around) {
                continue;
            }
            found.plain = !all.iter().any(|word| is_verb(word));
            found.names.push(left);
            found.owners.push(false);
        }
        found
    }

    /// What the part of a path before a parameter is about.
    pub(super) fn before(path: &str, parameter: &str) -> Collection {
        let before = path.split(&format!("{{{parameter}}}")).next();
        Collection::of(before.unwrap_or_default())
    }

    /// Whether a long name is a short one with the record that this is about before it: `user_id` is `id` of users.
    pub(super) fn is_called(&self, long: &str, short: &str) -> bool {
        let (long, short) = (lower(long), lower(short));
        let record = long.strip_suffix(short.as_slice()).filter(|record| !record.is_empty());
        record.is_some_and(|record| !self.name().is_empty() && ends_alike(record, self.name()))
    }

    /// The words of the nearest name.
    pub(super) fn name(&self) -> &[String] {
        self.names.last().map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the nearest names are one, and those before them are not: comments of articles, and of issues.
    pub(super) fn is_of_others(&self, other: &Collection) -> bool {
        !self.name().is_empty() && same(self.name(), other.name()) && self.has_other_parents(other)
    }

    fn has_other_parents(&self, other: &Collection) -> bool {
        let mut pairs = self.names.iter().rev().zip(other.names.iter().rev()).skip(1);
        !pairs.all(|(a, b)| ends_alike(a, b))
    }

    /// Whether the nearest names are one.
    pub(super) fn is_called_like(&self, other: &Collection) -> bool {
        !self.name().is_empty() && same(self.name(), other.name())
    }

    pub(super) fn relation(&self, other: &Collection) -> Relation {
        if self.name().is_empty() || other.name().is_empty() {
            return Relation::Unclear;
        }
        // Orders are not sales orders, perhaps; and invoices of templates are no invoices, though members of a project
        // are members.
        if same(self.name(), other.name()) && !self.has_other_parents(other) {
            let (long, few) = match self.names.len() > other.names.len() {
                true => (self, other.names.len()),
                false => (other, self.names.len()),
            };
            let beyond = long.owners.len().checked_sub(few + 1).and_then(|at| long.owners.get(at));
            return if beyond.is_none_or(|owner| *owner) {
                Relation::Same
            } else {
                Relation::Unclear
            };
        }
        // Members of teams are no members of projects, perhaps; what is below may be a part of what is meant.
        let below =
            |a: &Collection, b: &Collection| a.names.iter().any(|name| ends_alike(name, b.name()));
        match self.plain && other.plain && !below(self, other) && !below(other, self) {
            true => Relation::Other,
            false => Relation::Unclear,
        }
    }
}

/// Words at the ends of names of schemas that say nothing of records.
const SUFFIXES: [&str; 22] = [
    "base",
    "bean",
    "data",
    "detail",
    "details",
    "dto",
    "entity",
    "full",
    "input",
    "json",
    "model",
    "object",
    "out",
    "output",
    "public",
    "read",
    "record",
    "representation",
    "resource",
    "response",
    "s",
    "schema",
];

/// Words at the ends of names of schemas that are no records.
const MESSAGES: [&str; 15] = [
    "answer", "args", "body", "command", "data", "dto", "form", "input", "message", "output",
    "params", "payload", "request", "response", "result",
];

/// The words of what a schema is called, without those that all schemas have.
pub(super) fn schema_words(name: &str) -> Vec<String> {
    let mut found: Vec<String> = words(name).iter().map(|word| word.to_lowercase()).collect();
    let says_nothing =
        |word: &str| SUFFIXES.contains(&word) || word.bytes().all(|b| b.is_ascii_digit());
    while found.len() > 1 && found.last().is_some_and(|word| says_nothing(word)) {
        found.pop();
    }
    found
}

/// Whether a schema is called after a name of a path: `LeadSObject` after `leads`, `FlowRun` after `flow_runs`.
pub(super) fn called_after(schema: &str, name: &[String]) -> bool {
    let schema = schema_words(schema);
    !name.is_empty() && same(&schema, name)
}

/// Whether a schema's name has a name of a path in it: `CreateTagRequest` that of `tags`.
pub(super) fn speaks_of(schema: &str, name: &[String]) -> bool {
    let schema: Vec<String> = words(schema).iter().map(|word| word.to_lowercase()).collect();
    !name.is_empty() && schema.windows(name.len()).any(|words| ends_alike(words, name))
}

fn lower(name: &str) -> Vec<String> {
    words(name).iter().map(|word| word.to_lowercase()).collect()
}

/// Whether a name has all words of another, in their order: `issueIdOrKey` those of `key`.
pub(super) fn says(name: &str, other: &str) -> bool {
    let (name, other) = (lower(name), lower(other));
    !other.is_empty() && name.windows(other.len()).any(|words| words == other)
}

/// Whether a name ends with the words of another: `thing_id` with those of `id`.
pub(super) fn ends_with(name: &str, other: &str) -> bool {
    let other = lower(other);
    !other.is_empty() && lower(name).ends_with(&other)
}

/// Whether a schema is that of what is done, under its path's own name: `SubscribeRequest` of `/subscribe`.
pub(super) fn is_of_a_call(schema: &str, name: &[String]) -> bool {
    let schema = lower(schema);
    let rest = schema.strip_prefix(name).filter(|_| !name.is_empty());
    rest.is_some_and(|rest| {
        !rest.is_empty() && rest.iter().all(|word| MESSAGES.contains(&word.as_str()))
    })
}

/// Whether two names are one: `order_lines` and `orderlines`, too.
fn same(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && ends_alike(a, b) || alike(&a.concat(), &b.concat())
}

/// Whether one name is the other, perhaps with words before it: `orders` and `sales_orders`.
fn ends_alike(a: &[String], b: &[String]) -> bool {
    a.iter().rev().zip(b.iter().rev()).all(|(a, b)| alike(a, b))
}

/// Whether two words are one, in the singular or in the plural.
fn alike(a: &str, b: &str) -> bool {
    let stems = |word: &str| {
        let y = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
        let es = word.strip_suffix("es").map(str::to_owned);
        let s = word.strip_suffix('s').map(str::to_owned);
        let people = (word == "people").then(|| "person".to_owned());
        [Some(word.to_owned()), y, es, s, people].into_iter().flatten().collect::<Vec<_>>()
    };
    let known = stems(b);
    stems(a).iter().any(|stem| known.contains(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_about_records() {
        for (a, b, expected) in [
            ("/flows/filter", "/flows/{id}", Relation::Same),
            (
                "/crm/v3/objects/contacts/search",
                "/crm/v3/objects/contacts/{contactId}",
                Relation::Same,
            ),
            ("/api/v2/tickets.json", "/api/v2/tickets/{id}", Relation::Same),
            ("/employees/directory", "/employees/{id}", Relation::Same),
            ("/companies", "/company/{id}", Relation::Same),
            ("/statuses", "/status/{id}", Relation::Same),
            ("/cases", "/case/{id}", Relation::Same),
            ("/users.list", "/users.info", Relation::Same),
            ("/projects/{id}/members", "/members/{id}", Relation::Same),
            ("/rest/api/3/search/jql", "/rest/api/3/issue/{id}", Relation::Unclear),
            ("/query", "/sobjects/Lead/{id}", Relation::Unclear),
            ("/templates/invoices/{id}", "/invoices", Relation::Unclear),
            ("/team/members", "/members/{id}", Relation::Unclear),
            ("/things", "/trash/{id}", Relation::Unclear),
            ("/users", "/register", Relation::Unclear),
            ("/files/list_folder", "/files/delete_v2", Relation::Unclear),
            ("/projects/{id}/members", "/teams/{id}/members/{member}", Relation::Unclear),
            ("/flows", "/flows/{id}/tags/{tag}", Relation::Unclear),
            ("/orders", "/sales_orders/{id}", Relation::Unclear),
            ("/orderlines", "/order_lines/{id}", Relation::Same),
            ("/flows/filter", "/tags/{id}", Relation::Other),
            ("/flows", "/flow_runs/{id}", Relation::Other),
            ("/crm/v3/objects/contacts", "/crm/v3/objects/companies/{id}", Relation::Other),
        ] {
            let (a, b) = (Collection::of(a), Collection::of(b));
            assert_eq!(a.relation(&b), expected, "{a:?} {b:?}");
            assert_eq!(b.relation(&a), expected, "{b:?} {a:?}");
        }
    }

    #[test]
    fn records_of_others_are_called_alike() {
        for (a, b, expected) in [
            ("/issues/comments", "/articles/{aid}/comments/{id}", true),
            ("/projects/{id}/members", "/teams/{id}/members/{member}", true),
            ("/comments", "/articles/{aid}/comments/{id}", false),
            ("/issues/{id}/comments", "/issues/comments/{id}", false),
            ("/issues/comments", "/articles/{id}", false),
        ] {
            let (a, b) = (Collection::of(a), Collection::of(b));
            assert_eq!(
                (a.is_of_others(&b), b.is_of_others(&a)),
                (expected, expected),
                "{a:?} {b:?}"
            );
        }
        assert!(is_of_a_call("SubscribeRequest", &["subscribe".to_owned()]));
        assert!(!is_of_a_call("SubscribeList", &["subscribe".to_owned()]));
        assert!(!is_of_a_call("TagInput", &["tags".to_owned()]));
    }

    #[test]
    fn schemas_are_called_after_paths() {
        let after = |schema: &str, path: &str| called_after(schema, Collection::of(path).name());
        assert!(after("LeadSObject", "/sobjects/Lead/{id}"));
        assert!(after("FlowRun", "/flow_runs/{id}"));
        assert!(!after("FlowRun", "/flows/{id}"));
        assert!(!after("Flow", "/flow_runs/{id}"));
        let speaks = |schema: &str, path: &str| speaks_of(schema, Collection::of(path).name());
        assert!(speaks("CreateTagRequest", "/tags"));
        assert!(!speaks("CreateFlow", "/tags"));
    }
}
