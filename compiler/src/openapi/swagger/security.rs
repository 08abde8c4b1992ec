//! Security schemes.

use super::Rewriting;
use super::pointer::Pointer;
use serde_json::{Map, Value, json};

impl Rewriting {
    /// The scheme at `new` that stood at `old`.
    pub(super) fn security_scheme(&mut self, scheme: Value, new: &Pointer, old: &Pointer) -> Value {
        let Value::Object(mut scheme) = scheme else { return scheme };
        match scheme.get("type").and_then(Value::as_str) {
            Some("basic") => {
                scheme.insert("type".to_owned(), "http".into());
                scheme.insert("scheme".to_owned(), "basic".into());
            }
            Some("oauth2") => {
                let mut flow = Map::new();
                for key in ["authorizationUrl", "tokenUrl", "scopes"] {
                    flow.extend(scheme.shift_remove(key).map(|value| (key.to_owned(), value)));
                }
                flow.entry("scopes").or_insert_with(|| json!({}));
                let said = scheme.shift_remove("flow");
                let name = flow_name(said.as_ref().and_then(Value::as_str), &flow);
                self.moved(&new.child("flows").child(name), old);
                scheme.insert("flows".to_owned(), json!({name: flow}));
            }
            _ => {}
        }
        scheme.into()
    }
}

/// A flow by its name in 3.0; without a name that is known, by the URLs that it has.
fn flow_name<'f>(said: Option<&'f str>, flow: &Map<String, Value>) -> &'f str {
    match said {
        Some("implicit") => "implicit",
        Some("password") => "password",
        Some("application" | "clientCredentials") => "clientCredentials",
        Some("accessCode" | "authorizationCode") => "authorizationCode",
        Some(other) => other,
        None if flow.contains_key("authorizationUrl") && flow.contains_key("tokenUrl") => {
            "authorizationCode"
        }
        None if flow.contains_key("tokenUrl") => "clientCredentials",
        None => "implicit",
    }
}
