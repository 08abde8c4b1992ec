use crate::kit::{self, decode, received, roundtrip, sent};
use crate::same_types::operations::{CreateOrder, ListOrders, Visit};
use crate::same_types::types::{
    CreateOrderBody, CreateOrderBodyNote, CreateOrderBodyStatus, Depot, ListOrdersStatus, Order,
    OrderNote, OrderOffice, OrderStatus, Shop, VisitBody, VisitBodyPlaces,
};
use gusset::Patch;
use gusset::serde_json::json;
use std::any::TypeId;

#[test]
fn what_was_read_can_be_sent() {
    let read = json!({"status": "open", "address": {"city": "Bern", "kind": "home"}});
    let answer = kit::json(200, &json!([read]));
    let order: Order = received(&ListOrders::default(), answer).unwrap().remove(0);
    let mut body = CreateOrderBody::new(order.status.clone());
    body.address = Some(order.address);
    assert_eq!(sent(&CreateOrder::new(body)).json(), read);
    let list = ListOrders { status: Some(order.status), ..ListOrders::default() };
    assert_eq!(sent(&list).target(), "/orders?status=open");
}

#[test]
fn names_stay_and_stand_for_one_type() {
    let status: OrderStatus = CreateOrderBodyStatus::Open;
    assert_eq!(status, ListOrdersStatus::from("open"));
    assert_eq!(TypeId::of::<OrderOffice>(), TypeId::of::<Depot>());
    assert_ne!(TypeId::of::<Depot>(), TypeId::of::<Shop>());
}

#[test]
fn what_means_something_else_where_it_is_sent_stays_apart() {
    let read: OrderNote = decode(&json!({"text": null}));
    assert_eq!(read.text, None);
    let mut body = CreateOrderBody::new(OrderStatus::Open);
    body.note = Some(CreateOrderBodyNote { text: Patch::Null });
    let json = sent(&CreateOrder::new(body)).json();
    assert_eq!(json, json!({"status": "open", "note": {"text": null}}));
}

#[test]
fn variants_that_hold_one_type_stay_apart() {
    let depot = Depot { name: Some("Bern".to_owned()) };
    let lists =
        [VisitBodyPlaces::DepotList(vec![depot.clone()]), VisitBodyPlaces::ObjectList(vec![depot])];
    for list in lists {
        let body = VisitBody::new(list);
        assert_eq!(sent(&Visit::new(body)).json(), json!({"places": [{"name": "Bern"}]}));
    }
    // What only one of them holds becomes that.
    let body = VisitBody::new(VisitBodyPlaces::from(3));
    assert_eq!(sent(&Visit::new(body)).json(), json!({"places": 3}));
}

#[test]
fn both_ways_as_one() {
    let order: Order = decode(&json!({"status": "lost", "address": {"city": "Bern"}}));
    assert_eq!(order.status, OrderStatus::Other("lost".to_owned()));
    let address: crate::same_types::types::OrderAddress = roundtrip(&json!({"city": "Bern"}));
    assert_eq!(address, order.address);
}
