//! Places by name: cities, regions and features of the map, their countries, and the keys that mentions of them carry.
//!
//! `table` reads the gazetteer, `models/places.bin`, in place; [`pack`] writes it (`cargo xtask train places` does so from
//! the cities of `GeoNames` and the lists in `benches/train/places/`). `key` makes keys of names; [`lookup`] reads what a
//! query says. Which of the places of one name a text means is decided by extraction.

mod key;
mod lookup;
mod pack;
mod table;

pub(crate) use key::{key_of, push_name};
pub use lookup::{Asked, lookup};
pub(crate) use lookup::{city_size, is_land};
pub use pack::{Listed, pack};
pub use table::Sort;
pub(crate) use table::{Node, PLACES, Place};
