//! The key of a server.

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// The fewest bytes that a key has.
pub const SHORTEST: usize = 16;

/// What those have to know who write, and who come from elsewhere. What is kept of it is its SHA-256.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// A key of [`SHORTEST`] bytes or more; `None` for a shorter one, and for one that no header could hold.
    pub fn new(stated: &str) -> Option<Self> {
        let fits = stated.len() >= SHORTEST && stated.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(Sha256::digest(stated).into()))
    }

    /// Whether this is it; how long that takes does not depend on how much of it is right.
    pub(super) fn is(&self, stated: &[u8]) -> bool {
        let stated: [u8; 32] = Sha256::digest(stated).into();
        self.0.ct_eq(&stated).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_long_enough_and_nothing_else_is_it() {
        assert!(Key::new("fifteen-letters").is_none());
        assert!(Key::new("sixteen letters!").is_none(), "a space is in no header");
        let key = Key::new("sixteen-letters!");
        let is = |stated: &str| key.as_ref().is_some_and(|key| key.is(stated.as_bytes()));
        assert!(is("sixteen-letters!"));
        assert!(!is("sixteen-letters?") && !is("sixteen-letters") && !is(""));
        assert!(!format!("{key:?}").contains("sixteen"));
    }
}
