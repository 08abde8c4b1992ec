//! Who goes first where calls wait for limits.

use std::future::Future;

/// Who goes first where calls wait for limits: interactive calls before bulk.
///
/// Bulk is not starved: after four interactive calls in a row that went first, it is the turn of one in bulk. Within a
/// priority calls go in order. Nothing is kept free for interactive calls: one that comes when a window is used up has to
/// wait for the next call that may go, and gets it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Priority {
    /// Somebody waits for it.
    #[default]
    Interactive,
    /// Nobody does: syncs, exports. Runs of syncs are bulk unless somebody says otherwise.
    Bulk,
}

tokio::task_local! {
    static ASKED: Asked;
}

/// What the calls of a task have.
#[derive(Clone, Copy)]
struct Asked {
    priority: Priority,
    /// Options of clients count more.
    weakly: bool,
}

impl Priority {
    /// Gives the calls of a future this priority, of whichever client, also against
    /// [`Options::priority`](crate::Options::priority). Tasks that it spawns are not meant.
    ///
    /// ```
    /// # async fn example(client: gusset::Client, request: gusset::Request) -> Result<(), gusset::Error> {
    /// let response = gusset::Priority::Bulk.scope(client.execute(request)).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn scope<F: Future>(self, work: F) -> impl Future<Output = F::Output> {
        ASKED.scope(Asked { priority: self, weakly: false }, work)
    }

    /// The same where nobody says otherwise.
    pub(crate) async fn unless_said<F: Future>(self, work: F) -> F::Output {
        let said = ASKED.try_with(|asked| *asked).unwrap_or(Asked { priority: self, weakly: true });
        ASKED.scope(said, work).await
    }

    /// That of a call that is made now, by a client with such options.
    pub(crate) fn of_call(option: Option<Priority>) -> Priority {
        match (ASKED.try_with(|asked| *asked), option) {
            (Ok(Asked { priority, weakly: false }), _) => priority,
            (_, Some(priority)) => priority,
            (Ok(Asked { priority, .. }), None) => priority,
            (Err(_), None) => Priority::default(),
        }
    }
}

/// So many interactive calls may go before one in bulk.
const IN_A_ROW: u32 = 4;

/// Whose turn it is.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    /// Interactive calls in a row that went while bulk waited.
    row: u32,
}

impl Turns {
    /// Who is looked at first.
    pub(crate) fn order(&self) -> [Priority; 2] {
        match self.row < IN_A_ROW {
            true => [Priority::Interactive, Priority::Bulk],
            false => [Priority::Bulk, Priority::Interactive],
        }
    }

    /// One went.
    pub(crate) fn went(&mut self, priority: Priority, bulk_waits: bool) {
        self.row = match priority {
            Priority::Interactive if bulk_waits => self.row.saturating_add(1),
            _ => 0,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_says_it_closest_to_the_call_counts() {
        use Priority::{Bulk, Interactive};
        assert_eq!(Priority::of_call(None), Interactive);
        assert_eq!(Priority::of_call(Some(Bulk)), Bulk);
        let of = |option| async move { Priority::of_call(option) };
        assert_eq!(Bulk.scope(of(None)).await, Bulk);
        assert_eq!(Interactive.scope(of(Some(Bulk))).await, Interactive);
        assert_eq!(Bulk.scope(Interactive.scope(of(None))).await, Interactive);
        assert_eq!(Bulk.unless_said(of(None)).await, Bulk);
        assert_eq!(Bulk.unless_said(of(Some(Interactive))).await, Interactive);
        assert_eq!(Interactive.scope(Bulk.unless_said(of(None))).await, Interactive);
        assert_eq!(Bulk.unless_said(Interactive.scope(of(Some(Bulk)))).await, Interactive);
    }
}
