use super::*;

#[track_caller]
fn check(raw: &str, lines: &[&str]) {
    assert_eq!(escape(raw), lines, "{raw}");
}

#[test]
fn prose_stays() {
    check("Reads a contact's name & e-mail.", &["Reads a contact's name & e-mail."]);
    check("One\nparagraph.\n\n\nAnother.\r\n", &["One paragraph.", "", "Another."]);
    check("HubSpot_Contact_Id__c or _this_", &["HubSpot_Contact_Id\\_\\_c or *this*"]);
    check("a &lt;b&gt; &amp;lt; c", &["a \\<b\\> \\&lt; c"]);
    check("", &[]);
}

#[test]
fn structure_stays() {
    check(
        "# The **Title**\nText:\n* one\n* two\nmore\n\nEnd",
        &["**The Title**", "", "Text:", "", "- one", "- two more", "", "End"],
    );
    check("1. a\n2. b\n   - c\n\n   d", &["1. a", "2. b", "   - c", "", "   d"]);
    check("<ul><li>a</li><li>b</li></ul>", &["- a", "- b"]);
    check("> quoted\n> text", &["> quoted text"]);
    check("A<br/>b <p>c</p>", &["A", "", "b", "", "c"]);
    check("Use `limit` or <code>after</code>.", &["Use `limit` or `after`."]);
    check(
        "**bold** and *slanted*, **both *at* once**",
        &["**bold** and *slanted*, **both *at* once**"],
    );
    check(
        "| a | b |\n|---|---|\n| `x|y` | 1 |",
        &["| a | b |", "| --- | --- |", "| \\`x | y\\` |"],
    );
    check("```json\n{\"a\": [\n  1]}\n```", &["```text", "{\"a\": [", "  1]}", "```"]);
}

#[test]
fn html_is_shown_as_what_it_means() {
    check(
        "<table>\n <tr>\n  <th>Field</th>\n  <th>Scope</th></tr><tr><td>`a|b`</td><td>one<br>two</td></tr></table>\nEnd",
        &["| Field | Scope |", "| --- | --- |", "| `a\\|b` | one two |", "", "End"],
    );
    check(
        "Use the <a href=\"https://a.example/x\" target='_blank'>new <b>API</b></a> or <a href=\"/docs\">the docs</a>.",
        &["Use the [new **API**](https://a.example/x) or the docs."],
    );
    check(
        "<strong style={{ color: \"#4573D2\" }}>Needs: </strong><CODE>tasks:read</CODE>",
        &["**Needs:** `tasks:read`"],
    );
    check("<b>One</b> and <i>two</i><!-- not\nshown -->.", &["**One** and *two*."]);
    check(
        "Text<ul>\n  <li>a\n    <ol><li>b</li><li>c</li></ol>\n  </li>\n  <li>d</li></ul>",
        &["Text", "", "- a", "  1. b", "  2. c", "- d"],
    );
    check("<pre><code>if a &lt; b:\n    c</code></pre>", &["```text", "if a < b:", "    c", "```"]);
    check("<h2>Head</h2>\n   <p>Some <em>text</em></p>", &["**Head**", "", "Some *text*"]);
    check("`<br>` and\n```\n<p>\n```", &["`<br>` and", "", "```text", "<p>", "```"]);
    check("<img src=\"x.png\" alt=\"A logo\">Text", &["A logoText"]);
}

#[test]
fn names_in_angle_brackets_are_no_html() {
    check("Send <api_key> or <currency>.", &["Send \\<api_key\\> or \\<currency\\>."]);
    check("x<b and c>d, /a/<i>/<section>", &["x\\<b and c\\>d, /a/\\<i\\>/\\<section\\>"]);
    check("an \\<b>escaped</b> tag", &["an \\<b\\>escaped tag"]);
}

#[test]
fn notes_are_quotes() {
    check("Text\n> [!NOTE]\n> Said.\n\nEnd", &["Text", "", "> **Note:** Said.", "", "End"]);
    check("Text\n\n> a\n>\n> b", &["Text", "", "> a", ">", "> b"]);
}

#[test]
fn links_to_the_web_stay() {
    check("See [the guide](https://a.example/x_y).", &["See [the guide](https://a.example/x_y)."]);
    check("At https://a.example/b, or so.", &["At <https://a.example/b>, or so."]);
    check("[Below](#below), [file](../x.md), [`Vec`](Vec)", &["Below, file, `Vec`"]);
    check("![alt](https://a.example/i.png)", &["[alt](https://a.example/i.png)"]);
    check("[](https://a.example/)", &[]);
    check("https://ex\u{e4}mple.com/", &["`https://ex\u{e4}mple.com/`"]);
}

#[test]
fn nothing_becomes_code_or_markup() {
    check("```rust\nstd::process::exit(1)\n```", &["```text", "std::process::exit(1)", "```"]);
    check("````\n```rust\n````", &["````text", "```rust", "````"]);
    check("text\n\n    indented", &["text", "", "indented"]);
    check("[String] and [`Vec`] and <script>", &["\\[String\\] and \\[`Vec`\\] and \\<script\\>"]);
    check("a */ fn main() {}", &["a \\*/ fn main() {}"]);
    check("a\u{202e}b\u{0}c\u{7f}", &["abc"]);
    check("odd ` tick", &["odd \\` tick"]);
    check("**unclosed", &["\\*\\*unclosed"]);
}

#[test]
fn wrapped_lines_start_no_markup() {
    let raw = format!("{} - dash", "word ".repeat(19) + "a");
    assert_eq!(escape(&raw)[1], "\\- dash");
    let raw = format!("{} 12. twelve", "word ".repeat(19) + "a");
    assert_eq!(escape(&raw)[1], "12\\. twelve");
    assert!(escape(&"word ".repeat(100)).iter().all(|l| l.len() <= 96));
}

#[test]
fn hostile_text_ends() {
    for text in [
        ">".repeat(50_000),
        "- ".repeat(20_000),
        "[".repeat(50_000),
        "*a ".repeat(20_000),
        "<b>".repeat(20_000),
        "<ul><li>".repeat(10_000) + &"</ul>".repeat(10_000),
        "<table>".repeat(10_000) + "</table>",
        "<!-- <a ".repeat(10_000),
        "` `` ".repeat(10_000),
        "<b>".repeat(10_000) + &"</i>".repeat(10_000) + "</b>",
        "<table><tr>".to_owned()
            + &"<td>".repeat(10_000)
            + &"<tr><td>a".repeat(10_000)
            + "</table>",
    ] {
        assert!(
            escape(&format!("{text} end")).last().is_some_and(|line| line.ends_with("end")),
            "{}",
            &text[..9]
        );
    }
}

#[test]
fn code_holds_any_text() {
    for (text, shown) in [("a", "`a`"), ("a`b", "`` a`b ``"), (" ", "(empty)"), ("a\nb", "`a b`")] {
        assert_eq!(code(text), shown);
    }
}
