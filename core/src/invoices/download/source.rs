//! Where the bytes of a document come from, and how they are written there: as they are, as base64 text, or as such text
//! within JSON. A transfer pours either in the same way, piece by piece.

use std::collections::VecDeque;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;

use super::DownloadError;
use super::base64::Decoder;
use super::inside::Finder;
use super::verify::Flaw;
use crate::operator::documents::Arrival;
use crate::problem::Problem;

/// A body that is read once, from its beginning to its end.
pub(super) struct Source {
    body: Body,
    form: Form,
    /// The protocol tells where the body ends.
    pub ends_by_itself: bool,
    /// How much came, as it is written there: a text may have a lot in it that is no document.
    pub raw: u64,
    /// How much of that the surroundings have been asked about.
    pub looked: u64,
    /// What was read to judge the beginning.
    pub ahead: VecDeque<Bytes>,
    is_over: bool,
}

/// What is read.
pub(super) enum Body {
    /// An answer of a server's, off the network.
    Answer(Box<Arrival>),
    /// Text that came along with a ticket.
    Text(BoxStream<'static, Result<Vec<u8>, Problem>>),
}

/// How the document is written in it.
pub(super) enum Form {
    /// Byte by byte.
    Plain,
    /// As base64 text.
    Base64(Decoder),
    /// As base64 text in a member of a JSON document.
    Inside(Finder, Decoder),
}

impl Source {
    pub fn new(body: Body, form: Form) -> Source {
        let ends_by_itself = matches!(&body, Body::Answer(arrival) if arrival.head.ends_by_itself);
        Source { body, form, ends_by_itself, raw: 0, looked: 0, ahead: VecDeque::new(), is_over: false }
    }

    /// The next bytes of the document, perhaps none of them; nothing at its end.
    pub async fn next(&mut self) -> Result<Option<Bytes>, DownloadError> {
        if self.is_over {
            return Ok(None);
        }
        let piece = match &mut self.body {
            Body::Answer(arrival) => arrival.chunk().await.map_err(DownloadError::Network)?,
            Body::Text(text) => text.next().await.transpose().map_err(DownloadError::Ticket)?.map(Bytes::from),
        };
        self.raw = self.raw.saturating_add(piece.as_ref().map_or(0, |piece| piece.len() as u64));
        let found = match &mut self.form {
            Form::Plain => Ok(piece),
            Form::Base64(decoder) => match piece {
                Some(text) => decoded(decoder, &text).map(Some),
                None => decoder.finish().map(|()| None),
            },
            Form::Inside(finder, decoder) => match piece.filter(|_| !finder.is_done()) {
                Some(json) => {
                    let mut text = Vec::new();
                    finder.push(&json, &mut text).and_then(|()| decoded(decoder, &text)).map(Some)
                }
                None if finder.is_done() => decoder.finish().map(|()| None),
                None => Err(Flaw::NotBase64),
            },
        };
        let found = found.map_err(DownloadError::Damaged)?;
        self.is_over = found.is_none();
        Ok(found)
    }
}

fn decoded(decoder: &mut Decoder, text: &[u8]) -> Result<Bytes, Flaw> {
    let mut out = Vec::new();
    decoder.push(text, &mut out).map(|()| out.into())
}
