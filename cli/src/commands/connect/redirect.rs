//! Where users come back to: a page on this machine (RFC 8252, 7.3).

use crate::commands::Failure;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use gusset::Begun;
use std::str::FromStr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// Where the browser begins: so that what the page is told is no argument of a process.
const START: &str = "/gusset/start";

/// `http://127.0.0.1:PORT/PATH`, or `localhost`.
#[derive(Clone, Debug)]
pub(super) struct Redirect {
    host: String,
    port: u16,
    path: String,
}

impl FromStr for Redirect {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            "it is on this machine: `http://127.0.0.1:PORT/PATH`, or with `localhost`".to_owned()
        };
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        let host = uri.host().unwrap_or_default();
        let here = matches!(host, "127.0.0.1" | "localhost");
        if uri.scheme_str() != Some("http") || !here || uri.query().is_some() {
            return Err(wrong());
        }
        let port = uri.port_u16().ok_or_else(wrong)?;
        Ok(Redirect { host: host.to_owned(), port, path: uri.path().to_owned() })
    }
}

/// The page, before it is known what it is told.
pub(super) struct Listening {
    listener: TcpListener,
    url: String,
    origin: String,
    path: String,
}

/// The page, until the user was there.
pub(super) struct Waiting {
    start: String,
    came: mpsc::Receiver<String>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

struct Page {
    path: String,
    /// Where the user is sent.
    to: String,
    state: gusset::Secret,
    came: mpsc::Sender<String>,
}

impl Redirect {
    /// Opens the port.
    pub(super) async fn listen(&self) -> Result<Listening, Failure> {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.map_err(|error| {
            Failure::new(format!("--redirect: port {} of this machine: {error}", self.port))
        })?;
        let origin = format!("http://{}:{}", self.host, listener.local_addr()?.port());
        let url = format!("{origin}{}", self.path);
        Ok(Listening { listener, url, origin, path: self.path.clone() })
    }
}

impl Listening {
    /// Where users come back to.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Serves the page for an authorisation.
    pub(super) fn serve(self, begun: &Begun) -> Waiting {
        let (came, coming) = mpsc::channel(1);
        let page =
            Page { path: self.path, to: begun.url.clone(), state: begun.state.clone(), came };
        let router = Router::new().fallback(answer).with_state(Arc::new(page));
        let (stop, stopped) = oneshot::channel::<()>();
        let listener = self.listener;
        let task = tokio::spawn(async move {
            let stopped = async move {
                // An error means that nobody waits any more.
                let _ = stopped.await;
            };
            // Serving on an open listener does not fail.
            let _ = axum::serve(listener, router).with_graceful_shutdown(stopped).await;
        });
        Waiting { start: format!("{}{START}", self.origin), came: coming, stop, task }
    }
}

impl Waiting {
    /// Where a browser is sent.
    pub(super) fn start(&self) -> &str {
        &self.start
    }

    /// What the user came back with.
    pub(super) async fn came_back(&mut self) -> Option<String> {
        self.came.recv().await
    }

    /// Ends when the user has been answered.
    pub(super) async fn end(self) {
        let Waiting { stop, task, .. } = self;
        let _ = stop.send(());
        // Browsers keep connections open.
        let _ = tokio::time::timeout(std::time::Duration::from_secs(2), task).await;
    }
}

async fn answer(State(page): State<Arc<Page>>, uri: Uri) -> Response {
    if uri.path() == START {
        return (StatusCode::FOUND, [(header::LOCATION, page.to.clone())]).into_response();
    }
    if uri.path() != page.path {
        return StatusCode::NOT_FOUND.into_response();
    }
    let query = uri.query().unwrap_or_default();
    // Whoever was not sent from here ends nothing.
    let ours = format!("state={}", page.state.expose());
    if !query.split('&').any(|pair| pair == ours) {
        return (StatusCode::BAD_REQUEST, "Nobody was sent here from Gusset with this `state`.")
            .into_response();
    }
    match page.came.try_send(query.to_owned()) {
        Ok(()) => {
            "Thank you. The terminal says how it went; this page can be closed.".into_response()
        }
        Err(_) => (StatusCode::GONE, "Somebody has been here already.").into_response(),
    }
}

/// Opens the user's browser.
pub(super) fn browse(url: &str) -> std::io::Result<()> {
    use std::process::{Command, Stdio};
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else {
        Command::new("xdg-open")
    };
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map(drop)
}
