//! What no single room can prove.
