//! Typed expressions, made of what proptest's generator draws: the same ones in every run, unless asked for others.

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

/// How many are made if nothing is said.
const COUNT: usize = 400;

/// The expressions of a run.
pub(crate) fn expressions() -> Vec<String> {
    let number = |name: &str| std::env::var(name).ok().and_then(|said| said.parse::<usize>().ok());
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&number("GUSSET_CEL_SEED").unwrap_or(0).to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut maker = Maker { rng, scope: Vec::new() };
    (0..number("GUSSET_CEL_CASES").unwrap_or(COUNT)).map(|_| maker.root()).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Bool,
    Int,
    Uint,
    Double,
    Text,
    Time,
    Span,
    Ints,
    Doubles,
    Texts,
    MaybeInt,
    MaybeText,
}

use Type::*;

struct Maker {
    rng: TestRng,
    /// Names that macros have bound.
    scope: Vec<(String, Type)>,
}

impl Maker {
    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.rng.next_u32()).unwrap_or(0) % n
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// A whole expression, whose value JSON can hold.
    fn root(&mut self) -> String {
        let all =
            [Bool, Int, Uint, Double, Text, Time, Span, Ints, Doubles, Texts, MaybeInt, MaybeText];
        let ty = all[self.below(all.len())];
        let made = self.make(ty, 4);
        match ty {
            Time | Span => format!("string({made})"),
            MaybeInt => format!("{made}.orValue(-7)"),
            MaybeText => format!("{made}.orValue(\"none\")"),
            _ => made,
        }
    }

    fn leaf(&mut self, ty: Type) -> String {
        let bound: Vec<String> =
            self.scope.iter().filter(|(_, t)| *t == ty).map(|(name, _)| name.clone()).collect();
        if !bound.is_empty() && self.below(2) == 0 {
            return bound[self.below(bound.len())].clone();
        }
        let leaves: &[&str] = match ty {
            Bool => &["true", "false", "source.yes", "source.no"],
            Int => &[
                "0",
                "1",
                "-1",
                "2",
                "7",
                "source.age",
                "source.zero",
                "source.most",
                "source.least",
                "100",
                "3",
                "source.numbers[1]",
            ],
            Uint => &["0u", "1u", "3u", "source.uint", "source.umost"],
            Double => &["0.0", "1.5", "-2.0", "1e10", "source.weight", "source.nothing", "0.1"],
            Text => &[
                "\"\"",
                "\"a\"",
                "\"b\"",
                "\"ä😀\"",
                "source.name",
                "source.word",
                "source.ascii",
                "source.status",
                "\"7\"",
                "\"2.5\"",
                "\"true\"",
            ],
            // Spans stay below the 292 years that the interpreter can count.
            Time => &[
                "source.moment",
                "source.leap",
                "source.spring",
                "timestamp(\"1999-12-31T23:59:59Z\")",
            ],
            Span => &[
                "duration(\"1h\")",
                "duration(\"-90m\")",
                "duration(\"1.5s\")",
                "duration(\"0s\")",
                "duration(\"24h\")",
            ],
            Ints => &["source.numbers", "[1, 2, 3]", "source.rows[0]", "[source.age]"],
            Doubles => &["source.scores", "[0.5, -1.0]", "[source.weight]"],
            Texts => &[
                "source.tags",
                "[\"b\", \"a\", \"ä\"]",
                "[source.name, \"x\"]",
                "source.?labels.orValue([\"l\"])",
            ],
            MaybeInt => &[
                "source.?count",
                "source.?short",
                "optional.of(3)",
                "source.numbers[?2]",
                "source.numbers[?9]",
                "source.counts[?\"a\"]",
            ],
            MaybeText => &[
                "source.?nick",
                "source.?city",
                "source.?address.?street",
                "source.?address.zip",
                "source.tags[?1]",
            ],
        };
        self.one(leaves).to_owned()
    }

    fn make(&mut self, ty: Type, depth: usize) -> String {
        if depth == 0 || self.below(8) == 0 {
            return self.leaf(ty);
        }
        match ty {
            Bool => self.bool(depth - 1),
            Int => self.int(depth - 1),
            Uint => self.uint(depth - 1),
            Double => self.double(depth - 1),
            Text => self.text(depth - 1),
            Time => self.time(depth - 1),
            Span => self.span(depth - 1),
            Ints | Doubles | Texts => self.list(ty, depth - 1),
            MaybeInt | MaybeText => self.maybe(ty, depth - 1),
        }
    }

    fn two(&mut self, ty: Type, depth: usize) -> (String, String) {
        (self.make(ty, depth), self.make(ty, depth))
    }

    /// A condition or a value over a name that stands for an element.
    fn under(&mut self, element: Type, ty: Type, depth: usize) -> (String, String) {
        let name = format!("x{}", self.scope.len());
        self.scope.push((name.clone(), element));
        let body = self.make(ty, depth);
        self.scope.pop();
        (name, body)
    }

    fn choice(&mut self, ty: Type, depth: usize) -> String {
        let condition = self.make(Bool, depth);
        let (yes, no) = self.two(ty, depth);
        format!("({condition} ? {yes} : {no})")
    }

    fn bool(&mut self, d: usize) -> String {
        match self.below(14) {
            0 => {
                let (a, b) = self.two(Bool, d);
                format!("({a} && {b})")
            }
            1 => {
                let (a, b) = self.two(Bool, d);
                format!("({a} || {b})")
            }
            2 => format!("!{}", self.make(Bool, d)),
            3 => self.choice(Bool, d),
            4 | 5 => {
                let numbers = [Int, Uint, Double];
                let (a, b) = (numbers[self.below(3)], numbers[self.below(3)]);
                let operator = self.one(&["==", "!=", "<", "<=", ">", ">="]);
                format!("({} {operator} {})", self.make(a, d), self.make(b, d))
            }
            6 => {
                let ty = [Text, Time, Span, Bool][self.below(4)];
                let operator = self.one(&["==", "!=", "<", "<=", ">", ">="]);
                let (a, b) = self.two(ty, d);
                format!("({a} {operator} {b})")
            }
            7 => {
                let ty = [Ints, Doubles, Texts, MaybeInt, MaybeText][self.below(5)];
                let operator = self.one(&["==", "!="]);
                let (a, b) = self.two(ty, d);
                format!("({a} {operator} {b})")
            }
            8 => {
                let function = self.one(&["contains", "startsWith", "endsWith"]);
                let (a, b) = self.two(Text, d);
                format!("{a}.{function}({b})")
            }
            9 => format!(
                "{}.matches({})",
                self.make(Text, d),
                self.one(&["\"a+\"", "\"^.$\"", "\"[0-9]\"", "\"(?i)THE\"", "\"^$\""])
            ),
            10 => {
                let (item, list) = [(Int, Ints), (Text, Texts), (Double, Doubles)][self.below(3)];
                format!("({} in {})", self.make(item, d), self.make(list, d))
            }
            11 | 12 => {
                let (item, list) = [(Int, Ints), (Text, Texts), (Double, Doubles)][self.below(3)];
                let function = self.one(&["all", "exists", "exists_one"]);
                let over = self.make(list, d);
                let (name, body) = self.under(item, Bool, d);
                format!("{over}.{function}({name}, {body})")
            }
            _ => {
                let ty = [MaybeInt, MaybeText][self.below(2)];
                format!("{}.hasValue()", self.make(ty, d))
            }
        }
    }

    fn int(&mut self, d: usize) -> String {
        match self.below(14) {
            0..=3 => {
                let operator = self.one(&["+", "-", "*", "/", "%"]);
                let (a, b) = self.two(Int, d);
                format!("({a} {operator} {b})")
            }
            4 => format!("-({})", self.make(Int, d)),
            5 => self.choice(Int, d),
            6 => {
                let ty = [Text, Ints, Texts][self.below(3)];
                format!("size({})", self.make(ty, d))
            }
            7 => {
                let ty = [Uint, Double, Text, Time, Int][self.below(5)];
                let made = match ty {
                    Text => "string(source.age)".to_owned(),
                    ty => self.make(ty, d),
                };
                format!("int({made})")
            }
            8 => {
                let function = self.one(&["indexOf", "lastIndexOf"]);
                let (a, b) = self.two(Text, d);
                format!("{a}.{function}({b})")
            }
            9 => format!("{}[{}]", self.make(Ints, d), self.make(Int, d)),
            10 => format!("{}.orValue({})", self.make(MaybeInt, d), self.leaf(Int)),
            11 => {
                let function = self.one(&[
                    "getFullYear",
                    "getMonth",
                    "getDate",
                    "getDayOfMonth",
                    "getDayOfWeek",
                    "getDayOfYear",
                    "getHours",
                    "getMinutes",
                    "getSeconds",
                    "getMilliseconds",
                ]);
                let zone = self.one(&[
                    "",
                    "\"UTC\"",
                    "\"+05:30\"",
                    "\"-02:00\"",
                    "\"Europe/Berlin\"",
                    "\"America/New_York\"",
                ]);
                let time = match self.below(4) {
                    0 => self.one(&["source.old", "source.year1"]).to_owned(),
                    _ => self.make(Time, d),
                };
                format!("{time}.{function}({zone})")
            }
            12 => {
                let function =
                    self.one(&["getHours", "getMinutes", "getSeconds", "getMilliseconds"]);
                format!("{}.{function}()", self.make(Span, d))
            }
            _ => {
                let (a, b) = self.two(Int, d);
                match self.below(4) {
                    0 => format!("math.greatest({a}, {b})"),
                    1 => format!("math.least({a}, {b})"),
                    2 => format!("math.abs({a})"),
                    _ => format!("math.sign({b})"),
                }
            }
        }
    }

    fn uint(&mut self, d: usize) -> String {
        match self.below(4) {
            0 | 1 => {
                let operator = self.one(&["+", "-", "*", "/", "%"]);
                let (a, b) = self.two(Uint, d);
                format!("({a} {operator} {b})")
            }
            2 => self.choice(Uint, d),
            _ => format!("uint({})", self.make(Int, d)),
        }
    }

    fn double(&mut self, d: usize) -> String {
        match self.below(8) {
            0..=2 => {
                // No NaN: the interpreter has its own mind about it.
                let (a, b) = self.two(Double, d);
                match self.below(4) {
                    0 => format!("({a} / {})", self.one(&["2.0", "-0.5", "4.0"])),
                    _ => format!("({a} {} {b})", self.one(&["+", "-", "*"])),
                }
            }
            3 => format!("-({})", self.make(Double, d)),
            4 => self.choice(Double, d),
            5 => {
                let ty = [Int, Uint][self.below(2)];
                format!("double({})", self.make(ty, d))
            }
            6 => format!("{}[{}]", self.make(Doubles, d), self.make(Int, d)),
            _ => {
                let function =
                    self.one(&["ceil", "floor", "round", "trunc", "abs", "sqrt(math.abs"]);
                let end = if function.contains('(') { "))" } else { ")" };
                format!("math.{function}({}{end}", self.make(Double, d))
            }
        }
    }

    fn text(&mut self, d: usize) -> String {
        match self.below(14) {
            0 | 1 => {
                let (a, b) = self.two(Text, d);
                format!("({a} + {b})")
            }
            2 => self.choice(Text, d),
            3 => {
                let ty = [Int, Uint, Bool, Time, Span][self.below(5)];
                format!("string({})", self.make(ty, d))
            }
            4 => format!(
                "{}.{}()",
                self.make(Text, d),
                self.one(&["lowerAscii", "upperAscii", "trim", "reverse"])
            ),
            5 => format!("{}.charAt({})", self.make(Text, d), self.make(Int, d)),
            6 => {
                let (a, b) = self.two(Int, d);
                format!("{}.substring({a}, {b})", self.make(Text, d))
            }
            7 => format!("{}.substring({})", self.make(Text, d), self.one(&["0", "1", "2", "9"])),
            8 => {
                let (a, b) = self.two(Text, d);
                format!("{}.replace({a}, {b})", self.leaf(Text))
            }
            9 => format!("{}.join({})", self.make(Texts, d), self.make(Text, d)),
            10 => format!("{}[{}]", self.make(Texts, d), self.make(Int, d)),
            11 => format!("{}.orValue({})", self.make(MaybeText, d), self.leaf(Text)),
            12 => format!("\"%s-%d\".format([{}, {}])", self.make(Text, d), self.make(Int, d)),
            _ => format!("string(bytes({}) + b\"!\")", self.make(Text, d)),
        }
    }

    fn time(&mut self, d: usize) -> String {
        match self.below(5) {
            0 | 1 => {
                format!("({} {} {})", self.make(Time, d), self.one(&["+", "-"]), self.make(Span, d))
            }
            2 => format!("({} + {})", self.make(Span, d), self.make(Time, d)),
            3 => self.choice(Time, d),
            _ => format!(
                "timestamp({})",
                self.one(&[
                    "946684800",
                    "1709208000",
                    "source.age + 1767225600",
                    "\"2026-07-01T10:00:00+02:00\""
                ])
            ),
        }
    }

    fn span(&mut self, d: usize) -> String {
        match self.below(4) {
            0 => {
                let (a, b) = self.two(Time, d);
                format!("({a} - {b})")
            }
            1 => {
                let (a, b) = self.two(Span, d);
                format!("({a} + {b})")
            }
            2 => {
                let (a, b) = self.two(Span, d);
                format!("({a} - {b})")
            }
            _ => self.choice(Span, d),
        }
    }

    fn list(&mut self, ty: Type, d: usize) -> String {
        let item = match ty {
            Ints => Int,
            Doubles => Double,
            _ => Text,
        };
        match self.below(12) {
            0 => {
                let (a, b) = self.two(ty, d);
                format!("({a} + {b})")
            }
            1 => {
                let (a, b) = self.two(item, d);
                format!("[{a}, {b}]")
            }
            2 => self.choice(ty, d),
            3 | 4 => {
                let over = self.make(ty, d);
                let (name, body) = self.under(item, Bool, d);
                format!("{over}.filter({name}, {body})")
            }
            5 | 6 => {
                let (from, list) = [(Int, Ints), (Text, Texts), (Double, Doubles)][self.below(3)];
                let over = self.make(list, d);
                let (name, body) = self.under(from, item, d);
                format!("{over}.map({name}, {body})")
            }
            7 => {
                let over = self.make(ty, d);
                let (name, condition) = self.under(item, Bool, d);
                self.scope.push((name.clone(), item));
                let value = self.make(item, d);
                self.scope.pop();
                format!("{over}.map({name}, {condition}, {value})")
            }
            8 => format!("{}.{}()", self.make(ty, d), self.one(&["reverse", "sort", "distinct"])),
            9 => format!(
                "{}.slice({}, {})",
                self.make(ty, d),
                self.one(&["0", "1"]),
                self.one(&["1", "2", "3"])
            ),
            10 if ty == Texts => {
                let (a, b) = self.two(Text, d);
                format!("{a}.split({b})")
            }
            10 if ty == Ints => {
                format!("lists.range({})", self.one(&["0", "3", "source.age", "-1"]))
            }
            _ => {
                let over = self.make(ty, d);
                let (name, key) = self.under(item, Int, d);
                format!("{over}.sortBy({name}, {key})")
            }
        }
    }

    fn maybe(&mut self, ty: Type, d: usize) -> String {
        let (item, list) = if ty == MaybeInt { (Int, Ints) } else { (Text, Texts) };
        match self.below(6) {
            0 => {
                // The interpreter evaluates what is not needed, too.
                let (a, b) = (self.make(ty, d), self.leaf(ty));
                format!("{a}.or({b})")
            }
            1 => format!("optional.of({})", self.make(item, d)),
            2 => format!("optional.ofNonZeroValue({})", self.make(item, d)),
            3 => format!("{}[?{}]", self.make(list, d), self.make(Int, d)),
            4 => self.choice(ty, d),
            _ => format!("({} ? {} : optional.none())", self.make(Bool, d), self.make(ty, d)),
        }
    }
}
