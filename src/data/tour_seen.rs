//! Whether the three lines for beginners were on the screen once: an empty file in the state folder.

use std::path::Path;
use std::{fs, io};

/// The name of the file.
pub const FILE_NAME: &str = "tour-seen";

/// Keeps that they were seen.
///
/// # Errors
/// Where the file or its folder cannot be made.
pub fn keep(file: &Path) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::File::options().create(true).append(true).open(file).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_kept_in_a_folder_that_may_be_new_and_kept_again() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("new").join(FILE_NAME);
        keep(&file)?;
        keep(&file)?;
        assert!(file.exists());
        Ok(())
    }
}
