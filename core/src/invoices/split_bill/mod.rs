//! Split bill: the employer contributes, the employee gets a private invoice for the rest. These rules explain what is
//! whose, and say when a private invoice *may* come; amounts and documents of the operator always win.
//!
//! | file | what it says |
//! |---|---|
//! | [`allocation`] | what of one period the employer covers, and what is the employee's |
//! | [`documents`] | which documents of a period are its private invoice |
//! | [`policy`] | from period to period: when an invoice is due, by three readings of the operator's words |
//! | [`told`] | what the operator's profile says of it |
//! | [`sequence`] | a whole history against what really came: expected, as expected, diverged, unknown |
//!
//! Everything is in eurocents with VAT, as the person pays it, for one private billing account over all its lines; several
//! accounts are followed each for itself. Late records (roaming) belong to the period they are billed in.

pub mod allocation;
pub mod documents;
pub mod policy;
pub mod sequence;
#[cfg(test)]
mod tests;
pub mod told;
