//! In place of who looks on in a build with the feature `watch`: nobody does, and nothing is noted.

use super::failure::Failure;

#[derive(Clone, Default)]
pub(crate) struct Watch(());

impl Watch {
    pub(crate) fn sent(&self, _request: &reqwest::RequestBuilder) -> Note {
        Note
    }
}

pub(crate) struct Note;

impl Note {
    pub(crate) fn answered(&mut self, _response: &reqwest::Response) {}

    pub(crate) fn came(&mut self, _chunk: &[u8]) {}

    pub(crate) fn came_of_document(&mut self, _chunk: &[u8]) {}

    pub(crate) fn of<T>(&mut self, outcome: Result<T, Failure>) -> Result<T, Failure> {
        outcome
    }
}
