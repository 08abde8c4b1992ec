//! The shapes that the language must be able to say, each by the bundled spec that uses it: emitted client against sandbox.
#![allow(clippy::unwrap_used, clippy::panic)]

use gusset::Options;
use gusset::serde_json::{Value, json};
use gusset_compiler::Input;
use gusset_compiler::source::Sources;
use gusset_sandbox::{Builder, Credential, Sandbox};
use gusset_tests::LeapClock;
use jiff::{Timestamp, ToSpan};
use std::path::PathBuf;
use std::sync::Arc;

fn provider(name: &str) -> Builder {
    let specs = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../specs").join(name);
    let input = Input { specs: vec![specs], ..Input::default() };
    Sandbox::builder(gusset_compiler::check(&input, &mut Sources::new()).value.unwrap())
}

fn options(sandbox: &Sandbox) -> Options {
    Options::default().with_server(sandbox.url()).with_clock(Arc::new(LeapClock::default()))
}

fn texts(records: &[Value], field: &str) -> Vec<String> {
    records.iter().map(|record| record[field].as_str().unwrap().to_owned()).collect()
}

fn jira(sandbox: &Sandbox) -> jira::Client {
    let Credential::Basic { user, password } = sandbox.credentials()["token"].clone() else {
        panic!("no basic credentials")
    };
    let credentials = jira::Credentials::token(user, password);
    jira::Client::new(credentials, &jira::Settings::new("acme.atlassian.net"), options(sandbox))
        .unwrap()
}

#[tokio::test]
async fn a_token_and_a_flag_on_the_last_page() {
    let sandbox = provider("jira").records(250).without_limits().start().await.unwrap();
    let client = jira(&sandbox);
    let mut issues = client.issues().items();
    let mut ids = Vec::new();
    while let Some(issue) = issues.next().await {
        ids.push(issue.unwrap().id);
    }
    assert_eq!(ids, texts(&sandbox.records("issues"), "id"));
    assert_eq!(sandbox.calls("search_issues"), 3, "the flag on the third page ends it");
}

#[tokio::test]
async fn a_time_inside_a_query() {
    let sandbox = provider("jira").records(250).without_limits().start().await.unwrap();
    let client = jira(&sandbox);
    let updated = |issue: &Value| -> Timestamp {
        issue["fields"]["updated"].as_str().unwrap().parse().unwrap()
    };
    let records = sandbox.records("issues");
    let mut times: Vec<Timestamp> = records.iter().map(updated).collect();
    times.sort();
    let middle = times[times.len() / 2];
    let mut changes = client.issues().changes(middle);
    let mut read = Vec::new();
    while let Some(issue) = changes.next().await {
        read.push(issue.unwrap().fields.updated.timestamp());
    }
    // The query has minutes: a little more than was asked for, never less.
    assert!(read.is_sorted());
    assert!(read.len() >= times.len() - times.len() / 2 && read.len() < times.len());
    assert!(read.iter().all(|time| *time >= middle - 60.seconds()));
}

#[tokio::test]
async fn a_status_changes_by_a_transition() {
    let sandbox = provider("jira").records(3).without_limits().start().await.unwrap();
    let client = jira(&sandbox);
    let ways = client.send(&jira::operations::GetTransitions::new("10001")).await.unwrap();
    let way = ways.transitions.first().unwrap();
    let body = jira::types::DoTransition::new(jira::types::DoTransitionTransition::new(&way.id));
    client.send(&jira::operations::DoTransition::new("10001", body)).await.unwrap();
    assert_eq!(sandbox.calls("do_transition"), 1);
}

fn bamboohr(sandbox: &Sandbox) -> bamboohr::Client {
    let Credential::Basic { user, password } = sandbox.credentials()["key"].clone() else {
        panic!("no basic credentials")
    };
    let settings = bamboohr::Settings::new("acme");
    let credentials = bamboohr::Credentials::key(user, password);
    bamboohr::Client::new(credentials, &settings, options(sandbox)).unwrap()
}

#[tokio::test]
async fn names_in_brackets() {
    let sandbox = provider("bamboohr").records(600).without_limits().start().await.unwrap();
    let client = bamboohr(&sandbox);
    let mut employees = client.employees().items();
    let mut ids = Vec::new();
    while let Some(employee) = employees.next().await {
        ids.push(employee.unwrap().employee_id);
    }
    assert_eq!(ids, texts(&sandbox.records("employees"), "employeeId"));
    assert_eq!(sandbox.calls("list_employees"), 3, "`page[limit]` is 250");
}

#[tokio::test]
async fn the_key_of_a_new_record_is_in_its_location() {
    let sandbox = provider("bamboohr").records(3).without_limits().start().await.unwrap();
    let client = bamboohr(&sandbox);
    let id = client.employees().create(&bamboohr::types::NewEmployee::new("Ada", "Byron")).await;
    let id = id.unwrap();
    let records = sandbox.records("employees");
    let made = records.iter().find(|employee| employee["employeeId"] == id.as_str()).unwrap();
    assert_eq!((&made["firstName"], records.len()), (&json!("Ada"), 4));
}

#[tokio::test]
async fn ids_say_what_changed_and_each_is_read() {
    let sandbox = provider("bamboohr").records(60).start().await.unwrap();
    // Four calls at a time, and a clock that leaps would not wait for one of them.
    let Credential::Basic { user, password } = sandbox.credentials()["key"].clone() else {
        panic!("no basic credentials")
    };
    let client = bamboohr::Client::new(
        bamboohr::Credentials::key(user, password),
        &bamboohr::Settings::new("acme"),
        Options::default().with_server(sandbox.url()),
    )
    .unwrap();
    let keys = texts(&sandbox.records("employee_details"), "id");
    let before = Timestamp::now() - 1.minute();
    let none = client.employee_details().changes(before + 1.hour()).collect().await.unwrap();
    assert!(none.is_empty());

    for key in &keys[..20] {
        sandbox.put("employee_details", json!({"id": key, "department": "Bridges"})).unwrap();
    }
    assert!(sandbox.remove("employee_details", &keys[3]).unwrap());
    let mut changes = client.employee_details().changes(before);
    let (mut read, mut gone) = (Vec::new(), Vec::new());
    while let Some(change) = changes.next().await {
        let change = change.unwrap();
        assert!(change.at >= before);
        match change.record {
            Some(record) => {
                assert_eq!(
                    (&record.id, record.department.as_deref()),
                    (&change.key, Some("Bridges"))
                );
                read.push(change.key);
            }
            None => gone.push(change.key),
        }
    }
    read.sort();
    let mut expected = [&keys[..3], &keys[4..20]].concat();
    expected.sort();
    assert_eq!((read, gone), (expected, vec![keys[3].clone()]));
    assert_eq!(sandbox.calls("get_employee"), 19, "one call a record that is there");

    let since = client.employee_details().changes(Timestamp::UNIX_EPOCH).collect().await.unwrap();
    assert_eq!(since.len(), 60);
}

#[tokio::test]
async fn what_went_wrong_is_in_a_header() {
    let sandbox = provider("bamboohr").records(3).without_limits().start().await.unwrap();
    let client = bamboohr(&sandbox);
    let body = bamboohr::types::EmployeeChange::default();
    let error = client.employees().update("nobody", &body).await.unwrap_err();
    let gusset::Error::Status(refused) = error else { panic!("{error}") };
    assert_eq!((refused.status, refused.code.as_deref()), (404, None));
    assert!(refused.message.unwrap().contains("nobody"), "from the header");
}

fn greenhouse(sandbox: &Sandbox) -> greenhouse::Client {
    let Credential::ClientCredentials { client_id, client_secret } =
        sandbox.credentials()["app"].clone()
    else {
        panic!("no client credentials")
    };
    let credentials = greenhouse::Credentials::app(client_id, client_secret);
    let options = options(sandbox).with_token_url(sandbox.token_url("app").unwrap());
    greenhouse::Client::new(credentials, &greenhouse::Settings::default(), options).unwrap()
}

#[tokio::test]
async fn a_link_with_an_exclusive_cursor_and_a_window_with_two_sides() {
    let sandbox = provider("greenhouse").records(1_200).without_limits().start().await.unwrap();
    let client = greenhouse(&sandbox);
    let mut all = client.candidates().items();
    let mut read = 0;
    while let Some(candidate) = all.next().await {
        candidate.unwrap();
        read += 1;
    }
    assert_eq!((read, sandbox.calls("list_candidates")), (1_200, 3));

    let times = texts(&sandbox.records("candidates"), "updated_at");
    let mut times: Vec<Timestamp> = times.iter().map(|time| time.parse().unwrap()).collect();
    times.sort();
    let since = times[600];
    let mut changes = client.candidates().changes(since);
    let mut read = Vec::new();
    while let Some(candidate) = changes.next().await {
        read.push(candidate.unwrap().updated_at.timestamp());
    }
    read.sort();
    assert_eq!(read, times[600..]);
}

#[tokio::test]
async fn another_operation_reads_on_and_records_have_tags() {
    use dropbox::types::{ListFolder, Metadata};
    let sandbox = provider("dropbox").records(1_200).without_limits().start().await.unwrap();
    let Credential::RefreshToken { client_id, client_secret, refresh_token } =
        sandbox.credentials()["user"].clone()
    else {
        panic!("no refresh token")
    };
    let credentials = dropbox::Credentials::user(client_id, client_secret, refresh_token);
    let options = options(&sandbox).with_token_url(sandbox.token_url("user").unwrap());
    let client = dropbox::Client::new(credentials, &dropbox::Settings::default(), options).unwrap();
    let mut entries = client.items(dropbox::operations::ListFolder::new(ListFolder::new("")));
    let mut read = 0;
    while let Some(entry) = entries.next().await {
        match entry.unwrap() {
            Metadata::File(file) => assert!(!file.id.is_empty()),
            Metadata::Folder(folder) => assert!(!folder.id.is_empty()),
            Metadata::Deleted(_) | Metadata::Other(_) => {}
        }
        read += 1;
    }
    // No resource has these records: they are the listing's own.
    assert_eq!(
        (read, sandbox.calls("list_folder"), sandbox.calls("list_folder_continue")),
        (1_200, 1, 2)
    );
}

fn quickbooks(sandbox: &Sandbox) -> quickbooks::Client {
    let Credential::RefreshToken { client_id, client_secret, refresh_token } =
        sandbox.credentials()["user"].clone()
    else {
        panic!("no refresh token")
    };
    let credentials = quickbooks::Credentials::user(client_id, client_secret, refresh_token);
    let options = options(sandbox).with_token_url(sandbox.token_url("user").unwrap());
    quickbooks::Client::new(credentials, &quickbooks::Settings::new("1"), options).unwrap()
}

#[tokio::test]
async fn pages_are_asked_for_inside_the_query() {
    let sandbox = provider("quickbooks").records(2_500).without_limits().start().await.unwrap();
    let client = quickbooks(&sandbox);
    let mut customers = client.customers().items();
    let mut ids = Vec::new();
    while let Some(customer) = customers.next().await {
        ids.push(customer.unwrap().id);
    }
    assert_eq!(ids, texts(&sandbox.records("customers"), "Id"));
    assert_eq!(sandbox.calls("query_customers"), 4, "three pages, and one without records");
}

/// A deleted customer has its id, its status and the time of its change, and nothing else.
#[test]
fn what_is_gone_is_a_record_too() {
    let gone = json!({"Id": "7", "status": "Deleted", "MetaData": {"LastUpdatedTime": "2026-11-22T10:00:00Z"}});
    let gone: quickbooks::types::Customer = gusset::serde_json::from_value(gone).unwrap();
    assert_eq!((gone.id.as_str(), gone.status.as_deref()), ("7", Some("Deleted")));
    assert_eq!(gone.sync_token, None);
}

#[tokio::test]
async fn changes_come_whole_in_one_answer() {
    let sandbox = provider("quickbooks").records(50).without_limits().start().await.unwrap();
    let client = quickbooks(&sandbox);
    let new = json!({"DisplayName": "new"});
    let new = [(); 3].map(|()| sandbox.put("customers", new.clone()).unwrap());
    let new = new.map(|customer| customer["Id"].as_str().unwrap_or_default().to_owned());
    let mut changes = client.customers().changes(Timestamp::UNIX_EPOCH);
    let mut read = Vec::new();
    while let Some(customer) = changes.next().await {
        read.push(customer.unwrap().id);
    }
    assert!(new.iter().all(|id| read.contains(id)), "{new:?} in {read:?}");
    assert!(read.len() < 53, "changes from before the last 30 days are forgotten");
    assert_eq!(sandbox.calls("changed_customers"), 1);
}

fn bearer(sandbox: &Sandbox, name: &str) -> String {
    let Credential::Bearer { token } = sandbox.credentials()[name].clone() else {
        panic!("no token")
    };
    token
}

fn asana(sandbox: &Sandbox) -> asana::Client {
    let credentials = asana::Credentials::token(bearer(sandbox, "token"));
    asana::Client::new(credentials, &asana::Settings::default(), options(sandbox)).unwrap()
}

#[tokio::test]
async fn records_are_members_of_what_is_sent_and_answered() {
    let sandbox = provider("asana").records(250).without_limits().start().await.unwrap();
    let client = asana(&sandbox);
    let projects = client.projects();
    let ids: Vec<String> =
        projects.items().collect().await.unwrap().into_iter().map(|p| p.gid).collect();
    assert_eq!(ids, texts(&sandbox.records("projects"), "gid"));

    let mut new = asana::types::ProjectRequest::new("Bridges");
    new.notes = Some("of steel".to_owned());
    let made = projects.create(&new).await.unwrap();
    let records = sandbox.records("projects");
    assert_eq!(records.len(), 251, "it is stored");
    let stored = records.iter().find(|record| record["gid"] == made.gid.as_str()).unwrap();
    assert_eq!((&stored["name"], &stored["notes"]), (&json!("Bridges"), &json!("of steel")));
    assert_eq!(projects.get(&made.gid).await.unwrap().name.as_deref(), Some("Bridges"));

    let change = asana::types::ProjectChange { archived: Some(true), ..Default::default() };
    let changed = projects.update(&ids[0], &change).await.unwrap();
    assert_eq!((changed.gid.as_str(), changed.archived), (ids[0].as_str(), Some(true)));

    projects.delete(&made.gid).await.unwrap();
    let error = projects.get(&made.gid).await.unwrap_err();
    assert!(matches!(&error, gusset::Error::Status(status) if status.status == 404), "{error}");
}

fn stripe(sandbox: &Sandbox) -> stripe::Client {
    let credentials = stripe::Credentials::key(bearer(sandbox, "key"));
    stripe::Client::new(credentials, &stripe::Settings::default(), options(sandbox)).unwrap()
}

#[tokio::test]
async fn the_key_of_the_last_record_leads_on() {
    let sandbox = provider("stripe").records(250).without_limits().start().await.unwrap();
    let client = stripe(&sandbox);
    let ids: Vec<String> =
        client.products().items().collect().await.unwrap().into_iter().map(|p| p.id).collect();
    assert_eq!(ids, texts(&sandbox.records("products"), "id"));
    assert_eq!(sandbox.calls("list_products"), 3, "the flag on the third page ends it");
}

#[tokio::test]
async fn a_last_record_that_does_not_decode_leads_on_too() {
    let sandbox = provider("stripe").records(250).without_limits().start().await.unwrap();
    let ids = texts(&sandbox.records("products"), "id");
    for id in &ids[..100] {
        sandbox.put("products", json!({"id": id, "name": 7})).unwrap();
    }
    let client = stripe(&sandbox);
    let (mut page, mut read, mut rejected) = (gusset::PageState::Start, Vec::new(), 0);
    while page != gusset::PageState::Done {
        let part = client.products().page(&page).await.unwrap();
        read.extend(part.items.into_iter().map(|product| product.id));
        rejected += part.rejected.len();
        page = part.next;
    }
    assert_eq!((read, rejected), (ids[100..].to_vec(), 100));
    assert_eq!(sandbox.calls("list_products"), 3);
}

#[tokio::test]
async fn listings_of_no_resource_have_pages() {
    let sandbox = provider("asana").records(250).without_limits().start().await.unwrap();
    let client = asana(&sandbox);
    let tasks = client.items(asana::operations::ListProjectTasks::new("1"));
    let ids: Vec<String> = tasks.collect().await.unwrap().into_iter().map(|t| t.gid).collect();
    assert_eq!(ids, texts(&sandbox.records("list_project_tasks"), "gid"));
    assert_eq!((ids.len(), sandbox.calls("list_project_tasks")), (250, 3));
    let mut few = asana::operations::ListProjectTasks::new("1");
    few.limit = Some(7);
    let page = client.pages(few).next().await.unwrap().unwrap();
    assert_eq!((page.data.len(), page.next_page.is_some()), (7, true));
}
