//! Thirty attacks on a sign-in and what comes after it, through the public API and against the sandbox over TLS. Each
//! ends with a search for everything that was secret in its story, in every place and spelling it could have got to.

mod callbacks;
mod canaries;
mod forge;
mod id_tokens;
mod leaks;
mod people;
mod proofs;
mod provider;
mod pushed;
mod renewal;
mod storage;
mod story;
mod stranger;
mod time;
mod tokens;
