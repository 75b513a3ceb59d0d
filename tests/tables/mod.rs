//! Room of generated tables: each is built again from its sources and compared; `ZONETEXT_BLESS=1` writes it.

mod decode;
