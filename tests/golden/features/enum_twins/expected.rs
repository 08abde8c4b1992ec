// src/operations.rs
//! Operations of Enum twins: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct SendThing {
    pub body: types::Thing,
}
gusset::operation!(SendThing: post "/things" as "send_thing" -> types::Thing {
    json body
} new(body: types::Thing));

// src/types.rs
//! Types of Enum twins: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub order: ThingOrder,
    pub zone: ThingZone,
    /// One of `1`, `2`, `true`.
    pub switch: gusset::Patch<ThingSwitch>,
}
gusset::record!(Thing: read, write {
    order, zone, [switch]
} new(order: ThingOrder, zone: ThingZone));

gusset::open_enum! {
    pub enum ThingOrder {
        Asc = "asc", ASC = "ASC", Asc2 = "Asc", Desc = "desc", DESC = "DESC", Other2 = "other",
        Other3 = "Other", SelfValue = "self", SelfValue2 = "Self",
        /// (empty)
        Empty = "",
        /// (empty)
        Space = " ",
        V1st = "1st", Größe = "größe",
    }
}

gusset::open_enum! {
    pub enum ThingZone {
        EtcGmtPlus0 = "Etc/GMT+0", EtcGmt0 = "Etc/GMT-0", EtcGmt0_2 = "Etc/GMT0",
    }
}

gusset::open_enum! {
    pub enum ThingSwitch {
        V1 = "1", V2 = "2", True = "true",
    }
}
