//! What the system says when it refuses something, which it says in English.

use std::io::{Error, ErrorKind};

use crate::{lang, mark, tr};

/// An error of the system in the language in use, as far as that has words for it; what the program itself says of a file is
/// in that language already.
#[must_use]
pub fn words(error: &Error) -> String {
    let told = match error.kind() {
        ErrorKind::NotFound => mark!("no such file or folder"),
        ErrorKind::PermissionDenied => mark!("permission denied"),
        ErrorKind::AlreadyExists => mark!("there is one of this name already"),
        ErrorKind::IsADirectory => mark!("a folder is no file"),
        ErrorKind::NotADirectory => mark!("what should be a folder is none"),
        ErrorKind::StorageFull => mark!("no room left on the disk"),
        ErrorKind::QuotaExceeded => mark!("no room left in the disk quota"),
        ErrorKind::ReadOnlyFilesystem => mark!("the file system is read-only"),
        ErrorKind::TimedOut => mark!("no answer in time"),
        _ => return error.to_string(),
    };
    match (error.raw_os_error(), lang::translation(told)) {
        (Some(code), Some(told)) => tr!("{told} (os error {code})", told, code),
        _ => error.to_string(),
    }
}

/// A cause of an error in words, those of the system in the language in use.
#[must_use]
pub fn cause(cause: &(dyn std::error::Error + 'static)) -> String {
    cause.downcast_ref::<Error>().map_or_else(|| cause.to_string(), words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Language, within};

    #[test]
    fn the_system_speaks_the_language_in_use_and_the_program_is_not_spoken_over() {
        const ENOENT: i32 = 2;
        let missing = Error::from_raw_os_error(ENOENT);
        assert_eq!(words(&missing), missing.to_string());
        assert_eq!(within(Language::Hans, || words(&missing)), "文件或文件夹不存在（系统错误 2）");
        let own = Error::new(ErrorKind::PermissionDenied, "the share is gone");
        assert_eq!(within(Language::Hans, || words(&own)), "the share is gone");
    }
}
