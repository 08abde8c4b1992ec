//! Types as if all of them travelled both ways: for tests that ask whether values survive a type.

use super::{Cx, From, Origin, Spell, Unit, UnitKind, types};
use crate::ir::{Direction, IntegrationId, Ir, TypeKind};
use crate::source::{Place, Sources};

/// The types of an integration, each of which can be sent and received.
#[derive(Clone, Debug)]
pub struct BothWays {
    /// The unit, without anything else.
    pub unit: Unit,
    /// What schemas are called, by place and direction.
    pub schemas: Vec<SpelledSchema>,
}

/// What a schema became.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpelledSchema {
    /// Where the schema stands.
    pub place: Place,
    /// The direction, where that makes a difference.
    pub requests: Option<bool>,
    /// The type in Rust, as the crate's root names it.
    pub rust: String,
}

/// Emits all types of an integration, also those that no operation carries.
#[must_use]
pub fn both_ways(mut ir: Ir, id: IntegrationId, sources: &Sources) -> BothWays {
    let ids: Vec<_> = ir.types.iter().map(|(id, _)| id).collect();
    for id in ids {
        let def = ir.types.get_mut(id);
        (def.sent, def.received) = (true, true);
        if let TypeKind::Struct(body) = &mut def.kind {
            // What is only read or only written is not of the types of the other direction at all.
            for field in &mut body.fields {
                (field.read_only, field.write_only) = (false, false);
            }
        }
    }
    let integration = &ir.integrations[id.0];
    let cx = Cx { ir: &ir, sources, id, integration, everything: true };
    let unit = Unit {
        deprecates: true,
        recursion_limit: None,
        name: integration.name.clone(),
        kind: UnitKind::Integration,
        head: String::new(),
        root: String::new(),
        modules: vec![types::module(&cx)],
        uses: Vec::new(),
        about: integration.about.clone(),
        origin: Origin::of_integration(&cx),
    };
    let spell = Spell { types: &ir.types, from: From::Integration };
    let spelled = |(place, direction, ty): (Place, Option<Direction>, _)| SpelledSchema {
        place,
        requests: direction.map(|direction| direction == Direction::Requests),
        rust: spell.of(ty).to_string(),
    };
    let mut schemas: Vec<SpelledSchema> = integration.schemas.iter().map(spelled).collect();
    schemas.sort_unstable();
    BothWays { unit, schemas }
}
