//! Split bill's rules, as tables in files and as what holds whatever is used.

mod allocations;
mod histories;
mod periods;
