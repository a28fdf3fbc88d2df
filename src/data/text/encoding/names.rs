//! What encodings are called: the same in every language.

use super::Encoding;

/// What an encoding is called on the screen and in scenarios.
pub(super) fn name(encoding: &'static encoding_rs::Encoding) -> &'static str {
    match encoding.name() {
        "gb18030" => "GB18030",
        "macintosh" => "Mac Roman",
        "x-mac-cyrillic" => "Mac Cyrillic",
        "windows-874" => "Windows-874",
        "windows-1250" => "Windows-1250",
        "windows-1251" => "Windows-1251",
        "windows-1252" => "Windows-1252",
        "windows-1253" => "Windows-1253",
        "windows-1254" => "Windows-1254",
        "windows-1255" => "Windows-1255",
        "windows-1256" => "Windows-1256",
        "windows-1257" => "Windows-1257",
        "windows-1258" => "Windows-1258",
        name => name,
    }
}

/// Names in use that the labels of the Web do not include, without signs and in lower case.
pub(super) const MORE_LABELS: [(&str, Encoding); 22] = [
    ("ansi936", Encoding::GB18030),
    ("cp936", Encoding::GB18030),
    ("windows936", Encoding::GB18030),
    ("ms936", Encoding::GB18030),
    ("cp54936", Encoding::GB18030),
    ("euccn", Encoding::GB18030),
    ("cp950", Encoding::BIG5),
    ("windows950", Encoding::BIG5),
    ("ms950", Encoding::BIG5),
    ("cp932", Encoding::SHIFT_JIS),
    ("windows932", Encoding::SHIFT_JIS),
    ("eucjpms", Encoding::EUC_JP),
    ("cp949", Encoding::EUC_KR),
    ("uhc", Encoding::EUC_KR),
    ("utf8bom", Encoding::UTF_8),
    ("utf8sig", Encoding::UTF_8),
    ("unicode", Encoding::UTF_16LE),
    ("western", Encoding::WINDOWS_1252),
    ("cp10000", Encoding::MACINTOSH),
    ("applemacroman", Encoding::MACINTOSH),
    ("macroman", Encoding::MACINTOSH),
    ("maccyrillic", Encoding(encoding_rs::X_MAC_CYRILLIC)),
];
