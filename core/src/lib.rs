//! The mobile companion core.
