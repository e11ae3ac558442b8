//! A server under test, and a client that says what it is told to say.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    dead_code,
    unreachable_pub,
    reason = "tests; each file uses a part"
)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::common::Place;

/// The key of every server under test.
pub(crate) const KEY: &str = "a-key-of-this-test-0123456789";

/// The program, serving an index.
pub(crate) struct Served {
    pub child: Child,
    pub address: SocketAddr,
    log: Arc<Mutex<Vec<String>>>,
}

impl Served {
    /// Serves the index of a place, with these flags, on a free port.
    pub(crate) fn of(place: &Place, flags: &[&str]) -> Self {
        let mut command = place.program();
        command.arg("serve").args(flags);
        if !flags.contains(&"--listen") {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        command.env("DATELINE_API_KEY", KEY);
        Self::started(command)
    }

    /// A server that is started so.
    pub(crate) fn started(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let said: Value = serde_json::from_str(&first).unwrap_or_else(|_| panic!("{first}"));
        let address = said["address"].as_str().unwrap().trim_start_matches("http://").parse().unwrap();
        let log = Arc::new(Mutex::new(vec![first]));
        let kept = Arc::clone(&log);
        std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| kept.lock().unwrap().push(line));
        });
        Self { child, address, log }
    }

    /// What it has logged.
    pub(crate) fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    /// Asks it to stop, and gives its exit code.
    pub(crate) fn stop(&mut self) -> i32 {
        self.signal("-TERM");
        self.wait()
    }

    pub(crate) fn signal(&self, signal: &str) {
        let kill = std::process::Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(kill.unwrap().success());
    }

    /// Waits for it to end.
    pub(crate) fn wait(&mut self) -> i32 {
        let until = Instant::now() + Duration::from_secs(40);
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().unwrap_or(-1);
            }
            assert!(Instant::now() < until, "it does not stop");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
    }

    /// Sends bytes as they are, and reads the answer to its end.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Reply {
        let mut stream = self.connect();
        let _ = stream.write_all(bytes); // the server may have answered before
        Reply::read(&mut stream)
    }

    pub(crate) fn get(&self, target: &str) -> Reply {
        self.ask("GET", target, &[], b"")
    }

    /// Asks with headers besides the usual ones.
    pub(crate) fn ask(&self, verb: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let mut head = format!("{verb} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !body.is_empty() {
            head += &format!("Content-Length: {}\r\n", body.len());
        }
        let bytes = [head.as_bytes(), b"\r\n", body].concat();
        self.raw(&bytes)
    }

    /// Puts articles in.
    pub(crate) fn put(&self, kind: &str, body: &str) -> Reply {
        let bearer = format!("Bearer {KEY}");
        self.ask(
            "POST",
            "/v1/articles",
            &[("Content-Type", kind), ("Authorization", &bearer)],
            body.as_bytes(),
        )
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a server answered.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Whether the body came to its end.
    pub whole: bool,
}

impl Reply {
    pub(crate) fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes); // a connection that is cut off has its end, too
        let at = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let Some(at) = at else {
            return Self { status: 0, headers: Vec::new(), body: bytes, whole: false };
        };
        let head = String::from_utf8(bytes[..at].to_vec()).unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.map(|line| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_ascii_lowercase(), value.trim().to_owned())
        });
        let mut reply = Self { status, headers: headers.collect(), body: Vec::new(), whole: true };
        let rest = &bytes[at + 4..];
        if reply.header("transfer-encoding") == Some("chunked") {
            (reply.body, reply.whole) = joined(rest);
        } else {
            rest.clone_into(&mut reply.body);
        }
        reply
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    /// The code of the error that it tells, if it is JSON and one.
    pub(crate) fn code_or_none(&self) -> Option<String> {
        let said: Value = serde_json::from_slice(&self.body).ok()?;
        said["error"]["code"].as_str().map(str::to_owned)
    }

    /// The code of the error that it tells.
    pub(crate) fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// The chunks of a body, and whether the last of them came.
fn joined(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    loop {
        let Some(end) = rest.windows(2).position(|two| two == b"\r\n") else { return (body, false) };
        let length = std::str::from_utf8(&rest[..end]).unwrap();
        let length = usize::from_str_radix(length, 16).unwrap();
        let Some(chunk) = rest.get(end + 2..end + 2 + length) else { return (body, false) };
        if length == 0 {
            return (body, true);
        }
        body.extend_from_slice(chunk);
        rest = rest.get(end + 4 + length..).unwrap_or_default();
    }
}

/// A text as a part of an address.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}
