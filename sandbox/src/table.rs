//! The records of one resource, in the orders in which they are listed.

use std::collections::HashMap;
use std::sync::Arc;

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Life {
    /// It is listed.
    Live,
    /// It is kept, but not listed.
    Archived,
    /// It is gone.
    Removed,
}

impl Life {
    pub(crate) fn number(self) -> i64 {
        match self {
            Life::Live => 0,
            Life::Archived => 1,
            Life::Removed => 2,
        }
    }

    pub(crate) fn from_number(number: i64) -> Self {
        match number {
            0 => Life::Live,
            1 => Life::Archived,
            _ => Life::Removed,
        }
    }
}

/// One record. Without text it is a seed that nobody has read yet.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) changed: i64,
    pub(crate) life: Life,
    /// The record's JSON.
    pub(crate) text: Option<Arc<str>>,
    /// Whether it differs from its seed, so that a file must hold it.
    pub(crate) written: bool,
}

/// An order in which records are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// In the order in which they were made.
    Made,
    /// Those changed at or after a time, oldest change first, or newest first.
    Changed { since: i64, ascending: bool },
}

/// Where a listing stands: behind the record that was made as number `number` and changed at `changed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) changed: i64,
    pub(crate) number: u32,
}

/// Where a page starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    First,
    After(Position),
    Offset(u64),
}

/// Which records a page holds.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    /// Their numbers.
    pub(crate) numbers: Vec<u32>,
    /// How many records the listing holds before them.
    pub(crate) offset: u64,
    /// How many records the listing holds in all.
    pub(crate) total: u64,
    /// Where the next page starts, if there is one.
    pub(crate) next: Option<Position>,
}

/// The records of one resource; a record's number is its index.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
    /// Numbers of live records, ascending; made anew after a removal.
    made: Option<Vec<u32>>,
    /// Live records by time of change; made anew after a write.
    changed: Option<Vec<(i64, u32)>>,
    /// Numbers of kept records by the text of a field, for fields that were asked for.
    pub(crate) indexes: HashMap<String, HashMap<String, u32>>,
}

impl Table {
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub(crate) fn row(&self, number: u32) -> Option<&Row> {
        self.rows.get(number as usize)
    }

    /// Remembers the text of a seed.
    pub(crate) fn remember(&mut self, number: u32, text: Arc<str>) {
        if let Some(row) = self.rows.get_mut(number as usize) {
            row.text = Some(text);
        }
    }

    /// Adds a record.
    pub(crate) fn push(&mut self, row: Row) -> u32 {
        let number = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        if let (Some(made), Life::Live) = (&mut self.made, row.life) {
            made.push(number);
        }
        self.changed = None;
        self.rows.push(row);
        number
    }

    /// Replaces a record.
    pub(crate) fn replace(&mut self, number: u32, row: Row) {
        if let Some(old) = self.rows.get_mut(number as usize) {
            if old.life != row.life {
                self.made = None;
            }
            self.changed = None;
            *old = row;
        }
    }

    /// How many records are listed.
    pub(crate) fn live(&mut self) -> usize {
        self.made().len()
    }

    /// Numbers of live records, ascending.
    pub(crate) fn made(&mut self) -> &[u32] {
        let rows = &self.rows;
        self.made.get_or_insert_with(|| {
            let live = |(i, row): (usize, &Row)| {
                (row.life == Life::Live).then(|| u32::try_from(i).ok()).flatten()
            };
            rows.iter().enumerate().filter_map(live).collect()
        })
    }

    fn changed(&mut self) -> &[(i64, u32)] {
        if self.changed.is_none() {
            let mut order: Vec<(i64, u32)> =
                self.made().to_vec().into_iter().map(|n| (self.at(n), n)).collect();
            order.sort_unstable();
            self.changed = Some(order);
        }
        self.changed.as_deref().unwrap_or_default()
    }

    fn at(&self, number: u32) -> i64 {
        self.row(number).map_or(0, |row| row.changed)
    }

    /// One page of a listing. Finding it takes the logarithm of the table's size.
    pub(crate) fn span(&mut self, order: Order, start: Start, size: usize) -> Span {
        match order {
            Order::Made => {
                let made = self.made();
                let from = match start {
                    Start::First => 0,
                    Start::After(at) => made.partition_point(|n| *n <= at.number),
                    Start::Offset(n) => clamp(n, made.len()),
                };
                let numbers = made[from..made.len().min(from.saturating_add(size))].to_vec();
                self.close(numbers, from, self.made.as_ref().map_or(0, Vec::len))
            }
            Order::Changed { since, ascending } => {
                let all = self.changed();
                let matching = &all[all.partition_point(|(changed, _)| *changed < since)..];
                let total = matching.len();
                let from = match start {
                    Start::First => 0,
                    Start::After(at) if ascending => {
                        matching.partition_point(|m| *m <= (at.changed, at.number))
                    }
                    Start::After(at) => {
                        total - matching.partition_point(|m| *m < (at.changed, at.number))
                    }
                    Start::Offset(n) => clamp(n, total),
                };
                let to = total.min(from.saturating_add(size));
                let numbers = if ascending {
                    matching[from..to].iter().map(|(_, n)| *n).collect()
                } else {
                    matching[total - to..total - from].iter().rev().map(|(_, n)| *n).collect()
                };
                self.close(numbers, from, total)
            }
        }
    }

    fn close(&self, numbers: Vec<u32>, from: usize, total: usize) -> Span {
        let more = from + numbers.len() < total;
        let next =
            numbers.last().filter(|_| more).map(|n| Position { changed: self.at(*n), number: *n });
        Span { numbers, offset: from as u64, total: total as u64, next }
    }
}

fn clamp(n: u64, max: usize) -> usize {
    usize::try_from(n).map_or(max, |n| n.min(max))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(times: &[i64]) -> Table {
        let mut table = Table::default();
        for changed in times {
            table.push(Row { changed: *changed, life: Life::Live, text: None, written: false });
        }
        table
    }

    fn walk(table: &mut Table, order: Order, size: usize) -> Vec<u32> {
        let mut start = Start::First;
        let mut all = Vec::new();
        loop {
            let span = table.span(order, start, size);
            assert_eq!(span.offset, all.len() as u64);
            all.extend(&span.numbers);
            match span.next {
                Some(at) => start = Start::After(at),
                None => return all,
            }
        }
    }

    #[test]
    fn every_order_gives_each_record_once() {
        let mut table = table(&[5, 3, 3, 9, 1]);
        for size in 1..7 {
            assert_eq!(walk(&mut table, Order::Made, size), [0, 1, 2, 3, 4]);
            let ascending = Order::Changed { since: 3, ascending: true };
            assert_eq!(walk(&mut table, ascending, size), [1, 2, 0, 3]);
            let descending = Order::Changed { since: 3, ascending: false };
            assert_eq!(walk(&mut table, descending, size), [3, 0, 2, 1]);
        }
        assert_eq!(table.span(Order::Made, Start::Offset(4), 3).numbers, [4]);
        assert!(table.span(Order::Made, Start::Offset(9), 3).numbers.is_empty());
    }

    #[test]
    fn a_listing_goes_on_after_a_removal() {
        let mut table = table(&[1, 2, 3]);
        let span = table.span(Order::Made, Start::First, 2);
        table.replace(1, Row { changed: 4, life: Life::Removed, text: None, written: true });
        let next = span.next.map(Start::After).unwrap_or(Start::First);
        assert_eq!(table.span(Order::Made, next, 2).numbers, [2]);
        assert_eq!(table.live(), 2);
    }
}
