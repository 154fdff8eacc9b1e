//! I09.

/// Called by the product.
pub fn reached(_name: &'static str) {}
