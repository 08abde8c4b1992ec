//! What the integration of a document alone is called.

use crate::openapi::Document;
use crate::resolve::documents::Documents;
use crate::source::Sources;
use crate::spec::{Specs, is_taken, syntax};
use std::collections::HashSet;
use std::path::Path;

/// Gives a name and a title to the integrations that have no spec.
pub(in crate::resolve) fn introduce(specs: &mut Specs, documents: &[Documents], sources: &Sources) {
    let given = specs.integrations.iter().map(|spec| spec.syntax.integration.clone());
    let mut taken: HashSet<String> = given.filter(|name| !name.is_empty()).collect();
    taken.extend(specs.syncs.iter().map(|sync| sync.syntax.sync.clone()));
    for (spec, documents) in specs.integrations.iter_mut().zip(documents) {
        let (true, Some(document)) = (spec.alone, documents.list.first()) else { continue };
        let title = document.title().map(str::trim).filter(|title| !title.is_empty());
        spec.syntax.about = syntax::About {
            title: title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" ")),
            ..syntax::About::default()
        };
        let asked = std::mem::take(&mut spec.syntax.integration);
        let named = !asked.is_empty();
        let base = match named {
            true => crate_name(&asked, &[], usize::MAX),
            false => of_document(document, sources.path(spec.place.file)),
        };
        let mut name = base.clone();
        let mut number = 1;
        // The name that was asked for is among those that are taken.
        while taken.contains(&name) && !(named && number == 1) {
            number += 1;
            name = format!("{base}_{number}");
        }
        taken.insert(name.clone());
        spec.syntax.integration = name;
    }
}

/// A name from a title is no longer; one that is asked for is as long as it is.
const LONGEST: usize = 40;

/// Words of titles that say nothing about whose API it is.
const NOISE: [&str; 12] = [
    "api",
    "apis",
    "definition",
    "documentation",
    "oas",
    "openapi",
    "reference",
    "rest",
    "spec",
    "specification",
    "swagger",
    "the",
];

fn of_document(document: &Document, path: &Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let titles = [document.title().unwrap_or_default(), &stem];
    let named = |noise: &[&str]| {
        let mut names = titles.iter().map(|title| crate_name(title, noise, LONGEST));
        names.find(|name| !name.is_empty())
    };
    named(&NOISE).or_else(|| named(&[])).unwrap_or_else(|| "api".to_owned())
}

/// A name of a module and a crate: ASCII, and none that Rust uses. Names of products are one word, whatever their
/// capitals.
fn crate_name(text: &str, noise: &[&str], longest: usize) -> String {
    let mut name = String::new();
    // `Ada's API` is Ada's.
    let text = text.replace(['\'', '\u{2019}'], "'").replace("'s ", " ");
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    for word in words.map(str::to_ascii_lowercase) {
        let version = word.strip_prefix('v').unwrap_or(&word);
        let version = version.bytes().all(|b| b.is_ascii_digit());
        if noise.contains(&word.as_str()) || (!noise.is_empty() && version) {
            continue;
        }
        if !name.is_empty() && name.len() + word.len() >= longest {
            break;
        }
        if !name.is_empty() {
            name.push('_');
        }
        name.push_str(&word);
    }
    name.truncate(longest);
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert_str(0, "api_");
    }
    if is_taken(&name) {
        name.push_str("_api");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, NOISE, crate_name};

    #[test]
    fn titles() {
        for (title, name) in [
            ("GitHub v3 REST API", "github"),
            ("The Shop platform REST API", "shop_platform"),
            ("Swagger Petstore - OpenAPI 3.0", "petstore"),
            ("Ada's Shop API", "ada_shop"),
            ("Ada\u{2019}s official shop", "ada_official_shop"),
            ("1Things", "api_1things"),
            ("Gusset API", "gusset_api"),
            ("Æther", "ther"),
            ("API", ""),
        ] {
            assert_eq!(crate_name(title, &NOISE, LONGEST), name);
        }
        assert_eq!(crate_name(&"x".repeat(100), &[], LONGEST).len(), 40);
    }

    #[test]
    fn a_name_that_is_asked_for_is_not_shortened() {
        let asked = "a_folder_and_a_document_in_it_with_a_long_name_of_parts";
        assert_eq!(crate_name(asked, &[], usize::MAX), asked);
    }
}
