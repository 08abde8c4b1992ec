//! Makes clients and a sync of the specs. A spec that is wrong stops the build here, and says where.

fn main() {
    gusset_compiler::build([
        "../../specs/hubspot",
        "../../specs/salesforce",
        "../../specs/syncs/warm_leads.yaml",
    ]);
}
