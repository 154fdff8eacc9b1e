//! Stories of one session, each of which went wrong once: on the model phone of the trials, with its model operator and
//! whatever stands on the way between them.

mod app_lock;
mod debug;
mod phone;
mod processes;
mod renewal;
mod sign_in;
mod step_up;
