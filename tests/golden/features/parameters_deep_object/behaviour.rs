use crate::kit::sent;
use crate::parameters_deep_object::{operations::ListOrders, types};
use std::collections::BTreeMap;

#[test]
fn objects_nest_in_brackets() {
    let filter = types::ListOrdersFilter {
        status: Some("open".into()),
        created: Some(types::ListOrdersFilterCreated {
            after: Some("2026-01-01".parse().unwrap()),
            before: None,
        }),
        ..types::ListOrdersFilter::default()
    };
    let sent = sent(&ListOrders { filter: Some(filter), ..ListOrders::default() });
    assert_eq!(
        sent.target(),
        "/orders?filter%5Bstatus%5D=open&filter%5Bcreated%5D%5Bafter%5D=2026-01-01"
    );
}

#[test]
fn lists_have_empty_brackets_and_lists_of_objects_are_numbered() {
    let line =
        |sku: &str| types::ListOrdersFilterLinesItem { sku: Some(sku.to_owned()), amount: Some(2) };
    let filter = types::ListOrdersFilter {
        tags: Some(vec!["a b".to_owned(), "c".to_owned()]),
        lines: Some(vec![line("x"), line("y")]),
        ..types::ListOrdersFilter::default()
    };
    let sent = sent(&ListOrders { filter: Some(filter), ..ListOrders::default() });
    let expected = "/orders?filter[tags][]=a%20b&filter[tags][]=c&filter[lines][0][sku]=x&filter[lines][0][amount]=2\
                    &filter[lines][1][sku]=y&filter[lines][1][amount]=2";
    assert_eq!(sent.target(), expected.replace('[', "%5B").replace(']', "%5D"));
}

#[test]
fn lists_and_maps_at_the_top() {
    let operation = ListOrders {
        expand: vec!["customer".to_owned(), "lines".to_owned()],
        metadata: Some(BTreeMap::from([("a&b".to_owned(), "1".to_owned())])),
        ..ListOrders::default()
    };
    assert_eq!(
        sent(&operation).target(),
        "/orders?expand%5B%5D=customer&expand%5B%5D=lines&metadata%5Ba%26b%5D=1"
    );
    assert_eq!(sent(&ListOrders::default()).target(), "/orders");
}
