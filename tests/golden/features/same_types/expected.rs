// src/operations.rs
//! Operations of Same types: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `GET /orders`.
#[derive(Clone, Debug, Default)]
pub struct ListOrders {
    pub status: Option<types::ListOrdersStatus>,
    pub sort: Option<types::ListOrdersSort>,
}
gusset::operation!(ListOrders: get "/orders" as "list_orders" -> Vec<types::Order> {
    query [status, sort]
});

/// Calls `POST /orders`.
#[derive(Clone, Debug)]
pub struct CreateOrder {
    pub body: types::CreateOrderBody,
}
gusset::operation!(CreateOrder: post "/orders" as "create_order" -> types::Order {
    json body
} new(body: types::CreateOrderBody));

/// Calls `POST /places`.
#[derive(Clone, Debug)]
pub struct Visit {
    pub body: types::VisitBody,
}
gusset::operation!(Visit: post "/places" as "visit" { json body } new(body: types::VisitBody));

// src/types.rs
//! Types of Same types: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

gusset::open_enum! {
    pub enum ListOrdersStatus {
        Open = "open", Done = "done",
    }
}

gusset::open_enum! {
    pub enum ListOrdersSort {
        Newest = "newest", Oldest = "oldest",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// How far it is.
    pub status: OrderStatus,
    pub address: OrderAddress,
    pub note: Option<OrderNote>,
    pub sort: Option<OrderSort>,
    pub depot: Option<Depot>,
    pub shop: Option<Shop>,
    pub office: Option<OrderOffice>,
}
gusset::record!(Order: read { status, address, [note, sort, depot, shop, office] });

/// How far it is.
pub type OrderStatus = ListOrdersStatus;

#[derive(Clone, Debug, PartialEq)]
pub struct OrderAddress {
    pub city: String,
    pub kind: Option<OrderAddressKind>,
}
gusset::record!(OrderAddress: read, write { city, [kind] } new(city: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct OrderNote {
    pub text: Option<String>,
}
gusset::record!(OrderNote: read { [text] });

gusset::open_enum! {
    pub enum OrderSort {
        Oldest = "oldest", Newest = "newest",
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Depot {
    pub name: Option<String>,
}
gusset::record!(Depot: read, write { [name] });

#[derive(Clone, Debug, PartialEq)]
pub struct Shop {
    pub name: Option<String>,
}
gusset::record!(Shop: read { [name] });

pub type OrderOffice = Depot;

gusset::open_enum! {
    pub enum OrderAddressKind {
        Home = "home", Work = "work",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct CreateOrderBody {
    /// How far it is to begin with.
    pub status: CreateOrderBodyStatus,
    pub address: Option<CreateOrderBodyAddress>,
    pub note: Option<CreateOrderBodyNote>,
}
gusset::record!(CreateOrderBody: write {
    status, [address, note]
} new(status: CreateOrderBodyStatus));

/// How far it is to begin with.
pub type CreateOrderBodyStatus = ListOrdersStatus;

pub type CreateOrderBodyAddress = OrderAddress;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateOrderBodyNote {
    pub text: gusset::Patch<String>,
}
gusset::record!(CreateOrderBodyNote: write { [text] });

pub type CreateOrderBodyAddressKind = OrderAddressKind;

#[derive(Clone, Debug, PartialEq)]
pub struct VisitBody {
    pub places: VisitBodyPlaces,
}
gusset::record!(VisitBody: write { places } new(places: VisitBodyPlaces));

#[derive(Clone, Debug, PartialEq)]
pub enum VisitBodyPlaces {
    DepotList(Vec<Depot>),
    ObjectList(Vec<VisitBodyPlacesObjectListItem>),
    Integer(i64),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize for VisitBodyPlaces {
        DepotList,
        ObjectList,
        Integer,
    }
}

impl From<i64> for VisitBodyPlaces {
    fn from(value: i64) -> Self {
        VisitBodyPlaces::Integer(value)
    }
}

pub type VisitBodyPlacesObjectListItem = Depot;
