//! Hosts that fail again and again are left alone for a while.

use crate::lock;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use url::Url;

/// When calls to a host are stopped for a while, so that they fail at once instead of after their timeouts.
///
/// Connections that fail and answers with 5xx count; any other answer, 4xx and 429 too, says that the host is alive. Each
/// client counts for itself: what fails for one account may work for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breaker {
    /// How many attempts in a row have to fail; none is one.
    pub failures: u32,
    /// How long calls are stopped. Then one is let through: if it fails, they are stopped again.
    pub pause: Duration,
}

impl Default for Breaker {
    fn default() -> Self {
        Breaker { failures: 10, pause: Duration::from_secs(30) }
    }
}

/// The hosts of a client that failed lately.
#[derive(Debug)]
pub(crate) struct Breakers {
    rule: Breaker,
    hosts: Mutex<Vec<Host>>,
}

#[derive(Debug)]
struct Host {
    name: Box<str>,
    port: Option<u16>,
    /// Attempts in a row that failed.
    failed: u32,
    /// Stopped until then; after that, until an attempt says that the host is alive.
    stopped: Option<Instant>,
    /// Whether an attempt is on its way to find out.
    probed: bool,
}

impl Host {
    fn is_of(&self, url: &Url) -> bool {
        self.port == url.port_or_known_default() && url.host_str() == Some(&*self.name)
    }

    fn stopped_for(&self, now: Instant) -> Option<Duration> {
        let wait = self.stopped?.saturating_duration_since(now);
        (self.probed || !wait.is_zero()).then_some(wait)
    }
}

/// Leave to try a host. Dropping it without a result says nothing about the host.
#[derive(Debug)]
pub(crate) struct Pass<'b> {
    breakers: &'b Breakers,
    /// The host that is tried again.
    probe: Option<(Box<str>, Option<u16>)>,
}

impl Breakers {
    pub(crate) fn new(rule: Breaker) -> Self {
        Breakers { rule, hosts: Mutex::default() }
    }

    /// How long calls to a host are still stopped; nothing, while one finds out. `None`: they are not.
    pub(crate) fn stopped(&self, url: &Url, now: Instant) -> Option<Duration> {
        let hosts = lock(&self.hosts);
        hosts.iter().find(|host| host.is_of(url))?.stopped_for(now)
    }

    /// Leave to try a host now, or how long it is stopped.
    pub(crate) fn pass(&self, url: &Url, now: Instant) -> Result<Pass<'_>, Duration> {
        let mut hosts = lock(&self.hosts);
        let Some(host) = hosts.iter_mut().find(|host| host.is_of(url)) else {
            return Ok(Pass { breakers: self, probe: None });
        };
        if let Some(wait) = host.stopped_for(now) {
            return Err(wait);
        }
        host.probed = host.stopped.is_some();
        Ok(Pass { breakers: self, probe: host.probed.then(|| (host.name.clone(), host.port)) })
    }
}

impl Pass<'_> {
    /// What came of it. Says for how long the host is stopped now, if it is.
    pub(crate) fn end(mut self, url: &Url, alive: bool, now: Instant) -> Option<Duration> {
        let probe = self.probe.take().is_some();
        let mut hosts = lock(&self.breakers.hosts);
        let at = hosts.iter().position(|host| host.is_of(url));
        if alive {
            // Only hosts that fail are kept.
            at.map(|at| hosts.swap_remove(at));
            return None;
        }
        let at = at.unwrap_or_else(|| {
            let name = url.host_str().unwrap_or_default().into();
            let port = url.port_or_known_default();
            hosts.push(Host { name, port, failed: 0, stopped: None, probed: false });
            hosts.len() - 1
        });
        let host = hosts.get_mut(at)?;
        host.failed = host.failed.saturating_add(1);
        // What was on its way when it was stopped stops it no longer.
        if probe || (host.stopped.is_none() && host.failed >= self.breakers.rule.failures) {
            host.probed = false;
            host.stopped = now.checked_add(self.breakers.rule.pause);
        }
        host.stopped_for(now)
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if let Some((name, port)) = &self.probe {
            let mut hosts = lock(&self.breakers.hosts);
            let host = hosts.iter_mut().find(|host| host.name == *name && host.port == *port);
            if let Some(host) = host {
                host.probed = false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const RULE: Breaker = Breaker { failures: 3, pause: Duration::from_secs(10) };

    fn urls() -> [Url; 2] {
        ["https://a.test/x?y", "https://b.test/x"].map(|url| url.parse().unwrap())
    }

    fn attempt(breakers: &Breakers, url: &Url, alive: bool, now: Instant) -> Option<Duration> {
        breakers.pass(url, now).unwrap().end(url, alive, now)
    }

    #[test]
    fn failures_in_a_row_stop_a_host_and_one_attempt_finds_out() {
        let [url, other] = urls();
        let breakers = Breakers::new(RULE);
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        for alive in [false, false, true, false, false] {
            assert_eq!(attempt(&breakers, &url, alive, start), None);
        }
        assert_eq!(attempt(&breakers, &url, false, start), Some(RULE.pause));
        assert_eq!(breakers.pass(&url, at(4)).unwrap_err(), Duration::from_secs(6));
        assert_eq!(attempt(&breakers, &other, false, at(4)), None, "hosts count apart");

        // One at a time, and a failure stops it again.
        let probe = breakers.pass(&url, at(10)).unwrap();
        assert_eq!(breakers.stopped(&url, at(10)), Some(Duration::ZERO));
        assert_eq!(breakers.pass(&url, at(10)).unwrap_err(), Duration::ZERO);
        assert_eq!(probe.end(&url, false, at(11)), Some(RULE.pause));
        assert!(breakers.pass(&url, at(20)).is_err());

        // One that is given up says nothing; one that is answered opens the host to all.
        drop(breakers.pass(&url, at(21)).unwrap());
        assert_eq!(attempt(&breakers, &url, true, at(21)), None);
        for _ in 0..2 {
            assert_eq!(attempt(&breakers, &url, false, at(21)), None);
        }
    }

    #[test]
    fn what_was_on_its_way_neither_prolongs_a_stop_nor_is_ignored() {
        let [url, _] = urls();
        let breakers = Breakers::new(RULE);
        let start = Instant::now();
        let later = start + Duration::from_secs(5);
        let mut passes: Vec<_> = (0..5).map(|_| breakers.pass(&url, start).unwrap()).collect();
        let alive = passes.pop().unwrap();
        for pass in passes.drain(..3) {
            pass.end(&url, false, start);
        }
        passes.pop().unwrap().end(&url, false, later);
        assert_eq!(breakers.stopped(&url, later), Some(Duration::from_secs(5)));
        assert_eq!(alive.end(&url, true, later), None);
        assert_eq!(breakers.stopped(&url, later), None);
    }
}
