//! Server-sent events, as the [HTML standard](https://html.spec.whatwg.org/multipage/server-sent-events.html)
//! reads them.

use crate::operation::Operation;
use serde::de::DeserializeOwned;
use std::collections::VecDeque;
use std::time::Duration;

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event<T> {
    /// The last id that the stream gave.
    pub id: Option<String>,
    /// What kind of event it is; `message` if the stream does not say.
    pub event: String,
    /// What it holds.
    pub data: T,
    /// How long the stream asks to wait before one connects again, if it does so with this event.
    pub retry: Option<Duration>,
}

/// An operation that can be answered with events.
pub trait Evented: Operation {
    /// What an event holds.
    type Data: DeserializeOwned + Send;
    /// Whether that is JSON; else it is text.
    const JSON: bool = true;
}

/// Reads events from pieces of any size.
#[derive(Debug, Default)]
pub(crate) struct Parser {
    line: Vec<u8>,
    started: bool,
    /// The last byte was a carriage return: a line feed after it ends no line of its own.
    after_return: bool,
    data: Option<String>,
    event: String,
    id: Option<String>,
    retry: Option<Duration>,
    ready: VecDeque<Event<String>>,
}

impl Parser {
    /// Reads on.
    pub(crate) fn push(&mut self, chunk: &[u8]) {
        for &byte in chunk {
            let after_return = std::mem::replace(&mut self.after_return, byte == b'\r');
            match byte {
                b'\n' if after_return => {}
                b'\n' | b'\r' => {
                    let line = std::mem::take(&mut self.line);
                    self.line(&line);
                    self.line = line;
                    self.line.clear();
                }
                byte => self.line.push(byte),
            }
        }
    }

    /// An event that is whole.
    pub(crate) fn next(&mut self) -> Option<Event<String>> {
        self.ready.pop_front()
    }

    /// How many bytes of an event that is not whole are held.
    pub(crate) fn held(&self) -> usize {
        self.line.len() + self.data.as_ref().map_or(0, String::len)
    }

    fn line(&mut self, line: &[u8]) {
        let line = match std::mem::replace(&mut self.started, true) {
            false => line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line),
            true => line,
        };
        let line = String::from_utf8_lossy(line);
        if line.is_empty() {
            return self.dispatch();
        }
        // A comment is a line with an empty name.
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            },
            "event" => value.clone_into(&mut self.event),
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis);
            }
            _ => {}
        }
    }

    fn dispatch(&mut self) {
        let event = std::mem::take(&mut self.event);
        let Some(data) = self.data.take() else { return };
        let event = if event.is_empty() { "message".to_owned() } else { event };
        let (id, retry) = (self.id.clone().filter(|id| !id.is_empty()), self.retry.take());
        self.ready.push_back(Event { id, event, data, retry });
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, Parser};
    use std::time::Duration;

    const STREAM: &[u8] = b"\xef\xbb\xbf: welcome\r\nid: 1\rdata: a\ndata:b\r\n\r\nevent: add\ndata\n\nretry: 10\nretry: x\n\
id\ndata:  \xc3\xa9 : c\n\n:\nevent: lost\n\nunknown: x\ndata: last\r\n\r\ndata: cut";

    fn events(chunks: &[&[u8]]) -> Vec<Event<String>> {
        let mut parser = Parser::default();
        let mut events = Vec::new();
        for chunk in chunks {
            parser.push(chunk);
            events.extend(std::iter::from_fn(|| parser.next()));
        }
        events
    }

    fn event(id: Option<&str>, event: &str, data: &str, retry: Option<u64>) -> Event<String> {
        Event {
            id: id.map(str::to_owned),
            event: event.to_owned(),
            data: data.to_owned(),
            retry: retry.map(Duration::from_millis),
        }
    }

    #[test]
    fn events_are_the_same_wherever_the_stream_is_split() {
        let expected = [
            event(Some("1"), "message", "a\nb", None),
            event(Some("1"), "add", "", None),
            event(None, "message", " é : c", Some(10)),
            event(None, "message", "last", None),
        ];
        assert_eq!(events(&[STREAM]), expected);
        for at in 0..STREAM.len() {
            let (start, end) = STREAM.split_at(at);
            assert_eq!(events(&[start, end]), expected, "split at {at}");
        }
        let bytes: Vec<&[u8]> = STREAM.chunks(1).collect();
        assert_eq!(events(&bytes), expected);
    }
}
