//! What emitted crates need of the workspace that they are members of.

use std::path::{Path, PathBuf};

/// What they take over from it: section, key, and the line that says it.
const SHARED: [(&str, &str, &str); 5] = [
    ("workspace.package", "version", "version = \"0.1.0\""),
    ("workspace.package", "edition", "edition = \"2024\""),
    ("workspace.package", "rust-version", "rust-version = \"1.90\""),
    ("workspace.dependencies", "gusset", "gusset = { path = \"FOLDER\" }"),
    ("workspace.lints", "", ""),
];

/// What to do about crates in a folder that take the runtime from their workspace; nothing, if it has all they need.
pub(super) fn note(out: &Path) -> String {
    let manifest = out.ancestors().map(|folder| folder.join("Cargo.toml")).find_map(workspace);
    let lines = missing(manifest.as_ref().map_or("", |(_, text)| text));
    let alone = "`--gusset FOLDER`, where the runtime is, emits crates that stand alone";
    match manifest {
        Some(_) if lines.is_empty() => String::new(),
        Some((path, _)) => format!(
            "note: these crates take what they share from the workspace of {}, which lacks\n{lines}{alone}.\n",
            path.display()
        ),
        None => format!(
            "note: these crates take the runtime from a workspace, and {} is in none. {alone};\n\
             or they become members of one with these lines in its Cargo.toml:\n{lines}",
            out.display()
        ),
    }
}

/// The lines that a workspace's manifest lacks.
fn missing(manifest: &str) -> String {
    let known = keys(manifest);
    let mut lines = String::new();
    let mut last = "";
    for (section, key, line) in SHARED {
        let key = format!("{section}.{key}.").replace("..", ".");
        if known.iter().any(|known| known.starts_with(&key)) {
            continue;
        }
        if section != last {
            lines.push_str(&format!("  [{section}]\n"));
            last = section;
        }
        if !line.is_empty() {
            lines.push_str(&format!("  {line}\n"));
        }
    }
    lines
}

/// The manifest, if it is that of a workspace.
fn workspace(path: PathBuf) -> Option<(PathBuf, String)> {
    let text = std::fs::read_to_string(&path).ok()?;
    keys(&text).iter().any(|key| key.starts_with("workspace.")).then_some((path, text))
}

/// The sections and the keys of a manifest as `workspace.package.edition.`.
fn keys(text: &str) -> Vec<String> {
    let mut section = String::new();
    let mut keys = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some((name, _)) = line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            section = format!("{}.", name.trim());
            keys.push(section.clone());
        } else if let Some((key, _)) = line.split_once('=') {
            keys.push(format!("{section}{}.", key.trim().replace('"', "")));
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::note;

    #[test]
    fn only_what_is_missing_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("app/generated");
        std::fs::create_dir_all(&out).unwrap();
        let text = note(&out);
        assert!(text.contains("is in none") && text.contains("--gusset FOLDER"), "{text}");
        assert!(text.contains("[workspace.package]\n  version"), "{text}");
        assert!(!text.contains("license"), "{text}");

        let manifest = folder.path().join("Cargo.toml");
        let whole = "[workspace]\n[workspace.package]\nversion = \"1.0.0\"\nedition = \"2024\"\n\
            rust-version = \"1.90\"\n[workspace.dependencies.gusset]\npath = \"x\"\n[workspace.lints.rust]\n";
        std::fs::write(&manifest, whole).unwrap();
        assert_eq!(note(&out), "");
        std::fs::write(&manifest, whole.replace("edition = \"2024\"\n", "")).unwrap();
        let text = note(&out);
        let lacks = "lacks\n  [workspace.package]\n  edition = \"2024\"\n`--gusset";
        assert!(text.contains(lacks), "{text}");
        // Keys may have dots.
        let dotted = "[workspace]\npackage.version = \"1\"\npackage.edition = \"2024\"\n\
            package.rust-version = \"1.90\"\ndependencies.gusset = {}\nlints.rust.unsafe_code = \"deny\"\n";
        std::fs::write(&manifest, dotted).unwrap();
        assert_eq!(note(&out), "");
        std::fs::write(&manifest, whole.replace("edition = \"2024\"\n", "")).unwrap();
        // A package between is no workspace.
        std::fs::write(folder.path().join("app/Cargo.toml"), "[package]\nname = \"app\"\n")
            .unwrap();
        assert_eq!(note(&out), text);
    }
}
