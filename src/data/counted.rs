//! Reading that is counted, for progress.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A file that tells others, in any thread, how much was read from it.
pub(super) struct Counted<F> {
    file: F,
    read: Arc<AtomicU64>,
}

impl<F> Counted<F> {
    pub(super) const fn new(file: F, read: Arc<AtomicU64>) -> Self {
        Self { file, read }
    }
}

impl<F: Read> Read for Counted<F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<F: Seek> Seek for Counted<F> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
