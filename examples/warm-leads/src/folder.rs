//! The folder where everything is kept that outlives a run.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The files in it.
const FILES: [&str; 4] = ["state.sqlite", "log.sqlite", "hubspot.sqlite", "salesforce.sqlite"];

/// The folder where everything is kept that outlives a run.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Makes the folder if need be, and with `reset` removes what an earlier run left there. An error names the path.
    pub(crate) fn open(path: &Path, reset: bool) -> io::Result<Self> {
        let at = |path: &Path, error: io::Error| {
            io::Error::new(error.kind(), format!("{}: {error}", path.display()))
        };
        fs::create_dir_all(path).map_err(|error| at(path, error))?;
        if reset {
            for file in FILES {
                // SQLite keeps what is not yet in the database in files beside it.
                for ending in ["", "-wal", "-shm"] {
                    let file = path.join(format!("{file}{ending}"));
                    match fs::remove_file(&file) {
                        Err(error) if error.kind() != io::ErrorKind::NotFound => {
                            return Err(at(&file, error));
                        }
                        _ => {}
                    }
                }
            }
        }
        Ok(Folder(path.to_owned()))
    }

    /// The sync's state.
    pub(crate) fn state(&self) -> PathBuf {
        self.0.join("state.sqlite")
    }

    /// The log of requests.
    pub(crate) fn log(&self) -> PathBuf {
        self.0.join("log.sqlite")
    }

    /// A sandbox.
    pub(crate) fn sandbox(&self, provider: &str) -> PathBuf {
        self.0.join(format!("{provider}.sqlite"))
    }
}
