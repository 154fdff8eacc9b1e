//! A document on the disk: sealed from its first byte, in blocks, each bound to its file, to its place in it and to whether
//! it is the last. A block is nothing without those before it, so that what a kill left behind tells by itself how far it is
//! good. Every block has a nonce of its own, drawn: a transfer that goes on behind a cut writes some places a second time,
//! where a counting nonce would seal two texts.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use super::verify::Checker;
use crate::host::{Entropy, HostError};
use crate::store::DataKey;
use crate::store::blocks::{FileKey, HEAD, OVERHEAD};

/// Bytes of the document in each block but the last.
pub const BLOCK: usize = 64 * 1024;

/// How one file is sealed.
#[derive(Clone)]
pub struct Sealing {
    key: FileKey,
    entropy: Arc<dyn Entropy>,
    place: Vec<u8>,
    block: usize,
}

impl std::fmt::Debug for Sealing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealing(…)")
    }
}

impl Sealing {
    /// For one file of one person.
    pub fn new(
        key: &DataKey,
        entropy: Arc<dyn Entropy>,
        subject: &str,
        file: &str,
        block: usize,
    ) -> Result<Sealing, HostError> {
        let place = ["document", subject, file].join("\0").into_bytes();
        let key = FileKey::new(key, &place).ok_or(HostError::Failed)?;
        Ok(Sealing { key, entropy, place, block: block.max(1) })
    }

    fn place(&self, index: u64, last: bool) -> Vec<u8> {
        [&self.place, [0].as_slice(), &index.to_be_bytes(), &[u8::from(last)]].concat()
    }

    fn seal(&self, index: u64, last: bool, block: &mut Vec<u8>) -> io::Result<()> {
        self.key.seal(&self.place(index, last), block, &*self.entropy).map_err(io::Error::other)
    }

    /// Room for a sealed block, and where its text begins.
    fn blank(&self) -> Vec<u8> {
        let mut block = Vec::with_capacity(self.sealed_block());
        block.resize(HEAD, 0);
        block
    }

    fn open(&self, index: u64, last: bool, sealed: &[u8]) -> Option<Vec<u8>> {
        self.key.open(&self.place(index, last), sealed)
    }

    fn sealed_block(&self) -> usize {
        self.block.saturating_add(OVERHEAD)
    }

    /// How much of the document is in a file of this size that is not whole.
    pub fn plain_length(&self, sealed: u64) -> u64 {
        let (block, sealed_block) = (self.block as u64, self.sealed_block() as u64);
        sealed.checked_div(sealed_block).unwrap_or(0).saturating_mul(block)
    }
}

/// A document that is being written. No other process writes it.
pub struct Part {
    file: Arc<File>,
    sealing: Sealing,
    checker: Checker,
    /// What does not fill a block yet, behind room for what sealing puts before it: lost in a kill, and fetched again.
    pending: Vec<u8>,
    index: u64,
    unsynced: u64,
}

impl std::fmt::Debug for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Part").field("length", &self.length()).finish_non_exhaustive()
    }
}

impl Part {
    /// Begins a file that is not there yet.
    pub fn create(path: &Path, sealing: Sealing) -> io::Result<Part> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let file = options.open(path)?;
        lock(&file)?;
        Ok(Part::at_start(file, sealing))
    }

    fn at_start(file: File, sealing: Sealing) -> Part {
        let pending = sealing.blank();
        Part { file: Arc::new(file), sealing, checker: Checker::default(), pending, index: 0, unsynced: 0 }
    }

    /// Goes on with a file as far as it is good; what is behind that is cut off. None when there is no such file, or another
    /// process is at it.
    pub fn reopen(path: &Path, sealing: Sealing) -> io::Result<Option<Part>> {
        let file = match OpenOptions::new().read(true).write(true).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        if lock(&file).is_err() {
            return Ok(None);
        }
        let mut part = Part::at_start(file, sealing);
        let mut good = 0;
        loop {
            let sealed = read_block(&part.file, part.sealing.sealed_block())?;
            if let Some(plain) = part.sealing.open(part.index, false, &sealed).filter(|p| p.len() == part.sealing.block)
            {
                part.checker.update(&plain);
                part.index = part.index.saturating_add(1);
                good = (&*part.file).stream_position()?;
                continue;
            }
            // It was whole and only its name was missing: its end is taken up again.
            if let Some(plain) = part.sealing.open(part.index, true, &sealed) {
                part.checker.update(&plain);
                part.pending.extend_from_slice(&plain);
            }
            break;
        }
        part.file.set_len(good)?;
        (&*part.file).seek(SeekFrom::Start(good))?;
        Ok(Some(part))
    }

    /// How much of the document is here.
    pub fn length(&self) -> u64 {
        self.checker.length()
    }

    /// What the bytes so far look like.
    pub fn checker(&self) -> &Checker {
        &self.checker
    }

    /// How much was written since the last [`Part::sync`].
    pub fn unsynced(&self) -> u64 {
        self.unsynced
    }

    /// Takes the next bytes of the document.
    pub fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        self.checker.update(bytes);
        while !bytes.is_empty() {
            let full = self.sealing.block.saturating_add(HEAD);
            let room = full.saturating_sub(self.pending.len()).min(bytes.len());
            let (now, later) = bytes.split_at(room);
            self.pending.extend_from_slice(now);
            bytes = later;
            if self.pending.len() == full {
                self.write_block(false)?;
            }
        }
        Ok(())
    }

    fn write_block(&mut self, last: bool) -> io::Result<()> {
        self.sealing.seal(self.index, last, &mut self.pending)?;
        let written = (&*self.file).write_all(&self.pending);
        self.unsynced = self.unsynced.saturating_add(self.pending.len() as u64);
        self.index = self.index.saturating_add(1);
        self.pending.truncate(HEAD);
        written
    }

    /// What was written survives a power cut when this returns.
    pub fn sync(&mut self) -> io::Result<()> {
        self.begin_sync()()
    }

    /// What was written by now survives a power cut when what is returned here has been called: from any thread, so that
    /// writing goes on meanwhile.
    pub fn begin_sync(&mut self) -> impl FnOnce() -> io::Result<()> + Send + 'static {
        self.unsynced = 0;
        let file = self.file.clone();
        move || file.sync_data()
    }

    /// Writes the last block, empty where the document fills its blocks, and sees it to the disk. Returns the size of the file.
    pub fn finish(&mut self) -> io::Result<u64> {
        self.write_block(true)?;
        self.file.sync_all()?;
        Ok(self.file.metadata()?.len())
    }
}

/// One process at a time; the lock goes with the file, also in a kill.
fn lock(file: &File) -> io::Result<()> {
    file.try_lock().map_err(io::Error::from)
}

/// Reads a whole document. Nothing is believed before it: an error says that what came out is not the document.
pub fn open_whole(path: &Path, sealing: &Sealing, out: &mut dyn Write) -> io::Result<()> {
    let file = File::open(path)?;
    let damaged = || io::Error::from(ErrorKind::InvalidData);
    for index in 0.. {
        let sealed = read_block(&file, sealing.sealed_block())?;
        if let Some(plain) = sealing.open(index, false, &sealed) {
            out.write_all(&plain)?;
            continue;
        }
        let plain = sealing.open(index, true, &sealed).ok_or_else(damaged)?;
        out.write_all(&plain)?;
        // Nothing stands behind the last.
        return if read_block(&file, 1)?.is_empty() { Ok(()) } else { Err(damaged()) };
    }
    Err(damaged())
}

fn read_block(file: &File, size: usize) -> io::Result<Vec<u8>> {
    let mut block = Vec::with_capacity(size);
    file.take(size as u64).read_to_end(&mut block)?;
    Ok(block)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::host::SystemEntropy;

    fn sealing(file: &str) -> Sealing {
        let key = DataKey::from_bytes(&[7; 32]).unwrap();
        Sealing::new(&key, Arc::new(SystemEntropy), "emma", file, 64).unwrap()
    }

    fn written(path: &Path, bytes: &[u8]) {
        let mut part = Part::create(path, sealing("file")).unwrap();
        part.write(bytes).unwrap();
        part.finish().unwrap();
    }

    fn read(path: &Path, file: &str) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        open_whole(path, &sealing(file), &mut out).map(|()| out)
    }

    #[test]
    fn a_document_of_any_length_comes_back_and_is_nowhere_in_the_clear() {
        let dir = tempfile::tempdir().unwrap();
        for length in [0, 1, 63, 64, 65, 127, 128, 1000] {
            let path = dir.path().join(format!("{length}"));
            let bytes = b"CANARY--".repeat(length / 8 + 1)[..length].to_vec();
            written(&path, &bytes);
            assert_eq!(read(&path, "file").unwrap(), bytes, "{length}");
            let raw = std::fs::read(&path).unwrap();
            assert!(!raw.windows(6).any(|window| window == b"CANARY"), "{length}");
        }
    }

    #[test]
    fn blocks_that_are_missing_moved_doubled_damaged_or_of_another_file_are_no_document() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("whole");
        let bytes: Vec<u8> = (0..200u8).collect();
        written(&path, &bytes);
        let raw = std::fs::read(&path).unwrap();
        let block = 64 + OVERHEAD;
        let (first, rest) = raw.split_at(block);
        let (second, tail) = rest.split_at(block);
        let mut damaged = vec![
            raw[..block].to_vec(),
            raw[..2 * block].to_vec(),
            raw[..3 * block].to_vec(),
            [first, tail].concat(),
            [second, first, tail].concat(),
            [first, first, second, tail].concat(),
            [&raw, tail].concat(),
            [raw.as_slice(), b"x"].concat(),
            Vec::new(),
        ];
        for at in (0..raw.len()).step_by(7) {
            let mut flipped = raw.clone();
            flipped[at] ^= 1;
            damaged.push(flipped);
        }
        for (nth, raw) in damaged.iter().enumerate() {
            std::fs::write(&path, raw).unwrap();
            assert!(read(&path, "file").is_err(), "damage {nth}");
        }
        std::fs::write(&path, &raw).unwrap();
        assert!(read(&path, "other").is_err());
        assert_eq!(read(&path, "file").unwrap(), bytes);
    }

    proptest! {
        #![proptest_config(crate::trials::config(300))]

        #[test]
        fn a_part_cut_or_damaged_anywhere_goes_on_behind_what_is_good(
            bytes in prop::collection::vec(any::<u8>(), 0..600), finished in any::<bool>(), cut in 0..800usize, flip in prop::option::of(0..800usize),
        ) {
            let dir = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
            let path = dir.path().join("part");
            let mut part = Part::create(&path, sealing("file")).unwrap();
            part.write(&bytes).unwrap();
            if finished {
                part.finish().unwrap();
            }
            drop(part);
            let mut raw = std::fs::read(&path).unwrap();
            let whole = raw.len();
            raw.truncate(cut);
            let mut good = raw.len();
            if let Some(at) = flip.filter(|at| *at < raw.len()) {
                raw[at] ^= 0x40;
                good = at;
            }
            std::fs::write(&path, &raw).unwrap();

            let mut part = Part::reopen(&path, sealing("file")).unwrap().unwrap();
            let here = usize::try_from(part.length()).unwrap();
            let blocks = good / (64 + OVERHEAD) * 64;
            prop_assert_eq!(here, if finished && good == whole { bytes.len() } else { blocks.min(bytes.len() / 64 * 64) });
            prop_assert!(Part::reopen(&path, sealing("file")).unwrap().is_none(), "one at a time");
            part.write(&bytes[here..]).unwrap();
            part.finish().unwrap();
            prop_assert_eq!(read(&path, "file").unwrap(), bytes);
        }
    }
}
