//! Files out of a Python wheel, which is a zip archive, once its checksum is what it should be.

use std::io::Read;
use std::path::Path;

use flate2::read::DeflateDecoder;
use sha2::{Digest, Sha256};

/// Bytes as checksums are written.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |all, byte| all + &format!("{byte:02x}"))
}

/// The bytes of a wheel.
pub(crate) struct Wheel(Vec<u8>);

impl Wheel {
    /// Reads the wheel at `path`, whose SHA-256 must be `sha256` in hexadecimal.
    pub(crate) fn read(path: &Path, sha256: &str) -> Result<Self, String> {
        let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let found = hexadecimal(&Sha256::digest(&bytes));
        if found == sha256 {
            Ok(Self(bytes))
        } else {
            Err(format!("{}: the SHA-256 is {found}, not {sha256}", path.display()))
        }
    }

    /// The file of that name, unpacked.
    pub(crate) fn file(&self, name: &str) -> Result<Vec<u8>, String> {
        self.find(name).ok_or_else(|| format!("the wheel has no {name}"))
    }

    fn find(&self, name: &str) -> Option<Vec<u8>> {
        let bytes = &self.0;
        let number = |at: usize, len: usize| -> Option<usize> {
            let bytes = bytes.get(at..at + len)?;
            Some(bytes.iter().rev().fold(0, |n, byte| n << 8 | usize::from(*byte)))
        };
        // The record that ends the archive says where its directory begins.
        let end = bytes.windows(4).rposition(|four| four == b"PK\x05\x06")?;
        let mut at = number(end + 16, 4)?;
        while bytes.get(at..at + 4)? == b"PK\x01\x02" {
            let (name_len, extra, comment) = (number(at + 28, 2)?, number(at + 30, 2)?, number(at + 32, 2)?);
            if bytes.get(at + 46..at + 46 + name_len)? == name.as_bytes() {
                let (method, packed, local) = (number(at + 10, 2)?, number(at + 20, 4)?, number(at + 42, 4)?);
                let start = local + 30 + number(local + 26, 2)? + number(local + 28, 2)?;
                let data = bytes.get(start..start + packed)?;
                let mut file = Vec::new();
                if method == 0 {
                    file.extend(data);
                } else {
                    DeflateDecoder::new(data).read_to_end(&mut file).ok()?;
                }
                return Some(file);
            }
            at += 46 + name_len + extra + comment;
        }
        None
    }
}
