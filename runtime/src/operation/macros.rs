//! What an operation's struct says about how it becomes a request.

/// Says which request an emitted struct is, where each of its members goes, and what a success is answered with: an
/// `impl` of [`Operation`](crate::Operation).
///
/// ```
/// # #[derive(Clone, Debug)]
/// # pub struct Account { name: String }
/// # gusset::record!(Account: read, write { name });
/// pub struct Client(pub gusset::Client);
/// static INTEGRATION: gusset::Integration = gusset::Integration {
///     name: "bank", limits: &[], errors: &[], error_message: None, error_code: None, assumptions: &[],
/// };
///
/// /// Changes an account.
/// #[derive(Clone, Debug)]
/// pub struct UpdateAccount {
///     pub id: String,
///     pub dry_run: Option<bool>,
///     pub fields: Vec<String>,
///     pub body: Account,
/// }
/// gusset::operation!(UpdateAccount: patch "/accounts/{id}" as "update_account" -> Account {
///     path id, query [dry_run = "dryRun"], query_list [fields], json body
/// } new(id: impl Into<String>, body: Account));
///
/// /// Adds rows.
/// #[derive(Clone, Debug, Default)]
/// pub struct AddRows {
///     pub tags: Vec<String>,
///     pub body: Option<String>,
/// }
/// gusset::operation!(AddRows: put "/rows" as "add_rows", repeat(gusset::Repeat::Never) -> String {
///     header_as(gusset::Style::SIMPLE) [tags = "X-Tags"],
///     with [body]: |body, request| request.bytes("text/csv", body.clone())
/// } by gusset::Response::text);
///
/// use gusset::Operation;
/// let update = UpdateAccount::new("7", Account { name: "savings".to_owned() });
/// assert_eq!(UpdateAccount::META.path, "/accounts/{id}");
/// let request = format!("{:?}", update.request()?);
/// assert!(request.contains(r#"headers: ["content-type"]"#), "{request}");
///
/// let add = AddRows { tags: vec!["new".to_owned()], ..AddRows::default() };
/// assert_eq!(AddRows::META.repeat, gusset::Repeat::Never);
/// let request = format!("{:?}", add.request()?);
/// assert!(request.contains(r#"headers: ["x-tags"]"#), "{request}");
/// # Ok::<(), gusset::Error>(())
/// ```
///
/// - `get`, `post` and the others are constructors of [`OperationMeta`](crate::OperationMeta); `as` gives the name in the spec.
///   Methods that say what is special follow: `as "update_account", limits(&[0]), accept("text/csv")`.
/// - `->` is what the JSON of a success is read as; without it, a success has nothing. What is no JSON says at the end what reads
///   it: `by gusset::Response::text`.
/// - Where a member goes is a method of [`Request`](crate::Request): `path`, `query`, `header`, `cookie`, `query_list`, in a style
///   `query_as(gusset::Style::FORM)`, for bodies `json` and `form`. `= ".."` follows where the member is called otherwise on the
///   wire. They are written in this order.
/// - Members in brackets may be absent; others are required.
/// - `with body: |body, request| ..` writes a member by a function: `with body: |body, request| request.bytes("text/csv", body.clone())`.
///   A body in brackets that is absent is not written, and the function is given what is in the `Option`.
/// - `new(..)` takes the required members; the rest is left out.
///
/// `Client`, the emitted client, and `INTEGRATION`, the static that describes it, are names where the macro is called.
#[macro_export]
macro_rules! operation {
    ($name:ident: $method:ident $path:literal as $called:literal $(, $option:ident($($value:expr),*))*
        $(-> $output:ty)? {
        $($way:ident $(($how:expr))?
            $($required:ident $(= $required_wire:literal)?)?
            $([$($optional:ident $(= $optional_wire:literal)?),+])?
            $(: $write:expr)?
        ),*
    } $(new $parameters:tt)? $(by $decode:expr)?) => {
        impl $crate::Operation for $name {
            type Client = Client;
            type Output = $crate::operation!(@output $($output)?);
            const META: &'static $crate::OperationMeta =
                &$crate::OperationMeta::$method(&INTEGRATION, $called, $path)$(.$option($($value),*))*;
            const DECODE: $crate::Decode<Self::Output> =
                $crate::operation!(@decode [$($output)?] $($decode)?);

            #[allow(unused_variables, reason = "there may be no members")]
            fn write(&self, request: &mut $crate::Request) -> Result<(), $crate::Error> {
                $($crate::operation! {
                    @put self request $way $(($how))? $($required $($required_wire)?)?
                    $([$($optional $($optional_wire)?),+])? $(: $write)?
                })*
                Ok(())
            }
        }

        $crate::operation! { @new $name [$($parameters)?] [$($($required)?)*] [$($($($optional)+)?)*] }
    };
    (@output) => { () };
    (@output $output:ty) => { $output };
    (@decode []) => { $crate::Response::empty };
    (@decode [$output:ty]) => { $crate::Response::json };
    (@decode [$($output:ty)?] $decode:expr) => { $decode };
    // These cannot fail.
    (@put $this:ident $request:ident path $($name:ident $($wire:literal)?)? $([$($names:ident $($wires:literal)?),+])?) => {
        $($request.path($crate::operation!(@wire $name $($wire)?), &$this.$name);)?
        $($($request.path($crate::operation!(@wire $names $($wires)?), &$this.$names);)+)?
    };
    (@put $this:ident $request:ident query $($name:ident $($wire:literal)?)? $([$($names:ident $($wires:literal)?),+])?) => {
        $($request.query($crate::operation!(@wire $name $($wire)?), &$this.$name);)?
        $($($request.query($crate::operation!(@wire $names $($wires)?), &$this.$names);)+)?
    };
    (@put $this:ident $request:ident cookie $($name:ident $($wire:literal)?)? $([$($names:ident $($wires:literal)?),+])?) => {
        $($request.cookie($crate::operation!(@wire $name $($wire)?), &$this.$name);)?
        $($($request.cookie($crate::operation!(@wire $names $($wires)?), &$this.$names);)+)?
    };
    // A body that is absent is not written; parameters know what is absent.
    (@put $this:ident $request:ident json $name:ident) => { $request.json(&$this.$name)?; };
    (@put $this:ident $request:ident json [$name:ident]) => {
        if let Some(body) = &$this.$name {
            $request.json(body)?;
        }
    };
    (@put $this:ident $request:ident form $name:ident) => { $request.form(&$this.$name)?; };
    (@put $this:ident $request:ident form [$name:ident]) => {
        if let Some(body) = &$this.$name {
            $request.form(body)?;
        }
    };
    (@put $this:ident $request:ident with $name:ident: $write:expr) => {
        $request.with(&$this.$name, $write)?;
    };
    (@put $this:ident $request:ident with [$name:ident]: $write:expr) => {
        if let Some(body) = &$this.$name {
            $request.with(body, $write)?;
        }
    };
    (@put $this:ident $request:ident $way:ident $($name:ident $($wire:literal)?)? $([$($names:ident $($wires:literal)?),+])?) => {
        $($request.$way($crate::operation!(@wire $name $($wire)?), &$this.$name)?;)?
        $($($request.$way($crate::operation!(@wire $names $($wires)?), &$this.$names)?;)+)?
    };
    (@put $this:ident $request:ident $way:ident ($how:expr) $($name:ident $($wire:literal)?)? $([$($names:ident $($wires:literal)?),+])?) => {
        $($request.$way($crate::operation!(@wire $name $($wire)?), &$this.$name, $how)?;)?
        $($($request.$way($crate::operation!(@wire $names $($wires)?), &$this.$names, $how)?;)+)?
    };
    (@wire $name:ident) => { stringify!($name) };
    (@wire $name:ident $wire:literal) => { $wire };
    (@new $name:ident [] $required:tt $optional:tt) => {};
    (@new $name:ident [($($parameter:ident: $type:ty),* $(,)?)] [$($required:ident)*] [$($optional:ident)*]) => {
        impl $name {
            /// With what is required; the rest is left out.
            #[allow(clippy::too_many_arguments, reason = "the document requires them all")]
            pub fn new($($parameter: $type),*) -> Self {
                Self { $($required: $required.into(),)* $($optional: Default::default(),)* }
            }
        }
    };
}
