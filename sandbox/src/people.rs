//! Invented people and companies. Number `i` is the same person wherever it is asked for.

const FIRST: &[&str] = &[
    "Ada", "Bela", "Carla", "Dario", "Edith", "Femi", "Greta", "Hugo", "Ines", "Jonas", "Kira",
    "Lars", "Mina", "Noor", "Olga", "Pablo", "Quinn", "Rosa", "Sven", "Tara", "Umar", "Vera",
    "Wim", "Xenia", "Yuki", "Zoe",
];
const LAST: &[&str] = &[
    "Abel", "Berg", "Costa", "Dahl", "Ekman", "Fischer", "Garcia", "Haas", "Ito", "Jensen", "Kaya",
    "Lund", "Moreau", "Novak", "Okafor", "Peeters", "Quist", "Rossi", "Silva", "Tanaka", "Ueda",
    "Visser", "Weber", "Xu", "Yilmaz", "Zeman", "Arslan", "Bauer", "Conti",
];
const COMPANY: &[&str] = &[
    "Acorn", "Basalt", "Cobalt", "Delta", "Ember", "Fjord", "Granite", "Harbor", "Indigo",
    "Juniper", "Kestrel", "Lumen", "Meadow", "Nimbus", "Orchard", "Prism", "Quarry",
];
const BRANCH: &[&str] = &["Foods", "Labs", "Logistics", "Media", "Partners", "Systems", "Works"];
const JOB: &[&str] = &[
    "Account Manager",
    "Buyer",
    "CEO",
    "CFO",
    "Data Analyst",
    "Engineer",
    "Head of IT",
    "Office Manager",
    "Product Manager",
    "Recruiter",
    "Sales Director",
];

/// What person `i` has of that kind: `email`, `first_name`, `last_name`, `full_name`, `phone`,
/// `company`, `job_title`.
pub(crate) fn like(kind: &str, i: u64) -> Option<String> {
    let first = pick(FIRST, i);
    let last = pick(LAST, i);
    Some(match kind {
        "email" => format!("{}.{}.{i}@example.com", first.to_lowercase(), last.to_lowercase()),
        "first_name" => first.to_owned(),
        "last_name" => last.to_owned(),
        "full_name" => format!("{first} {last}"),
        "phone" => format!("+1 555 {:03} {:04}", (i / 10_000) % 1000, i % 10_000),
        "company" => format!("{} {}", pick(COMPANY, i), pick(BRANCH, i)),
        "job_title" => pick(JOB, i).to_owned(),
        _ => return None,
    })
}

fn pick(list: &'static [&'static str], i: u64) -> &'static str {
    let index = usize::try_from(i % list.len().max(1) as u64).unwrap_or(0);
    list.get(index).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn people_are_the_same_everywhere_and_addresses_are_unique() {
        assert_eq!(like("email", 3), like("email", 3));
        let all: std::collections::BTreeSet<_> = (0..5000).map(|i| like("email", i)).collect();
        assert_eq!(all.len(), 5000);
        assert_eq!(like("full_name", 27).as_deref(), Some("Bela Bauer"));
        assert_eq!(like("shoe_size", 1), None);
    }
}
