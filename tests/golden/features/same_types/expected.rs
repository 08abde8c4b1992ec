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

impl gusset::Operation for ListOrders {
    type Client = Client;
    type Output = Vec<types::Order>;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::get(&INTEGRATION, "list_orders", "/orders");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.query("status", &self.status);
        request.query("sort", &self.sort);
        Ok(())
    }
}

/// Calls `POST /orders`.
#[derive(Clone, Debug)]
pub struct CreateOrder {
    pub body: types::CreateOrderBody,
}

impl CreateOrder {
    /// With what is required; the rest is left out.
    pub fn new(body: types::CreateOrderBody) -> Self {
        CreateOrder { body }
    }
}

impl gusset::Operation for CreateOrder {
    type Client = Client;
    type Output = types::Order;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "create_order", "/orders");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.json(&self.body)?;
        Ok(())
    }
}

/// Calls `POST /places`.
#[derive(Clone, Debug)]
pub struct Visit {
    pub body: types::VisitBody,
}

impl Visit {
    /// With what is required; the rest is left out.
    pub fn new(body: types::VisitBody) -> Self {
        Visit { body }
    }
}

impl gusset::Operation for Visit {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "visit", "/places");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.json(&self.body)?;
        Ok(())
    }
}

// src/types.rs
//! Types of Same types: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

gusset::open_enum! {
    pub enum ListOrdersStatus {
        Open = "open",
        Done = "done",
    }
}

gusset::open_enum! {
    pub enum ListOrdersSort {
        Newest = "newest",
        Oldest = "oldest",
    }
}

#[derive(Clone, Debug, PartialEq, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
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

/// How far it is.
pub type OrderStatus = ListOrdersStatus;

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct OrderAddress {
    pub city: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<OrderAddressKind>,
}

impl OrderAddress {
    /// With what is required; the rest is left out.
    pub fn new(city: impl Into<String>) -> Self {
        OrderAddress { city: city.into(), kind: None }
    }
}

#[derive(Clone, Debug, PartialEq, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct OrderNote {
    pub text: Option<String>,
}

gusset::open_enum! {
    pub enum OrderSort {
        Oldest = "oldest",
        Newest = "newest",
    }
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Depot {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Shop {
    pub name: Option<String>,
}

pub type OrderOffice = Depot;

gusset::open_enum! {
    pub enum OrderAddressKind {
        Home = "home",
        Work = "work",
    }
}

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct CreateOrderBody {
    /// How far it is to begin with.
    pub status: CreateOrderBodyStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<CreateOrderBodyAddress>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<CreateOrderBodyNote>,
}

impl CreateOrderBody {
    /// With what is required; the rest is left out.
    pub fn new(status: CreateOrderBodyStatus) -> Self {
        CreateOrderBody { status, address: None, note: None }
    }
}

/// How far it is to begin with.
pub type CreateOrderBodyStatus = ListOrdersStatus;

pub type CreateOrderBodyAddress = OrderAddress;

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct CreateOrderBodyNote {
    #[serde(skip_serializing_if = "gusset::Patch::is_absent")]
    pub text: gusset::Patch<String>,
}

pub type CreateOrderBodyAddressKind = OrderAddressKind;

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct VisitBody {
    pub places: VisitBodyPlaces,
}

impl VisitBody {
    /// With what is required; the rest is left out.
    pub fn new(places: VisitBodyPlaces) -> Self {
        VisitBody { places }
    }
}

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
