//! NDJSON: an object a line. Numbers keep the digits they were written with, so that money stays exact.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;

use serde_json::value::RawValue;

use super::super::batch::{TextCells, Unreadable};
use super::input::Input;
use super::{Record, Records};

pub(super) struct JsonLines {
    input: Input,
    keys: Vec<String>,
    line: u64,
}

impl JsonLines {
    pub(super) fn new(input: Input, keys: Vec<String>) -> Self {
        Self { input, keys, line: 0 }
    }
}

impl Records for JsonLines {
    fn next(&mut self, columns: &mut [TextCells]) -> io::Result<Option<Record>> {
        loop {
            let Some(line) = self.input.next_line()? else { return Ok(None) };
            self.line += 1;
            if line.trim_ascii().is_empty() {
                continue;
            }
            let Ok(object) = serde_json::from_slice::<HashMap<Cow<'_, str>, &RawValue>>(line) else {
                let text = String::from_utf8_lossy(&line[..line.len().min(80)]).into_owned();
                return Ok(Some(Record::Unreadable(Unreadable { row: self.line, text })));
            };
            for (cells, key) in columns.iter_mut().zip(&self.keys) {
                match object.get(key.as_str()).map(|value| value.get()) {
                    None | Some("null") => cells.push_missing(),
                    Some(text) if text.starts_with('"') => match serde_json::from_str::<Cow<'_, str>>(text) {
                        Ok(text) => cells.push(text.as_bytes()),
                        Err(_) => cells.push(text.as_bytes()),
                    },
                    Some(text) => cells.push(text.as_bytes()),
                }
            }
            return Ok(Some(Record::Cells(self.line)));
        }
    }

    fn bytes_read(&self) -> u64 {
        self.input.bytes_read()
    }
}

/// The keys of the objects in a sample of NDJSON, in the order they first appear.
pub(in super::super) fn keys(sample: &[u8]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for line in sample.split(|byte| *byte == b'\n') {
        if let Ok(serde_json::Value::Object(object)) = serde_json::from_slice(line) {
            for key in object.keys() {
                if !keys.contains(key) {
                    keys.push(key.clone());
                }
            }
        }
    }
    keys
}
