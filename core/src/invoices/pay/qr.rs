//! The squares of a payment QR: error correction M, no larger than version 13, as EPC069-12 §2.2 has it. The phone draws them.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

use super::epc::EpcPayload;

/// A QR symbol. Draw it black on white, with a white margin of four squares on each side, in dark mode too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrMatrix {
    /// Squares on a side: 21 to 69.
    pub size: u16,
    /// Row by row, from the upper left; true is black.
    pub dark: Vec<bool>,
}

/// The payload is too long for the largest symbol allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the payload does not fit")]
pub struct DoesNotFit;

/// The symbol that says this. A payload that was built here always fits.
pub fn matrix(payload: &EpcPayload) -> Result<QrMatrix, DoesNotFit> {
    encode(payload.as_str().as_bytes())
}

pub(super) fn encode(bytes: &[u8]) -> Result<QrMatrix, DoesNotFit> {
    let segments = [QrSegment::make_bytes(bytes)];
    // Left to itself, the encoder takes a larger symbol than banks' apps have to read.
    let code =
        QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, Version::MIN, Version::new(13), None, false)
            .map_err(|_| DoesNotFit)?;
    let side = 0..code.size();
    let dark =
        side.clone().flat_map(|y| side.clone().map(move |x| (x, y))).map(|(x, y)| code.get_module(x, y)).collect();
    Ok(QrMatrix { size: u16::try_from(code.size()).map_err(|_| DoesNotFit)?, dark })
}
