// src/operations.rs
//! Operations of Enum twins: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct SendThing {
    /// The body.
    pub body: types::Thing,
}

impl SendThing {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Thing) -> Self {
        SendThing { body }
    }
}

impl gusset::Operation for SendThing {
    type Client = Client;
    type Output = types::Thing;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "send_thing",
        "/things",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.json(&self.body)?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.json()
    }
}

// src/types.rs
//! Types of Enum twins: what travels.

/// The document's `Thing`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    /// The document's `order`.
    pub order: ThingOrder,
    /// The document's `zone`.
    pub zone: ThingZone,
    /// The document's `switch`.
    ///
    /// One of `1`, `2`, `true`.
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub switch: gusset::Patch<ThingSwitch>,
}

impl Thing {
    /// With what is required; the rest is left out.
    pub fn new(order: ThingOrder, zone: ThingZone) -> Self {
        Thing {
            order,
            zone,
            switch: gusset::Patch::Absent,
        }
    }
}

gusset::open_enum! {
    /// The document's `ThingOrder`.
    pub enum ThingOrder {
        Asc = "asc",
        ASC = "ASC",
        Asc2 = "Asc",
        Desc = "desc",
        DESC = "DESC",
        Other2 = "other",
        Other3 = "Other",
        SelfValue = "self",
        SelfValue2 = "Self",
        /// (empty)
        Empty = "",
        /// (empty)
        Space = " ",
        V1st = "1st",
        Größe = "größe",
    }
}

gusset::open_enum! {
    /// The document's `ThingZone`.
    pub enum ThingZone {
        EtcGmtPlus0 = "Etc/GMT+0",
        EtcGmt0 = "Etc/GMT-0",
        EtcGmt0_2 = "Etc/GMT0",
    }
}

gusset::open_enum! {
    /// The document's `ThingSwitch`.
    pub enum ThingSwitch {
        V1 = "1",
        V2 = "2",
        True = "true",
    }
}
